//! In: one story of the wire report. Out: its sections on paper.

mod quotes;

use crate::because::{self, join};
use crate::clean::{one_line, quoted, shorten, whole};
use crate::reviews;
use crate::text::more;
use crate::text::paper::{Paper, Style};
use crate::view::{self, Says, View, count};
use crate::wire::{
    Claim, CopyKind, DifferenceKind, Direction, DisputeKind, Event, Mention, NameKind, Story,
    Verdict,
};

/// Entries of a section of which a reader wants all before it is cut.
const LONG: usize = 12;
/// Entries of a section that is read for its first ones. With these a story of five articles has
/// about 260 lines at 80 columns (`crossread read` on five agency reports), half of what lists
/// three times as long gave.
const SOME: usize = 4;
/// Claims of one outlet alone, and differences of a quote's readings, that are shown.
const FEW: usize = 2;
/// People, and days, that are shown; and days before those of the story.
const PEOPLE: usize = 6;
const DAYS: usize = 8;
const OLDER: usize = 3;
/// Entries of a list inside an entry before it is cut.
const SHORT: usize = 3;
/// Characters of a sentence before it is cut: three lines of 75.
const PASSAGE: usize = 230;
/// Characters of a passage that only shows where something stands: two lines.
const GLIMPSE: usize = 150;
/// Bytes under which a side's label is shown with the passage that it stands in.
const BARE: usize = 40;
/// Names of a kind other than people, in one paragraph.
const NAMES: usize = 10;

/// Stands over the events of a matter that goes on.
const MATTER: &str = "One event of a matter that goes on:";

/// Writes a story.
pub fn write(view: &View<'_>, story: &Story, paper: &mut Paper) {
    let mut desk = Desk { view, story, paper };
    desk.head();
    desk.brief();
    desk.disputes();
    desk.claims(
        Verdict::Corroborated,
        "CORROBORATED",
        "stated by outlets for which no shared origin was found",
    );
    desk.claims(
        Verdict::SingleOrigin,
        "SINGLE ORIGIN",
        "several outlets, no two shown to have it apart",
    );
    desk.only_here();
    desk.quotes();
    desk.copies();
    desk.timeline();
    desk.wording();
    desk.names();
    desk.articles();
}

/// A story being written.
struct Desk<'d, 'r> {
    view: &'d View<'r>,
    story: &'r Story,
    paper: &'d mut Paper,
}

impl Desk<'_, '_> {
    fn section(&mut self, name: &str, number: usize, note: &str) {
        self.paper.gap();
        let number = format!(" {number} ");
        self.paper.line(
            0,
            &[
                (Style::Heading, name),
                (Style::Faint, &number),
                (Style::Faint, note),
            ],
        );
    }

    /// "Outlet, Outlet and 3 more".
    fn who<'m>(&self, mentions: impl IntoIterator<Item = &'m Mention>) -> String {
        listed(&self.view.outlets(mentions))
    }

    fn head(&mut self) {
        let story = self.story;
        self.paper.rule('─');
        self.paper.line(0, &[(Style::Title, &story.title)]);
        let outlets = self
            .view
            .outlets_of(story.articles.iter().map(String::as_str));
        let mut facts = vec![];
        facts.extend(view::days(story));
        facts.extend(view::place(story));
        facts.push(count(story.articles.len(), "article"));
        facts.push(count(outlets.len(), "outlet"));
        self.paper.line(0, &[(Style::Faint, &facts.join(" · "))]);
        self.paper.line(0, &[(Style::Faint, &outlets.join(", "))]);
        if let Some(words) = view::keywords(story) {
            self.paper.line(0, &[(Style::Faint, &words)]);
        }
        let chain = self.view.chain(story);
        if !chain.is_empty() {
            self.paper.line(0, &[(Style::Faint, MATTER)]);
        }
        for one in chain {
            let (when, title, articles) = view::event(one);
            let (mark, style) = match one.id == story.id {
                true => ("▸", Style::Title),
                false => ("·", Style::Faint),
            };
            let lead = format!("{mark} {when}  ");
            let articles = format!("  {articles}");
            let line = [
                (Style::Faint, &*lead),
                (style, title),
                (Style::Faint, &*articles),
            ];
            self.paper.line(2, &line);
        }
    }

    fn brief(&mut self) {
        let brief = &self.story.brief;
        if brief.is_empty() {
            return;
        }
        self.section(
            "BRIEF",
            brief.len(),
            "sentences taken whole from the articles",
        );
        // It is what a reader with a minute reads: eight sentences at most, all of them.
        for (index, sentence) in brief.iter().enumerate() {
            let text = shorten(&sentence.text, PASSAGE);
            let (text, mark) = (whole(&text), format!("{}", index + 1));
            let from = self.who(&sentence.mentions);
            let mut parts = vec![
                (Style::Plain, text.as_ref()),
                (Style::Faint, " — "),
                (Style::Faint, &from),
            ];
            if let Some(verdict) = self.view.verdict(self.story, sentence) {
                parts.extend([(Style::Faint, " · "), verdict_word(verdict)]);
            }
            self.paper.item(2, (Style::Strong, &mark), &parts);
        }
    }

    fn claims(&mut self, verdict: Verdict, heading: &str, note: &str) {
        let claims = view::claims(self.story, verdict);
        if claims.is_empty() {
            return;
        }
        self.section(heading, claims.len(), note);
        for claim in claims.iter().take(SOME) {
            self.claim(claim);
        }
        more(self.paper, 2, claims.len(), SOME);
    }

    fn claim(&mut self, claim: &Claim) {
        let (style, _) = verdict_word(claim.verdict);
        let text = shorten(&claim.text, PASSAGE);
        let text = whole(&text);
        let sign = (style, mark(claim.verdict));
        // What stands beside the words that carry the claim is paler, where it is shown as it is.
        let [before, carried, after] = match text == claim.text {
            true => view::carried(claim),
            false => ["", text.as_ref(), ""],
        };
        let parts = [
            (Style::Faint, before),
            (Style::Plain, carried),
            (Style::Faint, after),
        ];
        self.paper.item(2, sign, &parts);
        let who = listed(&self.view.tellers(claim));
        let similar = self.similar(claim);
        let head = format!(
            "{} · {} · {}: ",
            claim.id,
            count(claim.outlets as usize, "outlet"),
            view::origins(claim)
        );
        let mut parts = vec![(style, head.as_str()), (Style::Faint, who.as_str())];
        if !similar.is_empty() {
            parts.push((Style::Faint, &similar));
        }
        let said_by = self.said_by(claim);
        if !said_by.is_empty() {
            parts.extend([
                (Style::Faint, " · attributed to "),
                (Style::Faint, &said_by),
            ]);
        }
        let who_said = view::who_said(self.story, claim);
        let who_said =
            who_said.map(|dispute| format!(" · who said it is disputed, {}", dispute.id));
        if let Some(who_said) = &who_said {
            parts.push((Style::Bad, who_said));
        }
        self.paper.line(4, &parts);
        let reasons: Vec<&String> = telling(&claim.origins.because).collect();
        self.reasons(&reasons);
        self.checks(claim);
    }

    /// What articles say that they checked, of a claim: their word.
    fn checks(&mut self, claim: &Claim) {
        for told in reviews::of(self.view, claim).take(SHORT) {
            let (line, of) = (reviews::line(told), reviews::claim(told.1));
            let of = shorten(&of, GLIMPSE);
            let parts = [
                (Style::Plain, line.as_str()),
                (Style::Faint, " of "),
                (Style::Faint, &of),
            ];
            self.paper.line(4, &parts);
        }
    }

    /// " (similar: Outlet)": who has something near a claim, and does not state it.
    fn similar(&self, claim: &Claim) -> String {
        match self.view.similar(claim).as_slice() {
            [] => String::new(),
            similar => format!(" (similar: {})", listed(similar)),
        }
    }

    /// Why the program says so.
    fn reasons(&mut self, reasons: &[&String]) {
        for reason in reasons.iter().take(SHORT) {
            let reason = shorten(reason, GLIMPSE);
            self.paper
                .item(4, (Style::Faint, "because"), &[(Style::Faint, &reason)]);
        }
    }

    /// The names to which a claim's readings are attributed.
    fn said_by(&self, claim: &Claim) -> String {
        let mut ids: Vec<String> = Vec::new();
        let firm = claim.readings.iter().filter(|reading| !reading.near);
        for id in firm.flat_map(|reading| &reading.attributed_to) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        listed(&view::names(self.story, &ids))
    }

    fn disputes(&mut self) {
        let disputes = &self.story.disputes;
        let in_dispute = |claim: &Claim| {
            disputes
                .iter()
                .any(|d| d.sides.iter().any(|side| side.claims.contains(&claim.id)))
        };
        let rest: Vec<&Claim> = view::claims(self.story, Verdict::Disputed)
            .into_iter()
            .filter(|claim| !in_dispute(claim))
            .collect();
        let all = disputes.len() + rest.len();
        if all == 0 {
            return;
        }
        self.section("DISPUTED", all, "the sides, with who holds each");
        for dispute in disputes.iter().take(SOME) {
            let kind = format!(" ({}) {}", dispute_word(dispute.kind), dispute.id);
            let question = shorten(&dispute.question, GLIMPSE);
            self.paper.item(
                2,
                (Style::Bad, "≠"),
                &[(Style::Strong, &question), (Style::Faint, &kind)],
            );
            for (side, letter) in dispute.sides.iter().zip('a'..='z').take(LONG) {
                let holders = listed(&view::names(self.story, &side.held_by));
                let outlets = self.who(&side.mentions);
                let (label, letter) = (shorten(&side.label, GLIMPSE), letter.to_string());
                let label = quoted(&label);
                let mut parts = vec![(Style::Plain, label.as_ref())];
                if !holders.is_empty() {
                    parts.extend([(Style::Plain, " — "), (Style::Strong, holders.as_str())]);
                }
                let from = if holders.is_empty() { " — " } else { ", in " };
                parts.extend([(Style::Faint, from), (Style::Faint, outlets.as_str())]);
                self.paper.item(4, (Style::Bad, &letter), &parts);
                // A number or a name says little without its sentence.
                let passage = side.mentions.first().filter(|mention| {
                    side.label.len() < BARE && mention.text.len() > side.label.len() + 8
                });
                if let Some(passage) = passage {
                    let glimpse = shorten(&passage.text, GLIMPSE);
                    self.paper.line(6, &[(Style::Faint, &whole(&glimpse))]);
                }
            }
        }
        more(self.paper, 2, disputes.len(), SOME);
        for claim in rest.iter().take(SOME) {
            self.claim(claim);
            let said = claim.readings.iter();
            let said = said.map(|reading| (view::says(self.story, claim, reading), reading));
            for (says, reading) in said.filter(|(says, _)| *says != Says::So).take(SHORT) {
                let word = match says {
                    Says::NotSo => "denied in ",
                    Says::Doubtful => "questioned in ",
                    Says::Near => "something near it in ",
                    Says::So | Says::Otherwise => "otherwise in ",
                };
                let outlet = self.view.outlet(&reading.mention.article);
                let glimpse = shorten(&reading.mention.text, GLIMPSE);
                self.paper.line(
                    4,
                    &[
                        (Style::Bad, word),
                        (Style::Bad, &outlet),
                        (Style::Faint, ": "),
                        (Style::Faint, &glimpse),
                    ],
                );
            }
        }
        more(self.paper, 2, rest.len(), SOME);
    }

    fn only_here(&mut self) {
        let claims = view::claims(self.story, Verdict::OnlyHere);
        // In a story of one article everything is only here, which says nothing.
        if claims.is_empty() || self.story.articles.len() < 2 {
            return;
        }
        self.section(
            "ONLY HERE",
            claims.len(),
            "in one outlet's articles and no other's",
        );
        let outlets = self.view.only_here(self.story);
        for (outlet, claims) in outlets.iter().take(LONG) {
            let number = format!(" ({})", claims.len());
            self.paper
                .line(2, &[(Style::Strong, outlet), (Style::Faint, &number)]);
            for claim in claims.iter().take(FEW) {
                let text = shorten(&claim.text, GLIMPSE);
                let (text, similar) = (whole(&text), self.similar(claim));
                self.paper.item(
                    4,
                    (Style::Alone, mark(Verdict::OnlyHere)),
                    &[(Style::Plain, &text), (Style::Faint, &similar)],
                );
                self.checks(claim);
            }
            more(self.paper, 4, claims.len(), FEW);
        }
        more(self.paper, 2, outlets.len(), LONG);
    }

    fn copies(&mut self) {
        let copies = &self.story.copies;
        let rewrites = &self.story.rewrites;
        if copies.is_empty() && rewrites.is_empty() {
            return;
        }
        self.section(
            "COPIES",
            copies.len() + rewrites.len(),
            "text that did not arise twice",
        );
        // What was taken over tells more than what both quote.
        let mut copies: Vec<_> = copies.iter().collect();
        copies.sort_by_key(|copy| copy.kind == CopyKind::SharedSource);
        for copy in copies.iter().take(SOME) {
            let (a, b) = (self.view.outlet(&copy.a), self.view.outlet(&copy.b));
            let arrow = match copy.direction {
                Direction::AFromB => " took from ",
                Direction::BFromA => " gave to ",
                Direction::Unknown => " and ",
            };
            let kind = match copy.kind {
                CopyKind::Copy => "copy",
                CopyKind::Rewrite => "rewrite",
                CopyKind::Excerpt => "excerpt",
                CopyKind::SharedSource => "one shared source",
            };
            let facts = format!(
                ": {kind}, {} and {} of their words · {}",
                view::percent(copy.share_a),
                view::percent(copy.share_b),
                copy.id
            );
            self.paper.item(
                2,
                (Style::Careful, "="),
                &[
                    (Style::Strong, &a),
                    (Style::Plain, arrow),
                    (Style::Strong, &b),
                    (Style::Plain, &facts),
                ],
            );
            let reasons: Vec<&String> = copy.because.iter().collect();
            self.reasons(&reasons);
        }
        more(self.paper, 2, copies.len(), SOME);
        for rewrite in rewrites.iter().take(SOME) {
            let outlet = self.view.outlet(&rewrite.article);
            self.paper.item(
                2,
                (Style::Careful, "="),
                &[
                    (Style::Strong, &outlet),
                    (Style::Plain, ": made from something not at hand"),
                ],
            );
            let reasons: Vec<&String> = rewrite.because.iter().collect();
            self.reasons(&reasons);
        }
        more(self.paper, 2, rewrites.len(), SOME);
    }

    fn timeline(&mut self) {
        let (days, older) = view::timeline(self.story);
        if days.is_empty() {
            return;
        }
        let all = self.story.timeline.len();
        self.section("TIMELINE", all, "as the articles date it");
        for event in days.iter().take(DAYS) {
            self.event(event);
        }
        more(self.paper, 2, days.len(), DAYS);
        if !older.is_empty() {
            self.paper
                .line(2, &[(Style::Faint, "older, or less exact:")]);
            for event in older.iter().take(OLDER) {
                self.event(event);
            }
            more(self.paper, 2, older.len(), OLDER);
        }
    }

    fn event(&mut self, event: &Event) {
        let when = match &event.until {
            Some(until) => format!("{}/{until}", event.when),
            None => event.when.replace('T', " "),
        };
        let from = self.who(&event.mentions);
        let words = event
            .mentions
            .first()
            .map_or("", |mention| mention.text.as_str());
        self.paper.item(
            2,
            (Style::Strong, &when),
            &[
                (Style::Plain, &whole(&shorten(words, GLIMPSE))),
                (Style::Faint, " — "),
                (Style::Faint, &from),
            ],
        );
    }

    fn wording(&mut self) {
        let wording = &self.story.wording;
        if wording.is_empty() {
            return;
        }
        self.section("WORDING", wording.len(), "different words for one thing");
        for one in wording.iter().take(SOME) {
            let choices: Vec<String> = one
                .choices
                .iter()
                .take(SHORT)
                .map(|choice| {
                    format!(
                        "{} ({})",
                        quoted(&shorten(&one_line(&choice.term), GLIMPSE)),
                        self.who(&choice.mentions)
                    )
                })
                .collect();
            self.paper.item(
                2,
                (Style::Faint, "~"),
                &[(Style::Plain, &choices.join(" · "))],
            );
        }
        more(self.paper, 2, wording.len(), SOME);
    }

    fn names(&mut self) {
        if self.story.names.is_empty() {
            return;
        }
        self.section(
            "NAMES",
            self.story.names.len(),
            "with their spellings and roles",
        );
        for (kind, heading) in [
            (NameKind::Person, "People"),
            (NameKind::Organisation, "Organisations"),
            (NameKind::Place, "Places"),
        ] {
            let mut names: Vec<_> = self.story.names.iter().filter(|n| n.kind == kind).collect();
            if names.is_empty() {
                continue;
            }
            names.sort_by_key(|name| std::cmp::Reverse(name.mentions.len()));
            // People are why a reader opens this list; the rest is there to be recognised.
            if kind != NameKind::Person {
                let list: Vec<String> = names
                    .iter()
                    .take(NAMES)
                    .map(|name| format!("{} ×{}", one_line(&name.name), name.mentions.len()))
                    .collect();
                let mut list = list.join(", ");
                if names.len() > NAMES {
                    list.push_str(&format!(" … and {} more", names.len() - NAMES));
                }
                self.paper
                    .item(2, (Style::Strong, heading), &[(Style::Plain, &list)]);
                continue;
            }
            self.paper.line(2, &[(Style::Strong, heading)]);
            for name in names.iter().take(PEOPLE) {
                let roles: Vec<_> = name.roles.iter().take(SHORT).map(|r| one_line(r)).collect();
                let variants: Vec<_> = name
                    .variants
                    .iter()
                    .take(SHORT)
                    .map(|v| one_line(v))
                    .collect();
                let roles = if roles.is_empty() {
                    String::new()
                } else {
                    format!(", {}", roles.join(", "))
                };
                let also = if variants.is_empty() {
                    String::new()
                } else {
                    format!(" — also {}", variants.join(", "))
                };
                let seen = format!(" ×{}", name.mentions.len());
                self.paper.item(
                    4,
                    (Style::Faint, "·"),
                    &[
                        (Style::Plain, &name.name),
                        (Style::Plain, &roles),
                        (Style::Faint, &also),
                        (Style::Faint, &seen),
                    ],
                );
            }
            more(self.paper, 4, names.len(), PEOPLE);
        }
    }

    fn articles(&mut self) {
        let ids = &self.story.articles;
        self.section("ARTICLES", ids.len(), "");
        for id in ids.iter().take(LONG) {
            let Some(article) = self.view.article(id) else {
                continue;
            };
            let day = article
                .published
                .as_deref()
                .and_then(|day| day.get(..10))
                .unwrap_or("undated");
            let title = article.title.as_deref().unwrap_or("(no headline)");
            let outlet = view::outlet_and_genre(article);
            self.paper.item(
                2,
                (Style::Faint, day),
                &[
                    (Style::Strong, &outlet),
                    (Style::Plain, ": "),
                    (Style::Plain, &shorten(title, GLIMPSE)),
                ],
            );
            let credits: Vec<_> = article
                .credits
                .iter()
                .map(|credit| one_line(credit))
                .collect();
            if !credits.is_empty() {
                self.paper.line(
                    4,
                    &[
                        (Style::Faint, "credits "),
                        (Style::Faint, &credits.join(", ")),
                    ],
                );
            }
            if !article.warnings.is_empty() {
                self.paper.item(
                    4,
                    (Style::Careful, "!"),
                    &[(Style::Careful, &article.warnings.join("; "))],
                );
            }
            for review in article.reviews.iter().take(SHORT) {
                let (claim, line) = (reviews::claim(review), reviews::line((article, review)));
                let claim = shorten(&claim, GLIMPSE);
                let parts = [
                    (Style::Faint, claim.as_ref()),
                    (Style::Faint, ": "),
                    (Style::Plain, &line),
                ];
                self.paper.line(4, &parts);
            }
            more(self.paper, 4, article.reviews.len(), SHORT);
            self.paper.line(4, &[(Style::Faint, &article.path)]);
        }
        more(self.paper, 2, ids.len(), LONG);
    }
}

/// "A, B and 3 more".
fn listed(names: &[String]) -> String {
    join(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The reasons that tell more than the section's own heading does.
pub fn telling(reasons: &[String]) -> impl Iterator<Item = &String> {
    reasons
        .iter()
        .filter(|reason| !reason.starts_with(because::NONE_FOUND))
}

/// The mark that stands before a claim.
fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Corroborated => "✓",
        Verdict::SingleOrigin => "○",
        Verdict::OnlyHere => "·",
        Verdict::Disputed => "≠",
    }
}

pub fn verdict_word(verdict: Verdict) -> (Style, &'static str) {
    match verdict {
        Verdict::Corroborated => (Style::Good, "corroborated"),
        Verdict::SingleOrigin => (Style::Careful, "single origin"),
        Verdict::OnlyHere => (Style::Alone, "only here"),
        Verdict::Disputed => (Style::Bad, "disputed"),
    }
}

/// In what a dispute lies, in words.
pub fn dispute_word(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Denial => "denied",
        DisputeKind::Number => "two numbers",
        DisputeKind::Date => "two dates",
        DisputeKind::Place => "two places",
        DisputeKind::Order => "two orders of events",
        DisputeKind::Negation => "is and is not",
        DisputeKind::Attribution => "said by two",
        DisputeKind::Description => "two descriptions",
    }
}

/// In what two readings differ, in words.
pub fn difference_word(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Wording => "wording",
        DifferenceKind::Truncated => "cut",
        DifferenceKind::Speaker => "speaker",
        DifferenceKind::Translation => "damaged or translated",
    }
}
