//! In: the places of a page. Out: the day that it shows as the article's, and that of its change.
//! Refuses a teaser's, a comment's or a video's day, the site's clock, and a day in running text.

use model::Published;

use super::place::{Places, Zone, holds};
use crate::says::{author, date, months::DateWord};

/// Bytes of a line that shows a day, at most.
const LINE_BYTES: usize = 140;
/// Words of such a line that belong to no date, where its class says what it is and where none does.
const OTHER_WORDS: usize = 3;
const OTHER_WORDS_UNMARKED: usize = 0;
/// Elements around one whose class says what it is.
const AROUND: usize = 3;
/// Attributes that hold a date for machines.
const ATTRIBUTES: [&str; 12] = [
    "datetime",
    "content",
    "title",
    "data-timestamp",
    "data-time",
    "data-date",
    "data-datetime",
    "data-published",
    "data-publish-date",
    "data-pubdate",
    "data-utc",
    "data-epoch",
];
/// Properties that say that what they hold is the day of publication.
const PROPERTIES: [&str; 8] = [
    "datepublished",
    "schema:datepublished",
    "schema:datecreated",
    "datecreated",
    "dc:date",
    "dc:created",
    "dcterms:issued",
    "dcterms:created",
];

/// What a page shows.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// The day of publication, by a property that says so.
    pub stated: Option<Published>,
    /// The day of publication, as readers see it.
    pub shown: Option<Published>,
    /// The day of change.
    pub changed: Option<Published>,
}

/// Reads the days that a page shows.
pub(crate) fn read(places: &Places<'_>, locale: date::Locale<'_>) -> Days {
    let mut days = Days::default();
    let mut outside: Vec<Published> = Vec::new();
    let mut labelled = false;
    for at in places.elements() {
        let zone = places.zone(at);
        let property = property_of(places, at);
        let stated = PROPERTIES.contains(&property.as_str())
            || places.tag(at) == "time" && places.attribute(at, "pubdate").is_some();
        let modified = property.ends_with("datemodified");
        let candidate = stated || modified || zone == Zone::Head || places.tag(at) == "time";
        if !candidate
            || places.foreign(at)
            || places.bytes(at) > LINE_BYTES
            || places.tag(at) == "meta" && !stated && !modified
        {
            continue;
        }
        let Some((found, label)) = day_of(places, at, stated, locale) else {
            continue;
        };
        if places.of_other_thing(at)
            || places.in_teaser(at)
            || zone != Zone::Head && places.in_running_text(at)
        {
            continue;
        }
        match (label, zone) {
            (Some(DateWord::Changed), zone) if modified || zone == Zone::Head => {
                days.changed.get_or_insert(found);
            }
            (Some(DateWord::Changed), _) => {}
            (_, Zone::Outside) => outside.push(found),
            _ if stated => {
                days.stated.get_or_insert(found);
            }
            // What says "Published" goes before what only stands there.
            (Some(DateWord::Published), Zone::Head) if !labelled => {
                labelled = true;
                days.shown = Some(found);
            }
            _ => {
                days.shown.get_or_insert(found);
            }
        }
    }
    // Beyond the article a day is its own only where there is no other.
    if let Some(first) = outside.first()
        && outside.iter().all(|day| day.date == first.date)
    {
        days.shown.get_or_insert(*first);
    }
    days
}

fn property_of(places: &Places<'_>, at: usize) -> String {
    places
        .attribute(at, "itemprop")
        .or_else(|| places.attribute(at, "property"))
        .unwrap_or_default()
        .to_lowercase()
}

/// The day that an element gives, and what it calls it.
fn day_of(
    places: &Places<'_>,
    at: usize,
    stated: bool,
    locale: date::Locale<'_>,
) -> Option<(Published, Option<DateWord>)> {
    let text = places.line(at);
    let told = |value: &str| date::machine_in(value, locale);
    let changed = changed_by_name(places, at);
    let by_name = changed.then_some(DateWord::Changed);
    let machine = ATTRIBUTES
        .iter()
        // What the mouse shows is the day only of what readers see as one.
        .filter(|name| **name != "title" || text.is_empty() || date::only_date_words(&text))
        .filter_map(|name| places.attribute(at, name))
        .find_map(|value| told(&value));
    let line = date::line(&text, locale);
    if let Some(machine) = machine {
        let label = line
            .and_then(|line| line.label)
            .or_else(|| label_before(places, at));
        return Some((machine, by_name.or(label)));
    }
    let line = line?;
    // Of several elements in each other the innermost counts.
    let inner = |inner: usize| {
        !places.tag(inner).is_empty() && date::line(&places.line(inner), locale).is_some()
    };
    if places.inside(at).any(inner) {
        return None;
    }
    let marked = stated
        || places.tag(at) == "time"
        || std::iter::once(at)
            .chain(places.around(at))
            .take(AROUND)
            .any(|around| places.words(around).iter().any(|word| holds("day", word)));
    let signed = author::behind_opener(&text).is_some()
        && line
            .others
            .iter()
            .filter(|word| !author::is_byline_word(word))
            .count()
            <= author::names(&text, None)
                .iter()
                .map(|name| name.split_whitespace().count())
                .sum();
    let few = if marked || line.label.is_some() {
        OTHER_WORDS
    } else {
        OTHER_WORDS_UNMARKED
    };
    if line.other_words > few && !signed {
        // "Published … | Updated …": the parts each by itself.
        let parts: Vec<date::OnLine> = text
            .split(['|', '•', '·', '–', '—', ';'])
            .filter_map(|part| date::line(part, locale))
            .filter(|part| part.other_words <= few)
            .collect();
        let published = parts
            .iter()
            .find(|part| part.label == Some(DateWord::Published));
        let first = published.or_else(|| parts.first())?;
        return Some((first.date, first.label));
    }
    Some((
        line.date,
        by_name.or(line.label).or_else(|| label_before(places, at)),
    ))
}

/// Whether the names of an element or of the one around it say that it holds a day of change.
fn changed_by_name(places: &Places<'_>, at: usize) -> bool {
    let property = property_of(places, at);
    let named = |at: usize| places.words(at).iter().any(|word| holds("changed", word));
    property.contains("modified")
        || named(at)
        || places.around(at).take(1).any(named) && {
            // A box for both days says nothing of either.
            let around = places.parent(at);
            !places
                .words(around)
                .iter()
                .any(|word| word.starts_with("publi"))
        }
}

/// The label in the text around an element, right before it: `<p>Updated: <time>…`.
fn label_before(places: &Places<'_>, at: usize) -> Option<DateWord> {
    let around = places.around(at).next()?;
    if places.bytes(around) > LINE_BYTES {
        return None;
    }
    let (line, own) = (places.line(around), places.line(at));
    let before = line
        .split(own.as_str())
        .next()
        .filter(|_| !own.is_empty())?;
    date::label_at_end(before)
}
