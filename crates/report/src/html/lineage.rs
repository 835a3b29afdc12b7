//! Copies as a picture in time. In: a story. Out: a row for each article that shares text, at the time it was
//! published, and an arrow for each pair: from whose text to who has it; dashed where nothing tells, or
//! where both quote one statement. What the picture shows is told in words below it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::html::markup::Html;
use crate::view::{View, published};
use crate::wire::{CopyKind, Direction, Story};

/// Rows shown; more are a thicket.
const ROWS: usize = 40;
/// Arrows shown, the largest shares first.
const ARROWS: usize = 80;

/// In the picture's own units.
const LABELS: usize = 190;
const WIDTH: usize = 720;
const ROW: usize = 26;
const EDGE: usize = 26;

/// Draws the picture, where two articles or more share text.
pub fn draw(html: &mut Html, view: &View<'_>, story: &Story, number: usize) {
    let arrow = format!("s{number}arrow");
    let mut order: Vec<&str> = Vec::new();
    for id in &story.articles {
        let shares = story
            .copies
            .iter()
            .any(|copy| copy.a == *id || copy.b == *id);
        if shares {
            order.push(id);
        }
    }
    if order.len() < 2 {
        return;
    }
    order.truncate(ROWS);
    let time = |id: &str| -> Option<i64> { instant(view.article(id)?.published.as_deref()?) };
    // As the story has them: by time, those without one last.
    let times: Vec<Option<i64>> = order.iter().map(|id| time(id)).collect();
    let first = times.iter().flatten().min().copied();
    let last = times.iter().flatten().max().copied();
    let across = |at: Option<i64>| -> usize {
        let (Some(at), Some(first), Some(last)) = (at, first, last) else {
            return WIDTH - EDGE;
        };
        let part = (at - first) as f64 / (last - first).max(1) as f64;
        LABELS + EDGE + (part * (WIDTH - LABELS - 4 * EDGE) as f64) as usize
    };
    let place: BTreeMap<&str, (usize, usize)> = order
        .iter()
        .zip(&times)
        .enumerate()
        .map(|(row, (id, at))| (*id, (across(*at), row * ROW + ROW / 2 + 4)))
        .collect();
    let height = order.len() * ROW + 10;
    html.raw("<figure class=\"lineage\"><svg role=\"img\" class=\"lineage\"")
        .attr("viewBox", &format!("0 0 {WIDTH} {}", height + 18))
        .attr("aria-label", "Who has whose text, in order of publication; the pairs below say why.")
        .raw("><defs><marker")
        .attr("id", &arrow)
        .raw(" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\"></path></marker></defs>");
    for (id, (x, y)) in order.iter().map(|id| (id, place[id])) {
        html.raw("<line class=\"row\"")
            .attr("x1", &LABELS.to_string())
            .attr("x2", &WIDTH.to_string())
            .attr("y1", &y.to_string())
            .attr("y2", &y.to_string())
            .raw("></line><text class=\"outlet-of\"")
            .attr("x", &(LABELS - 10).to_string())
            .attr("y", &(y + 4).to_string())
            .raw(">")
            .text(&short(&view.outlet(id)))
            .raw("</text><circle")
            .attr("cx", &x.to_string())
            .attr("cy", &y.to_string())
            .raw(if time(id).is_some() {
                " r=\"5\">"
            } else {
                " r=\"5\" class=\"undated\">"
            })
            .raw("<title>")
            .text(
                &view
                    .article(id)
                    .and_then(published)
                    .unwrap_or_else(|| "undated".to_owned()),
            )
            .raw("</title></circle>");
    }
    let mut copies: Vec<_> = story.copies.iter().collect();
    copies.sort_by(|a, b| {
        let share = |copy: &crate::wire::Copy| copy.share_a.max(copy.share_b);
        share(b).total_cmp(&share(a))
    });
    for (nth, copy) in copies.into_iter().take(ARROWS).enumerate() {
        let (from, to) = match copy.direction {
            Direction::AFromB => (&copy.b, &copy.a),
            _ => (&copy.a, &copy.b),
        };
        let (Some(&(x, y)), Some(&(to_x, to_y))) =
            (place.get(from.as_str()), place.get(to.as_str()))
        else {
            continue;
        };
        // Bowed to the right, so that arrows between rows one below the other can be told apart.
        let bow = x.max(to_x) + 12 + y.abs_diff(to_y) / 6 + nth % 4 * 7;
        let sure = copy.direction != Direction::Unknown && copy.kind != CopyKind::SharedSource;
        html.raw("<path")
            .attr(
                "d",
                &format!("M{} {y}C{bow} {y} {bow} {to_y} {} {to_y}", x + 5, to_x + 7),
            )
            .attr("class", if sure { "took" } else { "shares" });
        if sure {
            html.attr("marker-end", &format!("url(#{arrow})"));
        }
        html.raw(">")
            .raw("<title>")
            .text(&copy.because.join("; "))
            .raw("</title></path>");
    }
    for (at, anchor) in [(first, "start"), (last, "end")] {
        let Some(seconds) = at.filter(|_| first != last || anchor == "start") else {
            continue;
        };
        html.raw("<text class=\"when\"")
            .attr("x", &across(at).to_string())
            .attr("y", &(height + 12).to_string())
            .attr("text-anchor", if first == last { "middle" } else { anchor })
            .raw(">")
            .text(&day(seconds))
            .raw("</text>");
    }
    html.raw("</svg><figcaption>A line with an arrow: the text went that way. Without one: they share text, and nothing tells who was first, or both quote one statement.</figcaption></figure>");
}

/// Letters of an outlet's name that fit beside a row.
const NAME: usize = 26;

fn short(name: &str) -> String {
    match name.chars().count() > NAME {
        true => name.chars().take(NAME - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}

/// Seconds since 1970 of a date or date-time of the report.
fn instant(published: &str) -> Option<i64> {
    if let Ok(at) = published.parse::<Timestamp>() {
        return Some(at.as_second());
    }
    let date: Date = published.get(..10)?.parse().ok()?;
    let since = Date::constant(1970, 1, 1).until(date).ok()?;
    Some(i64::from(since.get_days()) * 86_400)
}

fn day(seconds: i64) -> String {
    let at = Timestamp::from_second(seconds)
        .unwrap_or_default()
        .to_string();
    at.get(..10).unwrap_or_default().to_owned()
}
