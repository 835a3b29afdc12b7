//! In: what the scorers measured. Out: one aligned table, and the worst cases in context.

use std::fmt::Write as _;

/// Which way a figure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better: it has a floor.
    More,
    /// It is told and not judged: it is traded against another that is (a share of errors among
    /// what was found is best where nothing is found), or depends on the machine.
    Neither,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The kind it belongs to.
    pub kind: &'static str,
    /// The set it was measured on.
    pub set: String,
    /// What it is.
    pub name: String,
    /// Its value; shares are 0 to 1. Of precision and recall, the harmonic mean.
    pub value: f64,
    /// Precision and recall, where the value is their mean.
    pub parts: Option<[f64; 2]>,
    /// Which way it is good.
    pub better: Better,
}

impl Figure {
    /// What it is called in `eval/baseline.json`.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.kind, self.set, self.name)
    }
}

/// Something that went wrong, for a person to look at.
#[derive(Clone, Debug)]
pub struct Case {
    /// The set.
    pub set: String,
    /// The article, or whatever holds it.
    pub place: String,
    /// What should have been found; empty where nothing should.
    pub expected: String,
    /// What was found; empty where nothing was.
    pub found: String,
    /// The words around it.
    pub context: String,
    /// How bad it is; the worst are printed first.
    pub weight: f64,
}

/// What a scorer gives.
#[derive(Default)]
pub struct Scores {
    /// Its figures, in the order of the table.
    pub figures: Vec<Figure>,
    /// Its cases.
    pub cases: Vec<Case>,
}

impl Scores {
    /// Adds a figure.
    pub fn add(
        &mut self,
        kind: &'static str,
        set: &str,
        name: impl Into<String>,
        value: f64,
        better: Better,
    ) {
        let (set, name) = (set.to_owned(), name.into());
        self.figures.push(Figure {
            kind,
            set,
            name,
            value,
            parts: None,
            better,
        });
    }

    /// Adds precision, recall and F1; the last has a floor.
    pub fn add_prf(
        &mut self,
        kind: &'static str,
        set: &str,
        name: &str,
        [precision, recall, value]: [f64; 3],
    ) {
        let name = [name, "F1"].join(" ").trim().to_owned();
        self.add(kind, set, name, value, Better::More);
        if let Some(figure) = self.figures.last_mut() {
            figure.parts = Some([precision, recall]);
        }
    }

    /// Adds all of another's.
    pub fn extend(&mut self, other: Scores) {
        self.figures.extend(other.figures);
        self.cases.extend(other.cases);
    }
}

/// The table: kind, set, figure, value and its floor, where there is one.
pub fn table(figures: &[Figure], floor: impl Fn(&Figure) -> Option<f64>) -> String {
    let width =
        |of: fn(&Figure) -> usize, least| figures.iter().map(of).max().unwrap_or(0).max(least);
    let kind = width(|f| f.kind.chars().count(), 4);
    let set = width(|f| f.set.chars().count(), 3);
    let name = width(|f| f.name.chars().count(), 6);
    let mut out = format!(
        "{:kind$}  {:set$}  {:name$}  {:>7}  {:>5} {:>5}  floor\n",
        "kind", "set", "figure", "value", "P", "R"
    );
    let mut last = ("", "");
    for figure in figures {
        let (kind_text, set_text) = (
            if figure.kind == last.0 {
                ""
            } else {
                figure.kind
            },
            if (figure.kind, figure.set.as_str()) == last {
                ""
            } else {
                &figure.set
            },
        );
        last = (figure.kind, &figure.set);
        let [p, r] = figure
            .parts
            .map_or([String::new(), String::new()], |parts| parts.map(number));
        let line = format!(
            "{kind_text:kind$}  {set_text:set$}  {:name$}  {:>7}  {p:>5} {r:>5}  {}",
            figure.name,
            number(figure.value),
            floor(figure).map(number).unwrap_or_default(),
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// Shares with three decimals, larger numbers with none.
pub fn number(value: f64) -> String {
    if value.abs() <= 1.0 {
        format!("{value:.3}")
    } else {
        format!("{value:.0}")
    }
}

/// The worst cases, at most `limit`, each set in turn by weight.
pub fn worst(cases: &[Case], limit: usize) -> String {
    let mut order: Vec<&Case> = cases.iter().collect();
    order.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| (&a.set, &a.place).cmp(&(&b.set, &b.place)))
    });
    let mut out = String::new();
    for case in order.iter().take(limit) {
        let or_nothing = |text: &str| if text.is_empty() { "\u{2013}" } else { text }.to_owned();
        let _ = write!(
            out,
            "{} {}\n  expected  {}\n  found     {}\n  in        {}\n\n",
            case.set,
            case.place,
            or_nothing(&case.expected),
            or_nothing(&case.found),
            case.context.replace('\n', " \u{b6} "),
        );
    }
    let _ = writeln!(out, "{} of {} cases", order.len().min(limit), cases.len());
    out
}

/// The words around a range of bytes, with the range in ⟦ ⟧; `around` bytes on each side.
pub fn context(text: &str, range: std::ops::Range<usize>, around: usize) -> String {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let from = text.floor_char_boundary(start.saturating_sub(around));
    let to = text.ceil_char_boundary((end + around).min(text.len()));
    format!(
        "{}\u{27e6}{}\u{27e7}{}",
        &text[from..start],
        &text[start..end],
        &text[end..to]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_aligned_and_says_a_kind_once() {
        let mut scores = Scores::default();
        scores.add_prf("names", "a", "", [0.5, 0.5, 0.5]);
        scores.add("names", "a", "pages a second", 1234.0, Better::Neither);
        let table = table(&scores.figures, |f| (f.name == "F1").then_some(0.25));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(
            lines[1],
            "names  a    F1                0.500  0.500 0.500  0.250"
        );
        assert_eq!(lines[2], "            pages a second     1234");
    }

    #[test]
    fn context_never_cuts_a_character() {
        let text = "héé wörd ää";
        assert!(context(text, 5..9, 3).contains('\u{27e6}'));
        assert!(context(text, 90..99, 3).ends_with('\u{27e7}'));
    }
}
