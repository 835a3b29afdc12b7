//! In: a story's quotes. Out: by speaker, each utterance with its readings side by side, the words in which
//! they differ marked in each.

use crate::clean::shorten;
use crate::html::desk::Desk;
use crate::html::marks::Why;
use crate::text::{SPEAKER, difference_word};
use crate::view::{self, Speaker};
use crate::wire::{Confidence, Difference, Form, Mention, Quote, QuoteReading};

/// Readings of one utterance shown side by side; all are marks in the articles.
const SIDE_BY_SIDE: usize = 12;

/// Readings with the same words, shown as one.
struct Group<'r> {
    first: &'r QuoteReading,
    members: Vec<usize>,
}

/// Quotations of one speaker shown before the others are folded away.
const OF_ONE: usize = 8;
/// Roles of a speaker that are named.
const ROLES: usize = 4;

/// Writes the section: who is quoted by several articles, then who by one alone, then what is given to nobody.
pub fn write(desk: &mut Desk<'_, '_>) {
    let speakers = view::speakers(desk.story);
    if speakers.is_empty() {
        return;
    }
    let (named, nobody): (Vec<_>, Vec<_>) = speakers.iter().partition(|one| one.who.is_some());
    let (shared, lone): (Vec<_>, Vec<_>) = named
        .into_iter()
        .partition(|one| one.quotes.iter().any(|quote| view::is_shared(quote)));
    desk.section(
        "quotes",
        "Quotes",
        "By speaker, in order of time, each utterance with every reading of it. Words that differ are marked.",
    );
    for one in &shared {
        speaker(desk, one);
    }
    let first = shared.is_empty();
    folded(desk, "Quoted in one article alone", &lone, first);
    let first = first && lone.is_empty();
    folded(desk, "Given to nobody, or to several", &nobody, first);
    desk.html.raw("</section>\n");
}

/// Speakers that are folded away, unless they come first.
fn folded<'r>(
    desk: &mut Desk<'_, 'r>,
    summary: &'static str,
    speakers: &[&Speaker<'r>],
    first: bool,
) {
    if speakers.is_empty() {
        return;
    }
    let quotes = || speakers.iter().flat_map(|one| &one.quotes);
    desk.html.raw("<details class=\"lone\"");
    desk.fold(quotes().any(|quote| desk.has_quote(quote)));
    if first && desk.sieve().is_none() {
        desk.html.raw(" open");
    }
    desk.html
        .raw("><summary>")
        .raw(summary)
        .raw(" <b>")
        .number(quotes().count())
        .raw("</b></summary>");
    for one in speakers {
        speaker(desk, one);
    }
    desk.html.raw("</details>");
}

/// Who said it, in what role, and all of it.
fn speaker<'r>(desk: &mut Desk<'_, 'r>, of: &Speaker<'r>) {
    desk.html.raw("<div class=\"speaker\"");
    desk.hide(!of.quotes.iter().any(|quote| desk.has_quote(quote)));
    desk.html.raw(">");
    if let Some((name, words)) = &of.who {
        desk.html.raw("<h4 dir=\"auto\">");
        let id = name.map(|name| name.id.as_str());
        desk.person(id, &shorten(words, SPEAKER));
        let roles = name.map_or(&[][..], |name| &name.roles);
        if !roles.is_empty() {
            let roles = &roles[..roles.len().min(ROLES)];
            desk.html
                .raw(" <span class=\"roles words\">")
                .text(&roles.join(", "))
                .raw("</span>");
        }
        desk.html
            .raw(" <b>")
            .number(of.quotes.len())
            .raw("</b></h4>");
    }
    let (shown, rest) = of.quotes.split_at(of.quotes.len().min(OF_ONE));
    for quote in shown {
        write_quote(desk, quote);
    }
    if !rest.is_empty() {
        desk.html.raw("<details class=\"lone\"");
        desk.fold(rest.iter().any(|quote| desk.has_quote(quote)));
        desk.html
            .raw("><summary>Later ones <b>")
            .number(rest.len())
            .raw("</b></summary>");
        for quote in rest {
            write_quote(desk, quote);
        }
        desk.html.raw("</details>");
    }
    desk.html.raw("</div>");
}

fn write_quote<'r>(desk: &mut Desk<'_, 'r>, quote: &'r Quote) {
    desk.html
        .raw("<article class=\"quote\" id=\"s")
        .number(desk.number)
        .text(&quote.id)
        .raw("\"");
    desk.hide(!desk.has_quote(quote));
    desk.html.raw("><p class=\"when\">");
    let first = quote.readings.first();
    let article = first.and_then(|first| desk.view.article(&first.mention.article));
    if let Some(at) = article.and_then(view::published) {
        desk.html.text(&at);
    }
    if view::speaker(desk.story, quote).is_none() {
        let nobody = view::nobody(quote);
        desk.html
            .raw(" <span class=\"nobody\">")
            .raw(nobody)
            .raw("</span>");
    }
    desk.lasting(&quote.key, &quote.id);
    desk.html.raw("</p>");
    let groups = groups(quote);
    desk.html.raw(if groups.len() == 1 {
        "<div class=\"readings one\">"
    } else {
        "<div class=\"readings\">"
    });
    for group in groups.iter().take(SIDE_BY_SIDE) {
        reading(desk, quote, group);
    }
    desk.html.raw("</div>");
    if groups.len() > SIDE_BY_SIDE {
        desk.html
            .raw("<p class=\"more\">and ")
            .number(groups.len() - SIDE_BY_SIDE)
            .raw(" more readings, marked in the articles</p>");
    }
    differences(desk, quote, &groups);
    desk.html.raw("</article>");
}

/// Readings with the same words together, in order.
fn groups(quote: &Quote) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (index, reading) in quote.readings.iter().enumerate() {
        let same = |group: &&mut Group<'_>| {
            let (a, b) = (&group.first.parts, &reading.parts);
            group.first.form == reading.form
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| a.text == b.text)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.members.push(index),
            None => groups.push(Group {
                first: reading,
                members: vec![index],
            }),
        }
    }
    groups
}

fn reading<'r>(desk: &mut Desk<'_, 'r>, quote: &'r Quote, group: &Group<'r>) {
    let form = match group.first.form {
        Form::Direct => "direct",
        Form::Mixed => "partly quoted",
        Form::Indirect => "indirect",
    };
    let direct = group.first.form == Form::Direct;
    desk.html
        .raw("<figure class=\"reading\"><blockquote class=\"words\" dir=\"auto\">");
    desk.html.raw(if direct { "“" } else { "" });
    // The words of this group's first reading that differ from some other reading.
    let here = group.members.first().copied().unwrap_or_default();
    let differing: Vec<&Mention> = quote
        .differences
        .iter()
        .flat_map(|d| d.readings.iter().zip(&d.mentions))
        .filter(|(reading, _)| **reading as usize == here)
        .filter_map(|(_, mention)| mention.as_ref())
        .collect();
    for (index, part) in group.first.parts.iter().enumerate() {
        if index > 0 {
            desk.html
                .raw(" <span class=\"gap\" title=\"other words stand in between\">[…]</span> ");
        }
        marked(desk, part, &differing);
    }
    desk.html
        .raw(if direct { "”" } else { "" })
        .raw("</blockquote><figcaption>");
    let members = group
        .members
        .iter()
        .filter_map(|&index| quote.readings.get(index));
    desk.mark_all(members.map(|reading| &reading.mention), Why::Quote);
    desk.html.raw("<p class=\"how\">").raw(form);
    for words in [&group.first.source, &group.first.cue]
        .into_iter()
        .flatten()
    {
        desk.html
            .raw(" · <span class=\"words\" dir=\"auto\">")
            .text(&words.text)
            .raw("</span>");
    }
    match group.first.confidence {
        Confidence::Certain => {}
        Confidence::Likely => {
            desk.html.raw(" · speaker likely");
        }
        Confidence::Unclear => {
            desk.html.raw(" · speaker unclear");
        }
    }
    desk.html.raw("</p></figcaption></figure>");
}

/// A part's words with the differing ones marked.
fn marked(desk: &mut Desk<'_, '_>, part: &Mention, differing: &[&Mention]) {
    let mut ranges: Vec<(usize, usize)> = differing
        .iter()
        .filter(|m| m.article == part.article && m.start < part.end && part.start < m.end)
        .map(|m| {
            let (start, end) = (m.start.max(part.start), m.end.min(part.end));
            ((start - part.start) as usize, (end - part.start) as usize)
        })
        .collect();
    ranges.sort_unstable();
    let mut letters = part.text.chars();
    let mut at = 0;
    for (start, end) in ranges {
        // What another difference has marked already is not marked twice.
        let (start, end) = (start.max(at), end.max(at));
        let before: String = letters.by_ref().take(start - at).collect();
        let inside: String = letters.by_ref().take(end - start).collect();
        desk.html.text(&before);
        if !inside.is_empty() {
            desk.html
                .raw("<mark class=\"differs\">")
                .text(&inside)
                .raw("</mark>");
        }
        at = end;
    }
    desk.html.text(letters.as_str());
}

/// The differences in words, each said once for a pair of groups.
fn differences<'r>(desk: &mut Desk<'_, 'r>, quote: &'r Quote, groups: &[Group<'r>]) {
    let group_of = |reading: u32| {
        groups
            .iter()
            .position(|g| g.members.contains(&(reading as usize)))
    };
    let mut said = Vec::new();
    let kept: Vec<&Difference> = quote
        .differences
        .iter()
        .filter(|difference| {
            let [a, b] = difference.readings.map(group_of);
            let key = (a, b, difference.text.as_str());
            let new = !said.contains(&key);
            if new {
                said.push(key);
            }
            new
        })
        .collect();
    if kept.is_empty() {
        return;
    }
    desk.html.raw("<ul class=\"differences\">");
    for difference in kept {
        desk.html
            .raw("<li><span class=\"kind\">")
            .raw(difference_word(difference.kind))
            .raw("</span> ");
        for (index, (reading, mention)) in difference
            .readings
            .iter()
            .zip(&difference.mentions)
            .enumerate()
        {
            if index > 0 {
                desk.html
                    .raw(" <span class=\"arrow\" role=\"img\" aria-label=\"against\">↔</span> ");
            }
            match mention {
                Some(mention) => desk
                    .html
                    .raw("<mark class=\"differs words\">")
                    .text(&mention.text)
                    .raw("</mark>"),
                None => desk.html.raw("<span class=\"gap\">not in</span>"),
            };
            let article = quote
                .readings
                .get(*reading as usize)
                .map(|r| r.mention.article.as_str());
            let outlet = article.map(|id| desk.view.outlet(id)).unwrap_or_default();
            desk.html
                .raw(" <span class=\"from\">")
                .text(&outlet)
                .raw("</span>");
        }
        desk.html.raw("</li>");
    }
    desk.html.raw("</ul>");
}
