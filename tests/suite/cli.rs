//! The real program driven from outside, sentence by sentence of its command line and its formats.

mod folding;
