//! In: the wire report. Out: the same as Markdown (CommonMark with tables) for a wiki, a ticket or
//! an editor's notes: the claims of several outlets in full, long lists cut, and said so. News text is escaped: it can neither format, link nor embed.

use crate::because::join;
use crate::cite;
use crate::clean::{quoted, shorten, whole};
use crate::commonmark::{address, escape};
use crate::reviews;
use crate::text::{difference_word, dispute_word, telling, verdict_word};
use crate::view::{self, Says, View, count};
use crate::wire::{
    Claim, CopyKind, Direction, Event, Mention, NameKind, Quote, Report, Story, Verdict,
};

/// Claims of each outlet alone, quotes, and pairs of copies before their list is cut.
const LONG: usize = 12;
/// Dates and names of a kind before theirs is.
const LONGER: usize = 24;
/// Characters of a passage in a footnote: its address leads to the rest.
const NOTED: usize = 300;
/// Outlets in the grid; with more of them a table cannot be read as plain text.
const COLUMNS: usize = 8;

/// Writes the report.
pub fn report(report: &Report) -> String {
    let mut out = head(report.articles.len() as u64, report.stories.len() as u64);
    out.push_str(&stories(report));
    if !report.skipped.is_empty() {
        out.push_str("\n## Not read\n\n");
        for skip in &report.skipped {
            out.push_str(&format!(
                "- {}: {}\n",
                escape(&skip.path),
                escape(&skip.reason)
            ));
        }
    }
    out
}

/// The heading of so many articles in so many stories.
pub fn head(articles: u64, stories: u64) -> String {
    let (articles, stories) = (count(articles, "article"), count(stories, "story"));
    format!("# Crossread\n\n{articles}, {stories}.\n")
}

/// Writes a report's stories, as they stand under the heading.
pub fn stories(report: &Report) -> String {
    let view = View::new(report);
    let (many, single) = view.stories();
    let mut out = String::new();
    for story in many.iter().chain(&single) {
        Page {
            view: &view,
            story,
            out: &mut out,
        }
        .write();
    }
    out
}

/// A story being written.
struct Page<'p, 'r> {
    view: &'p View<'r>,
    story: &'r Story,
    out: &'p mut String,
}

impl Page<'_, '_> {
    fn write(&mut self) {
        self.head();
        self.brief();
        self.disputes();
        self.grid();
        self.claims(Verdict::Disputed, "Disputed claims");
        self.claims(Verdict::Corroborated, "Corroborated");
        self.claims(Verdict::SingleOrigin, "Single origin");
        self.only_here();
        self.quotes();
        self.copies();
        self.timeline();
        self.wording();
        self.names();
        self.articles();
        self.footnotes();
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn section(&mut self, name: &str) {
        self.line(&format!("\n### {name}\n"));
    }

    /// "Outlet, Outlet and Outlet", escaped.
    fn who<'m>(&self, mentions: impl IntoIterator<Item = &'m Mention>) -> String {
        self.listed(&self.view.outlets(mentions))
    }

    fn holders(&self, ids: &[String]) -> String {
        self.listed(&view::names(self.story, ids))
    }

    fn listed(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| escape(name)).collect();
        join(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Who has something near a claim, and does not state it.
    fn similar(&self, claim: &Claim) -> String {
        match self.view.similar(claim).as_slice() {
            [] => String::new(),
            similar => format!(" (similar: *{}*)", self.listed(similar)),
        }
    }

    /// Says how many entries were cut, if any.
    fn more(&mut self, all: usize, shown: usize) {
        if all > shown {
            self.line(&format!(
                "- … and {} more (--format html or json)",
                all - shown
            ));
        }
    }

    /// What articles say that they checked, of a claim: their word.
    fn checks(&mut self, claim: &Claim, indent: &str) {
        for told in reviews::of(self.view, claim) {
            let (line, of) = (reviews::line(told), reviews::claim(told.1));
            let at = reviews::address(told).map(|url| format!(" {}", address(url)));
            let at = at.unwrap_or_default();
            self.line(&format!(
                "{indent}- {} of {}{at}",
                escape(&line),
                escape(&of)
            ));
        }
    }

    fn because(&mut self, reasons: &[String]) {
        for reason in telling(reasons) {
            self.line(&format!("  - because {}", escape(reason)));
        }
    }

    fn head(&mut self) {
        let story = self.story;
        let outlets = self
            .view
            .outlets_of(story.articles.iter().map(String::as_str));
        self.line(&format!("\n## {}\n", escape(&story.title)));
        let mut facts = Vec::new();
        facts.extend(view::days(story));
        facts.extend(view::place(story));
        facts.push(count(story.articles.len(), "article"));
        facts.push(count(outlets.len(), "outlet"));
        let outlets: Vec<String> = outlets.iter().map(|outlet| escape(outlet)).collect();
        self.line(&format!(
            "{}: {}",
            escape(&facts.join(" · ")),
            outlets.join(", ")
        ));
        if let Some(words) = view::keywords(story) {
            self.line(&format!("\n{}", escape(&words)));
        }
        let chain = self.view.chain(story);
        if !chain.is_empty() {
            self.line("\nOne event of a matter that goes on:\n");
        }
        for one in chain {
            let (when, title, articles) = view::event(one);
            let title = escape(title);
            let line = match one.id == story.id {
                true => format!("- {when}: **{title}** ({articles})"),
                false => format!("- {when}: {title} ({articles})"),
            };
            self.line(&line);
        }
    }

    fn brief(&mut self) {
        if self.story.brief.is_empty() {
            return;
        }
        self.section("Brief");
        for (index, sentence) in self.story.brief.iter().enumerate() {
            let from = self.who(&sentence.mentions);
            let verdict = self.view.verdict(self.story, sentence);
            let verdict = verdict.map(|verdict| format!(" · {}", verdict_word(verdict).1));
            let notes: String = self
                .notes(index)
                .map(|(note, _)| format!("[^{note}]"))
                .collect();
            self.line(&format!(
                "{}. {}{notes} — *{from}*{}",
                index + 1,
                escape(&whole(&sentence.text)),
                verdict.unwrap_or_default()
            ));
        }
    }

    /// The footnotes of a sentence of the brief: one for each passage that says it, with its name.
    fn notes(&self, sentence: usize) -> impl Iterator<Item = (String, &Mention)> {
        let mentions = self
            .story
            .brief
            .get(sentence)
            .into_iter()
            .flat_map(|sentence| &sentence.mentions);
        let story: String = self
            .story
            .id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        mentions
            .enumerate()
            .map(move |(at, mention)| (format!("{story}-{}-{}", sentence + 1, at + 1), mention))
    }

    /// Where each sentence of the brief stands, in each outlet's own words.
    fn footnotes(&mut self) {
        let mut lines = Vec::new();
        for sentence in 0..self.story.brief.len() {
            for (note, mention) in self.notes(sentence) {
                let Some(article) = self.view.article(&mention.article) else {
                    continue;
                };
                let at = article
                    .url
                    .as_deref()
                    .and_then(|url| cite::at_words(url, &mention.text));
                let at = at
                    .map(|url| format!(" {}", address(&url)))
                    .unwrap_or_default();
                lines.push(format!(
                    "[^{note}]: {}: {}{at}",
                    escape(&cite::source(article)),
                    escape(&quoted(&shorten(&mention.text, NOTED)))
                ));
            }
        }
        if !lines.is_empty() {
            self.line("");
        }
        for line in lines {
            self.line(&line);
        }
    }

    /// The grid of claims by outlets, for what more than one outlet has.
    fn grid(&mut self) {
        let story = self.story;
        let outlets = self
            .view
            .outlets_of(story.articles.iter().map(String::as_str));
        let claims: Vec<&Claim> = [
            Verdict::Disputed,
            Verdict::Corroborated,
            Verdict::SingleOrigin,
        ]
        .into_iter()
        .flat_map(|verdict| view::claims(story, verdict))
        .collect();
        if claims.is_empty() || outlets.len() > COLUMNS {
            return;
        }
        self.section("Claims by outlet");
        let heads: Vec<String> = outlets.iter().map(|outlet| escape(outlet)).collect();
        self.line(&format!("| Claim | {} |", heads.join(" | ")));
        self.line(&format!("| --- |{}", " :-: |".repeat(outlets.len())));
        for claim in claims {
            let cells: Vec<String> = outlets
                .iter()
                .map(|outlet| self.cell(claim, outlet))
                .collect();
            self.line(&format!(
                "| {} | {} |",
                escape(&whole(&claim.text)),
                cells.join(" | ")
            ));
        }
        let legend = Says::ALL.map(|says| format!("{} {}", says.sign(), says.words()));
        self.line(&format!(
            "\n{}, – its full text lacks it",
            legend.join(", ")
        ));
    }

    fn cell(&self, claim: &Claim, outlet: &str) -> String {
        let of = |id: &str| self.view.outlet(id) == outlet;
        let said: Vec<Says> = claim
            .readings
            .iter()
            .filter(|r| of(&r.mention.article))
            .map(|r| view::says(self.story, claim, r))
            .collect();
        if said.is_empty() && claim.absent_from.iter().any(|id| of(id)) {
            return "–".to_owned();
        }
        let signs = Says::ALL.iter().filter(|says| said.contains(says));
        let signs: Vec<&str> = signs.map(|says| says.sign()).collect();
        signs.join(" ")
    }

    fn claims(&mut self, verdict: Verdict, heading: &str) {
        let claims = view::claims(self.story, verdict);
        if claims.is_empty() {
            return;
        }
        self.section(heading);
        for claim in claims {
            let (who, similar) = (self.listed(&self.view.tellers(claim)), self.similar(claim));
            let facts = format!(
                "{}, {}",
                count(claim.outlets as usize, "outlet"),
                view::origins(claim)
            );
            self.line(&format!(
                "- {} — {facts}: *{who}*{similar}",
                escape(&whole(&claim.text))
            ));
            if view::who_said(self.story, claim).is_some() {
                self.line("  - who said it is disputed");
            }
            self.checks(claim, "  ");
            self.because(&claim.origins.because);
        }
    }

    fn disputes(&mut self) {
        if self.story.disputes.is_empty() {
            return;
        }
        self.section("Disputes");
        for dispute in &self.story.disputes {
            self.line(&format!(
                "- **{}** ({})",
                escape(&dispute.question),
                dispute_word(dispute.kind)
            ));
            for side in &dispute.sides {
                let (holders, who) = (self.holders(&side.held_by), self.who(&side.mentions));
                let held = if holders.is_empty() {
                    String::new()
                } else {
                    format!("{holders}, in ")
                };
                self.line(&format!(
                    "  - {} — {held}*{who}*",
                    escape(&quoted(&side.label))
                ));
                for mention in side
                    .mentions
                    .iter()
                    .filter(|mention| mention.text != side.label)
                {
                    let outlet = escape(&self.view.outlet(&mention.article));
                    self.line(&format!(
                        "    - {} — *{outlet}*",
                        escape(&whole(&mention.text))
                    ));
                }
            }
        }
    }

    fn only_here(&mut self) {
        let claims = view::claims(self.story, Verdict::OnlyHere);
        if claims.is_empty() || self.story.articles.len() < 2 {
            return;
        }
        self.section("Only here");
        for (outlet, claims) in self.view.only_here(self.story) {
            self.line(&format!("- **{}**", escape(&outlet)));
            for claim in claims.iter().take(LONG) {
                let similar = self.similar(claim);
                self.line(&format!("  - {}{similar}", escape(&whole(&claim.text))));
                self.checks(claim, "    ");
            }
            if claims.len() > LONG {
                let left = claims.len() - LONG;
                self.line(&format!("  - … and {left} more (--format html or json)"));
            }
        }
    }

    fn quotes(&mut self) {
        if self.story.quotes.is_empty() {
            return;
        }
        self.section("Quotes");
        let quotes = view::quotes(self.story);
        for quote in quotes.iter().take(LONG) {
            self.quote(quote);
        }
        self.more(quotes.len(), LONG);
    }

    fn quote(&mut self, quote: &Quote) {
        let speaker = view::speaker(self.story, quote);
        match speaker {
            Some(speaker) => self.line(&format!("- **{}**", escape(&speaker))),
            None => self.line(&format!("- *{}*", view::nobody(quote))),
        }
        for reading in &quote.readings {
            let parts: Vec<String> = reading
                .parts
                .iter()
                .map(|part| escape(&part.text))
                .collect();
            let outlet = escape(&self.view.outlet(&reading.mention.article));
            let words = view::as_given(reading, &parts.join(" \\[…\\] "), escape);
            self.line(&format!("  - {words} — *{outlet}*"));
        }
        for difference in &quote.differences {
            let kind = difference_word(difference.kind);
            self.line(&format!(
                "  - differs ({kind}): {}",
                escape(&difference.text)
            ));
        }
    }

    fn copies(&mut self) {
        let story = self.story;
        if story.copies.is_empty() && story.rewrites.is_empty() {
            return;
        }
        self.section("Copies");
        // What was taken over tells more than what both quote.
        let mut copies: Vec<_> = story.copies.iter().collect();
        copies.sort_by_key(|copy| copy.kind == CopyKind::SharedSource);
        for copy in copies.iter().take(LONG) {
            let (a, b) = (
                escape(&self.view.outlet(&copy.a)),
                escape(&self.view.outlet(&copy.b)),
            );
            let arrow = match copy.direction {
                Direction::AFromB => "←",
                Direction::BFromA => "→",
                Direction::Unknown => "↔",
            };
            let kind = match copy.kind {
                CopyKind::Copy => "copy",
                CopyKind::Rewrite => "rewrite",
                CopyKind::Excerpt => "excerpt",
                CopyKind::SharedSource => "one shared source",
            };
            let (share_a, share_b) = (view::percent(copy.share_a), view::percent(copy.share_b));
            self.line(&format!(
                "- {a} ({share_a}) {arrow} {b} ({share_b}): {kind}"
            ));
            self.because(&copy.because);
            if let Some(passage) = copy.passages.first() {
                self.line(&format!("  - {}", escape(&quoted(&passage.a.text))));
            }
        }
        self.more(copies.len(), LONG);
        for rewrite in &story.rewrites {
            let outlet = escape(&self.view.outlet(&rewrite.article));
            self.line(&format!("- {outlet}: made from something not at hand"));
            self.because(&rewrite.because);
        }
    }

    fn timeline(&mut self) {
        let (days, older) = view::timeline(self.story);
        if days.is_empty() {
            return;
        }
        self.section("Timeline");
        self.events(&days);
        if !older.is_empty() {
            self.line("\nOlder, or less exact:\n");
            self.events(&older);
        }
    }

    fn events(&mut self, events: &[&Event]) {
        for event in events.iter().take(LONGER) {
            let mut when = event.when.replace('T', " ");
            if let Some(until) = &event.until {
                when.push_str(&format!(" to {until}"));
            }
            let words = event
                .mentions
                .first()
                .map_or("", |mention| mention.text.as_str());
            let who = self.who(&event.mentions);
            self.line(&format!(
                "- **{}** {} — *{who}*",
                escape(&when),
                escape(&whole(words))
            ));
        }
        self.more(events.len(), LONGER);
    }

    fn wording(&mut self) {
        if self.story.wording.is_empty() {
            return;
        }
        self.section("Wording");
        for one in &self.story.wording {
            let choices: Vec<String> = one
                .choices
                .iter()
                .map(|choice| {
                    format!(
                        "“{}” (*{}*)",
                        escape(&choice.term),
                        self.who(&choice.mentions)
                    )
                })
                .collect();
            self.line(&format!("- {}", choices.join(" · ")));
        }
    }

    fn names(&mut self) {
        if self.story.names.is_empty() {
            return;
        }
        self.section("Names");
        for (kind, heading) in [
            (NameKind::Person, "People"),
            (NameKind::Organisation, "Organisations"),
            (NameKind::Place, "Places"),
            (NameKind::Other, "Other"),
        ] {
            let names: Vec<_> = self
                .story
                .names
                .iter()
                .filter(|name| name.kind == kind)
                .collect();
            if names.is_empty() {
                continue;
            }
            self.line(&format!("- {heading}"));
            for name in names.iter().take(LONGER) {
                let mut line = format!("  - **{}**", escape(&name.name));
                for role in &name.roles {
                    line.push_str(&format!(", {}", escape(role)));
                }
                if !name.variants.is_empty() {
                    let variants: Vec<String> = name.variants.iter().map(|v| escape(v)).collect();
                    line.push_str(&format!("; also {}", variants.join(", ")));
                }
                line.push_str(&format!(" ({})", count(name.mentions.len(), "mention")));
                self.line(&line);
            }
            self.more(names.len(), LONGER);
        }
    }

    fn articles(&mut self) {
        self.section("Articles");
        for id in &self.story.articles {
            let Some(article) = self.view.article(id) else {
                continue;
            };
            let mut facts = vec![escape(&view::outlet_and_genre(article))];
            facts.extend(article.published.as_deref().map(escape));
            let title = article
                .title
                .as_deref()
                .map_or("(no headline)".into(), escape);
            self.line(&format!("- {title} — *{}*", facts.join(", ")));
            self.line(&format!("  - file {}", escape(&article.path)));
            if let Some(url) = &article.url {
                self.line(&format!("  - address {}", address(url)));
            }
            if !article.credits.is_empty() {
                self.line(&format!(
                    "  - credits {}",
                    escape(&article.credits.join(", "))
                ));
            }
            for warning in &article.warnings {
                self.line(&format!("  - ! {}", escape(warning)));
            }
            for review in &article.reviews {
                let told = (article, review);
                let (claim, line) = (reviews::claim(review), reviews::line(told));
                let at = reviews::address(told).map(|url| format!(" {}", address(url)));
                let at = at.unwrap_or_default();
                self.line(&format!("  - {}: {}{at}", escape(&claim), escape(&line)));
            }
        }
    }
}
