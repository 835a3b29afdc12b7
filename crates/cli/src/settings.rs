//! Settings: a flag over the environment over a file over what the program has by itself. In: a TOML file.
//! Out: the command line with its defaults changed, and for each setting what holds and why. Refuses keys
//! that are none, by name.

use std::error::Error;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Arg, Command, CommandFactory};

use crate::args::Args;
use crate::inputs;

/// A setting: its key in the file, the commands and the argument that it is the default of.
struct Setting {
    key: &'static str,
    commands: &'static [&'static str],
    argument: &'static str,
    /// What the program does where nothing is set, in words.
    unset: &'static str,
    /// Why the program does it.
    why: &'static str,
}

const fn setting(
    key: &'static str,
    commands: &'static [&'static str],
    argument: &'static str,
) -> Setting {
    Setting {
        key,
        commands,
        argument,
        unset: "",
        why: "",
    }
}

/// The commands that work with a store.
const STORE: &[&str] = &[
    "add",
    "search",
    "searches",
    "follow",
    "unfollow",
    "followed",
    "remove",
    "check",
    "compact",
    "recompare",
    "export",
    "import",
    "serve",
    "watch",
    "ask",
    "mcp",
];

/// The commands that compare.
const COMPARING: &[&str] = &[
    "read",
    "add",
    "watch",
    "serve",
    "remove",
    "import",
    "recompare",
];

/// The commands that use models which were added: those that compare, and the one that keeps them.
const MODELS: &[&str] = &[
    "read",
    "add",
    "watch",
    "serve",
    "remove",
    "import",
    "recompare",
    "models",
];

/// The commands that tell of what came.
const TELLING: &[&str] = &["watch", "serve", "add"];

/// Every setting, by key.
const SETTINGS: [Setting; 34] = [
    setting("add.align", &["add"], "align").unset("the store's own, else words").why("by words an archive is read at 400 articles a second, by the encoder at some 20"),
    setting("alerts.desk", TELLING, "desk").why("at which address others reach the desk only you know"),
    setting("aliases", COMPARING, "aliases").why("who is one person under two names only you know"),
    setting("claims.corroborates", COMPARING, "corroborates")
        .unset("0.75 by the encoder, 0.7 by words").why("chosen on annotated stories, so that what is called corroborated seldom is not"),
    setting("claims.join", COMPARING, "join").unset("0.45").why("chosen on annotated stories, where most claims are found at few wrong ones"),
    setting("claims.told", COMPARING, "told").unset("0.55 by the encoder, 0.25 by words").why("who repeats half of a sentence need not state the rest"),
    setting("db", STORE, "db").why("in the folder that you work in"),
    setting("import.align", &["import"], "align").unset("the store's own, else words").why("as the store was compared, so that it comes out the same"),
    setting("mail.from", TELLING, "mail_from").why("mail is sent in your name only"),
    setting("mail.password-file", TELLING, "mail_password_file").why("a password stands in a file of its own, or in CROSSREAD_MAIL_PASSWORD, and is shown nowhere"),
    setting("mail.server", TELLING, "mail_server").why("mail is sent when you say who takes it"),
    setting("mail.user", TELLING, "mail_user").why("many a server of mail knows its senders by their machine"),
    setting("models", MODELS, "models").unset("in the user's data").why("beside what other programs keep for you"),
    setting("origins.whole-copy", COMPARING, "whole_copy").unset("0.6").why("who takes most of an article has the rest from there, too"),
    setting("owners", COMPARING, "owners").why("which outlets belong to one house only you know"),
    setting("pages.limit", COMPARING, "page_limit").why("MiB; pages of news are smaller, what is larger would cost the others"),
    setting("read.align", &["read"], "align").why("the encoder finds what is said in other words"),
    setting("recompare.align", &["recompare"], "align").unset("the store's own, else words").why("as the store was compared, so that only what you change differs"),
    setting("remove.align", &["remove"], "align").unset("the store's own, else words").why("as the store was compared, so that only what goes differs"),
    setting("search.limit", &["search"], "limit").why("a screen of them"),
    setting("serve.align", &["serve"], "align").unset("the store's own, else encoder").why("as the store was compared; pages that come one by one leave time for the encoder"),
    setting("serve.base", &["serve"], "base").why("a host of its own"),
    setting("serve.host", &["serve"], "host").why("a name that is not this machine's may be another site's trick"),
    setting("serve.listen", &["serve"], "listen").why("for this machine alone"),
    setting("serve.token-file", &["serve"], "token_file").why("nobody may change anything until you say who may"),
    setting("serve.trust-proxy", &["serve"], "trust_proxy").why("anybody can say where a request comes from"),
    setting("stories.silence", COMPARING, "silence").why("days; the same place a season later is another event"),
    setting("watch.agent", &["watch", "serve"], "agent").why("the program's name and version"),
    setting("watch.align", &["watch"], "align").unset("the store's own, else encoder").why("as the store was compared; feeds bring pages one by one, which leaves time for the encoder"),
    setting("watch.again", &["watch", "serve"], "again").why("silent edits come early"),
    setting("watch.every", &["watch", "serve"], "every").why("feeds change a few times an hour"),
    setting("watch.most", &["watch", "serve"], "most").why("MiB; pages of news are smaller"),
    setting("watch.pause", &["watch", "serve"], "pause").why("a host that is asked slowly does not mind"),
    setting("watch.timeout", &["watch", "serve"], "timeout").why("servers that take longer seldom answer at all"),
];

/// Names the file, where it is not in its place.
const FILE: &str = "CROSSREAD_CONFIG";
/// Its place: the folder the program is started in.
const PLACE: &str = "crossread.toml";

impl Setting {
    const fn unset(mut self, words: &'static str) -> Self {
        self.unset = words;
        self
    }

    const fn why(mut self, words: &'static str) -> Self {
        self.why = words;
        self
    }

    /// The argument that it is the default of.
    fn own<'c>(&self, command: &'c Command) -> Option<&'c Arg> {
        let sub = command.find_subcommand(self.commands.first()?)?;
        let mut all = sub.get_arguments();
        all.find(|arg| arg.get_id() == self.argument)
    }

    /// Its name in the environment.
    fn variable(&self) -> String {
        let name = self.key.replace(['.', '-'], "_").to_uppercase();
        format!("CROSSREAD_{name}")
    }
}

/// The file and what it says.
#[derive(Default)]
pub struct Settings {
    file: Option<PathBuf>,
    values: Vec<(&'static str, Vec<String>)>,
}

/// What is wrong with a file of settings; nothing where the program takes it.
pub fn settings_fault(text: &str) -> Option<String> {
    let tried = Settings::read(PathBuf::from(PLACE), text).and_then(|settings| {
        settings.check(&Args::command())?;
        let command = settings.apply(Args::command());
        settings.show(&command);
        Ok(())
    });
    tried.err().map(|error| format!("{error:#}"))
}

impl Settings {
    /// Reads the file, where there is one.
    ///
    /// # Errors
    /// A file that is named and cannot be read, that is no TOML, or has a key that is no setting.
    pub fn load() -> anyhow::Result<Self> {
        let named = std::env::var_os(FILE).map(PathBuf::from);
        let file = named.clone().unwrap_or_else(|| PathBuf::from(PLACE));
        let name = inputs::printable(&file.display().to_string());
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read the settings in {name}"));
            }
        };
        Self::read(file, &text)
    }

    /// Reads what the file says.
    fn read(file: PathBuf, text: &str) -> anyhow::Result<Self> {
        let name = inputs::printable(&file.display().to_string());
        let table: toml::Table = text.parse().with_context(|| format!("{name} is no TOML"))?;
        let mut flat = Vec::new();
        flatten("", &table, &mut flat);
        let mut values = Vec::new();
        for (key, value) in flat {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
                bail!("{name}: there is no setting {key}; `crossread config` lists them");
            };
            values.push((setting.key, value));
        }
        Ok(Self {
            file: Some(file),
            values,
        })
    }

    /// Whether every value is one that its argument takes, of the file and of the environment.
    ///
    /// # Errors
    /// The first that is not: where it stands, and what would be.
    pub fn check(&self, command: &Command) -> anyhow::Result<()> {
        for setting in &SETTINGS {
            let Some(arg) = setting.own(command) else {
                continue;
            };
            let variable = setting.variable();
            let (place, values) = match (std::env::var(&variable), self.value(setting.key)) {
                (Ok(value), _) => (format!("the environment: {variable}"), vec![value]),
                (_, Some(values)) => {
                    let file = self.file.as_deref().unwrap_or(Path::new(PLACE));
                    let file = inputs::printable(&file.display().to_string());
                    (format!("{file}: {}", setting.key), values.to_vec())
                }
                _ => continue,
            };
            for value in values {
                if let Some(why) = fault(arg, &value) {
                    bail!("{place} = {value:?}: {why}");
                }
            }
        }
        Ok(())
    }

    /// The command line, with what the file says as its defaults.
    pub fn apply(&self, mut command: Command) -> Command {
        for setting in &SETTINGS {
            let value = self.value(setting.key).map(<[String]>::to_vec);
            let variable = setting.variable();
            for name in setting.commands {
                let (value, variable) = (value.clone(), variable.clone());
                command = command.mut_subcommand(name, |sub| {
                    sub.mut_arg(setting.argument, |arg| {
                        let arg = arg.env(variable).hide_env(true);
                        match value {
                            Some(values) => arg.default_values(values),
                            None => arg,
                        }
                    })
                });
            }
        }
        command
    }

    fn value(&self, key: &str) -> Option<&[String]> {
        let found = self.values.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| value.as_slice())
    }

    /// What holds, and why: a line a setting, as a file of settings would have it.
    pub fn show(&self, command: &Command) -> String {
        let mut out = String::new();
        for setting in &SETTINGS {
            let variable = setting.variable();
            let own = || {
                let arg = setting.own(command)?;
                let values = arg.get_default_values().iter();
                Some(
                    values
                        .map(|v| v.to_string_lossy().into_owned())
                        .collect::<Vec<_>>(),
                )
            };
            let (value, why) = if let Ok(value) = std::env::var(&variable) {
                (vec![value], format!("the environment: {variable}"))
            } else if let (Some(value), Some(file)) = (self.value(setting.key), &self.file) {
                (
                    value.to_vec(),
                    inputs::printable(&file.display().to_string()),
                )
            } else {
                (
                    own().unwrap_or_default(),
                    format!("the program: {}; {variable} would change it", setting.why),
                )
            };
            let quoted: Vec<String> = value.iter().map(|v| format!("{v:?}")).collect();
            out.push_str(&match quoted.as_slice() {
                [] if !setting.unset.is_empty() => {
                    format!("# {} = {}  # {why}\n", setting.key, setting.unset)
                }
                [] => format!("# {} is not set  # {why}\n", setting.key),
                [one] => format!("{} = {one}  # {why}\n", setting.key),
                many => format!("{} = [{}]  # {why}\n", setting.key, many.join(", ")),
            });
        }
        out
    }
}

/// Why an argument does not take a value; nothing where it does.
fn fault(arg: &Arg, value: &str) -> Option<String> {
    let probe = Command::new("").no_binary_name(true).arg(arg.clone());
    let given = format!("--{}={value}", arg.get_long()?);
    let error = probe.try_get_matches_from([given]).err()?;
    let choices: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|choice| choice.get_name().to_owned())
        .collect();
    Some(match (choices.is_empty(), error.source()) {
        (false, _) => format!("one of {}", choices.join(", ")),
        (true, Some(source)) => source.to_string(),
        (true, None) => "no such value".to_owned(),
    })
}

/// The keys of a table with those of the tables in it, and their values as words.
fn flatten(before: &str, table: &toml::Table, out: &mut Vec<(String, Vec<String>)>) {
    for (key, value) in table {
        let key = format!("{before}{key}");
        match value {
            toml::Value::Table(inner) => flatten(&format!("{key}."), inner, out),
            toml::Value::Array(items) => out.push((key, items.iter().map(word).collect())),
            other => out.push((key, vec![word(other)])),
        }
    }
}

fn word(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        // A day or a time is none of them; the command line refuses it with its reason.
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_why() {
        for setting in &SETTINGS {
            assert!(!setting.why.is_empty(), "{}", setting.key);
        }
    }
}
