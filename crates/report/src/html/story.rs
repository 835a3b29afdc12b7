//! In: one story of the wire report. Out: its part of the page: head, brief, disputes, claims by
//! outlet, quotes, copies, timeline, wording, names, and each article's text.

use crate::html::article;
use crate::html::desk::{Desk, Site};
use crate::html::marks::{Marks, Why};
use crate::html::markup::Html;
use crate::html::{claims, lineage, quotes};
use crate::text::dispute_word;
use crate::view::{self, View, count};
use crate::wire::{Copy, CopyKind, Direction, Event, Mention, Name, NameKind, Story};

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
        // A store's page has those of the whole store.
        let chain = match self.site {
            Some(_) => Vec::new(),
            None => self.view.chain(story),
        };
        if !chain.is_empty() {
            self.html.raw(
                "<p class=\"around\">One event of a matter that goes on:</p><ol class=\"chain\">",
            );
            for one in chain {
                let (when, title, articles) = view::event(one);
                let this = one.id == story.id;
                self.html
                    .raw(if this {
                        "<li aria-current=\"true\">"
                    } else {
                        "<li>"
                    })
                    .raw("<time>")
                    .text(&when)
                    .raw("</time> <span dir=\"auto\">")
                    .text(title)
                    .raw("</span> <b>")
                    .text(&articles)
                    .raw("</b></li>");
            }
            self.html.raw("</ol>");
        }
        self.html.raw("</header>");
        self.field();
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
                self.html.raw("<li");
                self.hide(!self.shows(id));
                self.html
                    .raw("><a href=\"#s")
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
                .number(self.number)
                .text(&dispute.id)
                .raw("\"");
            self.hide(!self.has_dispute(dispute));
            self.html.raw("><h4 dir=\"auto\">").text(&dispute.question);
            self.html
                .raw(" <span class=\"kind\">")
                .raw(dispute_word(dispute.kind))
                .raw("</span>");
            self.lasting(&dispute.key, &dispute.id);
            self.draft(&dispute.key, &dispute.id);
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
            self.html.raw("<details class=\"lone\"");
            self.fold(older.iter().any(|event| self.has_event(event)));
            self.html
                .raw("><summary>Older, or less exact <b>")
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
            self.html.raw("<li");
            self.hide(!self.has_event(event));
            self.html
                .raw("><time")
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
