//! Copies as a picture in time. In: a story. Out: a row for each article that shares text, by origin, at the hour when it
//! was published, and a line to it from whose text it has most: with an arrow from whose text to who has it; dashed
//! where nothing tells, or where both quote one statement. The same as a list, for narrow screens. What the picture
//! shows is told in words below it.

use crate::clean::shorten;
use crate::html::ancestry::{Ancestry, Line};
use crate::html::hours::{Hours, When};
use crate::html::markup::Html;
use crate::view::View;
use crate::wire::Story;

/// With more rows than these they stand closer.
const ROOMY: usize = 14;

/// In the picture's own units, which are pixels where it has its full width.
const WIDTH: usize = 760;
/// Where names end, where hours end, where time begins and ends.
const NAMES: usize = 172;
const CLOCK: usize = 266;
const BEGINS: usize = 290;
const ENDS: usize = 730;
const TOP: usize = 8;
/// Lines under the rows that name the hours and the days.
const AXIS: usize = 38;
/// Dots that are nearer to each other than this are joined by a bow.
const NEAR: usize = 14;

/// A row of the picture.
struct Row<'r> {
    outlet: String,
    when: Option<When>,
    x: usize,
    y: usize,
    id: &'r str,
}

/// Draws the picture, where two articles or more share text.
pub fn draw(html: &mut Html, view: &View<'_>, story: &Story, number: usize) {
    let ancestry = Ancestry::of(story);
    if ancestry.groups.is_empty() {
        return;
    }
    let all = ancestry.groups.iter().flatten().count();
    let (step, head) = if all > ROOMY { (20, 26) } else { (26, 30) };
    let time = |id: &str| When::of(view.article(id)?.published.as_deref()?);
    let times = ancestry.groups.iter().flatten().filter_map(|id| time(id));
    let hours = Hours::over(times);
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut heads: Vec<(usize, String)> = Vec::new();
    let mut y = TOP;
    for (nth, group) in ancestry.groups.iter().enumerate() {
        y += head;
        heads.push((y - 6, heading(view, &ancestry, nth)));
        for id in group {
            y += step;
            let when = time(id);
            let x = when.map_or(ENDS, |when| hours.across(when, BEGINS, ENDS));
            let outlet = view.outlet(id);
            rows.push(Row {
                outlet,
                when,
                x,
                y: y - step / 2,
                id,
            });
        }
    }
    html.raw("<figure class=\"lineage\"><svg role=\"img\" class=\"lineage\"")
        .attr("viewBox", &format!("0 0 {WIDTH} {}", y + AXIS))
        .attr("aria-label", "Who has whose text, by origin and hour of publication; the pairs below say why.")
        .raw("><defs><marker")
        .attr("id", &format!("s{number}arrow"))
        .raw(" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"5\" markerHeight=\"5\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\"></path></marker></defs>");
    axis(html, &hours, y);
    for (y, heading) in &heads {
        label(html, "origin", 0, *y, heading);
    }
    for row in &rows {
        line(html, "row", (CLOCK + 8, row.y), (WIDTH, row.y));
    }
    for line in &ancestry.lines {
        arrow(html, &rows, line, number);
    }
    for row in &rows {
        self::row(html, &hours, row);
    }
    html.raw("</svg>");
    list(html, view, &hours, &ancestry, &rows);
    html.raw("<figcaption>A line with an arrow: the text went that way. A broken one: they share text, and nothing tells who was first, or both quote one statement. Each article has one line, from whose text it has most; the pairs below are all. Hours are UTC.");
    if ancestry.left > 0 {
        html.raw(" Not drawn: ")
            .number(ancestry.left)
            .raw(" more articles; the pairs below name them.");
    }
    html.raw("</figcaption></figure>");
}

/// Whose text a group has.
fn heading(view: &View<'_>, ancestry: &Ancestry<'_>, group: usize) -> String {
    let origins = ancestry.origins(group);
    match origins.as_slice() {
        [] => "Shared text; nothing tells who was first".to_owned(),
        origins => {
            let names: Vec<String> = origins.iter().map(|id| view.outlet(id)).collect();
            shorten(&format!("Text of {}", names.join(", ")), HEADING).into_owned()
        }
    }
}

fn label(html: &mut Html, class: &'static str, x: usize, y: usize, text: &str) {
    html.raw("<text")
        .attr("class", class)
        .attr("x", &x.to_string())
        .attr("y", &y.to_string())
        .raw(">")
        .text(text)
        .raw("</text>");
}

fn line(html: &mut Html, class: &'static str, from: (usize, usize), to: (usize, usize)) {
    html.raw("<line")
        .attr("class", class)
        .attr("x1", &from.0.to_string())
        .attr("x2", &to.0.to_string())
        .attr("y1", &from.1.to_string())
        .attr("y2", &to.1.to_string())
        .raw("></line>");
}

/// The hours under the rows, each with a line through them.
fn axis(html: &mut Html, hours: &Hours, bottom: usize) {
    let mut day = String::new();
    for (at, clock, date) in hours.ticks() {
        let x = hours.across(When::at(at), BEGINS, ENDS);
        line(html, "tick", (x, TOP), (x, bottom + 4));
        match clock {
            Some(clock) => label(html, "when", x, bottom + 18, &clock),
            None => label(html, "when", x, bottom + 18, &date),
        }
        if day != date && hours.has_clock() {
            label(html, "when", x, bottom + 34, &date);
        }
        day = date;
    }
}

fn row(html: &mut Html, hours: &Hours, row: &Row<'_>) {
    let Row { x, y, .. } = *row;
    label(html, "outlet-of", NAMES, y + 4, &shorten(&row.outlet, NAME));
    label(html, "clock", CLOCK, y + 4, &told(hours, row.when));
    html.raw("<circle")
        .attr("cx", &x.to_string())
        .attr("cy", &y.to_string())
        .raw(match row.when {
            Some(when) if when.is_exact() => " r=\"5\"></circle>",
            _ => " r=\"5\" class=\"undated\"></circle>",
        });
}

/// A row's hour, in words.
fn told(hours: &Hours, when: Option<When>) -> String {
    when.map_or_else(|| "undated".to_owned(), |when| hours.told(when))
}

/// A line from one row to another: down from whose text it is, then across to who has it.
fn arrow(html: &mut Html, rows: &[Row<'_>], line: &Line<'_>, number: usize) {
    let place = |id: &str| rows.iter().find(|row| row.id == id);
    let (Some(from), Some(to)) = (place(line.from), place(line.to)) else {
        return;
    };
    let (x, y, to_x, to_y) = (from.x, from.y, to.x, to.y);
    let path = if x.abs_diff(to_x) < NEAR {
        let bow = x.max(to_x) + 16 + y.abs_diff(to_y) / 8;
        format!("M{} {y}C{bow} {y} {bow} {to_y} {} {to_y}", x + 5, to_x + 7)
    } else if to_x > x {
        format!("M{x} {y}V{to_y}H{}", to_x - 7)
    } else {
        format!("M{x} {y}V{to_y}H{}", to_x + 7)
    };
    html.raw("<path")
        .attr("d", &path)
        .attr("class", if line.sure { "took" } else { "shares" });
    if line.sure {
        html.attr("marker-end", &format!("url(#s{number}arrow)"));
    }
    html.raw("><title>")
        .text(&line.because.join("; "))
        .raw("</title></path>");
}

/// The same as a list.
fn list(
    html: &mut Html,
    view: &View<'_>,
    hours: &Hours,
    ancestry: &Ancestry<'_>,
    rows: &[Row<'_>],
) {
    html.raw("<ul class=\"lineage\">");
    for (nth, group) in ancestry.groups.iter().enumerate() {
        html.raw("<li><b>")
            .text(&heading(view, ancestry, nth))
            .raw("</b><ol>");
        for row in rows.iter().filter(|row| group.contains(&row.id)) {
            html.raw("<li><span class=\"clock\">")
                .text(&told(hours, row.when))
                .raw("</span> ")
                .text(&row.outlet);
            for (sure, word) in [(true, "took from"), (false, "shares text with")] {
                let mut others: Vec<String> = Vec::new();
                for line in ancestry.lines.iter().filter(|line| line.sure == sure) {
                    if line.to == row.id {
                        others.push(view.outlet(line.from));
                    } else if !sure && line.from == row.id {
                        others.push(view.outlet(line.to));
                    }
                }
                if !others.is_empty() {
                    html.raw(" <span class=\"from\">")
                        .raw(word)
                        .raw(" ")
                        .text(&others.join(", "))
                        .raw("</span>");
                }
            }
            html.raw("</li>");
        }
        html.raw("</ol></li>");
    }
    html.raw("</ul>");
}

/// Letters of a group's heading that fit over its rows.
const HEADING: usize = 90;
/// Letters of an outlet's name that fit beside a row.
const NAME: usize = 24;
