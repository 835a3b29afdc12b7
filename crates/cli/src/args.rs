//! The command line. In: arguments. Out: what to do. Refuses what makes no sense, with exit code 2.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crossread::report::tables;

use crate::tables::Tables;

mod following;
mod transfer;

pub use following::{Alerting, FOLLOWS, Follow, Followed, Hooked, Unfollow};
pub use transfer::{Export, ExportArgs, Import, Merge};

/// Reads many news pages and shows what is corroborated, disputed, copied, and found in one outlet
/// alone. Every word that it shows as fact is a passage of a page that it read.
#[derive(Debug, Parser)]
#[command(name = "crossread", version, after_help = EXAMPLES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  crossread read pages/                          compare a folder of saved pages
  crossread read pages/ --format html -o out.html  the same as one file for the browser
  crossread read pages/ --focus \"Viktor Maurer\"   what one person says and is said to do
  crossread read pages/ --explain c3             why a claim, dispute or copy was concluded
  crossread read a.html b.txt records.jsonl --format json | jq '.stories[].disputes'
  crossread read pages/ --format csv --table readings -o readings.csv
                                                 a table: each passage with its claim, verdict, outlet, day
  crossread add pages/ --db news.db              keep pages in a store; again for what is new
  crossread watch feeds.opml --db news.db        and what feeds bring, all day
  crossread serve --db news.db                   read them in the browser
  crossread follow STORY --mail anna@news.example  be told what is new in one story
  crossread extract page.html                    the article without menus and adverts
  crossread read dump.jsonl --field text=body --field published=date
                                                 records that call their fields otherwise
  curl -s https://example.org/story | crossread extract -

A PATH is a file, a folder (read recursively) or - for standard input: HTML in any charset, pages saved
by a browser (also as MHTML), e-mail, plain text, PDF, DOCX, ODT; records, which are JSON (an object a line,
or in an array), rows of CSV, TSV or Parquet, or entries of a feed, with \"text\" or \"html\" (\"id\", \"url\",
\"outlet\", \"title\", \"authors\", \"published\" and \"language\" are used where given); and archives of all
these: ZIP, WACZ, WARC, gzip. Kinds are told by content. What cannot be read is listed with its reason.
Exit codes: 0 done, 1 nothing could be read, 2 wrong usage.";

const SEARCHES: &str = "Examples:
  crossread search \"cable car\" Ordin --db news.db   articles with the words side by side, and another
  crossread search Ordin --save ordin --db news.db    and keep the search
  crossread search Ordin --save ordin --hook http://127.0.0.1:9000/news
                                                      and post what comes, as signed JSON, until it is taken; to
                                                      Slack, Mattermost, Discord, Teams, ntfy in their own form
  crossread search Ordin --save ordin --mail anna@news.example --every 24h
                                                      or mail it, once a day at most
  crossread searches --db news.db                     what is kept
  crossread searches --forget ordin --db news.db      let it go";

const ASKS: &str = "Examples:
  crossread ask \"Two firefighters died in Hallowmere\" --db news.db
                                                      who states it in a store
  crossread ask \"The bridge was closed on Monday\" pages/
                                                      in a folder of pages
  crossread ask \"Die Brücke wurde gesperrt\" --language de --db news.db --format json
                                                      as one JSON object (schemas/answer-1.schema.json)";

const EXPORTS: &str = "Examples:
  crossread export --db news.db -o news.jsonl         all of it
  crossread export --db news.db --format csv --table disputes -o disputes.csv
                                                      a table for a spreadsheet; --bom where it shows odd letters
  crossread export --db news.db --format markdown --story s-491dc04df984 -o story.md
                                                      one story, each sentence of its brief with footnotes
  crossread export --db news.db --format bibtex --since 2023-03-01 -o march.bib
                                                      what stories of March are made of, to be cited
  crossread export --db news.db --format markdown --story s-491dc04df984 --passage c3 --passage d1
                                                      a claim and a dispute of it, each passage with its footnote
  crossread export --db news.db --format claimreview --story s-491dc04df984 --claim d1 -o draft.jsonld
                                                      a draft of a check for each side of a dispute
  crossread export --db news.db --format parquet --table readings -o readings.parquet
                                                      for data frames and databases, with days, numbers and lists";

const MODELS: &str = "Examples:
  crossread models                                what ships, and what was added
  crossread models add multilingual multilingual.bin
                                                  an encoder for German, French, Spanish and English
  crossread read seiten/ pages/ --one-story       is read by it from now on
  crossread models remove multilingual            and no longer

Nothing is ever fetched: models/multilingual.md of the project says how the file is made. It is copied into the
folder of the user's data, or the one that --models or CROSSREAD_MODELS names.";

/// The stages as commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Pages to a comparison: the whole flow
    #[command(after_help = EXAMPLES)]
    Read(Read),
    /// Pages to articles, one JSON object a line
    Extract {
        #[command(flatten)]
        common: Common,
    },
    /// Articles to names, quotations and dates, one JSON object a line
    ///
    /// Offsets are code points. Those of a record with "text" are of that text as it was given; those of any other
    /// page are of the "text" that `extract` prints.
    Annotate {
        #[command(flatten)]
        common: Common,
    },
    /// Articles to stories, one JSON object a line
    Group {
        #[command(flatten)]
        common: Common,

        /// What counts as one story: an event, or an event with those that it grew out of
        #[arg(long, value_enum, default_value_t = Level::Story)]
        level: Level,
    },
    /// Pages into a store: what is new, what changed, what is known
    ///
    /// The same page twice is one article; a page that changed is a new version of it. Whatever stops the
    /// program, what was reported as added is there, and the same command goes on.
    Add(Add),
    /// Articles with certain words, the last added first
    ///
    /// With --save the search is kept in the store: `watch` and `add` name what comes and fits, /searches shows
    /// it, there is a feed of it, and a hook is posted to until it takes it (after half a minute, then ever
    /// longer, up to an hour). An article that changed is told of again.
    #[command(after_help = SEARCHES)]
    Search(Search),
    /// Who states a sentence, who comes near it, who contradicts it
    ///
    /// Each passage with its outlet, day and source; the outlets' origins as a range, with the reasons. That nobody here
    /// states it does not say that it is false: the answer tells how many articles of which days it rests on.
    #[command(after_help = ASKS)]
    Ask(Ask),
    /// The searches that are kept in a store, and how far they are told
    #[command(after_help = SEARCHES)]
    Searches(Searches),
    /// Tells what is new in a story: disputes, corroboration, changed pages, quotations, articles
    ///
    /// `watch` and `add` name it, /followed shows it, there is a feed of it; a hook is posted to until it takes it, and
    /// mail is sent, while `watch`, `serve` or `add` runs. A story that turned out to be another is followed as that.
    #[command(after_help = FOLLOWS)]
    Follow(Follow),
    /// Follows a story no more
    #[command(after_help = FOLLOWS)]
    Unfollow(Unfollow),
    /// The stories that are followed, and how far they are told
    #[command(after_help = FOLLOWS)]
    Followed(Followed),
    /// Articles out of a store, with all their versions
    Remove(Remove),
    /// Whether every hash and every passage of a store still holds; exit code 1 where one does not
    Check(Check),
    /// Gives back the room that removed articles took
    Compact(Db),
    /// Compares every story of a store anew
    ///
    /// For when outlets, names or thresholds of the user's have changed, or claims are to be lined up in another
    /// way. Stopped, it is gone on with by whatever adds next.
    Recompare(Recompare),
    /// What is in a store, for other programs
    ///
    /// jsonl holds all of it, and `import` makes the same store of it again.
    #[command(after_help = EXPORTS)]
    Export(ExportArgs),
    /// A new store from an export in jsonl
    Import(Import),
    /// One store from several, whatever their order
    ///
    /// Articles and versions as if all had come to one store in the order in which they were fetched; stories are
    /// drawn anew, and the ids that they had lead to the new ones. Searches, watched feeds and what was learnt of
    /// outlets come along. Stopped, the same command goes on.
    Merge(Merge),
    /// The pages of a store for the browser, and its HTTP API
    ///
    /// It listens to this machine alone and only reads, unless told otherwise. Readers go on while articles
    /// are added.
    Serve(Serve),
    /// A store for assistants: the Model Context Protocol on standard input and output
    ///
    /// Tools that only read (ask, search, story, compare_pages, person), and stories as resources. `serve` has the
    /// same at /mcp.
    Mcp(Mcp),
    /// A store with the sample articles, opened in the browser
    Demo(Demo),
    /// Feeds into a store, all day: RSS, Atom, JSON Feed, OPML, sitemaps, pages
    ///
    /// Hosts are asked one at a time, with a pause, as their robots.txt allows. What waits is kept: a watch
    /// that was stopped goes on. Addresses of this machine and its network are not fetched. What saved searches
    /// find of what comes is told (`crossread search --save`).
    Watch(Watch),
    /// The models that ship, and those that were added for other languages
    #[command(after_help = MODELS)]
    Models(Models),
    /// What holds of the settings, and why: flag, environment, crossread.toml, program
    ///
    /// The lines printed are a file of settings: crossread.toml in the folder the program is started in, or
    /// where CROSSREAD_CONFIG says.
    Config,
    /// The man page, for `man -l`, of the program or of one of its commands
    Man {
        /// Which command
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// Completions for a shell
    Completions {
        /// Which
        shell: clap_complete::Shell,
    },
}

/// How feeds and pages are fetched.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Watching")]
pub struct Fetching {
    /// Time between two looks at a feed: 90s, 10m, 2h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = seconds)]
    pub every: u64,
    /// The least time between two requests to one host
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = seconds)]
    pub pause: u64,
    /// Whether young pages are looked at again though their feed names no change: every quarter of an hour in the first
    /// three hours, every hour on the first day, every day in the first week
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Again::Young)]
    pub again: Again,
    /// How long a request may take
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = seconds)]
    pub timeout: u64,
    /// MiB of a page at most
    #[arg(long, value_name = "MIB", default_value_t = 16)]
    pub most: u64,
    /// What the program calls itself; give an address where you can be reached
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Fetch addresses of this machine and its network too
    #[arg(long)]
    pub allow_private: bool,
}

/// What `watch` takes.
#[derive(Debug, clap::Args)]
pub struct Watch {
    /// Addresses of feeds, lists, sitemaps or pages; or files of OPML
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    /// Where they go.
    #[command(flatten)]
    pub db: Db,
    /// How it is fetched.
    #[command(flatten)]
    pub fetching: Fetching,
    /// Look at everything once, and end
    #[arg(long)]
    pub once: bool,
    /// What to print; json: an object a line for every step
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
    /// A file in which the counts stand, in Prometheus' text format, written anew at every step
    #[arg(long, value_name = "FILE")]
    pub metrics: Option<PathBuf>,
    /// How what came is told.
    #[command(flatten)]
    pub alerting: Alerting,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// Which pages are looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Again {
    /// None
    Never,
    /// Young ones
    Young,
}

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Which.
    #[command(flatten)]
    pub db: Db,
    /// Address and port; another than 127.0.0.1 shows the store to everybody who reaches it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7319")]
    pub listen: std::net::SocketAddr,
    /// A name by which readers reach this machine, beside its address and localhost; may be repeated
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// A file of who may change something, a line each: name rights token, the rights read, add, mark or all with
    /// commas between; or one token alone, which may everything. Without it nobody may
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Only who has the right to read may read, by a token or by a trusted proxy's Remote-User
    #[arg(long)]
    pub closed: bool,
    /// The path of its host that the site lies under, behind a proxy
    #[arg(long, value_name = "/PATH", default_value = "/", value_parser = server::base)]
    pub base: String,
    /// A proxy's address, or a network of them (10.0.0.0/8): its X-Forwarded-Proto, -Host and -For count, and its
    /// Remote-User is the name of who acts; may be repeated
    #[arg(long, value_name = "ADDRESS[/BITS]", value_parser = network)]
    pub trust_proxy: Vec<server::IpNet>,
    /// Watch feeds, lists, sitemaps, pages or files of OPML too, and what readers add at /watch; may be repeated, and
    /// stand without a value
    #[arg(long, value_name = "FEED", num_args = 0..=1, default_missing_value = "")]
    pub watch: Option<Vec<String>>,
    /// How it is fetched.
    #[command(flatten)]
    pub fetching: Fetching,
    /// How what came is told.
    #[command(flatten)]
    pub alerting: Alerting,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `mcp` takes.
#[derive(Debug, clap::Args)]
pub struct Mcp {
    /// Which.
    #[command(flatten)]
    pub db: Db,
    /// How pages are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Where the samples go.
    #[arg(long, value_name = "FILE", default_value = "crossread-demo.db")]
    pub db: PathBuf,
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7319")]
    pub listen: std::net::SocketAddr,
    /// Do not open a browser
    #[arg(long)]
    pub no_browser: bool,
    /// Fill the store, and serve nothing
    #[arg(long)]
    pub fill_only: bool,
}

/// A store.
#[derive(Debug, clap::Args)]
pub struct Db {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "crossread.db")]
    pub db: PathBuf,
}

/// How the stories of a store are compared.
#[derive(Debug, clap::Args)]
pub struct Comparing {
    /// What claims are lined up by [default: what the store's last were, else encoder for watch and serve, words for
    /// the others]
    #[arg(long, value_enum)]
    pub align: Option<Align>,
    /// What the user knows.
    #[command(flatten)]
    pub known: Known,
}

/// What the user knows of outlets and names.
#[derive(Debug, clap::Args)]
pub struct Known {
    /// Outlets that belong together, a line each: House: outlet, outlet. What two of one house
    /// say apart is not called corroborated
    #[arg(long, value_name = "FILE")]
    pub owners: Option<PathBuf>,
    /// Names that are one, a line each: Name: alias, alias
    #[arg(long, value_name = "FILE")]
    pub aliases: Option<PathBuf>,
    /// The folder of models that were added (`crossread models`) [default: in the user's data]
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    pub models: Option<PathBuf>,
    /// Stricter or laxer.
    #[command(flatten)]
    pub thresholds: Thresholds,
}

/// What a user may want stricter or laxer.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Thresholds")]
pub struct Thresholds {
    /// The mean chance from which groups of statements are one claim, 0.2 to 1; higher makes more and narrower claims.
    /// A single statement joins at three quarters of it [default: 0.45]
    #[arg(long, value_name = "CHANCE", value_parser = chance, hide_short_help = true)]
    pub join: Option<f32>,
    /// The chance from which one statement confirms another, 0 to 1 [default: 0.75 by the encoder, 0.7 by words]
    #[arg(long, value_name = "CHANCE", value_parser = part, hide_short_help = true)]
    pub corroborates: Option<f32>,
    /// The part of a passage that another must tell to confirm it, 0 to 1 [default: 0.55 by the encoder, 0.25 by
    /// words]
    #[arg(long, value_name = "PART", value_parser = part, hide_short_help = true)]
    pub told: Option<f32>,
    /// The part of an article that another has too from which all that both say is of one origin [default: 0.6]
    #[arg(long, value_name = "PART", value_parser = part, hide_short_help = true)]
    pub whole_copy: Option<f32>,
    /// MiB of a page or record that are read at most
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1024), hide_short_help = true)]
    pub page_limit: u32,
    /// Days without an article after which a story of a store with many open ones (20,000 articles) takes no more
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..), hide_short_help = true)]
    pub silence: u16,
}

/// What `add` takes.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Pages.
    #[command(flatten)]
    pub common: Common,
    /// Where they go.
    #[command(flatten)]
    pub db: Db,
    /// What to print
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
    /// Leave the stories that changed to be compared by a later command
    #[arg(long)]
    pub later: bool,
    /// How what came is told.
    #[command(flatten)]
    pub alerting: Alerting,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `search` takes.
#[derive(Debug, clap::Args)]
pub struct Search {
    /// Words that all have to be there; "two words" in quote marks stand side by side, word* is its beginning
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// Only of this outlet
    #[arg(long)]
    pub outlet: Option<String>,
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,
    /// What to print; json: one object a line
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
    /// Keep the search under this name, in place of another of that name
    #[arg(long, value_name = "NAME")]
    pub save: Option<String>,
    /// Whom what comes and fits is told.
    #[command(flatten)]
    pub hooked: Hooked,
}

/// What `ask` takes.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// A sentence as it could stand in a report
    #[arg(value_name = "SENTENCE")]
    pub says: String,
    /// Pages, folders, archives and addresses of pages to ask, in place of a store
    #[arg(value_name = "PATH", conflicts_with = "db")]
    pub paths: Vec<PathBuf>,
    /// Fetch addresses of this machine and its network too
    #[arg(long, hide_short_help = true)]
    pub allow_private: bool,
    /// The store to ask
    #[arg(long, value_name = "FILE", default_value = "crossread.db")]
    pub db: PathBuf,
    /// The language of the sentence (ISO 639-1)
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,
    /// What to print
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
    /// How claims are compared.
    #[command(flatten)]
    pub comparing: Comparing,
    /// Columns of the text
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Show no progress
    #[arg(short, long)]
    pub quiet: bool,
}

/// What `searches` takes.
#[derive(Debug, clap::Args)]
pub struct Searches {
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// Let the search of this name go; may be repeated
    #[arg(long, value_name = "NAME")]
    pub forget: Vec<String>,
    /// What to print; json: one object a line
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
}

/// What `remove` takes.
#[derive(Debug, clap::Args)]
pub struct Remove {
    /// Ids of articles
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `recompare` takes.
#[derive(Debug, clap::Args)]
pub struct Recompare {
    /// Which.
    #[command(flatten)]
    pub db: Db,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Which.
    #[command(flatten)]
    pub db: Db,
    /// Also read every page anew and compare its words with its bytes
    #[arg(long)]
    pub deep: bool,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
}

/// What `models` takes.
#[derive(Debug, clap::Args)]
pub struct Models {
    /// What to do; without it, list them.
    #[command(subcommand)]
    pub step: Option<ModelsStep>,
    /// The folder of models that were added [default: in the user's data]
    #[arg(long, value_name = "DIR", global = true)]
    pub models: Option<PathBuf>,
}

/// What can be done with models.
#[derive(Debug, Subcommand)]
pub enum ModelsStep {
    /// Adds one, in place of another of its name
    #[command(after_help = MODELS)]
    Add {
        /// Its name, as the file says it
        name: String,
        /// Its file
        file: PathBuf,
    },
    /// Takes one away
    Remove {
        /// Its name
        name: String,
    },
}

/// How a command of the store says what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Plain {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What `read` takes.
#[derive(Debug, clap::Args)]
pub struct Read {
    /// Pages, and where the report goes.
    #[command(flatten)]
    pub common: Common,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Which table.
    #[command(flatten)]
    pub tables: Tables,
    /// Columns of the text report [default: the terminal's, else 80]
    #[arg(long, value_name = "COLUMNS", value_parser = columns)]
    pub width: Option<usize>,
    /// Only one story (its id or words of its title), person or organisation (any spelling), or claim,
    /// dispute or quotation (an id such as c3, or STORY/c3)
    #[arg(long, value_name = "WHAT")]
    pub focus: Option<String>,
    /// Instead of the report, step by step why it says a thing: c3 a claim, d1 a dispute, q2 a
    /// quotation, n4 a name, copy1 a copy; STORY/c3 where several stories have one
    #[arg(long, value_name = "ID", conflicts_with = "format")]
    pub explain: Option<String>,
    /// Take all pages for one story, whatever they are about: for pages that you have chosen yourself
    #[arg(long)]
    pub one_story: bool,
    /// What claims are lined up by
    #[arg(long, value_enum, default_value_t = Align::Encoder)]
    pub align: Align,
    /// What the user knows.
    #[command(flatten)]
    pub known: Known,
}

/// What claims of different articles are lined up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Align {
    /// Words, names, numbers and days, and a small sentence encoder: finds paraphrases, at some 20
    /// articles a second
    Encoder,
    /// Words, names, numbers and days alone: for archives
    Words,
}

impl From<Align> for crossread::Align {
    fn from(align: Align) -> Self {
        match align {
            Align::Encoder => Self::Encoder,
            Align::Words => Self::Words,
        }
    }
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Files, folders, addresses of pages (https://…), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write to FILE, which appears only when it is complete
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A field of JSON records that has another name in them, such as text=body; may be repeated. Fields are text,
    /// html, title, published, outlet, url, authors, language, id
    #[arg(long, value_name = "FIELD=NAME")]
    pub field: Vec<crossread::Renamed>,
    /// Threads; the answer is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<NonZeroUsize>,
    /// Fetch addresses of this machine and its network too
    #[arg(long, hide_short_help = true)]
    pub allow_private: bool,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
}

/// What `read` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// The JSON report, version 1
    Json,
    /// One self-contained page
    Html,
    /// Markdown
    Markdown,
    /// A table, see --table, as comma-separated values
    Csv,
    /// A table as Apache Parquet
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The format of a table that it is, if it is one.
    pub fn table(self) -> Option<tables::Format> {
        match self {
            Self::Csv => Some(tables::Format::Csv { bom: false }),
            #[cfg(feature = "parquet")]
            Self::Parquet => Some(tables::Format::Parquet),
            Self::Text | Self::Json | Self::Html | Self::Markdown => None,
        }
    }
}

/// What `group` counts as one story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// One event
    Story,
    /// An event with those that it grew out of
    Chain,
}

impl From<Level> for crossread::report::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Story => Self::Story,
            Level::Chain => Self::Chain,
        }
    }
}

/// From .2 on: below, all of a story would be one claim.
fn chance(given: &str) -> Result<f32, String> {
    match given.parse() {
        Ok(chance) if (0.2..=1.0).contains(&chance) => Ok(chance),
        _ => Err("a number from 0.2 to 1".to_owned()),
    }
}

fn part(given: &str) -> Result<f32, String> {
    match given.parse() {
        Ok(part) if (0.0..=1.0).contains(&part) => Ok(part),
        _ => Err("a number from 0 to 1".to_owned()),
    }
}

fn columns(given: &str) -> Result<usize, String> {
    match given.parse() {
        Ok(columns @ 20..=500) => Ok(columns),
        _ => Err("a number from 20 to 500".to_owned()),
    }
}

/// An address, or a network of them.
fn network(given: &str) -> Result<server::IpNet, String> {
    let alone = given.parse().map(|ip: std::net::IpAddr| ip.into());
    alone
        .or_else(|_| given.parse())
        .map_err(|_| "an address like 10.0.0.7, or a network like 10.0.0.0/8".to_owned())
}

/// `90s`, `10m`, `2h`, or seconds.
fn seconds(given: &str) -> Result<u64, String> {
    let (number, unit) = match given.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => given.split_at(at),
        None => (given, "s"),
    };
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err("a time like 90s, 10m or 2h".to_owned()),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| "a time like 90s, 10m or 2h".to_owned())?;
    number
        .checked_mul(unit)
        .ok_or_else(|| "a shorter time".to_owned())
}

fn threads(given: &str) -> Result<NonZeroUsize, String> {
    given.parse().map_err(|_| "a number from 1 on".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
