//! What readers decided and noted, as W3C Web Annotations (JSON-LD, <https://www.w3.org/TR/annotation-model/>), one a
//! line. In: a store. Out: for each mark an annotation of its passages, each with a TextQuoteSelector and a
//! TextPositionSelector; one that was taken back says so.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Mark, MarkKind, Marked, Reader};

use super::ExportError;

fn instant(at: i64) -> String {
    Timestamp::from_second(at).unwrap_or_default().to_string()
}

fn target(of: &Marked, role: &str) -> Value {
    let source = format!("urn:crossread:{}", of.article);
    if of.exact.is_empty() {
        return json!({ "source": source, "crossread:role": role });
    }
    let end = of.start as usize + of.exact.chars().count();
    json!({
        "source": source,
        "crossread:role": role,
        "selector": [
            { "type": "TextQuoteSelector", "exact": of.exact },
            { "type": "TextPositionSelector", "start": of.start, "end": end },
        ],
    })
}

/// A mark as an annotation: `assessing` where it decides something, `commenting` where it notes.
pub fn annotation(mark: &Mark) -> Value {
    let motivation = match mark.kind {
        MarkKind::Note => "commenting",
        _ => "assessing",
    };
    let mut body = vec![json!({
        "type": "TextualBody",
        "purpose": "classifying",
        "value": mark.kind,
    })];
    if !mark.note.is_empty() {
        body.push(json!({
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "value": mark.note,
        }));
    }
    let about = mark.about.iter().map(|one| target(one, "about"));
    let with = mark.with.iter().map(|one| target(one, "with"));
    let mut annotation = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "crossread": "urn:crossread:" }],
        "id": format!("urn:crossread:mark:{}", mark.id),
        "type": "Annotation",
        "motivation": motivation,
        "creator": { "type": "Person", "name": mark.by },
        "created": instant(mark.at),
        "body": body,
        "target": about.chain(with).collect::<Vec<_>>(),
        "crossread:story": mark.story,
        "crossread:key": mark.key,
    });
    if let Some((by, at)) = &mark.undone {
        annotation["crossread:undone"] = json!({ "by": by, "at": instant(*at) });
    }
    annotation
}

/// Writes every mark of a store.
///
/// # Errors
/// Those of the store and of `out`.
pub fn marks(store: &Reader, out: &mut dyn Write, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    for mark in store.marks()? {
        serde_json::to_writer(&mut *out, &annotation(&mark)).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        seen(1);
    }
    Ok(())
}
