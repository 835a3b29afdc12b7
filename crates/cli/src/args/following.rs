//! Who is told of what came, and how: hooks, mail, stories that are followed.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Db, Plain, seconds};

pub const FOLLOWS: &str = "Examples:
  crossread follow s-491dc04df984 --db news.db        a story, by its id or its address on the desk: watch and
                                                      add name what is new, /followed shows it, it has a feed
  crossread follow s-491dc04df984 --hook https://hooks.slack.com/services/T0/B0/x
                                                      and post it there, in Slack's own form
  crossread follow s-491dc04df984 --hook http://127.0.0.1:9000/news --secret-file secret.txt
                                                      as JSON, signed with the words of that file
  crossread follow s-491dc04df984 --mail anna@news.example --every 24h
                                                      a digest by mail, once a day at most
  crossread followed --db news.db                     what is followed
  crossread unfollow s-491dc04df984 --db news.db      no more

What is new: a dispute, a claim that gained or lost corroboration, a page that changed, a quotation with a speaker,
an article. Mail needs mail.server and mail.from (`crossread config`), where `watch`, `serve` or `add` runs.
Signed JSON has X-Crossread-Signature: sha256= and the HMAC-SHA-256 of the body with the secret, in hexadecimal:
  openssl dgst -sha256 -hmac \"$(cat secret.txt)\" body.json";

/// Whom it is told.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Telling")]
pub struct Hooked {
    /// An address to which what is new is posted until it is taken
    #[arg(long, value_name = "URL")]
    pub hook: Option<String>,
    /// How the hook is written to [default: as its address tells, else json]
    #[arg(long = "as", value_enum, value_name = "FORM", requires = "hook")]
    pub form: Option<Form>,
    /// A file whose first line signs what is posted as JSON [default: a secret is made, and said once]
    #[arg(long, value_name = "FILE", requires = "hook")]
    pub secret_file: Option<PathBuf>,
    /// An address to which what is new is mailed, in place of a hook
    #[arg(long, value_name = "ADDRESS", conflicts_with = "hook")]
    pub mail: Option<String>,
    /// The least time between two messages: 15m, 24h; what comes between is in the next
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = seconds)]
    pub every: u64,
}

/// How a hook is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Slack's incoming webhooks
    Slack,
    /// Mattermost's incoming webhooks
    Mattermost,
    /// Discord's webhooks
    Discord,
    /// Workflows of Microsoft Teams
    Teams,
    /// A topic of ntfy
    Ntfy,
    /// An object for programs, signed
    Json,
}

impl From<Form> for fetch::Form {
    fn from(form: Form) -> Self {
        match form {
            Form::Slack => Self::Slack,
            Form::Mattermost => Self::Mattermost,
            Form::Discord => Self::Discord,
            Form::Teams => Self::Teams,
            Form::Ntfy => Self::Ntfy,
            Form::Json => Self::Json,
        }
    }
}

/// How what is told is sent.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Alerts")]
pub struct Alerting {
    /// The desk's public address, for links in what is posted and mailed: https://news.example/crossread
    #[arg(long, value_name = "URL")]
    pub desk: Option<String>,
    /// The server that takes mail: smtps://HOST, or smtp://HOST:587 with STARTTLS
    #[arg(long, value_name = "URL", hide_short_help = true)]
    pub mail_server: Option<String>,
    /// Who sends it: anna@news.example, or Anna <anna@news.example>
    #[arg(long, value_name = "ADDRESS", hide_short_help = true)]
    pub mail_from: Option<String>,
    /// The name that the server of mail knows; its password stands in a file or in CROSSREAD_MAIL_PASSWORD
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub mail_user: Option<String>,
    /// The file whose first line is that password
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub mail_password_file: Option<PathBuf>,
}

/// What `follow` takes.
#[derive(Debug, clap::Args)]
pub struct Follow {
    /// The story's id, or its address on the desk
    #[arg(value_name = "STORY")]
    pub story: String,
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// Whom it is told.
    #[command(flatten)]
    pub hooked: Hooked,
}

/// What `unfollow` takes.
#[derive(Debug, clap::Args)]
pub struct Unfollow {
    /// The story's id, or its address on the desk
    #[arg(value_name = "STORY")]
    pub story: String,
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// Only this hook, or mailto:ADDRESS [default: all that follow it]
    #[arg(long, value_name = "URL")]
    pub hook: Option<String>,
}

/// What `followed` takes.
#[derive(Debug, clap::Args)]
pub struct Followed {
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// What to print; json: one object a line
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
}
