//! In: a line. Out: whether it is a picture's caption. Refuses captions that nothing marks as one:
//! a sentence about a picture looks like any other sentence.

/// Suppliers of pictures, in lower case.
const SUPPLIERS: [&str; 44] = [
    "getty images",
    "getty",
    "reuters",
    "afp",
    "ap",
    "ap photo",
    "associated press",
    "epa",
    "epa-efe",
    "efe",
    "shutterstock",
    "alamy",
    "imago",
    "dpa",
    "picture alliance",
    "pa",
    "pa wire",
    "pa media",
    "anadolu",
    "anadolu agency",
    "anadolu agency via getty images",
    "xinhua",
    "tass",
    "bloomberg",
    "zuma press",
    "zuma",
    "nurphoto",
    "sipa",
    "sipa usa",
    "rex",
    "wireimage",
    "filmmagic",
    "istock",
    "istockphoto",
    "unsplash",
    "pixabay",
    "pexels",
    "corbis",
    "handout",
    "ap images",
    "apa",
    "ansa",
    "keystone",
    "wikimedia commons",
];

/// Words that open a credit or mark a caption, in lower case.
const OPENERS: [&str; 32] = [
    "photo:",
    "photo by",
    "photos by",
    "photo credit",
    "photograph:",
    "photograph by",
    "picture:",
    "picture by",
    "pictures:",
    "image:",
    "image by",
    "image credit",
    "images:",
    "credit:",
    "image source",
    "file photo",
    "file picture",
    "file image",
    "photo courtesy",
    "foto:",
    "foto von",
    "fotos:",
    "bild:",
    "bildquelle",
    "crédit photo",
    "photo d'archives",
    "foto de",
    "fotografía",
    "fotoğraf:",
    "zdjęcie:",
    "фото:",
    "illustration:",
];

/// Words in brackets at a line's end that make it a caption, in lower case.
const MARKS: [&str; 20] = [
    "file photo",
    "file picture",
    "file image",
    "file",
    "photo",
    "photos",
    "picture",
    "image",
    "representational image",
    "representative image",
    "archive photo",
    "archivbild",
    "symbolbild",
    "foto",
    "bild",
    "ap photo",
    "screenshot",
    "courtesy",
    "pic",
    "via ap",
];

/// Words of a caption at most: a longer one tells the story, and is read.
const WORDS: usize = 75;

/// Whether a line is a caption; `norm` is its looked-up form.
pub(crate) fn is(line: &str, norm: &str, words: usize) -> bool {
    if words > WORDS || norm.is_empty() {
        return false;
    }
    (words <= 30 && OPENERS.iter().any(|opener| norm.starts_with(opener)))
        || archive(norm)
        || bracketed_credit(norm)
        || bare_credit(line, norm)
}

/// `FILE - In this May 4 file photo …`: the agencies' form for archive pictures.
fn archive(norm: &str) -> bool {
    norm.strip_prefix("file").is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(['-', ':']) || rest.starts_with("photo")
    }) || norm.starts_with("in this") && {
        let head = &norm[..norm.floor_char_boundary(90)];
        [
            " file photo",
            "photo provided by",
            "photo released by",
            "image made from",
            "image taken from",
        ]
        .iter()
        .any(|mark| head.contains(mark))
    }
}

/// `… (Photo: Ada Lindqvist)`, `… (file photo)`, `… [Ada Lindqvist/Reuters]`.
fn bracketed_credit(norm: &str) -> bool {
    let end = norm.trim_end_matches(['.', ' ']);
    let open = match end.chars().next_back() {
        Some(')') => end.rfind('('),
        Some(']') => end.rfind('['),
        _ => None,
    };
    let Some(open) = open else { return false };
    let inner = end[open + 1..end.len() - 1].trim();
    if inner.split_whitespace().count() > 14 {
        return false;
    }
    MARKS.contains(&inner)
        || [
            "photo:",
            "photo by",
            "photo credit",
            "photo -",
            "photos:",
            "photo/",
            "photo courtesy",
            "picture:",
            "image:",
            "image credit",
            "credit:",
            "foto:",
            "bild:",
            "file photo",
            "screengrab",
            "screenshot",
            "ap photo",
            "reuters photo",
            "afp photo",
            "courtesy of",
            "photograph:",
            "pic:",
        ]
        .iter()
        .any(|mark| inner.starts_with(mark))
        || inner.contains(" via ") && supplier_end(inner)
        || inner.contains('/') && supplier_part(inner)
        || inner.ends_with("file photo")
}

/// `… Ada Lindqvist/Getty Images`, `… REUTERS/Ada Lindqvist`, at the line's end without brackets.
fn bare_credit(line: &str, norm: &str) -> bool {
    let end = norm.trim_end_matches(['.', ' ']);
    if end.ends_with("getty images") || end.ends_with("ap photo") || end.ends_with("afp photo") {
        return true;
    }
    // The last few words, behind the last sentence's end.
    let tail = end.rsplit(". ").next().unwrap_or(end);
    if tail.split_whitespace().count() > 7 || !tail.contains('/') || line.contains("http") {
        return false;
    }
    supplier_part(tail)
}

/// Whether a `/`-separated part is a supplier.
fn supplier_part(text: &str) -> bool {
    text.split('/').enumerate().any(|(index, part)| {
        let part = part.trim();
        SUPPLIERS.contains(&part)
            || index == 0
                && part
                    .rsplit_once(' ')
                    .is_some_and(|(_, last)| matches!(last, "reuters" | "afp" | "epa"))
            || index > 0
                && SUPPLIERS.iter().any(|supplier| {
                    part.strip_prefix(supplier)
                        .is_some_and(|rest| rest.starts_with(" via") || rest.starts_with(" images"))
                })
    })
}

fn supplier_end(text: &str) -> bool {
    SUPPLIERS.iter().any(|supplier| text.ends_with(supplier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_sentences() {
        let is = |line: &str| {
            let shape = super::super::shape::of(line, true);
            is(line, &shape.norm, shape.words)
        };
        for caption in [
            "Harbour master Ada Lindqvist (file photo)",
            "The ferry at its berth in Selen. (Photo: Omar Tayib)",
            "Ada Lindqvist speaks in Selen on Monday. Omar Tayib/Getty Images",
            "Ada Lindqvist speaks to crews in the harbour, May 4, 2019. REUTERS/Omar Tayib",
            "FILE - In this May 4, 2019 file photo, Ada Lindqvist leaves the harbour office.",
            "Photo by Omar Tayib",
            "Crews wait on the pier [Omar Tayib/Reuters]",
        ] {
            assert!(is(caption), "{caption}");
        }
        for sentence in [
            "Filed in May, the suit names the harbour office.",
            "The picture by Omar Tayib that the office had hidden for years was shown to the court on Monday, and the judge, who had seen it, asked why nobody had spoken of it before.",
            "She spoke to Reuters on Monday.",
            "The ferry (built in 1980) sank.",
            "He wants an either/or answer.",
        ] {
            assert!(!is(sentence), "{sentence}");
        }
    }
}
