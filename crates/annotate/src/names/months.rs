//! In: a word of the calendar. Out: whether it is somebody's name where it stands: "Mrs. May", "May said". Refuses what
//! stands where times do: "in May", "the President May 5".

use model::Tag;

use super::lexicon::{CALENDAR, TITLE};
use super::view::View;

/// Months that are names of persons too.
pub(crate) const MONTHS: [&str; 5] = ["march", "april", "may", "june", "august"];

/// Titles so sure that any word of the calendar behind them is a name ("Ms. Friday").
const SURE: [&str; 5] = ["mr", "mrs", "ms", "miss", "dr"];

/// Whether a word of the calendar is somebody's name, as the title before it says: "Mrs. May",
/// "Prime Minister May"; not "the President May 5".
pub(crate) fn bears_month(view: View, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let title = view.text(before).trim_end_matches('.');
    let sure = SURE.iter().any(|sure| title.eq_ignore_ascii_case(sure));
    view.is(at, CALENDAR)
        && view.capital(at)
        && view.capital(before)
        && (sure || view.is(before, TITLE) && view.any(at, &MONTHS))
        && !view.text(at + 1).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a month stands where times do: "in May", "last May", "5 May".
pub(crate) fn led_as_time(view: View, at: usize) -> bool {
    const TIMES: [&str; 16] = [
        "in", "on", "since", "until", "till", "during", "last", "next", "this", "early", "late",
        "mid", "of", "from", "every", "each",
    ];
    at.checked_sub(1).is_some_and(|before| {
        let text = view.text(before);
        view.any(before, &TIMES)
            || text.ends_with('-')
            || text.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether a month is written where the person of that name acts or owns: "May said", "May's
/// cabinet"; not "in May", "last May".
pub(crate) fn month_acts(view: View, at: usize) -> bool {
    view.any(at, &MONTHS)
        && !led_as_time(view, at)
        && (view.genitive(at + 1) || matches!(view.tag(at + 1), Tag::Verb | Tag::Aux))
}
