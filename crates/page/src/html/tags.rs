//! In: the name of an element. Out: what elements of that name are to the reader of an article. Refuses
//! nothing: an unknown element stands in a line.

/// Whether elements go with what they hold: no words of the page, words for other readers (the sound of
/// a character, what a browser cannot show), words that the page has taken back.
pub(crate) fn is_gone(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "math"
            | "select"
            | "datalist"
            | "textarea"
            | "input"
            | "img"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "rt"
            | "rp"
            | "rtc"
            | "del"
            | "s"
            | "strike"
            | "progress"
            | "wbr"
    )
}

/// Whether elements stand beside the article.
pub(crate) fn is_aside(tag: &str) -> bool {
    matches!(
        tag,
        "aside" | "nav" | "footer" | "form" | "figure" | "figcaption" | "dialog" | "menu"
    )
}

/// Whether elements end a paragraph; all others stand in a line.
pub(crate) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "ul"
            | "ol"
            | "menu"
            | "dir"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "hr"
            | "center"
            | "address"
            | "hgroup"
            | "details"
            | "summary"
            | "dialog"
            | "body"
    )
}

/// Whether elements are headings.
pub(crate) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
