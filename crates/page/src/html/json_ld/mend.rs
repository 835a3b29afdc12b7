//! In: the text of a JSON-LD script. Out: its values, mended where the break is a common one, and whether
//! it had to be. Refuses nothing: of what cannot be mended the few fields that matter are taken.

use serde_json::{Map, Value};

/// The values in a script, and whether it had to be mended.
pub(super) fn parse(text: &str) -> (Vec<Value>, bool) {
    if let Ok(value) = serde_json::from_str(text) {
        return (vec![value], false);
    }
    let stripped = text
        .trim_start_matches("//")
        .trim_start_matches("<![CDATA[")
        .trim_start_matches("<!--")
        .trim()
        .trim_end_matches("//")
        .trim_end_matches("]]>")
        .trim_end_matches("-->")
        .trim_end_matches("//");
    let stream = |text: &str| -> Vec<Value> {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .map_while(Result::ok)
            .collect()
    };
    if let Ok(value) = serde_json::from_str(stripped.trim()) {
        return (vec![value], false);
    }
    let decoded = stripped
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&amp;", "&");
    for candidate in [mend(stripped), mend(&decoded)] {
        if let Ok(value) = serde_json::from_str(&candidate) {
            return (vec![value], true);
        }
        let values = stream(&candidate);
        if !values.is_empty() {
            return (values, true);
        }
    }
    let salvaged = salvage(stripped);
    (salvaged.into_iter().collect(), true)
}

/// Mends what pages most often break: newlines and tabs in strings, quotes within strings, commas
/// before a closing bracket, escapes that JSON does not know, missing closing brackets.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let (mut in_string, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        if in_string {
            match c {
                _ if escaped => {
                    escaped = false;
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.pop();
                    }
                    out.push(c);
                }
                '\\' => {
                    escaped = true;
                    out.push(c);
                }
                '"' => {
                    // A quote ends the string if what follows goes on as JSON does.
                    let next = text[at + 1..].trim_start().chars().next();
                    if matches!(next, None | Some(',' | ':' | '}' | ']')) {
                        in_string = false;
                        out.push('"');
                    } else {
                        out.push_str("\\\"");
                    }
                }
                '\n' => out.push_str("\\n"),
                '\r' => {}
                c if (c as u32) < 0x20 => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                out.push(c);
            }
            '}' | ']' => {
                open.pop();
                out.push(c);
            }
            ',' => {
                let next = text[at + 1..].trim_start().chars().next();
                if !matches!(next, Some('}' | ']' | ',') | None) {
                    out.push(c);
                }
            }
            c if (c as u32) < 0x20 => out.push(' '),
            c => out.push(c),
        }
    }
    if in_string {
        out.push('"');
    }
    out.extend(open.into_iter().rev());
    out
}

/// The last resort: the few fields that matter, wherever they stand.
fn salvage(text: &str) -> Option<Value> {
    let mut object = Map::new();
    for key in ["headline", "datePublished", "dateModified"] {
        let quoted = format!("\"{key}\"");
        let Some(at) = text.find(&quoted) else {
            continue;
        };
        let rest = text[at + quoted.len()..]
            .trim_start()
            .strip_prefix(':')
            .unwrap_or_default();
        let Some(rest) = rest.trim_start().strip_prefix('"') else {
            continue;
        };
        let Some(end) = rest.find('"') else { continue };
        if end < 500 {
            object.insert(key.to_owned(), Value::String(rest[..end].to_owned()));
        }
    }
    if object.is_empty() {
        return None;
    }
    object.insert("@type".to_owned(), Value::String("Article".to_owned()));
    Some(Value::Object(object))
}
