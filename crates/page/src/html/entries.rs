//! In: the lines of an article. Out: which of them open an entry of a live blog, with its time of day.
//! Refuses times that go neither forth nor back: a timetable, results of a race.

use jiff::civil::Time;
use model::BlockKind;

use crate::furniture::{Line, shape};
use crate::says::parts;

/// Entries of a log at least.
const ENTRIES: usize = 3;
/// Words of a line that is a time of day and no more, with what stands around it.
const LABEL_WORDS: usize = 5;

/// Marks the paragraphs that open entries.
pub(crate) fn mark(lines: &mut [Line<'static>]) {
    let mut found: Vec<(usize, Time)> = Vec::new();
    let mut label: Option<Time> = None;
    for (at, line) in lines.iter().enumerate() {
        let time = parts::time_at_start(&line.text).and_then(|(minutes, _)| {
            let (hour, minute) = (minutes / 60, minutes % 60);
            Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
        });
        let short = shape::words(&line.text) <= LABEL_WORDS;
        match time {
            Some(time) if short => label = Some(time),
            Some(time) if !line.place.ahead => found.push((at, time)),
            _ if !line.place.ahead && line.kind != BlockKind::Heading => {
                found.extend(label.take().map(|time| (at, time)));
            }
            _ => {}
        }
    }
    let rises = found.windows(2).all(|two| two[0].1 <= two[1].1);
    let falls = found.windows(2).all(|two| two[0].1 >= two[1].1);
    let moves = found.first().map(|(_, time)| time) != found.last().map(|(_, time)| time);
    if found.len() >= ENTRIES && moves && (rises || falls) {
        for (at, time) in found {
            lines[at].kind = BlockKind::Entry(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_their_times() {
        let mut lines = super::super::select::lines(
            [
                "The harbour office closed the pier after the storm.",
                "14:20",
                "The ferry office says that no boat will sail tonight.",
                "13:05",
                "Two people were brought to the hospital of Selen.",
                "12.40 pm",
                "The storm reaches the coast with gusts of 120 kilometres an hour.",
            ]
            .map(|text| (text.to_owned(), BlockKind::Paragraph)),
        );
        mark(&mut lines);
        let times: Vec<String> = lines
            .iter()
            .filter_map(|line| match line.kind {
                BlockKind::Entry(time) => Some(time.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(times, ["14:20:00", "13:05:00", "12:40:00"]);
    }
}
