//! A mistake on the command line in one sentence and a hint.

use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::disk::{system_says, two};
use super::{Lang, label};

/// What was wrong, and what would be right.
pub fn say(lang: Lang, error: &clap::Error) -> (String, String) {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => label::code(text),
        Some(ContextValue::Strings(texts)) => label::code(&texts.join(" ")),
        _ => String::new(),
    };
    let arg = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = named(ContextKind::InvalidSubcommand);
            lang.pick(format!("没有 {command} 这个命令"), format!("there is no command {command}"))
        }
        ErrorKind::UnknownArgument => lang.pick(format!("没有 {arg} 这个选项"), format!("there is no option {arg}")),
        ErrorKind::MissingRequiredArgument => lang.pick(format!("还缺 {arg}"), format!("{arg} is missing")),
        ErrorKind::InvalidValue if value.is_empty() => lang.pick(format!("{arg} 后面要有内容"), format!("{arg} needs a value")),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            lang.pick(format!("{arg} 不能是 {value}"), format!("{arg} cannot be {value}"))
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            lang.pick(format!("{arg} 和 {other} 不能一起用，或写了两次"), format!("{arg} does not go with {other}, or stands twice"))
        }
        _ => lang.pick("命令写得不对".to_owned(), "the command is not understood".to_owned()),
    };
    let valid = match error.get(ContextKind::ValidValue).or_else(|| error.get(ContextKind::SuggestedSubcommand)) {
        Some(ContextValue::Strings(texts)) if !texts.is_empty() => texts.join(lang.pick("、", ", ")),
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let hint = match (valid.is_empty(), lang) {
        (false, Lang::Zh) => format!("可以写：{valid}；全部命令见 duihao --help"),
        (false, Lang::En) => format!("possible: {valid}; all commands: duihao --help"),
        (true, Lang::Zh) => "全部命令见 duihao --help".to_owned(),
        (true, Lang::En) => "all commands: duihao --help".to_owned(),
    };
    (what, hint)
}

/// The result could not be printed.
pub fn unprinted(lang: Lang, why: &io::Error) -> (String, String) {
    two(
        lang,
        (format!("结果打印不出来：{}", system_says(lang, why)), "换一个地方放输出再看一次；已记下的都在"),
        (
            format!("the result cannot be printed: {}", system_says(lang, why)),
            "let the output go elsewhere and look again; what was recorded is kept",
        ),
    )
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

    use super::*;

    fn mistake(args: &[&str]) -> clap::Error {
        let command = Command::new("duihao")
            .subcommand(
                Command::new("status").arg(Arg::new("room").long("room")).arg(Arg::new("kind").long("kind").value_parser(["a", "b"])),
            )
            .subcommand_required(true);
        command.try_get_matches_from(args).unwrap_err()
    }

    #[test]
    fn a_mistake_on_the_command_line_is_said_in_the_language_of_the_user() {
        for (args, word) in [
            (&["duihao", "statsu"][..], "statsu"),
            (&["duihao", "status", "--rooom", "x"], "--rooom"),
            (&["duihao", "status", "--room"], "--room"),
            (&["duihao", "status", "--kind", "c"], "c"),
        ] {
            let (zh, hint) = say(Lang::Zh, &mistake(args));
            assert!(zh.contains(word) && !zh.is_ascii() && !hint.is_ascii(), "{zh} {hint}");
            let (en, hint) = say(Lang::En, &mistake(args));
            assert!(en.contains(word) && en.is_ascii() && hint.is_ascii(), "{en} {hint}");
        }
        assert!(say(Lang::Zh, &mistake(&["duihao", "statsu"])).1.contains("status"), "the nearest command is named");
    }
}
