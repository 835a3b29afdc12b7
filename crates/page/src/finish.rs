//! In: the lines of a page, sifted, and what it says of itself. Out: the [`Article`]. Refuses
//! nothing: whether there is an article at all its reader has decided before.

use model::{
    About, Article, ArticleId, Block, BlockKind, Field, Genre, Provenance, Sha256, SignKind,
    SourceRun, Text, Warning,
};
use sha2::Digest;

use crate::furniture::{Fate, Line};
use crate::language;
use crate::says::{Said, date, genre, title};

/// Words under which a text is called short: no news report says what happened in fewer.
const SHORT_WORDS: usize = 40;
/// Bytes of an article's text that are kept of a page: far more than any article, and a bound for the stages behind
/// this one, which take a second or two for so much (`cargo test -p crossread-cli --test program bounds`).
const TEXT_LIMIT: usize = 1 << 20;

/// The hash of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// What names a page.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// Where its bytes were found.
    pub path: String,
    /// Its id.
    pub id: ArticleId,
    /// Hash of its bytes.
    pub sha256: Sha256,
}

/// Puts the lines that stay into one text, a paragraph a line.
pub(crate) fn from_lines(
    identity: Identity,
    lines: &[Line<'_>],
    fates: &[Fate],
    mut said: Said,
) -> Article {
    let mut text = String::new();
    let mut ranges = Vec::new();
    let mut source = Vec::new();
    for (line, fate) in lines.iter().zip(fates) {
        let Fate::Keep(len) = *fate else { continue };
        let words = line.text.get(..len).unwrap_or(&line.text);
        let (words, cut) = beginning(words, TEXT_LIMIT - text.len().min(TEXT_LIMIT));
        if cut {
            said.warn(too_long());
        }
        if words.is_empty() && cut {
            break;
        }
        let start = text.len();
        text.push_str(words);
        ranges.push((start..text.len(), line.kind));
        if let Some(at) = line.at
            && let (Ok(from), Ok(to), Ok(len)) = (
                u32::try_from(start),
                u32::try_from(at),
                u32::try_from(words.len()),
            )
            && len > 0
        {
            source.push(SourceRun {
                text: from,
                source: to,
                len,
            });
        }
        text.push('\n');
        if cut {
            break;
        }
    }
    let text = Text::new(&text);
    let blocks = ranges
        .into_iter()
        .filter_map(|(range, kind)| {
            Some(Block {
                span: text.trimmed(range)?,
                kind,
            })
        })
        .collect();
    article(identity, text, blocks, source, said)
}

/// So much of a text as there is room for, whole words where it has any; and whether that is not all of it.
fn beginning(words: &str, room: usize) -> (&str, bool) {
    if words.len() <= room {
        return (words, false);
    }
    let fits = &words[..words.floor_char_boundary(room)];
    let end = fits.rfind(char::is_whitespace).unwrap_or(fits.len());
    (fits[..end].trim_end(), true)
}

fn too_long() -> Warning {
    Warning::Limit {
        what: format!("text over {} MiB", TEXT_LIMIT >> 20),
    }
}

/// Keeps a text to the letter, as far as there is room for it; its blocks are its paragraphs, whatever ends them.
pub(crate) fn to_the_letter(identity: Identity, text: &str, mut said: Said) -> Article {
    let (text, cut) = beginning(text, TEXT_LIMIT);
    if cut {
        said.warn(too_long());
    }
    let text = Text::new(text);
    let mut blocks = Vec::new();
    for range in crate::lines::paragraphs(text.as_str()) {
        let Ok(span) = text.span(range) else { continue };
        let kind = crate::furniture::head_kind(text.get(span));
        blocks.push(Block { span, kind });
    }
    let source = match u32::try_from(text.len()) {
        Ok(len) if len > 0 => vec![SourceRun {
            text: 0,
            source: 0,
            len,
        }],
        _ => Vec::new(),
    };
    article(identity, text, blocks, source, said)
}

fn article(
    identity: Identity,
    text: Text,
    mut blocks: Vec<Block>,
    source: Vec<SourceRun>,
    mut said: Said,
) -> Article {
    let head = &text.as_str()[..text.as_str().floor_char_boundary(SHORT_WORDS * 30)];
    if crate::furniture::shape::words(head) < SHORT_WORDS {
        said.warn(Warning::Short);
    }
    match crate::mojibake::count(text.as_str()) {
        0 => {}
        count => said.warn(Warning::Mojibake { count }),
    }
    let sample = if text.is_empty() {
        said.title.as_deref().unwrap_or_default()
    } else {
        text.as_str()
    };
    let language = language::of(sample, said.language.as_deref());
    let paragraphs: Vec<&str> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .map(|block| text.get(block.span))
        .collect();
    if language::mixed(&paragraphs) {
        said.warn(Warning::MixedLanguages);
    }
    said.found_in(Provenance::Text);
    // A page that was fetched and does not give its address has it all the same.
    let fetched = identity.path.starts_with("http://") || identity.path.starts_with("https://");
    if fetched && said.url.is_none() {
        said.url = Some(identity.path.clone());
    }
    said.url = said.url.or(said.url_hint.take());
    said.found_in(Provenance::Record);
    let english = language
        .as_deref()
        .is_none_or(|code| code.starts_with("en"));
    let lines: Vec<(&str, bool)> = blocks
        .iter()
        .map(|block| (text.get(block.span), block.kind == BlockKind::Heading))
        .collect();
    let genres: Vec<Warning> = genre::read(&genre::Page {
        types: &said.types,
        section: said.section.as_deref(),
        url: said.url.as_deref(),
        title: said.title.as_deref(),
        paragraphs: &lines,
        english,
    })
    .into_iter()
    .map(|(genre, says)| Warning::Genre {
        genre,
        says: says.to_owned(),
    })
    .collect();
    genres.into_iter().for_each(|genre| said.warn(genre));
    notes(&text, &mut blocks, &mut said);
    let published = said
        .published
        .or_else(|| said.url.as_deref().and_then(date::in_url));
    if published.is_some() {
        said.about.note(Field::Published, Provenance::Address);
    }
    if said.outlet.is_none() {
        // What was taken from elsewhere may carry the other page's furniture.
        let taken = said
            .signs
            .iter()
            .any(|sign| sign.kind == SignKind::SourceLink);
        said.outlet = said.outlet_hint.take().filter(|_| !taken);
        said.found_in(Provenance::Text);
        said.outlet = said.outlet.or_else(|| {
            said.url
                .as_deref()
                .and_then(title::host_of)
                .map(str::to_owned)
        });
    }
    said.found_in(Provenance::Address);
    let about = About {
        modified: said.changed,
        section: said.section,
        ..said.about
    };
    said.warnings.sort();
    Article {
        id: identity.id,
        path: identity.path,
        url: said.url,
        sha256: identity.sha256,
        outlet: said.outlet,
        owner: None,
        title: said.title,
        authors: said.authors,
        published,
        about,
        language,
        text,
        blocks,
        credits: said.credits,
        signs: said.signs,
        warnings: said.warnings,
        source,
    }
}

/// Marks what the desk says of the article itself: all of a correction, and notes in other articles, which are signs
/// of how it came about.
fn notes(text: &Text, blocks: &mut [Block], said: &mut Said) {
    let corrects = |warning: &Warning| {
        matches!(
            warning,
            Warning::Genre {
                genre: Genre::Correction,
                ..
            }
        )
    };
    let all = said.warnings.iter().any(corrects);
    let paragraphs = blocks
        .iter_mut()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Standfirst));
    for block in paragraphs {
        let words = text.get(block.span);
        if all {
            block.kind = BlockKind::Note;
        } else if genre::is_note(words) {
            block.kind = BlockKind::Note;
            said.sign(SignKind::Corrected, words);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_page_that_was_fetched_has_its_address_and_its_host() {
        let page = b"<title>The mill fell</title><article><h1>The mill fell</h1><p>The mill at Quell fell into \
                     the river on Monday night, the mayor, Ada Lorne, said in a statement to reporters.</p>\
                     <p>Nobody was hurt when it fell, and the road beside it stays closed this week.</p></article>";
        let read = |path: &str| {
            let mut read = crate::read(path, page, &crate::Options::default());
            read.remove(0).expect("an article")
        };
        let fetched = read("https://www.news.example/quell/mill");
        assert_eq!(
            fetched.url.as_deref(),
            Some("https://www.news.example/quell/mill")
        );
        assert_eq!(fetched.outlet.as_deref(), Some("news.example"));
        let file = read("mill.html");
        assert_eq!((file.url, file.outlet), (None, None));
    }
}
