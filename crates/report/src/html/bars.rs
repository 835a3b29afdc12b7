//! The margin of an article's text. In: its sentences, each with the claim that it states, if any. Out: beside each
//! paragraph a bar for each sentence, as long as its share of the paragraph, which shows what the outlets make of it by
//! its pattern as by its colour, and leads to who else says it; and a legend with counts.

use std::ops::Range;

use crate::html::claims::class;
use crate::html::markup::Html;
use crate::view::count;
use crate::wire::Verdict;

/// A sentence, and where it leads.
#[derive(Clone, Debug)]
pub struct Bar {
    /// First and one past the last byte in the text.
    pub at: Range<usize>,
    /// What the outlets make of the claim that it states; nothing where it states none.
    pub verdict: Option<Verdict>,
    /// To the claim, or to who else says it.
    pub href: String,
    /// The claim, and how many outlets state it.
    pub claim: Option<(String, u32)>,
}

/// What a bar can show, in the order of the legend, with what a reader calls it.
const KINDS: [(Option<Verdict>, &str); 5] = [
    (Some(Verdict::Corroborated), "Corroborated"),
    (Some(Verdict::SingleOrigin), "Single origin"),
    (Some(Verdict::Disputed), "Disputed"),
    (Some(Verdict::OnlyHere), "Only here"),
    (None, "In no claim"),
];

/// A paragraph's height in the picture's own units: it is stretched to the paragraph.
const HEIGHT: usize = 1_000;
/// Of it, what is left free between two bars.
const GAP: usize = 12;

fn word(verdict: Option<Verdict>) -> &'static str {
    let kind = KINDS.iter().find(|(kind, _)| *kind == verdict);
    kind.map_or("", |(_, word)| word)
}

fn stroke(html: &mut Html, verdict: Option<Verdict>, from: usize, to: usize) {
    let mut line = |class: &str| {
        html.raw("<line x1=\"12\" x2=\"12\"")
            .attr("y1", &from.to_string())
            .attr("y2", &to.to_string())
            .attr("class", class)
            .raw("></line>");
    };
    line(&format!("bar {}", verdict.map_or("v-none", class)));
    // Two lines, not one: a sign without colour.
    if verdict == Some(Verdict::Disputed) {
        line("cut");
    }
}

/// The bars of a paragraph, those of its sentences that `bars` has.
pub fn beside(html: &mut Html, bars: &[Bar], paragraph: &Range<usize>) {
    let length = paragraph.len().max(1);
    let place = |byte: usize| {
        (byte.clamp(paragraph.start, paragraph.end) - paragraph.start) * HEIGHT / length
    };
    html.raw("<svg class=\"bars\" viewBox=\"0 0 24 1000\" preserveAspectRatio=\"none\">");
    for bar in bars {
        if bar.at.end <= paragraph.start || bar.at.start >= paragraph.end {
            continue;
        }
        let (from, to) = (place(bar.at.start), place(bar.at.end));
        let word = word(bar.verdict);
        let told = match &bar.claim {
            Some((id, outlets)) => format!("{word}: claim {id}, {}", count(*outlets, "outlet")),
            None => format!("{word}: who else says this?"),
        };
        html.raw("<a")
            .attr("href", &bar.href)
            .attr("aria-label", &told)
            .raw("><title>")
            .text(&told)
            .raw("</title><rect width=\"24\"")
            .attr("y", &from.to_string())
            .attr("height", &(to - from).to_string())
            .raw("></rect>");
        stroke(
            html,
            bar.verdict,
            from + GAP,
            to.saturating_sub(GAP).max(from + GAP),
        );
        html.raw("</a>");
    }
    html.raw("</svg>");
}

/// What the bars mean, with how many sentences have each.
pub fn legend(html: &mut Html, bars: &[Bar]) {
    if bars.is_empty() {
        return;
    }
    html.raw("<p class=\"note\" id=\"margin\">In the margin, a bar a sentence; it leads to who else says it:</p><ul class=\"margin\" aria-labelledby=\"margin\">");
    for (verdict, word) in KINDS {
        let number = bars.iter().filter(|bar| bar.verdict == verdict).count();
        if number == 0 {
            continue;
        }
        html.raw("<li><svg class=\"bars\" viewBox=\"0 0 24 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        stroke(html, verdict, 0, HEIGHT);
        html.raw("</svg>")
            .raw(word)
            .raw(" <b>")
            .number(number)
            .raw("</b></li>");
    }
    html.raw("</ul>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_sentence_and_says_what_it_is() {
        let bar = |at: Range<usize>, verdict| Bar {
            at,
            verdict,
            href: "/x".to_owned(),
            claim: Some(("c3".to_owned(), 2)),
        };
        let bars = [
            bar(0..50, Some(Verdict::Corroborated)),
            bar(50..100, Some(Verdict::Disputed)),
            bar(101..120, Some(Verdict::OnlyHere)),
        ];
        let mut html = Html::default();
        beside(&mut html, &bars, &(0..100));
        let html = html.into_string();
        assert_eq!(html.matches("<a").count(), 2);
        assert!(html.contains("y=\"500\" height=\"500\""), "{html}");
        assert!(html.contains("aria-label=\"Corroborated: claim c3, 2 outlets\""));
        assert_eq!(html.matches("class=\"cut\"").count(), 1);
        let mut html = Html::default();
        legend(&mut html, &bars);
        assert_eq!(html.into_string().matches("<b>1</b>").count(), 3);
    }
}
