//! The JSON report, version 1: its types, as programs read them. Out: serde and JSON Schema.
//! Fields may be added within version 1; what is here keeps its name and meaning.
//!
//! Offsets are Unicode code points into the `text` of the article, half-open. Doc comments become
//! the schema's descriptions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this version, the value of `schema` in every report.
pub const SCHEMA: &str = "crossread.report/1";

/// What many news pages say together and apart, every word of it a passage of one of them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Crossread report, version 1")]
pub struct Report {
    /// Always "crossread.report/1".
    pub schema: String,
    /// What all offsets count: always "code-point" (Unicode code points, as Python's slices do).
    pub offsets: String,
    /// Every article read, by time of publication, then id.
    pub articles: Vec<Article>,
    /// Every input that gave no article, by path, with the reason.
    pub skipped: Vec<Skipped>,
    /// The stories, largest first.
    pub stories: Vec<Story>,
}

/// An article: its words without page furniture, and what its page says of itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Stable: given by the record, or derived from the content.
    pub id: String,
    /// Where it was found: FILE, or FILE:LINE in a file of records.
    pub path: String,
    /// Its address; null where unknown.
    pub url: Option<String>,
    /// SHA-256 of the original bytes, in hexadecimal.
    pub sha256: String,
    /// Who published it; null where the page does not say.
    pub outlet: Option<String>,
    /// The headline; null where the page has none.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published, an RFC 3339 date or date-time; null where the page does not say. A
    /// time without its offset from UTC is left out, since RFC 3339 has no word for it.
    pub published: Option<String>,
    /// When it was changed, in the same form; absent where the page does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The section of its outlet, as the page names it; absent where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Its keywords, as the page gives them; absent where it gives none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Whether it can be read without paying; absent where the page does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<bool>,
    /// Where title, authors, published, modified, outlet and url were found: "record" (what held the
    /// page), "json-ld", "meta tag", "property", "heading", "shown", "window title", "address", "text".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub found_in: BTreeMap<String, String>,
    /// ISO 639 code of its language; null where the text is too short to tell.
    pub language: Option<String>,
    /// What sort of piece it is; null for a plain report.
    #[serde(default)]
    pub genre: Option<Genre>,
    /// The article's words: no title, no furniture; each paragraph ends in a newline.
    pub text: String,
    /// Agencies and outlets that the page itself names as its sources.
    pub credits: Vec<String>,
    /// What a reader should know about how the page was read.
    pub warnings: Vec<String>,
    /// What the page shows of how it came about, to the letter.
    pub signs: Vec<Sign>,
    /// The parts of the text, in order. Only in lines of `crossread extract`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// The captions of its pictures, which are no part of the text. Only in lines of `crossread extract`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<String>,
    /// Claims of others that the page says it checked, as its own record has them (ClaimReview of schema.org); absent
    /// where there are none. The page's words, never a verdict of the program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<ClaimReview>,
    /// Words that a filter, a machine translation or a wrong charset broke. Absent where the words
    /// were not examined (`crossread extract`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<Vec<Damage>>,
}

/// A claim that a page says it checked, in the words of its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimReview {
    /// The claim.
    pub claim: String,
    /// Who checked it; empty where the record does not say.
    pub by: Vec<String>,
    /// An address of theirs; null where the record gives none.
    pub by_url: Option<String>,
    /// The address of the check; null where the record gives none.
    pub url: Option<String>,
    /// When it was checked, an RFC 3339 date or date-time; null where the record does not say.
    pub published: Option<String>,
    /// What they make of it.
    pub rating: Rating,
    /// Who made the claim; empty where the record does not say.
    pub claimants: Vec<String>,
    /// When it was made; null where the record does not say.
    pub claimed: Option<String>,
    /// Addresses at which it appeared.
    pub appearances: Vec<String>,
    /// Where on the page it was found: "json-ld" or "property".
    pub found_in: String,
}

/// A rating as the page writes it; null is what it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// In words.
    pub name: Option<String>,
    /// On a scale.
    pub value: Option<String>,
    /// The best end of the scale.
    pub best: Option<String>,
    /// Its worst end.
    pub worst: Option<String>,
}

/// What an article of the story says that it checked, beside a claim that lines up with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// The article's id.
    pub article: String,
    /// Which of its `reviews`, counted from 0.
    pub review: u32,
}

/// A part of an article's text: a paragraph, a heading.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is on the page.
    pub kind: BlockKind,
    /// Its first code point in the text.
    pub start: u32,
    /// The code point behind its last.
    pub end: u32,
    /// The time of day that the page puts on an entry of a live blog, as HH:MM:SS; absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

/// What a part of an article's text is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading inside the article.
    Subheading,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// What the desk says of the article itself: a correction.
    Note,
    /// What stands between headline and text and sums it up.
    Standfirst,
    /// An embedded post of a network.
    Post,
    /// The row of a table.
    Table,
    /// The first paragraph of an entry of a live blog.
    Entry,
}

/// Something on a page that tells how it came about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sign {
    /// What it tells.
    pub kind: SignKind,
    /// The words of the page, to the letter.
    pub line: String,
}

/// A broken word. The text stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Damage {
    /// The broken word.
    pub mention: Mention,
    /// What it most likely was; null where that cannot be told.
    pub repair: Option<String>,
    /// What broke it.
    pub kind: DamageKind,
}

/// An input that gave no article.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Where it is.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A passage of an article: the unit of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The article's id.
    pub article: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words: `text[start:end]` of the article, to the letter.
    pub text: String,
}

/// The articles about one event, compared.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Stable: derived from the first article.
    pub id: String,
    /// Id of the earlier story that it goes on from: another event of the same matter; null where
    /// there is none.
    pub earlier: Option<String>,
    /// Ids of the later stories that go on from it.
    pub later: Vec<String>,
    /// The headline of one of its articles.
    pub title: String,
    /// Ids of its articles, by time of publication, then id.
    pub articles: Vec<String>,
    /// First day of publication; null where no page says.
    pub first: Option<String>,
    /// Last day of publication; null where no page says.
    pub last: Option<String>,
    /// Its outlets, by name.
    pub outlets: Vec<String>,
    /// Id of the name of the place where it happens, as its articles begin; null where they do not say.
    pub place: Option<String>,
    /// Words and names that tell it from other stories, heaviest first.
    pub keywords: Vec<Mention>,
    /// Persons, organisations, places and other names across all its articles.
    pub names: Vec<Name>,
    /// Pairs of articles that share text that did not arise independently.
    pub copies: Vec<Copy>,
    /// Articles that show signs of having been made from something that is not among the story's
    /// articles.
    pub rewrites: Vec<Rewrite>,
    /// Utterances, each with every reading of it.
    pub quotes: Vec<Quote>,
    /// Propositions, each with every article's statement of it.
    pub claims: Vec<Claim>,
    /// What the articles, or the voices in them, disagree on.
    pub disputes: Vec<Dispute>,
    /// What happened when, in order.
    pub timeline: Vec<Event>,
    /// Different words for one thing.
    pub wording: Vec<Wording>,
    /// Sentences taken whole from the articles, in reading order, none said twice.
    pub brief: Vec<BriefSentence>,
}

/// One person, organisation, place or thing across a story's articles.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// Within the story: n1, n2, …
    pub id: String,
    /// What it is.
    pub kind: NameKind,
    /// Its clearest spelling.
    pub name: String,
    /// The other spellings, most frequent first.
    pub variants: Vec<String>,
    /// Roles and titles that the articles give it, in their words.
    pub roles: Vec<String>,
    /// Every mention, in order of article and place.
    pub mentions: Vec<Mention>,
}

/// Two articles that share text that did not arise independently.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Copy {
    /// Within the story: copy1, copy2, …
    pub id: String,
    /// Id of the first article.
    pub a: String,
    /// Id of the second article.
    pub b: String,
    /// What sort of sharing it is; "shared-source": both quote the same statement.
    pub kind: CopyKind,
    /// Which came from which.
    pub direction: Direction,
    /// Part of the first one's words that stand in the second, 0 to 1.
    pub share_a: f64,
    /// Part of the second one's words that stand in the first, 0 to 1.
    pub share_b: f64,
    /// Why the program says so.
    pub because: Vec<String>,
    /// The shared passages, longest first.
    pub passages: Vec<Passage>,
}

/// The same words in two articles.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// In the first article.
    pub a: Mention,
    /// In the second article.
    pub b: Mention,
}

/// An article that shows signs of having been made from something that is not at hand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Rewrite {
    /// The article's id.
    pub article: String,
    /// What shows it.
    pub because: Vec<String>,
}

/// One utterance with every reading of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Within the story: q1, q2, …
    pub id: String,
    /// Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a
    /// store's pages. It is made of one passage and leads to what has that passage.
    #[serde(default)]
    pub key: String,
    /// Id of the speaker's name; null where the texts do not say, or where more of them give it to others.
    pub speaker: Option<String>,
    /// The clearest words for whom most articles give it to; null where there are none, or where no two say the
    /// same.
    pub speaker_text: Option<String>,
    /// Where those words stand.
    pub speaker_mention: Option<Mention>,
    /// Every article's reading of it, by article and place.
    pub readings: Vec<QuoteReading>,
    /// Where the readings differ.
    pub differences: Vec<Difference>,
}

/// One article's reading of an utterance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct QuoteReading {
    /// The content from its first letter to its last.
    pub mention: Mention,
    /// Words all in quote marks, some, or none.
    pub form: Form,
    /// The content part by part, where other words stand in between.
    pub parts: Vec<Mention>,
    /// The words that report it; null where there are none.
    pub cue: Option<Mention>,
    /// The words for who said it; null where there are none.
    pub source: Option<Mention>,
    /// Id of the speaker's name; null where the text does not say.
    pub speaker: Option<String>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure that is.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: String,
}

/// How two readings of one utterance differ.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// In what.
    pub kind: DifferenceKind,
    /// The two readings, as positions in `readings` counted from 0.
    pub readings: [u32; 2],
    /// The differing words, "the first's ↔ the second's"; "—" where one has nothing there.
    pub text: String,
    /// Where those words stand; null where one has nothing there.
    pub mentions: [Option<Mention>; 2],
}

/// One proposition with every article's statement of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Within the story: c1, c2, …
    pub id: String,
    /// Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a
    /// store's pages. It is made of one passage and leads to what has that passage.
    #[serde(default)]
    pub key: String,
    /// The clearest of its readings, to the letter.
    pub text: String,
    /// Which reading that is, counted from 0.
    pub clearest: u32,
    /// Every article's statement of it, by article and place, and what only comes near it, so marked.
    pub readings: Vec<ClaimReading>,
    /// How many outlets state it; who only comes near it does not.
    pub outlets: u32,
    /// How many independent origins it can have.
    pub origins: Origins,
    /// What that comes to.
    pub verdict: Verdict,
    /// Ids of the articles whose full text lacks it.
    pub absent_from: Vec<String>,
    /// Checks that articles of the story give and that line up with it; absent where there are none. Their words, of no
    /// weight in the verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<Checked>,
}

/// One article's statement of a claim.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClaimReading {
    /// The clause or sentence.
    pub mention: Mention,
    /// Whether it asserts, denies or questions the claim.
    pub stance: Stance,
    /// Ids of the names given as its source.
    pub attributed_to: Vec<String>,
    /// The words for the source; null where there are none.
    pub source: Option<Mention>,
    /// The words of it that carry the claim: those in which it and the clearest reading match best, and of the
    /// clearest those in which another matches it. Null where no other was set beside it.
    #[serde(default)]
    pub carried: Option<Mention>,
    /// Whether it only comes near the claim: it matches the other readings loosely, may state a
    /// neighbouring proposition, and confirms nothing.
    #[serde(default)]
    pub near: bool,
}

/// A range of how many independent origins a claim can have. Copying can be shown; independence
/// cannot be proved.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Origins {
    /// At least so many.
    pub low: u32,
    /// At most so many: what the evidence does not merge.
    pub high: u32,
    /// Why.
    pub because: Vec<String>,
}

/// A matter on which the story's articles, or the voices in them, disagree.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dispute {
    /// Within the story: d1, d2, …
    pub id: String,
    /// Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a
    /// store's pages. It is made of one passage and leads to what has that passage.
    #[serde(default)]
    pub key: String,
    /// In what it lies.
    pub kind: DisputeKind,
    /// What it is about, in words of the articles alone, joined by " · ".
    pub question: String,
    /// Where those words stand.
    pub question_mentions: Vec<Mention>,
    /// Its sides, two or more.
    pub sides: Vec<Side>,
}

/// One side of a dispute.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Words of an article that stand for the side.
    pub label: String,
    /// Where those words stand.
    pub label_mention: Option<Mention>,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// The passages that hold it.
    pub mentions: Vec<Mention>,
    /// Ids of the names that hold it; empty where an article does in its own voice.
    pub held_by: Vec<String>,
}

/// What happened at one time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// ISO 8601 at the precision that is known: 2017, 2017-08, 2017-12-04, 2017-12-04T19:49.
    pub when: String,
    /// Last day, where the texts say a stretch of days; null for one day.
    pub until: Option<String>,
    /// How finely the texts say it.
    pub precision: Precision,
    /// The passages that say so.
    pub mentions: Vec<Mention>,
    /// Ids of the claims they carry.
    pub claims: Vec<String>,
}

/// Different words for one thing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Wording {
    /// Id of the name, the claim or the quote that the words are about.
    pub about: String,
    /// The choices, two or more.
    pub choices: Vec<Choice>,
}

/// One choice of words, with who makes it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The words.
    pub term: String,
    /// Ids of the articles that use them.
    pub articles: Vec<String>,
    /// Where they stand.
    pub mentions: Vec<Mention>,
}

/// A sentence of the brief.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BriefSentence {
    /// The sentence, to the letter.
    pub text: String,
    /// Where it stands, then the passages of those who state all of it.
    pub mentions: Vec<Mention>,
    /// Ids of the claims it carries.
    pub claims: Vec<String>,
}

/// Defines a wire enum with the words that stand for each value, and how it is made from the
/// model's.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($value:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            JsonSchema,
        )]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "the names are the contract's words")]
        pub enum $name { $($value),+ }

        impl From<model::$name> for $name {
            fn from(value: model::$name) -> Self {
                match value { $(model::$name::$value => Self::$value),+ }
            }
        }
    };
}

words!(
    /// What a name names.
    NameKind { Person, Organisation, Place, Other }
);
words!(
    /// What sort of sharing ties two articles.
    CopyKind { Copy, Rewrite, Excerpt, SharedSource }
);
words!(
    /// Which of two articles came from the other.
    Direction { AFromB, BFromA, Unknown }
);
words!(
    /// How a quotation gives its words: all in quote marks, some, or none.
    Form { Direct, Mixed, Indirect }
);
words!(
    /// How a speaker was found: not at all, named in the source, a pronoun or a description
    /// resolved, or carried over from the quotation before.
    Resolution { None, Named, Pronoun, Description, Carried }
);
words!(
    /// How sure a finding is.
    Confidence { Unclear, Likely, Certain }
);
words!(
    /// In what two readings differ.
    DifferenceKind { Wording, Truncated, Speaker, Translation }
);
words!(
    /// Whether a statement is asserted.
    Stance { Asserts, Denies, Questions }
);
/// What the outlets together make of a claim.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's words")]
pub enum Verdict {
    Corroborated,
    SingleOrigin,
    OnlyHere,
    Disputed,
}

impl From<&model::Verdict> for Verdict {
    fn from(verdict: &model::Verdict) -> Self {
        match verdict {
            model::Verdict::Corroborated { .. } => Self::Corroborated,
            model::Verdict::SingleOrigin => Self::SingleOrigin,
            model::Verdict::OnlyHere => Self::OnlyHere,
            model::Verdict::Disputed { .. } => Self::Disputed,
        }
    }
}
words!(
    /// In what a dispute lies.
    DisputeKind { Denial, Number, Date, Place, Order, Negation, Attribution, Description }
);
words!(
    /// How finely a source says when.
    Precision { Year, Month, Day, Time }
);
words!(
    /// What broke a word.
    DamageKind { Filter, Translation, Charset }
);
words!(
    /// What a sign on a page tells: taken from another page, an agency in the byline, text that
    /// breaks off.
    SignKind { SourceLink, AgencyByline, Truncated, Corrected }
);
words!(
    /// What sort of piece an article is, where its page shows that it is no plain report of one
    /// event: an opinion confirms nothing, a round-up is in no story of others, what a correction
    /// says was wrong is no claim.
    Genre { Opinion, LiveBlog, RoundUp, Gallery, Correction }
);
words!(
    /// What an expression of time expresses, as in TIMEX3.
    DateKind { Date, Time, Duration, Set }
);
words!(
    /// How exact a number claims to be.
    Hedge { Exact, About, AtLeast, AtMost }
);
words!(
    /// What sort of number it is.
    QuantityKind { Count, Ordinal, Money, Percent, Measure }
);
