//! In: one story of the wire report. Out: its part of the page: head, brief, disputes, claims by
//! outlet, quotes, copies, timeline, wording, names, and each article's text.

use std::collections::HashMap;

use crate::html::article;
use crate::html::marks::{Marks, Why};
use crate::html::markup::Html;
use crate::html::{claims, lineage, quotes};
use crate::text::dispute_word;
use crate::view::{self, View, count};
use crate::wire::{Copy, CopyKind, Direction, Event, Mention, Name, NameKind, Story};

/// Marks of one outlet shown behind a sentence; the rest are one click away in the grid.
const MARKS: usize = 4;
/// Outlets shown behind a sentence.
const OUTLETS: usize = 12;
/// Passages of a side written out.
const SIDE: usize = 6;
/// What the colours in the articles mean.
const LEGEND: &str = "<p class=\"legend text-legend\"><mark class=\"k-claim\">claim</mark> \
    <mark class=\"k-quote\">quoted</mark> <mark class=\"k-dispute\">disputed</mark> \
    <mark class=\"k-copy\">shared text</mark> <mark class=\"k-time\">dated</mark> \
    <mark class=\"damage\">damaged</mark></p>";
/// Pairs of articles shown before the others are folded away: twenty outlets that print one agency
/// make 190 pairs.
const COPIES: usize = 12;
/// Passages of a copy shown; each is a mark in both texts all the same.
const PASSAGES: usize = 8;

/// A story's own page among those of a store.
#[derive(Clone, Copy)]
pub struct Site<'d> {
    /// Its address.
    pub address: &'d str,
    /// The ids that its names have across stories, by those that they have in it.
    pub names: &'d HashMap<String, String>,
}

/// A story's part of the page being written.
pub struct Desk<'d, 'r> {
    /// The whole report.
    pub view: &'d View<'r>,
    /// The story.
    pub story: &'r Story,
    /// Its number on the page, from 1.
    pub number: usize,
    /// The passages that the page points at.
    pub marks: Marks<'r>,
    /// Where it is a page of a store's own.
    pub site: Option<Site<'d>>,
    /// What is written.
    pub html: Html,
}

/// Writes a story.
///
/// `site`: where the page is its own, among those of a store.
pub fn write(view: &View<'_>, story: &Story, number: usize, site: Option<Site<'_>>) -> Html {
    let html = Html::default();
    let mut desk = Desk {
        view,
        story,
        number,
        marks: Marks::default(),
        site,
        html,
    };
    desk.head();
    desk.brief();
    desk.disputes();
    claims::write(&mut desk);
    quotes::write(&mut desk);
    desk.copies();
    desk.timeline();
    desk.wording();
    desk.names();
    desk.articles()
}

impl<'r> Desk<'_, 'r> {
    /// A name, with a link to what it does in all stories where that has a page.
    pub fn person(&mut self, id: Option<&str>, words: &str) {
        let across = self.site.zip(id).and_then(|(site, id)| site.names.get(id));
        match across {
            Some(across) => {
                let page = crate::html::site::address("names", across);
                self.html
                    .raw("<a")
                    .attr("href", &page)
                    .raw(">")
                    .text(words)
                    .raw("</a>");
            }
            None => {
                self.html.text(words);
            }
        }
    }

    /// A link that still leads to a thing when the story has grown and numbers things anew.
    pub fn lasting(&mut self, key: &str, id: &str) {
        let Some(Site { address, .. }) = self.site.filter(|_| !key.is_empty()) else {
            return;
        };
        self.html
            .raw("<a class=\"key\" title=\"A link that lasts\"")
            .attr("href", &format!("{address}/{key}"))
            .attr("aria-label", &format!("A link to {id} that lasts"))
            .raw(">¶</a>");
    }

    /// Opens a section with its heading.
    pub fn section(&mut self, id: &'static str, heading: &'static str, note: &'static str) {
        self.html
            .raw("<section class=\"part\" id=\"s")
            .number(self.number)
            .raw(id);
        self.html.raw("\"><h3>").raw(heading).raw("</h3>");
        if !note.is_empty() {
            self.html.raw("<p class=\"note\">").raw(note).raw("</p>");
        }
    }

    /// A numbered mark that opens a passage, labelled with its outlet.
    pub fn mark(&mut self, mention: &'r Mention, why: Why) {
        self.mark_all(std::iter::once(mention), why);
    }

    /// Opens a link to a passage, up to its last attribute; gives the passage's number.
    pub fn open_mark(
        &mut self,
        mention: &'r Mention,
        why: Why,
        class: &'static str,
        label: &str,
    ) -> usize {
        let (number, first) = self.marks.number(mention, why);
        self.html
            .raw("<a class=\"")
            .raw(class)
            .raw("\" href=\"#s")
            .number(self.number)
            .raw("e")
            .number(number)
            .raw("\"");
        if first {
            self.html
                .raw(" id=\"s")
                .number(self.number)
                .raw("u")
                .number(number)
                .raw("\"");
        }
        self.html
            .attr("aria-label", &format!("{label}, passage {number}"));
        number
    }

    /// Numbered marks for some passages, one label an outlet, as many as fit.
    pub fn mark_all(&mut self, mentions: impl Iterator<Item = &'r Mention>, why: Why) {
        let mut outlets: Vec<(String, Vec<&'r Mention>)> = Vec::new();
        for mention in mentions {
            let outlet = self.view.outlet(&mention.article);
            match outlets.iter_mut().find(|(known, _)| *known == outlet) {
                Some((_, list)) if list.contains(&mention) => {}
                Some((_, list)) => list.push(mention),
                None => outlets.push((outlet, vec![mention])),
            }
        }
        self.html.raw("<span class=\"evs\">");
        for (outlet, mentions) in outlets.iter().take(OUTLETS) {
            self.html
                .raw("<span class=\"ev\"><span>")
                .text(outlet)
                .raw("</span>");
            for mention in mentions.iter().take(MARKS) {
                let number = self.open_mark(mention, why, "n", outlet);
                self.html.raw(">").number(number).raw("</a>");
            }
            self.left(mentions.len(), MARKS);
            self.html.raw("</span>");
        }
        self.left(outlets.len(), OUTLETS);
        self.html.raw("</span>");
    }

    /// Says how many are not shown.
    fn left(&mut self, all: usize, shown: usize) {
        if all > shown {
            self.html
                .raw("<span class=\"more\">+")
                .number(all - shown)
                .raw("</span>");
        }
    }

    fn head(&mut self) {
        let story = self.story;
        let outlets = self
            .view
            .outlets_of(story.articles.iter().map(String::as_str));
        self.html
            .raw("<section class=\"story\" id=\"s")
            .number(self.number);
        self.html
            .raw("\"><header class=\"head\"><p class=\"kicker\">");
        let mut facts = Vec::new();
        facts.extend(view::days(story));
        facts.extend(view::place(story));
        facts.push(count(story.articles.len(), "article"));
        facts.push(count(outlets.len(), "outlet"));
        self.html
            .text(&facts.join(" · "))
            .raw("</p><h2 dir=\"auto\">")
            .text(&story.title);
        self.html
            .raw("</h2><p class=\"outlets\">")
            .text(&outlets.join(", "))
            .raw("</p>");
        if let Some(words) = view::keywords(story) {
            self.html
                .raw("<p class=\"keywords\" dir=\"auto\">")
                .text(&words)
                .raw("</p>");
        }
        for (what, title) in self.view.around(story) {
            self.html
                .raw("<p class=\"around\" dir=\"auto\">")
                .text(what)
                .raw(": ")
                .text(title)
                .raw("</p>");
        }
        self.html.raw("</header>");
        self.contents();
    }

    /// Links to the sections that there are.
    fn contents(&mut self) {
        let story = self.story;
        self.html
            .raw("<nav class=\"contents\" aria-label=\"Sections of this story\"><ul>");
        for (id, name, number) in [
            ("brief", "Brief", story.brief.len()),
            ("disputes", "Disputes", story.disputes.len()),
            ("claims", "Claims", story.claims.len()),
            ("quotes", "Quotes", story.quotes.len()),
            (
                "copies",
                "Copies",
                story.copies.len() + story.rewrites.len(),
            ),
            ("timeline", "Timeline", story.timeline.len()),
            ("wording", "Wording", story.wording.len()),
            ("names", "Names", story.names.len()),
            ("articles", "Articles", story.articles.len()),
        ] {
            if number > 0 {
                self.html
                    .raw("<li><a href=\"#s")
                    .number(self.number)
                    .raw(id)
                    .raw("\">")
                    .raw(name);
                self.html.raw(" <b>").number(number).raw("</b></a></li>");
            }
        }
        self.html.raw("</ul></nav><div class=\"parts\">");
    }

    fn brief(&mut self) {
        let story = self.story;
        if story.brief.is_empty() {
            return;
        }
        self.section(
            "brief",
            "Brief",
            "Sentences taken whole from the articles. Each mark opens its passage.",
        );
        self.html.raw("<div class=\"opening\">");
        claims::glance(self);
        self.html.raw("<ol class=\"brief\">");
        for sentence in &story.brief {
            let verdict = self.view.verdict(story, sentence);
            self.html
                .raw("<li class=\"")
                .raw(verdict.map_or("v-none", claims::class));
            self.html
                .raw("\"><p class=\"words\" dir=\"auto\">")
                .passage(&sentence.text)
                .raw("</p>");
            if let Some(verdict) = verdict {
                claims::badge(&mut self.html, verdict);
            }
            self.mark_all(sentence.mentions.iter(), Why::Claim);
            self.html.raw("</li>");
        }
        self.html.raw("</ol></div></section>\n");
    }

    fn disputes(&mut self) {
        let story = self.story;
        if story.disputes.is_empty() {
            return;
        }
        self.section(
            "disputes",
            "Disputes",
            "The sides in their own words, with who holds each.",
        );
        for dispute in &story.disputes {
            self.html
                .raw("<article class=\"dispute\" id=\"s")
                .number(self.number);
            self.html
                .text(&dispute.id)
                .raw("\"><h4 dir=\"auto\">")
                .text(&dispute.question);
            self.html
                .raw(" <span class=\"kind\">")
                .raw(dispute_word(dispute.kind))
                .raw("</span>");
            self.lasting(&dispute.key, &dispute.id);
            self.html.raw("</h4><div class=\"sides\">");
            for side in &dispute.sides {
                self.html
                    .raw("<div class=\"side\"><p class=\"words label\" dir=\"auto\">")
                    .passage(&side.label)
                    .raw("</p>");
                let holders = view::names(story, &side.held_by);
                self.html.raw("<p class=\"held\">");
                if holders.is_empty() {
                    self.html.raw("no holder named");
                } else {
                    self.html
                        .raw("held by <strong>")
                        .text(&holders.join(", "))
                        .raw("</strong>");
                }
                self.html.raw("</p><ul>");
                for (index, mention) in side.mentions.iter().enumerate() {
                    self.html.raw("<li>");
                    if index < SIDE && mention.text != side.label {
                        self.html
                            .raw("<span class=\"words\" dir=\"auto\">")
                            .passage(&mention.text)
                            .raw("</span> ");
                    }
                    self.mark(mention, Why::Dispute);
                    self.html.raw("</li>");
                }
                self.html.raw("</ul></div>");
            }
            self.html.raw("</div></article>");
        }
        self.html.raw("</section>\n");
    }

    fn copies(&mut self) {
        let story = self.story;
        if story.copies.is_empty() && story.rewrites.is_empty() {
            return;
        }
        self.section(
            "copies",
            "Copies",
            "Text that did not arise twice. Copying can be shown; independence cannot be proved.",
        );
        lineage::draw(&mut self.html, self.view, story, self.number);
        let (shown, folded) = story.copies.split_at(story.copies.len().min(COPIES));
        for copy in shown {
            self.copy(copy);
        }
        if !folded.is_empty() {
            self.html
                .raw("<details class=\"lone\"><summary>More pairs <b>");
            self.html.number(folded.len()).raw("</b></summary>");
            for copy in folded {
                self.copy(copy);
            }
            self.html.raw("</details>");
        }
        for rewrite in &story.rewrites {
            let outlet = self.view.outlet(&rewrite.article);
            self.html
                .raw("<article class=\"copy\"><h4><span class=\"copyside\"><span class=\"name\">")
                .text(&outlet);
            self.html.raw(
                "</span></span><span class=\"kind\">made from something not at hand</span></h4>",
            );
            self.because(&rewrite.because);
            self.html.raw("</article>");
        }
        self.html.raw("</section>\n");
    }

    fn copy(&mut self, copy: &'r Copy) {
        let kind = match copy.kind {
            CopyKind::Copy => "copy",
            CopyKind::Rewrite => "rewrite",
            CopyKind::Excerpt => "excerpt",
            CopyKind::SharedSource => "one shared source",
        };
        let (arrow, said) = match copy.direction {
            Direction::AFromB => ("←", "took from"),
            Direction::BFromA => ("→", "gave to"),
            Direction::Unknown => ("↔", "and, direction unknown,"),
        };
        self.html.raw("<article class=\"copy\"><h4>");
        self.side(&copy.a, copy.share_a);
        self.html
            .raw("<span class=\"arrow\" role=\"img\" aria-label=\"")
            .raw(said)
            .raw("\">")
            .raw(arrow)
            .raw("</span>");
        self.side(&copy.b, copy.share_b);
        self.html
            .raw("<span class=\"kind\">")
            .raw(kind)
            .raw("</span></h4>");
        self.because(&copy.because);
        self.html
            .raw("<details><summary>")
            .text(&count(copy.passages.len(), "shared passage"));
        self.html.raw("</summary><ol class=\"passages\">");
        for passage in copy.passages.iter().take(PASSAGES) {
            self.html.raw("<li>");
            for mention in [&passage.a, &passage.b] {
                self.html
                    .raw("<div><p class=\"words\" dir=\"auto\">")
                    .passage(&mention.text)
                    .raw("</p>");
                self.mark(mention, Why::Copy);
                self.html.raw("</div>");
            }
            self.html.raw("</li>");
        }
        self.html.raw("</ol>");
        if copy.passages.len() > PASSAGES {
            let left = copy.passages.len() - PASSAGES;
            self.html
                .raw("<p class=\"more\">and ")
                .number(left)
                .raw(" shorter ones</p>");
        }
        self.html.raw("</details></article>");
    }

    fn because(&mut self, reasons: &[String]) {
        if reasons.is_empty() {
            return;
        }
        self.html.raw("<ul class=\"because\">");
        for reason in reasons {
            self.html.raw("<li>").text(reason).raw("</li>");
        }
        self.html.raw("</ul>");
    }

    /// An article of a pair, with the part of it that is shared.
    fn side(&mut self, id: &str, share: f64) {
        let percent = view::percent(share);
        self.html
            .raw("<span class=\"copyside\"><span class=\"name\">")
            .text(&self.view.outlet(id))
            .raw("</span>");
        self.html.raw("<svg class=\"bar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><title>how much of its text the other has</title><rect class=\"all\" width=\"100\" height=\"6\"/><rect class=\"part-of\" height=\"6\" width=\"");
        self.html
            .number((share.clamp(0.0, 1.0) * 100.0).round() as usize);
        self.html
            .raw("\"/></svg><span class=\"percent\">")
            .text(&percent)
            .raw(" of its words</span></span>");
    }

    fn timeline(&mut self) {
        let story = self.story;
        if story.timeline.is_empty() {
            return;
        }
        self.section(
            "timeline",
            "Timeline",
            "As the articles date it, no finer than they do.",
        );
        let (days, mut older) = view::timeline(story);
        // On paper and on the screen time runs down; at the terminal what is nearest comes first.
        older.reverse();
        if !older.is_empty() {
            self.html
                .raw("<details class=\"lone\"><summary>Older, or less exact <b>")
                .number(older.len())
                .raw("</b></summary>");
            self.events(&older);
            self.html.raw("</details>");
        }
        self.events(&days);
        self.html.raw("</section>\n");
    }

    fn events(&mut self, events: &[&'r Event]) {
        self.html.raw("<ol class=\"timeline\">");
        for event in events {
            let when = event.when.replace('T', " ");
            self.html
                .raw("<li><time")
                .attr("datetime", &event.when)
                .raw(">")
                .text(&when);
            if let Some(until) = &event.until {
                self.html.raw(" to ").text(until);
            }
            self.html.raw("</time><div>");
            if let Some(mention) = event.mentions.first() {
                self.html
                    .raw("<p class=\"words\" dir=\"auto\">")
                    .passage(&mention.text)
                    .raw("</p>");
            }
            self.mark_all(event.mentions.iter(), Why::Time);
            self.html.raw("</div></li>");
        }
        self.html.raw("</ol>");
    }

    fn wording(&mut self) {
        let story = self.story;
        if story.wording.is_empty() {
            return;
        }
        self.section("wording", "Wording", "Different words for one thing.");
        self.html.raw("<ul class=\"wording\">");
        for one in &story.wording {
            self.html.raw("<li>");
            for choice in &one.choices {
                self.html
                    .raw("<div class=\"choice\"><span class=\"words\" dir=\"auto\">")
                    .text(&choice.term)
                    .raw("</span>");
                self.mark_all(choice.mentions.iter(), Why::Name);
                self.html.raw("</div>");
            }
            self.html.raw("</li>");
        }
        self.html.raw("</ul></section>\n");
    }

    fn names(&mut self) {
        let story = self.story;
        if story.names.is_empty() {
            return;
        }
        self.section(
            "names",
            "Names",
            "With their spellings and roles; each mark opens the first mention in an article.",
        );
        for (kind, heading) in [
            (NameKind::Person, "People"),
            (NameKind::Organisation, "Organisations"),
            (NameKind::Place, "Places"),
            (NameKind::Other, "Other names"),
        ] {
            let mut names: Vec<&Name> = story.names.iter().filter(|n| n.kind == kind).collect();
            if names.is_empty() {
                continue;
            }
            names.sort_by_key(|name| std::cmp::Reverse(name.mentions.len()));
            self.html
                .raw("<details class=\"names\"")
                .raw(if kind == NameKind::Person {
                    " open"
                } else {
                    ""
                });
            self.html
                .raw("><summary><h4>")
                .raw(heading)
                .raw("</h4> <b>")
                .number(names.len())
                .raw("</b></summary><ul>");
            for name in names {
                self.name(name);
            }
            self.html.raw("</ul></details>");
        }
        self.html.raw("</section>\n");
    }

    fn name(&mut self, name: &'r Name) {
        self.html
            .raw("<li id=\"s")
            .number(self.number)
            .text(&name.id)
            .raw("\"><p class=\"who\" dir=\"auto\">");
        self.person(Some(&name.id), &name.name);
        self.html.raw("</p>");
        if !name.roles.is_empty() {
            self.html
                .raw("<p class=\"roles words\" dir=\"auto\">")
                .text(&name.roles.join(", "))
                .raw("</p>");
        }
        if !name.variants.is_empty() {
            self.html
                .raw("<p class=\"variants\">also <span class=\"words\" dir=\"auto\">");
            self.html
                .text(&name.variants.join(" · "))
                .raw("</span></p>");
        }
        self.html
            .raw("<p class=\"seen\">")
            .text(&count(name.mentions.len(), "mention"))
            .raw("</p>");
        let mut seen: Vec<&str> = Vec::new();
        let firsts: Vec<&Mention> = name
            .mentions
            .iter()
            .filter(|mention| {
                let new = !seen.contains(&mention.article.as_str());
                if new {
                    seen.push(&mention.article);
                }
                new
            })
            .collect();
        self.mark_all(firsts.into_iter(), Why::Name);
        self.html.raw("</li>");
    }

    /// Every article's text, with what was pointed at marked; ends the story.
    fn articles(mut self) -> Html {
        self.section("articles", "Articles", "Each text as it was read, with the evidence marked. A number leads back to where this page uses the passage.");
        self.html.raw(LEGEND);
        let marks = std::mem::take(&mut self.marks).by_article();
        for (index, id) in self.story.articles.iter().enumerate() {
            let Some(article) = self.view.article(id) else {
                continue;
            };
            let marks = marks.get(id.as_str()).map_or(&[][..], Vec::as_slice);
            article::write(&mut self.html, article, marks, self.number, index + 1);
        }
        self.html.raw("</section></div></section>\n");
        self.html
    }
}
