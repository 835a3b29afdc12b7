//! The page that says what the words of the pages mean, and which keys do what.

use super::{link, page};

/// Words with what they mean, as README has them.
const WORDS: [(&str, &str); 15] = [
    (
        "Corroborated",
        "Two or more outlets state it and no shared origin was found. That is not the same as independent: copying can be shown, independence cannot be proved.",
    ),
    (
        "Single origin",
        "Several outlets state it, but copied passages, a credit, a statement that both quote or one speaker lead back to one voice.",
    ),
    (
        "Only here",
        "One outlet has it. Not wrong, not confirmed. Opinion pieces, and pages in languages whose words for denial are not known here, confirm nothing.",
    ),
    (
        "Disputed",
        "Somebody denies it, or two passages cannot both be true. Both sides are shown with who holds them; the program does not judge.",
    ),
    (
        "Origins, 1 to 3",
        "How many independent origins a claim can have: at least what the evidence forces apart, at most what it does not merge, with the reasons.",
    ),
    (
        "Similar, near",
        "A passage that may state a neighbouring thing. It is listed and counts for nothing.",
    ),
    (
        "A dash",
        "The whole text of that article lacks the claim. It is no denial.",
    ),
    (
        "Copy",
        "Two articles share text that did not arise independently: one took it from the other, or both from a third. Which, is said only where the pages show it.",
    ),
    (
        "Rewrite",
        "An article shows signs of having been made from something that is not among the story's articles: broken words, a name that was translated.",
    ),
    (
        "Quote",
        "What somebody said, with every reading of it. Words in quote marks stand in the page to the letter; a reading without them is the outlet's own account.",
    ),
    (
        "Nobody",
        "A quotation without a speaker, a surname without a person, a date without a value: the text does not say, or it could be two. A blank is an answer.",
    ),
    (
        "Earlier, later",
        "Another event of the same matter, told by other articles: the arrest, then the trial.",
    ),
    (
        "Decided by a reader",
        "A person's mark: a passage set apart, two claims put together, a speaker taken away, a note. It holds in the comparison, has a name and a time, and can be taken back. It is never the program's finding.",
    ),
    (
        "Checked by",
        "A page says in its own record that it checked a claim (ClaimReview). The rating is that page's word, shown with a link to it; it counts for nothing in the comparison.",
    ),
    (
        "Nobody here states it",
        "The articles that were looked at do not say it. That does not make it false.",
    ),
];

/// Keys, and what they do.
const KEYS: [(&str, &str); 8] = [
    ("/", "to the search field"),
    ("f", "to the field that finds words in a story"),
    ("j", "to the next story, claim, dispute, quote or hit"),
    ("k", "to the one before"),
    (
        "n",
        "to the next passage: a mark that opens what an article says",
    ),
    ("p", "to the passage before"),
    ("Esc", "closes what is open beside the text"),
    ("?", "this list"),
];

/// The page.
pub fn help() -> String {
    page("What the words mean", "", |html| {
        html.raw("<h1 class=\"title\">What the words mean</h1><p class=\"note\">Words set in the outlets’ type are theirs, to the letter. All others are the program’s, and these are what it means by them.</p><section class=\"part\"><dl class=\"terms\">");
        for (word, meaning) in WORDS {
            html.raw("<dt>")
                .raw(word)
                .raw("</dt><dd>")
                .raw(meaning)
                .raw("</dd>");
        }
        html.raw(
            "</dl></section><section class=\"part\" id=\"keys\"><h2>Keys</h2><dl class=\"terms\">",
        );
        for (key, does) in KEYS {
            html.raw("<dt><kbd>")
                .raw(key)
                .raw("</kbd></dt><dd>")
                .raw(does)
                .raw("</dd>");
        }
        html.raw("</dl></section><section class=\"part\"><h2>For programs</h2><p>");
        link(html, "/openapi.json", "What the API has");
        html.raw("</p></section>");
    })
}
