//! In: a document, and a stretch of it. Out: the article's own account of itself; the stretch's words and place.

use std::ops::Range;

use super::{Article, Passage};
use crate::{Article as Page, ClaimReview, Document, Genre, Published, Span};

impl<'f> Article<'f> {
    /// The view of a document.
    pub fn of(doc: &'f Document) -> Self {
        Self { doc }
    }

    /// All that is known of it: its layers too.
    pub fn document(self) -> &'f Document {
        self.doc
    }

    /// All that its page says of itself.
    pub fn page(self) -> &'f Page {
        &self.doc.article
    }

    /// Its name for good.
    pub fn id(self) -> &'f str {
        self.doc.article.id.as_str()
    }

    /// Where its bytes were found, as whoever gave them called it.
    pub fn path(self) -> &'f str {
        &self.doc.article.path
    }

    /// Its address, where it is known.
    pub fn url(self) -> Option<&'f str> {
        self.doc.article.url.as_deref()
    }

    /// Who published it, where the page says so.
    pub fn outlet(self) -> Option<&'f str> {
        self.doc.article.outlet.as_deref()
    }

    /// The headline, as the page has it.
    pub fn title(self) -> Option<&'f str> {
        self.doc.article.title.as_deref()
    }

    /// Who wrote it.
    pub fn authors(self) -> &'f [String] {
        &self.doc.article.authors
    }

    /// When it was published, where the page says so.
    pub fn published(self) -> Option<Published> {
        self.doc.article.published
    }

    /// The code of its language (ISO 639), where the text is long enough to tell.
    pub fn language(self) -> Option<&'f str> {
        self.doc.article.language.as_deref()
    }

    /// What sort of piece it is, where it is no plain report.
    pub fn genre(self) -> Option<Genre> {
        self.doc.article.genre()
    }

    /// Claims of others that it says it checked, in the order of its records: its word, never a finding.
    pub fn reviews(self) -> &'f [ClaimReview] {
        &self.doc.article.about.reviews
    }

    /// Its words: no title, no furniture; each paragraph ends in `\n`.
    pub fn text(self) -> &'f str {
        self.doc.article.text.as_str()
    }

    /// A stretch of its text.
    pub fn passage(self, span: Span) -> Passage<'f> {
        Passage {
            article: self,
            span,
        }
    }
}

impl<'f> Passage<'f> {
    /// Its words, to the letter.
    pub fn text(self) -> &'f str {
        self.article.doc.get(self.span)
    }

    /// The article that it stands in.
    pub fn article(self) -> Article<'f> {
        self.article
    }

    /// Where it stands in [`Article::text`], in bytes of UTF-8.
    pub fn span(self) -> Span {
        self.span
    }

    /// Where it stands in [`Article::text`], in Unicode code points, the end not included: what a
    /// [`TextPositionSelector`](https://www.w3.org/TR/annotation-model/#text-position-selector) of the W3C means, and
    /// what the JSON report gives. The letters before it are counted for that each time.
    pub fn offsets(self) -> Range<usize> {
        let before = &self.article.text()[..self.span.start()];
        let start = before.chars().count();
        start..start + self.text().chars().count()
    }
}
