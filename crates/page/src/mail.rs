//! Reader of e-mail (`.eml`) and of web pages saved as one (MHTML: `.mhtml`, `.mht`). In: a message's bytes.
//! Out: the article of its main part: the page that was saved, a letter's HTML or else its text. What the
//! headers say stands in where the part says nothing. Refuses a message without a text, and a file of several.
//!
//! The parts are encoded (quoted-printable, base 64), so that no stretch of an article stands in the bytes as
//! it is: such an article has no [`Article::source`].

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use model::{Article, SkipReason, Warning};

use crate::finish::Identity;
use crate::furniture::shape;
use crate::says::{Said, date, title};
use crate::{decode, html, text};

/// Bytes and lines of headers that are looked through to tell a mail.
const HEADERS: usize = 64 << 10;
const HEADER_LINES: usize = 400;

/// Headers that only messages have, in lower case.
const OWN: [&str; 9] = [
    "mime-version",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "content-type",
    "content-transfer-encoding",
    "snapshot-content-location",
    "dkim-signature",
];

/// The text of a letter is read in place of its page where the page has less than one word of so many: some
/// pages are a picture and a line, while most texts are the page's own words with its addresses between them.
const FULLER: usize = 2;

/// Whether bytes open as a message does: with headers, one of them such as only messages have, or a sender's
/// address with a subject or a day.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = without_envelope(&bytes[..bytes.len().min(HEADERS)]);
    let (mut sender, mut about, mut first) = (false, false, true);
    for line in head.split(|byte| *byte == b'\n').take(HEADER_LINES) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let goes_on = line
            .first()
            .is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if goes_on && !first {
            continue;
        }
        first = false;
        let Some((name, value)) = header(line) else {
            return false;
        };
        sender |= name == "from" && value.contains(&b'@');
        about |= matches!(name.as_str(), "subject" | "date");
        if OWN.contains(&name.as_str()) || sender && about {
            return true;
        }
    }
    false
}

/// A header's name, in lower case, and its value.
fn header(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if name.is_empty() || !name.iter().all(letters) {
        return None;
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    Some((name, value))
}

/// Without the line `From …` that opens a message in a mailbox.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    if !bytes.starts_with(b"From ") {
        return bytes;
    }
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
        return bytes;
    };
    // The line ends in a day and a time.
    match bytes[..end].contains(&b':') {
        true => &bytes[end + 1..],
        false => bytes,
    }
}

/// Whether another message begins in a file that opens as a mailbox does.
fn is_mailbox(bytes: &[u8]) -> bool {
    const NEXT: &[u8] = b"\nFrom ";
    let mut windows = bytes.windows(NEXT.len()).enumerate();
    bytes.starts_with(b"From ")
        && windows.any(|(at, window)| window == NEXT && is_mail(&bytes[at + 1..]))
}

/// What is read of a message.
struct Mail<'x> {
    html: Option<Words<'x>>,
    text: Option<Words<'x>>,
    url: Option<String>,
    subject: Option<String>,
    /// Who sent it, where it was sent: what was saved is nobody's letter.
    sender: Option<String>,
    published: Option<model::Published>,
}

/// A part, decoded.
struct Words<'x> {
    text: Cow<'x, str>,
    /// Whether it breaks off.
    cut: bool,
}

/// Reads a message.
pub(crate) fn read(identity: Identity, bytes: &[u8]) -> Result<Article, SkipReason> {
    let nothing = || SkipReason::NoPage("a mail without a text that can be read".to_owned());
    if is_mailbox(bytes) {
        let what = "a mailbox of several mails (save each as a file)";
        return Err(SkipReason::Unsupported(what.to_owned()));
    }
    // The parser is other people's code on hostile input.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let message = MessageParser::default().parse(without_envelope(bytes))?;
        Some(article(identity, &mail(innermost(&message))))
    }));
    read.ok()
        .flatten()
        .ok_or_else(nothing)?
        .ok_or_else(nothing)?
}

/// The main part of a message, for what of it is not in its article: markup, or plain text.
pub(crate) fn main_part(bytes: &[u8]) -> Option<(String, bool)> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let message = MessageParser::default().parse(without_envelope(bytes))?;
        let mail = mail(innermost(&message));
        let page = mail.html.map(|html| (html.text.into_owned(), true));
        page.or_else(|| mail.text.map(|words| (words.text.into_owned(), false)))
    }));
    read.ok().flatten()
}

/// The message itself, or the one that it forwards where it has no words of its own.
fn innermost<'x>(mut message: &'x Message<'x>) -> &'x Message<'x> {
    let wordless = |message: &Message<'_>| {
        let words = |part: &MessagePart<'_>| match &part.body {
            PartType::Html(words) | PartType::Text(words) => !words.trim().is_empty(),
            _ => false,
        };
        !message.parts.iter().any(words)
    };
    while wordless(message)
        && let Some(inner) = message.parts.iter().find_map(MessagePart::message)
    {
        message = inner;
    }
    message
}

fn mail<'x>(message: &'x Message<'x>) -> Mail<'x> {
    let saved_from = message
        .header_raw("Snapshot-Content-Location")
        .map(|raw| raw.split_whitespace().collect::<String>());
    let attached = |part: &MessagePart<'_>| {
        let disposition = part.content_disposition();
        disposition.is_some_and(|kind| kind.is_attachment())
    };
    let parts = || message.parts.iter().filter(|part| !attached(part));
    let pages = || parts().filter(|part| matches!(part.body, PartType::Html(_)));
    let is_saved = |part: &&MessagePart<'_>| {
        saved_from.is_some() && part.content_location() == saved_from.as_deref()
    };
    let page = pages().find(is_saved).or_else(|| pages().next());
    let plain = |part: &&MessagePart<'_>| {
        let kind = part.content_type();
        matches!(part.body, PartType::Text(_))
            && kind.is_none_or(|kind| kind.subtype() == Some("plain"))
    };
    let location = page.and_then(|part| part.content_location());
    let web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    let url = saved_from.clone().filter(|url| web(url));
    let from = message.from().and_then(|from| from.first());
    let address = from
        .and_then(|from| from.address())
        .filter(|address| address.contains('@'));
    let name = from.and_then(|from| from.name()).map(title::tidy);
    let host = address.and_then(|address| address.rsplit('@').next());
    let sender = address.is_some() && saved_from.is_none();
    Mail {
        html: page.and_then(|part| words(message, part)),
        text: parts().find(plain).and_then(|part| words(message, part)),
        url: url.or_else(|| location.filter(|url| web(url)).map(str::to_owned)),
        subject: subject(message).filter(|subject| !subject.is_empty()),
        sender: name
            .filter(|name| !name.is_empty() && !name.contains('\u{fffd}'))
            .or(host.map(str::to_owned))
            .filter(|_| sender),
        published: message
            .date()
            .and_then(|date| date::machine(&date.to_rfc3339()))
            .filter(|_| sender),
    }
}

/// The subject; where it stands in bytes of another charset, as old programs wrote it, as they are best read.
fn subject(message: &Message<'_>) -> Option<String> {
    let given = message.subject()?;
    if !given.contains('\u{fffd}') {
        return Some(title::tidy(given));
    }
    let header = message
        .headers()
        .iter()
        .find(|header| header.name == HeaderName::Subject)?;
    let place = header.offset_start as usize..header.offset_end as usize;
    let decoded = decode::decode(message.raw_message().get(place)?);
    (!decoded.bad).then(|| title::tidy(&decoded.text))
}

/// The words of a part, where they can be had. Of a page whose charset stands in the page and not beside it, as
/// the page says; of a part that breaks off, as far as it goes.
fn words<'x>(message: &'x Message<'x>, part: &'x MessagePart<'x>) -> Option<Words<'x>> {
    let (PartType::Html(words) | PartType::Text(words)) = &part.body else {
        return None;
    };
    let encoding = part.content_transfer_encoding().unwrap_or_default();
    let encoding = encoding.trim().to_ascii_lowercase();
    let encoded = matches!(encoding.as_str(), "base64" | "quoted-printable");
    let cut = part.is_encoding_problem && encoded;
    let told = part
        .content_type()
        .is_some_and(|kind| kind.has_attribute("charset"));
    if !cut && (told || !words.contains('\u{fffd}')) {
        let text = Cow::Borrowed(words.as_ref());
        return Some(Words { text, cut });
    }
    let place = part.offset_body as usize..part.offset_end as usize;
    let bytes = message.raw_message().get(place)?.trim_ascii_end();
    let bytes = match encoding.as_str() {
        "quoted-printable" => quoted_printable_decode(bytes),
        "base64" => {
            // The last group of four may not be whole.
            let ends = (0..4).map(|less| bytes.len().saturating_sub(less));
            ends.into_iter()
                .find_map(|end| base64_decode(&bytes[..end]))
        }
        _ => Some(bytes.to_vec()),
    };
    let text = decode::decode(&bytes?).text.into_owned();
    Some(Words {
        text: Cow::Owned(text),
        cut,
    })
}

/// The article of the fuller part; nothing where there is no part to read.
fn article(identity: Identity, mail: &Mail<'_>) -> Option<Result<Article, SkipReason>> {
    let said = || Said {
        url_hint: mail.url.clone(),
        ..Said::default()
    };
    let page = mail.html.as_ref().map(|words| {
        let page = words.text.as_ref();
        let read = html::read(identity.clone(), page, said());
        let read = match (&read, &mail.subject) {
            // With the subject for its title, so that the text does not repeat it.
            (Ok(article), Some(subject)) if article.title.is_none() => {
                let title = Some(subject.clone());
                html::read(identity.clone(), page, Said { title, ..said() })
            }
            _ => read,
        };
        read.map(|article| told(article, mail, words))
    });
    let plain = mail.text.as_ref().map(|words| {
        let title = mail.subject.clone();
        let read = text::read(identity.clone(), &words.text, Said { title, ..said() });
        read.map(|article| told(article, mail, words))
    });
    Some(match (page, plain) {
        (Some(page), Some(Ok(plain))) => {
            let words = |article: &Article| shape::words(article.text.as_str());
            let fuller = |page: &Article| words(page) * FULLER >= words(&plain);
            page.ok().filter(fuller).map_or(Ok(plain), Ok)
        }
        (Some(page), _) => page,
        (None, plain) => plain?,
    })
}

/// An article with what the headers tell where it does not say.
fn told(mut article: Article, mail: &Mail<'_>, words: &Words<'_>) -> Article {
    article.source.clear();
    article.title = article.title.or_else(|| mail.subject.clone());
    article.outlet = article.outlet.or_else(|| mail.sender.clone());
    article.published = article.published.or(mail.published);
    if words.cut && !article.warnings.contains(&Warning::Truncated) {
        article.warnings.push(Warning::Truncated);
        article.warnings.sort();
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_told_by_its_headers() {
        for mail in [
            "MIME-Version: 1.0\nContent-Type: text/plain\n\nA",
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n",
            "X-Spam: no\nReceived: from a\n\tby b\n",
            "From: Ada <ada@a.example>\nTo: b@b.example\nSubject: The lock\n\nA",
            "From ada@a.example Mon Jan 1 00:00:00 2024\nMessage-ID: <1@a>\n\nA",
        ] {
            assert!(is_mail(mail.as_bytes()), "{mail}");
        }
        for text in [
            "From: the harbour board\nSubject: the lock\nDate: today\n\nA",
            "Date: 6 October 2026\n\nThe lock is shut.",
            "The lock is shut.\nMIME-Version: 1.0\n",
            "From the quay one could see it.\nReceived: nothing.",
            "",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_mailbox_of_several_is_refused() {
        let one = "From a Mon Jan 1 00:00:00 2024\nMessage-ID: <1@a>\n\nThe lock is shut.\n\n";
        assert!(!is_mailbox(one.as_bytes()));
        assert!(is_mailbox(format!("{one}{one}").as_bytes()));
    }
}
