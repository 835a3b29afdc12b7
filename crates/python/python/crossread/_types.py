"""What Crossread says, as classes: one for each object of its JSON. Made by `tools/classes.py`; not to be edited.

Offsets are code points, half-open, so that ``article.text[mention.start:mention.end] == mention.text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from typing_extensions import Self

# What a part of an article's text is on its page.
BlockKind = Literal["paragraph", "subheading", "list-item", "quote", "note", "standfirst", "post", "table", "entry"]


# How sure a finding is.
Confidence = Literal["unclear", "likely", "certain"]


# What sort of sharing ties two articles.
CopyKind = Literal["copy", "rewrite", "excerpt", "shared-source"]


# What broke a word.
DamageKind = Literal["filter", "translation", "charset"]


# What an expression of time expresses, as in TIMEX3.
DateKind = Literal["date", "time", "duration", "set"]


# In what two readings differ.
DifferenceKind = Literal["wording", "truncated", "speaker", "translation"]


# Which of two articles came from the other.
Direction = Literal["a-from-b", "b-from-a", "unknown"]


# In what a dispute lies.
DisputeKind = Literal["denial", "number", "date", "place", "order", "negation", "attribution", "description"]


# How a quotation gives its words: all in quote marks, some, or none.
Form = Literal["direct", "mixed", "indirect"]


# What sort of piece an article is, where its page shows that it is no plain report of one event: an opinion
# confirms nothing, a round-up is in no story of others, what a correction says was wrong is no claim.
Genre = Literal["opinion", "live-blog", "round-up", "gallery", "correction"]


# How exact a number claims to be.
Hedge = Literal["exact", "about", "at-least", "at-most"]


# What a name names.
NameKind = Literal["person", "organisation", "place", "other"]


# How finely a source says when.
Precision = Literal["year", "month", "day", "time"]


# What sort of number it is.
QuantityKind = Literal["count", "ordinal", "money", "percent", "measure"]


# How a speaker was found: not at all, named in the source, a pronoun or a description resolved, or carried over
# from the quotation before.
Resolution = Literal["none", "named", "pronoun", "description", "carried"]


# What a sign on a page tells: taken from another page, an agency in the byline, text that breaks off.
SignKind = Literal["source-link", "agency-byline", "truncated", "corrected"]


# Whether a statement is asserted.
Stance = Literal["asserts", "denies", "questions"]


# What the outlets together make of a claim.
Verdict = Literal["corroborated", "single-origin", "only-here", "disputed"]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A line of `crossread annotate`."""

    article: str
    """The article's id."""

    sentences: tuple[tuple[int, int], ...]
    """Sentences, as half-open ranges."""

    names: tuple[NameHere, ...]
    """Names, in order."""

    quotes: tuple[QuoteHere, ...]
    """Quotations, by start."""

    dates: tuple[DateHere, ...]
    """Expressions of time, in order."""

    quantities: tuple[QuantityHere, ...]
    """Numbers with what they count, in order."""

    damage: tuple[Damage, ...]
    """Broken words, in order."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            article=d["article"],
            sentences=tuple(tuple(v) for v in d["sentences"]),
            names=tuple(NameHere.of(v) for v in d["names"]),
            quotes=tuple(QuoteHere.of(v) for v in d["quotes"]),
            dates=tuple(DateHere.of(v) for v in d["dates"]),
            quantities=tuple(QuantityHere.of(v) for v in d["quantities"]),
            damage=tuple(Damage.of(v) for v in d["damage"]),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its words without page furniture, and what its page says of itself."""

    id: str
    """Stable: given by the record, or derived from the content."""

    path: str
    """Where it was found: FILE, or FILE:LINE in a file of records."""

    url: str | None
    """Its address; null where unknown."""

    sha256: str
    """SHA-256 of the original bytes, in hexadecimal."""

    outlet: str | None
    """Who published it; null where the page does not say."""

    title: str | None
    """The headline; null where the page has none."""

    authors: tuple[str, ...]
    """Who wrote it."""

    published: str | None
    """When it was published, an RFC 3339 date or date-time; null where the page does not say. A time without its
    offset from UTC is left out, since RFC 3339 has no word for it.
    """

    language: str | None
    """ISO 639 code of its language; null where the text is too short to tell."""

    genre: Genre | None
    """What sort of piece it is; null for a plain report."""

    text: str
    """The article's words: no title, no furniture; each paragraph ends in a newline."""

    credits: tuple[str, ...]
    """Agencies and outlets that the page itself names as its sources."""

    warnings: tuple[str, ...]
    """What a reader should know about how the page was read."""

    signs: tuple[Sign, ...]
    """What the page shows of how it came about, to the letter."""

    blocks: tuple[Block, ...] = ()
    """The parts of the text, in order. Only in lines of `crossread extract`."""

    captions: tuple[str, ...] = ()
    """The captions of its pictures, which are no part of the text. Only in lines of `crossread extract`."""

    damage: tuple[Damage, ...] | None = ()
    """Words that a filter, a machine translation or a wrong charset broke. Absent where the words were not
    examined (`crossread extract`).
    """

    found_in: Mapping[str, str] = field(default_factory=dict)
    """Where title, authors, published, modified, outlet and url were found: "record" (what held the page),
    "json-ld", "meta tag", "property", "heading", "shown", "window title", "address", "text".
    """

    free: bool | None = None
    """Whether it can be read without paying; absent where the page does not say."""

    keywords: tuple[str, ...] = ()
    """Its keywords, as the page gives them; absent where it gives none."""

    modified: str | None = None
    """When it was changed, in the same form; absent where the page does not say."""

    reviews: tuple[ClaimReview, ...] = ()
    """Claims of others that the page says it checked, as its own record has them (ClaimReview of schema.org);
    absent where there are none. The page's words, never a verdict of the program.
    """

    section: str | None = None
    """The section of its outlet, as the page names it; absent where it does not."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            path=d["path"],
            url=d["url"],
            sha256=d["sha256"],
            outlet=d["outlet"],
            title=d["title"],
            authors=tuple(d["authors"]),
            published=d["published"],
            language=d["language"],
            genre=d["genre"],
            text=d["text"],
            credits=tuple(d["credits"]),
            warnings=tuple(d["warnings"]),
            signs=tuple(Sign.of(v) for v in d["signs"]),
            blocks=tuple(Block.of(v) for v in d.get("blocks") or ()),
            captions=tuple(d.get("captions") or ()),
            damage=tuple(Damage.of(v) for v in d.get("damage") or ()),
            found_in=dict(d.get("found_in") or {}),
            free=d.get("free"),
            keywords=tuple(d.get("keywords") or ()),
            modified=d.get("modified"),
            reviews=tuple(ClaimReview.of(v) for v in d.get("reviews") or ()),
            section=d.get("section"),
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A part of an article's text: a paragraph, a heading."""

    kind: BlockKind
    """What it is on the page."""

    start: int
    """Its first code point in the text."""

    end: int
    """The code point behind its last."""

    time: str | None = None
    """The time of day that the page puts on an entry of a live blog, as HH:MM:SS; absent elsewhere."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            kind=d["kind"],
            start=d["start"],
            end=d["end"],
            time=d.get("time"),
        )


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """A sentence of the brief."""

    text: str
    """The sentence, to the letter."""

    mentions: tuple[Mention, ...]
    """Where it stands, then the passages of those who state all of it."""

    claims: tuple[str, ...]
    """Ids of the claims it carries."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            text=d["text"],
            mentions=tuple(Mention.of(v) for v in d["mentions"]),
            claims=tuple(d["claims"]),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What an article of the story says that it checked, beside a claim that lines up with it."""

    article: str
    """The article's id."""

    review: int
    """Which of its `reviews`, counted from 0."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            article=d["article"],
            review=d["review"],
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of words, with who makes it."""

    term: str
    """The words."""

    articles: tuple[str, ...]
    """Ids of the articles that use them."""

    mentions: tuple[Mention, ...]
    """Where they stand."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            term=d["term"],
            articles=tuple(d["articles"]),
            mentions=tuple(Mention.of(v) for v in d["mentions"]),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition with every article's statement of it."""

    id: str
    """Within the story: c1, c2, …"""

    key: str
    """Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a store's
    pages. It is made of one passage and leads to what has that passage.
    """

    text: str
    """The clearest of its readings, to the letter."""

    clearest: int
    """Which reading that is, counted from 0."""

    readings: tuple[ClaimReading, ...]
    """Every article's statement of it, by article and place, and what only comes near it, so marked."""

    outlets: int
    """How many outlets state it; who only comes near it does not."""

    origins: Origins
    """How many independent origins it can have."""

    verdict: Verdict
    """What that comes to."""

    absent_from: tuple[str, ...]
    """Ids of the articles whose full text lacks it."""

    checked: tuple[Checked, ...] = ()
    """Checks that articles of the story give and that line up with it; absent where there are none. Their words,
    of no weight in the verdict.
    """

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            key=d["key"],
            text=d["text"],
            clearest=d["clearest"],
            readings=tuple(ClaimReading.of(v) for v in d["readings"]),
            outlets=d["outlets"],
            origins=Origins.of(d["origins"]),
            verdict=d["verdict"],
            absent_from=tuple(d["absent_from"]),
            checked=tuple(Checked.of(v) for v in d.get("checked") or ()),
        )


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """One article's statement of a claim."""

    mention: Mention
    """The clause or sentence."""

    stance: Stance
    """Whether it asserts, denies or questions the claim."""

    attributed_to: tuple[str, ...]
    """Ids of the names given as its source."""

    source: Mention | None
    """The words for the source; null where there are none."""

    carried: Mention | None
    """The words of it that carry the claim: those in which it and the clearest reading match best, and of the
    clearest those in which another matches it. Null where no other was set beside it.
    """

    near: bool
    """Whether it only comes near the claim: it matches the other readings loosely, may state a neighbouring
    proposition, and confirms nothing.
    """

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            mention=Mention.of(d["mention"]),
            stance=d["stance"],
            attributed_to=tuple(d["attributed_to"]),
            source=None if d["source"] is None else Mention.of(d["source"]),
            carried=None if d["carried"] is None else Mention.of(d["carried"]),
            near=d["near"],
        )


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """A claim that a page says it checked, in the words of its record."""

    claim: str
    """The claim."""

    by: tuple[str, ...]
    """Who checked it; empty where the record does not say."""

    by_url: str | None
    """An address of theirs; null where the record gives none."""

    url: str | None
    """The address of the check; null where the record gives none."""

    published: str | None
    """When it was checked, an RFC 3339 date or date-time; null where the record does not say."""

    rating: Rating
    """What they make of it."""

    claimants: tuple[str, ...]
    """Who made the claim; empty where the record does not say."""

    claimed: str | None
    """When it was made; null where the record does not say."""

    appearances: tuple[str, ...]
    """Addresses at which it appeared."""

    found_in: str
    """Where on the page it was found: "json-ld" or "property"."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            claim=d["claim"],
            by=tuple(d["by"]),
            by_url=d["by_url"],
            url=d["url"],
            published=d["published"],
            rating=Rating.of(d["rating"]),
            claimants=tuple(d["claimants"]),
            claimed=d["claimed"],
            appearances=tuple(d["appearances"]),
            found_in=d["found_in"],
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that share text that did not arise independently."""

    id: str
    """Within the story: copy1, copy2, …"""

    a: str
    """Id of the first article."""

    b: str
    """Id of the second article."""

    kind: CopyKind
    """What sort of sharing it is; "shared-source": both quote the same statement."""

    direction: Direction
    """Which came from which."""

    share_a: float
    """Part of the first one's words that stand in the second, 0 to 1."""

    share_b: float
    """Part of the second one's words that stand in the first, 0 to 1."""

    because: tuple[str, ...]
    """Why the program says so."""

    passages: tuple[Passage, ...]
    """The shared passages, longest first."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            a=d["a"],
            b=d["b"],
            kind=d["kind"],
            direction=d["direction"],
            share_a=d["share_a"],
            share_b=d["share_b"],
            because=tuple(d["because"]),
            passages=tuple(Passage.of(v) for v in d["passages"]),
        )


@dataclass(frozen=True, slots=True)
class Damage:
    """A broken word. The text stays as it is."""

    mention: Mention
    """The broken word."""

    repair: str | None
    """What it most likely was; null where that cannot be told."""

    kind: DamageKind
    """What broke it."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            mention=Mention.of(d["mention"]),
            repair=d["repair"],
            kind=d["kind"],
        )


@dataclass(frozen=True, slots=True)
class DateHere:
    """An expression of time in an article."""

    text: str
    """Its words."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""

    value: str | None
    """ISO 8601; null where the text does not let one resolve it."""

    kind: DateKind
    """What it expresses."""

    rule: str
    """The rule that found it."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            text=d["text"],
            start=d["start"],
            end=d["end"],
            value=d["value"],
            kind=d["kind"],
            rule=d["rule"],
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """How two readings of one utterance differ."""

    kind: DifferenceKind
    """In what."""

    readings: tuple[int, int]
    """The two readings, as positions in `readings` counted from 0."""

    text: str
    """The differing words, "the first's ↔ the second's"; "—" where one has nothing there."""

    mentions: tuple[Mention | None, Mention | None]
    """Where those words stand; null where one has nothing there."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            kind=d["kind"],
            readings=tuple(d["readings"]),
            text=d["text"],
            mentions=tuple(d["mentions"]),
        )


@dataclass(frozen=True, slots=True)
class Dispute:
    """A matter on which the story's articles, or the voices in them, disagree."""

    id: str
    """Within the story: d1, d2, …"""

    key: str
    """Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a store's
    pages. It is made of one passage and leads to what has that passage.
    """

    kind: DisputeKind
    """In what it lies."""

    question: str
    """What it is about, in words of the articles alone, joined by " · "."""

    question_mentions: tuple[Mention, ...]
    """Where those words stand."""

    sides: tuple[Side, ...]
    """Its sides, two or more."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            key=d["key"],
            kind=d["kind"],
            question=d["question"],
            question_mentions=tuple(Mention.of(v) for v in d["question_mentions"]),
            sides=tuple(Side.of(v) for v in d["sides"]),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at one time."""

    when: str
    """ISO 8601 at the precision that is known: 2017, 2017-08, 2017-12-04, 2017-12-04T19:49."""

    until: str | None
    """Last day, where the texts say a stretch of days; null for one day."""

    precision: Precision
    """How finely the texts say it."""

    mentions: tuple[Mention, ...]
    """The passages that say so."""

    claims: tuple[str, ...]
    """Ids of the claims they carry."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            when=d["when"],
            until=d["until"],
            precision=d["precision"],
            mentions=tuple(Mention.of(v) for v in d["mentions"]),
            claims=tuple(d["claims"]),
        )


@dataclass(frozen=True, slots=True)
class Grouped:
    """A line of `crossread group`."""

    article: str
    """The article's id."""

    story: str
    """The story's id."""

    copy_of: str | None
    """Id of the article that it copies, rewrites or excerpts; null where it does not."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            article=d["article"],
            story=d["story"],
            copy_of=d["copy_of"],
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of an article: the unit of evidence."""

    article: str
    """The article's id."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""

    text: str
    """The words: `text[start:end]` of the article, to the letter."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            article=d["article"],
            start=d["start"],
            end=d["end"],
            text=d["text"],
        )


@dataclass(frozen=True, slots=True)
class Name:
    """One person, organisation, place or thing across a story's articles."""

    id: str
    """Within the story: n1, n2, …"""

    kind: NameKind
    """What it is."""

    name: str
    """Its clearest spelling."""

    variants: tuple[str, ...]
    """The other spellings, most frequent first."""

    roles: tuple[str, ...]
    """Roles and titles that the articles give it, in their words."""

    mentions: tuple[Mention, ...]
    """Every mention, in order of article and place."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            kind=d["kind"],
            name=d["name"],
            variants=tuple(d["variants"]),
            roles=tuple(d["roles"]),
            mentions=tuple(Mention.of(v) for v in d["mentions"]),
        )


@dataclass(frozen=True, slots=True)
class NameHere:
    """A name in an article."""

    kind: NameKind
    """What it names."""

    text: str
    """The name."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""

    roles: tuple[Mention, ...]
    """Roles and titles given to it here."""

    entity: int | None
    """Names with the same number are the same thing; null where it could be two."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            kind=d["kind"],
            text=d["text"],
            start=d["start"],
            end=d["end"],
            roles=tuple(Mention.of(v) for v in d["roles"]),
            entity=d["entity"],
        )


@dataclass(frozen=True, slots=True)
class Origins:
    """A range of how many independent origins a claim can have. Copying can be shown; independence cannot be
    proved.
    """

    low: int
    """At least so many."""

    high: int
    """At most so many: what the evidence does not merge."""

    because: tuple[str, ...]
    """Why."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            low=d["low"],
            high=d["high"],
            because=tuple(d["because"]),
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two articles."""

    a: Mention
    """In the first article."""

    b: Mention
    """In the second article."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            a=Mention.of(d["a"]),
            b=Mention.of(d["b"]),
        )


@dataclass(frozen=True, slots=True)
class QuantityHere:
    """A number with what it counts."""

    text: str
    """All of it: "at least 25 people"."""

    start: int
    """First code point."""

    end: int
    """One past the last code point."""

    kind: QuantityKind
    """What sort of number it is."""

    hedge: Hedge
    """How exact it claims to be."""

    value: float
    """Its value, `million` and the like multiplied out; the lower end of a range."""

    high: float | None
    """The upper end of a range; null where it is none."""

    unit: Mention | None
    """The words for what it counts or measures; null where they are left out."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            text=d["text"],
            start=d["start"],
            end=d["end"],
            kind=d["kind"],
            hedge=d["hedge"],
            value=d["value"],
            high=d["high"],
            unit=None if d["unit"] is None else Mention.of(d["unit"]),
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance with every reading of it."""

    id: str
    """Within the story: q1, q2, …"""

    key: str
    """Leads to it while the story grows, where its id may become another's: `/stories/{id}/{key}` of a store's
    pages. It is made of one passage and leads to what has that passage.
    """

    speaker: str | None
    """Id of the speaker's name; null where the texts do not say, or where more of them give it to others."""

    speaker_text: str | None
    """The clearest words for whom most articles give it to; null where there are none, or where no two say the
    same.
    """

    speaker_mention: Mention | None
    """Where those words stand."""

    readings: tuple[QuoteReading, ...]
    """Every article's reading of it, by article and place."""

    differences: tuple[Difference, ...]
    """Where the readings differ."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            key=d["key"],
            speaker=d["speaker"],
            speaker_text=d["speaker_text"],
            speaker_mention=None if d["speaker_mention"] is None else Mention.of(d["speaker_mention"]),
            readings=tuple(QuoteReading.of(v) for v in d["readings"]),
            differences=tuple(Difference.of(v) for v in d["differences"]),
        )


@dataclass(frozen=True, slots=True)
class QuoteHere:
    """A quotation in an article."""

    mention: Mention
    """The content from its first letter to its last."""

    form: Form
    """Words all in quote marks, some, or none."""

    parts: tuple[Mention, ...]
    """The content part by part."""

    cue: Mention | None
    """The words that report it."""

    source: Mention | None
    """The words for who said it."""

    speaker: Mention | None
    """The clearest name of the speaker in this article; null where it does not say."""

    resolution: Resolution
    """How the speaker was found."""

    confidence: Confidence
    """How sure that is."""

    rule: str
    """The rule that found it."""

    nested: tuple[QuoteHere, ...]
    """Whom the speaker quotes within it, word for word."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            mention=Mention.of(d["mention"]),
            form=d["form"],
            parts=tuple(Mention.of(v) for v in d["parts"]),
            cue=None if d["cue"] is None else Mention.of(d["cue"]),
            source=None if d["source"] is None else Mention.of(d["source"]),
            speaker=None if d["speaker"] is None else Mention.of(d["speaker"]),
            resolution=d["resolution"],
            confidence=d["confidence"],
            rule=d["rule"],
            nested=tuple(QuoteHere.of(v) for v in d["nested"]),
        )


@dataclass(frozen=True, slots=True)
class QuoteReading:
    """One article's reading of an utterance."""

    mention: Mention
    """The content from its first letter to its last."""

    form: Form
    """Words all in quote marks, some, or none."""

    parts: tuple[Mention, ...]
    """The content part by part, where other words stand in between."""

    cue: Mention | None
    """The words that report it; null where there are none."""

    source: Mention | None
    """The words for who said it; null where there are none."""

    speaker: str | None
    """Id of the speaker's name; null where the text does not say."""

    resolution: Resolution
    """How the speaker was found."""

    confidence: Confidence
    """How sure that is."""

    rule: str
    """The rule that found it."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            mention=Mention.of(d["mention"]),
            form=d["form"],
            parts=tuple(Mention.of(v) for v in d["parts"]),
            cue=None if d["cue"] is None else Mention.of(d["cue"]),
            source=None if d["source"] is None else Mention.of(d["source"]),
            speaker=d["speaker"],
            resolution=d["resolution"],
            confidence=d["confidence"],
            rule=d["rule"],
        )


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as the page writes it; null is what it does not say."""

    name: str | None
    """In words."""

    value: str | None
    """On a scale."""

    best: str | None
    """The best end of the scale."""

    worst: str | None
    """Its worst end."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            name=d["name"],
            value=d["value"],
            best=d["best"],
            worst=d["worst"],
        )


@dataclass(frozen=True, slots=True)
class Rewrite:
    """An article that shows signs of having been made from something that is not at hand."""

    article: str
    """The article's id."""

    because: tuple[str, ...]
    """What shows it."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            article=d["article"],
            because=tuple(d["because"]),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute."""

    label: str
    """Words of an article that stand for the side."""

    label_mention: Mention | None
    """Where those words stand."""

    claims: tuple[str, ...]
    """Ids of its claims."""

    mentions: tuple[Mention, ...]
    """The passages that hold it."""

    held_by: tuple[str, ...]
    """Ids of the names that hold it; empty where an article does in its own voice."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            label=d["label"],
            label_mention=None if d["label_mention"] is None else Mention.of(d["label_mention"]),
            claims=tuple(d["claims"]),
            mentions=tuple(Mention.of(v) for v in d["mentions"]),
            held_by=tuple(d["held_by"]),
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on a page that tells how it came about."""

    kind: SignKind
    """What it tells."""

    line: str
    """The words of the page, to the letter."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            kind=d["kind"],
            line=d["line"],
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article."""

    path: str
    """Where it is."""

    reason: str
    """Why."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            path=d["path"],
            reason=d["reason"],
        )


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event, compared."""

    id: str
    """Stable: derived from the first article."""

    earlier: str | None
    """Id of the earlier story that it goes on from: another event of the same matter; null where there is none."""

    later: tuple[str, ...]
    """Ids of the later stories that go on from it."""

    title: str
    """The headline of one of its articles."""

    articles: tuple[str, ...]
    """Ids of its articles, by time of publication, then id."""

    first: str | None
    """First day of publication; null where no page says."""

    last: str | None
    """Last day of publication; null where no page says."""

    outlets: tuple[str, ...]
    """Its outlets, by name."""

    place: str | None
    """Id of the name of the place where it happens, as its articles begin; null where they do not say."""

    keywords: tuple[Mention, ...]
    """Words and names that tell it from other stories, heaviest first."""

    names: tuple[Name, ...]
    """Persons, organisations, places and other names across all its articles."""

    copies: tuple[Copy, ...]
    """Pairs of articles that share text that did not arise independently."""

    rewrites: tuple[Rewrite, ...]
    """Articles that show signs of having been made from something that is not among the story's articles."""

    quotes: tuple[Quote, ...]
    """Utterances, each with every reading of it."""

    claims: tuple[Claim, ...]
    """Propositions, each with every article's statement of it."""

    disputes: tuple[Dispute, ...]
    """What the articles, or the voices in them, disagree on."""

    timeline: tuple[Event, ...]
    """What happened when, in order."""

    wording: tuple[Wording, ...]
    """Different words for one thing."""

    brief: tuple[BriefSentence, ...]
    """Sentences taken whole from the articles, in reading order, none said twice."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            id=d["id"],
            earlier=d["earlier"],
            later=tuple(d["later"]),
            title=d["title"],
            articles=tuple(d["articles"]),
            first=d["first"],
            last=d["last"],
            outlets=tuple(d["outlets"]),
            place=d["place"],
            keywords=tuple(Mention.of(v) for v in d["keywords"]),
            names=tuple(Name.of(v) for v in d["names"]),
            copies=tuple(Copy.of(v) for v in d["copies"]),
            rewrites=tuple(Rewrite.of(v) for v in d["rewrites"]),
            quotes=tuple(Quote.of(v) for v in d["quotes"]),
            claims=tuple(Claim.of(v) for v in d["claims"]),
            disputes=tuple(Dispute.of(v) for v in d["disputes"]),
            timeline=tuple(Event.of(v) for v in d["timeline"]),
            wording=tuple(Wording.of(v) for v in d["wording"]),
            brief=tuple(BriefSentence.of(v) for v in d["brief"]),
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """Different words for one thing."""

    about: str
    """Id of the name, the claim or the quote that the words are about."""

    choices: tuple[Choice, ...]
    """The choices, two or more."""

    @classmethod
    def of(cls, d: Mapping[str, Any]) -> Self:
        """From the object of the JSON."""
        return cls(
            about=d["about"],
            choices=tuple(Choice.of(v) for v in d["choices"]),
        )

__all__ = [
    "BlockKind",
    "Confidence",
    "CopyKind",
    "DamageKind",
    "DateKind",
    "DifferenceKind",
    "Direction",
    "DisputeKind",
    "Form",
    "Genre",
    "Hedge",
    "NameKind",
    "Precision",
    "QuantityKind",
    "Resolution",
    "SignKind",
    "Stance",
    "Verdict",
    "Annotated",
    "Article",
    "Block",
    "BriefSentence",
    "Checked",
    "Choice",
    "Claim",
    "ClaimReading",
    "ClaimReview",
    "Copy",
    "Damage",
    "DateHere",
    "Difference",
    "Dispute",
    "Event",
    "Grouped",
    "Mention",
    "Name",
    "NameHere",
    "Origins",
    "Passage",
    "QuantityHere",
    "Quote",
    "QuoteHere",
    "QuoteReading",
    "Rating",
    "Rewrite",
    "Side",
    "Sign",
    "Skipped",
    "Story",
    "Wording",
]
