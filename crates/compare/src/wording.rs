//! In: a story with its utterances and claims. Out: different words that outlets choose for one
//! thing: in the same place of two readings of a claim or a quote, and as the role of one name.
//! Refuses function words, numbers, names, other spellings and forms of one word, and choices
//! within one outlet.

use model::{
    AtLeast, Choice, Claim, ClaimIx, DifferenceKind, Document, Mention, NameIx, NonEmpty, QuoteIx,
    Span, Story, Subject, Tag, Token, TokenClass, Utterance, Wording,
};

/// Words that fill one place: more is another statement.
const WIDEST: usize = 3;
/// Equal words that must stand around a place without a gap, one or more on each side, with a
/// content word among them: between two articles or prepositions anything can meet anything.
const FLANK: usize = 3;
/// Part of the shorter reading's words that must be equal for its places to correspond.
const ALIKE: f32 = 0.5;
/// Words of a reading that are lined up.
const LONGEST: usize = 80;
/// Readings of a claim that are lined up with its clearest one.
const READINGS: usize = 40;

/// Finds the choices of words of a story: by claim, then by utterance, then by name.
pub(crate) fn find(
    story: &Story,
    docs: &[&Document],
    quotes: &[Utterance],
    claims: &[Claim],
) -> Vec<Wording> {
    let mut finder = Finder {
        docs,
        out: Vec::new(),
    };
    for (at, claim) in ClaimIx::all().zip(claims) {
        finder.claim(at, claim);
    }
    for (at, quote) in QuoteIx::all().zip(quotes) {
        finder.quote(at, quote);
    }
    for (at, name) in NameIx::all().zip(&story.names) {
        let roles: Vec<Mention> = name.roles.clone();
        finder.roles(at, &roles);
    }
    finder.out
}

struct Finder<'a> {
    docs: &'a [&'a Document],
    out: Vec<Wording>,
}

impl Finder<'_> {
    fn claim(&mut self, at: ClaimIx, claim: &Claim) {
        let Some(clearest) = claim.readings.get(claim.clearest.at()) else {
            return;
        };
        let mut places: Vec<(Mention, Mention)> = Vec::new();
        for other in claim.readings.iter().take(READINGS) {
            if other.mention != clearest.mention {
                places.extend(self.places(clearest.mention, other.mention));
            }
        }
        self.gather(Subject::Claim(at), places);
    }

    fn quote(&mut self, at: QuoteIx, quote: &Utterance) {
        let places = quote
            .differences
            .iter()
            .filter(|difference| difference.kind == DifferenceKind::Wording)
            .filter_map(|difference| Some((difference.sides[0]?, difference.sides[1]?)))
            .filter(|&(a, b)| self.choice(a) && self.choice(b) && self.differ(a, b))
            .collect();
        self.gather(Subject::Quote(at), places);
    }

    /// Roles that share no word: a `strongman` here, a `president` there.
    fn roles(&mut self, at: NameIx, roles: &[Mention]) {
        let mut places = Vec::new();
        for (nth, &a) in roles.iter().enumerate().take(READINGS) {
            for &b in roles[nth + 1..].iter().take(READINGS) {
                // A title with capitals is an office's name, not a choice of words.
                let common = |m: Mention| {
                    self.text(m).starts_with(char::is_lowercase)
                        && self.words(m).last().is_some_and(|word| !word.stop)
                        && self.words(m).iter().any(|t| t.tag == Tag::Noun && !t.stop)
                };
                if common(a) && common(b) && self.differ(a, b) {
                    places.push((a, b));
                }
            }
        }
        self.gather(Subject::Name(at), places);
    }

    /// Makes wordings of pairs: each first word with all that stand in its place.
    fn gather(&mut self, about: Subject, mut places: Vec<(Mention, Mention)>) {
        places.sort_unstable();
        places.dedup();
        let mut groups: Vec<Vec<Choice>> = Vec::new();
        for (a, b) in places {
            let at = groups.iter().position(|choices| {
                choices
                    .iter()
                    .any(|choice| self.same(*choice.mentions.first(), a))
            });
            let at = at.unwrap_or_else(|| {
                groups.push(vec![Choice {
                    mentions: NonEmpty::one(a),
                }]);
                groups.len() - 1
            });
            for mention in [a, b] {
                let same = groups[at]
                    .iter()
                    .position(|choice| self.same(*choice.mentions.first(), mention));
                match same.and_then(|same| groups[at].get_mut(same)) {
                    Some(choice) if !choice.mentions.contains(&mention) => {
                        choice.mentions.push(mention);
                    }
                    Some(_) => {}
                    None => groups[at].push(Choice {
                        mentions: NonEmpty::one(mention),
                    }),
                }
            }
        }
        for group in groups {
            self.out
                .extend(AtLeast::new(group).map(|choices| Wording { about, choices }));
        }
    }

    /// The places where two readings have other words amid equal ones.
    fn places(&self, a: Mention, b: Mention) -> Vec<(Mention, Mention)> {
        let mut out = Vec::new();
        let (left, right) = (self.words(a), self.words(b));
        let (left, right) = (
            &left[..left.len().min(LONGEST)],
            &right[..right.len().min(LONGEST)],
        );
        let pairs = matched(left, right);
        if (pairs.len() as f32) < ALIKE * left.len().min(right.len()) as f32 {
            return out;
        }
        for two in pairs.windows(2) {
            let [(i, j), (k, l)] = [two[0], two[1]];
            let (x, y) = (&left[i + 1..k], &right[j + 1..l]);
            let fits = (1..=WIDEST).contains(&x.len())
                && x.iter()
                    .map(|word| word.tag)
                    .eq(y.iter().map(|word| word.tag))
                && flanked(left, right, (i, j), (k, l));
            if !fits {
                continue;
            }
            let hull = |words: &[Token], article| {
                let span = words.iter().map(|word| word.span).reduce(Span::hull)?;
                Some(Mention { article, span })
            };
            let (Some(x), Some(y)) = (hull(x, a.article), hull(y, b.article)) else {
                continue;
            };
            if self.choice(x) && self.choice(y) && self.alike(x, y) && self.differ(x, y) {
                out.push((x, y));
            }
        }
        out
    }

    /// The words of a passage, without marks.
    fn words(&self, mention: Mention) -> Vec<Token> {
        let Some(doc) = self.docs.get(mention.article.at()) else {
            return Vec::new();
        };
        doc.tokens[doc.tokens_in(mention.span)]
            .iter()
            .filter(|token| token.class != TokenClass::Mark)
            .copied()
            .collect()
    }

    fn text(&self, mention: Mention) -> &str {
        self.docs
            .get(mention.article.at())
            .map_or("", |doc| doc.get(mention.span))
    }

    /// Whether a passage is a choice of words: content words, no number, no name, and nothing in an
    /// article that a machine translated or a filter broke: its words are nobody's choice.
    fn choice(&self, mention: Mention) -> bool {
        let Some(doc) = self.docs.get(mention.article.at()) else {
            return false;
        };
        let words = self.words(mention);
        let content = words.iter().any(|word| !word.stop);
        let plain = words.iter().all(|word| {
            word.class == TokenClass::Word && !matches!(word.tag, Tag::Propn | Tag::Num)
        });
        let broken = !doc.damage.is_empty();
        let edges = [words.first(), words.last()];
        let whole = edges.iter().flatten().all(|word| !word.stop);
        words.len() <= WIDEST
            && content
            && plain
            && whole
            && !broken
            && doc.names_in(mention.span).is_empty()
            && doc.dates_in(mention.span).is_empty()
    }

    /// Whether the last words of two passages are of one part of speech.
    fn alike(&self, a: Mention, b: Mention) -> bool {
        let last = |mention| {
            let words = self.words(mention);
            words
                .iter()
                .rev()
                .find(|word| !word.stop)
                .map(|word| word.tag)
        };
        last(a) == last(b)
    }

    /// Whether two passages of different outlets use different words, not forms or spellings of
    /// the same.
    fn differ(&self, a: Mention, b: Mention) -> bool {
        if a.article == b.article || self.one_outlet(a, b) {
            return false;
        }
        let stems = |mention| -> Vec<u64> {
            self.words(mention)
                .iter()
                .filter(|word| !word.stop)
                .map(|word| word.stem)
                .collect()
        };
        let (x, y) = (stems(a), stems(b));
        let shared = x.iter().any(|stem| y.contains(stem));
        !x.is_empty() && !y.is_empty() && !shared && !spelled_alike(self.text(a), self.text(b))
    }

    fn one_outlet(&self, a: Mention, b: Mention) -> bool {
        let outlet = |mention: Mention| {
            self.docs
                .get(mention.article.at())
                .and_then(|doc| doc.article.outlet.as_deref())
        };
        outlet(a).is_some() && outlet(a) == outlet(b)
    }

    fn same(&self, a: Mention, b: Mention) -> bool {
        let stems = |mention| -> Vec<u64> {
            self.words(mention)
                .iter()
                .filter(|word| !word.stop)
                .map(|word| word.stem)
                .collect()
        };
        stems(a) == stems(b)
    }
}

/// Positions of equal words in the longest common subsequence, by stem.
fn matched(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut table = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i].stem == b[j].stem {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i].stem == b[j].stem {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Whether the equal words around a place, `before` it and `after` it, are enough to show that the
/// same thing is said there.
fn flanked(a: &[Token], b: &[Token], before: (usize, usize), after: (usize, usize)) -> bool {
    let left = (0..FLANK).map_while(|n| Some((before.0.checked_sub(n)?, before.1.checked_sub(n)?)));
    let right = (0..FLANK).map(|n| (after.0 + n, after.1 + n));
    let equal = |&(i, j): &(usize, usize)| match (a.get(i), b.get(j)) {
        (Some(x), Some(y)) => x.stem == y.stem,
        _ => false,
    };
    let around: Vec<usize> = left
        .take_while(equal)
        .chain(right.take_while(equal))
        .map(|(i, _)| i)
        .collect();
    around.len() >= FLANK && around.iter().any(|&i| !a[i].stop)
}

/// Whether two strings can be spellings of one word: `defence`, `defense`; `US`, `U.S.`; `PM`,
/// `Prime Minister`.
fn spelled_alike(a: &str, b: &str) -> bool {
    const FEW: usize = 2;
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let initials = |text: &str| -> Vec<char> {
        text.split_whitespace()
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (x, y) = (letters(a), letters(b));
    if x == y || x == initials(b) || y == initials(a) {
        return true;
    }
    let prefix = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let suffix = x
        .iter()
        .rev()
        .zip(y.iter().rev())
        .take_while(|(p, q)| p == q)
        .count();
    let longer = x.len().max(y.len());
    prefix >= 1 && longer > 4 && longer.saturating_sub(prefix + suffix) <= FEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_no_choice() {
        assert!(spelled_alike("defence", "defense"));
        assert!(spelled_alike("US", "U.S."));
        assert!(spelled_alike("PM", "Prime Minister"));
        assert!(!spelled_alike("militants", "terrorists"));
        assert!(!spelled_alike("bandits", "rebels"));
    }
}
