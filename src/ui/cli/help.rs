//! The pages of `--help`, in the language asked for.

use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::options::Options;
use crate::ui::words::Lang;
use crate::ui::words::help;

/// The command line with its help in this language.
pub fn command(lang: Lang) -> Command {
    let [.., version] = help::headings(lang);
    let own = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(version);
    worded(Options::command().disable_version_flag(true).arg(own), lang, "")
}

fn worded(mut command: Command, lang: Lang, path: &str) -> Command {
    let [usage, commands, arguments, options, help_text, _] = help::headings(lang);
    command = command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help_text))
        .help_template(format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}"))
        .subcommand_help_heading(commands)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { arguments } else { options };
            let arg = arg.help_heading(heading);
            match (lang, help::english(path, arg.get_id().as_str())) {
                // What may be typed is named in the sentence.
                (Lang::En, Some(text)) if arg.get_action().takes_values() => arg.help(text).long_help(text).hide_possible_values(true),
                (Lang::En, Some(text)) => arg.help(text).long_help(text),
                _ => arg,
            }
        });
    if let (Lang::En, Some(text)) = (lang, help::english(path, "")) {
        command = command.about(text).long_about(text);
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let below = format!("{path} {name}").trim_start().to_owned();
        command = command.mut_subcommand(&name, |sub| worded(sub, lang, &below));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(command: &Command, path: &str, tell: &mut dyn FnMut(&str, &str, String)) {
        tell(path, "", command.get_about().map(ToString::to_string).unwrap_or_default());
        for arg in command.get_arguments().filter(|a| !matches!(a.get_id().as_str(), "help" | "version")) {
            tell(path, arg.get_id().as_str(), arg.get_help().map(ToString::to_string).unwrap_or_default());
        }
        for sub in command.get_subcommands() {
            every(sub, format!("{path} {}", sub.get_name()).trim_start(), tell);
        }
    }

    #[test]
    fn every_command_and_option_is_explained_in_both_languages() {
        every(&command(Lang::En), "", &mut |path, id, text| {
            assert!(!text.is_empty() && help::english(path, id).is_some_and(|t| t == text), "{path} {id}: {text}");
        });
        every(&command(Lang::Zh), "", &mut |path, id, text| assert!(!text.is_empty() && !text.is_ascii(), "{path} {id}: {text}"));
        command(Lang::En).debug_assert();
    }
}
