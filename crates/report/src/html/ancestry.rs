//! Who has whose text, as few lines as tell it. In: a story's copies. Out: its articles in groups that share text, by time,
//! and the lines between them: for each article one from whose text it has most, the earliest of equals. Of forty outlets
//! that print one agency any two share text, 780 pairs; forty lines tell it.

use std::collections::HashMap;

use crate::wire::{Copy, CopyKind, Direction, Story};

/// Articles that are drawn; more are a thicket.
pub const ROWS: usize = 40;

/// Shares of text that differ by less than a part in so many are alike.
const ALIKE: f64 = 10.0;

/// A line between two articles.
pub struct Line<'r> {
    /// Whose text it is, where that is known; else the first of both.
    pub from: &'r str,
    /// Who has it.
    pub to: &'r str,
    /// Whether the text is known to have gone that way.
    pub sure: bool,
    /// Why.
    pub because: &'r [String],
}

/// A story's articles by whose text they have.
pub struct Ancestry<'r> {
    /// Articles that share text, each group in the story's order, the group of the first article first.
    pub groups: Vec<Vec<&'r str>>,
    /// The lines.
    pub lines: Vec<Line<'r>>,
    /// Articles that share text and are beyond what is drawn.
    pub left: usize,
}

/// Which group each article is in, as groups grow together.
struct Joined<'r>(HashMap<&'r str, &'r str>);

impl<'r> Joined<'r> {
    fn of(&self, mut id: &'r str) -> &'r str {
        while let Some(&up) = self.0.get(id).filter(|up| **up != id) {
            id = up;
        }
        id
    }

    /// Joins two groups; whether they were two.
    fn join(&mut self, a: &'r str, b: &'r str) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        self.0.insert(a, b);
        a != b
    }
}

impl<'r> Ancestry<'r> {
    /// Reads a story's copies.
    pub fn of(story: &'r Story) -> Self {
        let shares = |id: &&String| {
            story
                .copies
                .iter()
                .any(|copy| copy.a == **id || copy.b == **id)
        };
        let mut order: Vec<&str> = story
            .articles
            .iter()
            .filter(shares)
            .map(String::as_str)
            .collect();
        let left = order.len().saturating_sub(ROWS);
        order.truncate(ROWS);
        let mut copies: Vec<&Copy> = story
            .copies
            .iter()
            .filter(|copy| order.contains(&copy.a.as_str()) && order.contains(&copy.b.as_str()))
            .collect();
        let share = |copy: &Copy| copy.share_a.max(copy.share_b);
        copies.sort_by(|a, b| share(b).total_cmp(&share(a)));
        let (sure, open): (Vec<&Copy>, Vec<&Copy>) =
            copies.into_iter().partition(|copy| is_sure(copy));
        let place = |id: &str| order.iter().position(|known| *known == id);
        let mut lines: Vec<(i64, Line<'_>)> = sure
            .into_iter()
            .map(|copy| ((share(copy) * ALIKE) as i64, line(copy)))
            .collect();
        lines.sort_by_key(|(share, line)| (place(line.to), -share, place(line.from)));
        lines.dedup_by(|(_, after), (_, before)| after.to == before.to);
        let mut lines: Vec<Line<'_>> = lines.into_iter().map(|(_, line)| line).collect();
        let mut joined = Joined(HashMap::new());
        for line in &lines {
            joined.join(line.from, line.to);
        }
        // What is known to share text already needs no other line to say so.
        let open = open.into_iter().map(line);
        lines.extend(open.filter(|line| joined.join(line.from, line.to)));
        let mut groups: Vec<Vec<&str>> = Vec::new();
        for id in order {
            let known = groups.iter_mut().find(|group| {
                group
                    .first()
                    .is_some_and(|one| joined.of(one) == joined.of(id))
            });
            match known {
                Some(group) => group.push(id),
                None => groups.push(vec![id]),
            }
        }
        // Whose only partner is beyond what is drawn has no line.
        groups.retain(|group| group.len() > 1);
        Self {
            groups,
            lines,
            left,
        }
    }

    /// The articles of a group whose text others have, and that have nobody's.
    pub fn origins(&self, group: usize) -> Vec<&'r str> {
        let sure = || self.lines.iter().filter(|line| line.sure);
        let group = self.groups.get(group).into_iter().flatten().copied();
        group
            .filter(|id| sure().any(|line| line.from == *id))
            .filter(|id| !sure().any(|line| line.to == *id))
            .collect()
    }
}

fn line(copy: &Copy) -> Line<'_> {
    let (from, to) = match copy.direction {
        Direction::AFromB => (&copy.b, &copy.a),
        _ => (&copy.a, &copy.b),
    };
    Line {
        from,
        to,
        sure: is_sure(copy),
        because: &copy.because,
    }
}

/// Whether it is known which way the text went.
fn is_sure(copy: &Copy) -> bool {
    copy.direction != Direction::Unknown && copy.kind != CopyKind::SharedSource
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Report;

    /// A story of so many articles, of which `pairs` share text, the second having the first's or nothing telling.
    fn story(articles: usize, pairs: &[(usize, usize, bool)]) -> Story {
        let kept = include_str!("../../../../tests/ref/report/report.json");
        let report: Report = serde_json::from_str(kept).expect("a kept report");
        let mut story = report.stories.into_iter().next().expect("a story");
        let copy = story.copies[0].clone();
        story.articles = (0..articles).map(|at| format!("a{at}")).collect();
        story.copies = pairs
            .iter()
            .map(|(a, b, sure)| Copy {
                a: format!("a{a}"),
                b: format!("a{b}"),
                kind: CopyKind::Copy,
                direction: if *sure {
                    Direction::BFromA
                } else {
                    Direction::Unknown
                },
                ..copy.clone()
            })
            .collect();
        story
    }

    #[test]
    fn forty_of_one_agency_are_one_group_with_a_line_each() {
        let mut pairs = Vec::new();
        for a in 0..45 {
            pairs.extend((a + 1..45).map(|b| (a, b, a == 0)));
        }
        let story = story(45, &pairs);
        let told = Ancestry::of(&story);
        assert_eq!(
            (told.groups.len(), told.groups[0].len(), told.left),
            (1, ROWS, 5)
        );
        assert_eq!(told.lines.len(), ROWS - 1);
        assert!(told.lines.iter().all(|line| line.from == "a0" && line.sure));
        assert_eq!(told.origins(0), ["a0"]);
    }

    #[test]
    fn of_equals_the_earliest_is_shown_and_groups_stay_apart() {
        let story = story(
            6,
            &[(0, 1, true), (1, 2, true), (0, 2, true), (3, 4, false)],
        );
        let told = Ancestry::of(&story);
        assert_eq!(told.groups, [vec!["a0", "a1", "a2"], vec!["a3", "a4"]]);
        let lines: Vec<_> = told.lines.iter().map(|l| (l.from, l.to, l.sure)).collect();
        assert_eq!(
            lines,
            [("a0", "a1", true), ("a0", "a2", true), ("a3", "a4", false)]
        );
        assert_eq!((told.origins(0), told.origins(1)), (vec!["a0"], vec![]));
    }
}
