//! Behind the screen at a beginning: lists folders and opens databases on threads of their own, gives sheets to the worker, takes them file by file.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;

use super::begin::{Begun, Busy, Seen, Sighting, Wish};
use super::intake::{Beside, Decision};
use super::wake::{Opened, Wake};
use crate::desk::beside;
use crate::desk::founding;
use crate::desk::founding::Form;
use crate::desk::ground::Ground;
use crate::desk::intake::{self, Basis, Manner, Prepared, Sort, Taken};
use crate::desk::jobs::{Job, Report, Worker};
use crate::desk::keeping;
use crate::desk::looking::{self, LookPlan, LookReport, Looked, State};
use crate::desk::{Desk, Error, Mode, sample, shelf};
use crate::domain::intake::Severity;
use crate::ui::words::{Lang, error};

/// What works behind the screen.
pub struct Backstage {
    ground: Ground,
    /// Its own worker: photographs that are being read do not keep a sheet waiting.
    worker: Option<Worker>,
    looked: Vec<Looked>,
    queue: VecDeque<(Prepared, Manner)>,
    total: usize,
    took: Vec<Taken>,
    folder: Option<PathBuf>,
}

impl Backstage {
    /// On this ground.
    pub fn on(ground: Ground) -> Self {
        Self { ground, worker: None, looked: Vec::new(), queue: VecDeque::new(), total: 0, took: Vec::new(), folder: None }
    }

    /// A path as typed.
    pub fn path(&self, text: &str) -> PathBuf {
        self.ground.path(text)
    }

    /// Carries a wish out; some answers come later, as a wake.
    pub fn carry_out(&mut self, wish: Wish, desk: &Desk, lang: Lang, wakes: &Sender<Wake>) -> Option<Begun> {
        let today = desk.day().date(desk.now());
        match wish {
            Wish::List(text, wants) => {
                let (ground, wakes) = (self.ground.clone(), wakes.clone());
                // A folder on the network may take its time. A loop that is over needs no list.
                thread::spawn(move || drop(wakes.send(Wake::Listed(shelf::shelf(&ground, &text, wants)))));
                None
            }
            Wish::Look { text, told, left_out, columns } => {
                let basis = Basis::of(desk.day());
                let plan = LookPlan { text, ground: self.ground.clone(), told, left_out, columns, basis };
                let wakes = wakes.clone();
                let tell = move |report| {
                    let report = match report {
                        Report::Failed(why) => Report::Look(LookReport::Failed(why)),
                        report => report,
                    };
                    drop(wakes.send(Wake::Job(report)));
                };
                let given = self.worker.get_or_insert_with(|| Worker::start(tell)).give(Job::Look(plan));
                given.err().map(|why| failed(lang, &why))
            }
            Wish::Stop => {
                if let Some(worker) = &self.worker {
                    worker.stop();
                }
                None
            }
            Wish::Beside(path, sheet, row) => {
                let wakes = wakes.clone();
                thread::spawn(move || {
                    let begun = match beside::published(&path, &sheet, row) {
                        Ok((sheet, rows)) => {
                            let rows = rows.into_iter().map(|r| (r, Vec::new())).collect();
                            Begun::Beside(Box::new(Beside { path, sheet, row, rows, top: None, back: None }))
                        }
                        Err(why) => not_seen(lang, &why),
                    };
                    drop(wakes.send(Wake::Begun(Box::new(begun))));
                });
                None
            }
            Wish::Columns(path, columns) => {
                let (wakes, basis) = (wakes.clone(), Basis::of(desk.day()));
                thread::spawn(move || {
                    let manner = Manner { columns, ..Manner::default() };
                    let begun = match beside::columns(&path, &manner, &basis) {
                        Ok(columns) => Begun::Columns(path, columns),
                        Err(why) => not_seen(lang, &why),
                    };
                    drop(wakes.send(Wake::Begun(Box::new(begun))));
                });
                None
            }
            Wish::Take(decisions) => {
                let whole = |p: &Prepared| p.sort != Sort::Log || p.taken.worst() != Some(Severity::Error);
                let decided = |path: &PathBuf| decisions.get(path).is_some_and(|d| !d.is_empty());
                let looked = std::mem::take(&mut self.looked);
                self.folder = looked.first().and_then(|l| l.path.parent().map(PathBuf::from));
                let manner = |l: &Looked| decisions.get(&l.path).map_or(Decision::default().manner(), Decision::manner);
                let ready = looked.into_iter().filter_map(|l| {
                    let manner = manner(&l);
                    let again = decided(&l.path);
                    if let State::Ready(p) = l.state { Some((*p, manner, again)) } else { None }
                });
                // What was taken before is taken up again only where something was decided about it.
                let open = |p: &Prepared| !intake::is_known(desk, p) || keeping::is_open(desk.day(), p);
                let good = ready.filter(|(p, _, again)| whole(p) && (*again || open(p)));
                self.queue = good.map(|(p, manner, _)| (p, manner)).collect();
                (self.total, self.took) = (self.queue.len(), Vec::new());
                let _ = wakes.send(Wake::TakeNext);
                None
            }
            Wish::Read(form, at) => Some(Begun::Read(form.read(&self.ground, today).map(Box::new), at)),
            Wish::Fill(template) => Some(Begun::Filled(Box::new(Form::of(template, &self.ground, today)))),
            Wish::Make(founding) => {
                let _ = wakes.send(Wake::Opened(Opened(Box::new(founding::make(&self.ground, &founding)))));
                None
            }
            Wish::Open(text) => {
                let (ground, wakes) = (self.ground.clone(), wakes.clone());
                thread::spawn(move || drop(wakes.send(Wake::Opened(Opened(Box::new(open(&ground, &text)))))));
                None
            }
            Wish::Rehearse => {
                let _ = wakes.send(Wake::Rehearse);
                None
            }
            Wish::Sample => {
                let wakes = wakes.clone();
                thread::spawn(move || drop(wakes.send(Wake::Opened(Opened(Box::new(sample::morning()))))));
                None
            }
        }
    }

    /// What the look told.
    pub fn report(&mut self, report: LookReport, desk: &Desk, lang: Lang) -> Begun {
        match report {
            LookReport::At { done, total, name, within } => Begun::At(Busy::Looking(done, total, name, within)),
            LookReport::Stopped => Begun::Stopped,
            LookReport::Failed(why) => failed(lang, &why),
            LookReport::Done(mut looked) => {
                for one in &mut looked {
                    one.tell_apart(desk.day());
                }
                self.looked = looked;
                Begun::Looked(self.looked.iter().map(|l| sighting(desk, lang, l)).collect())
            }
        }
    }

    /// Adds to rows as published what was understood of them.
    pub fn complete(&self, mut begun: Begun) -> Begun {
        if let Begun::Beside(beside) = &mut begun {
            let prepared = self.looked.iter().find(|l| l.path == beside.path);
            if let Some(State::Ready(prepared)) = prepared.map(|l| &l.state) {
                for (published, understood) in &mut beside.rows {
                    *understood = prepared.of_row(&beside.sheet, published.row);
                }
            }
        }
        begun
    }

    /// Takes the next file; scans come between two files.
    pub fn take_next(&mut self, desk: &mut Desk, wakes: &Sender<Wake>) -> Begun {
        let Some((prepared, manner)) = self.queue.pop_front() else {
            if let Some(folder) = self.folder.take() {
                self.ground.remember(&folder);
            }
            return Begun::Took(std::mem::take(&mut self.took), None);
        };
        match intake::take_prepared(desk, prepared, &manner) {
            Ok(taken) => {
                self.took.push(taken);
                let _ = wakes.send(Wake::TakeNext);
                Begun::At(Busy::Taking(self.took.len(), self.total))
            }
            Err(why) => {
                self.queue.clear();
                Begun::Took(std::mem::take(&mut self.took), Some(why))
            }
        }
    }
}

fn open(ground: &Ground, text: &str) -> Result<Desk, Error> {
    let path = ground.path(text);
    if !path.is_file() {
        return Err(Error::File(path, std::io::ErrorKind::NotFound.into()));
    }
    let desk = Desk::open(&path, ground.home().path(), Mode::WriteOrFollow, ground.clock())?;
    ground.home().remember_campaign(&path);
    Ok(desk)
}

fn not_seen(lang: Lang, why: &Error) -> Begun {
    let (what, hint) = error::say(lang, why);
    Begun::NotSeen(what, hint)
}

fn failed(lang: Lang, why: &Error) -> Begun {
    let (what, hint) = error::say(lang, why);
    Begun::Failed(what, hint)
}

fn sighting(desk: &Desk, lang: Lang, looked: &Looked) -> Sighting {
    let seen = match &looked.state {
        State::Ready(prepared) => Seen::Ready(prepared.sort, Box::new(looking::shown(desk, prepared))),
        State::Unsure(sorts) => Seen::Unsure(sorts.clone()),
        State::Failed(why) => {
            let (what, hint) = error::say(lang, why);
            Seen::Failed(what, hint)
        }
    };
    Sighting { path: looked.path.clone(), name: looking::name(&looked.path), seen }
}
