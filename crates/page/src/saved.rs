//! In: a page. Out: the address that the browser or program which saved it wrote into it. Refuses every other
//! address, and the day of saving: nothing was published on it.

/// Bytes of a page in which the comment stands.
const HEAD: usize = 16 << 10;

/// The address in `<!-- saved from url=(0031)https://… -->`, or after `url:` in the comment of SingleFile.
pub(crate) fn address(page: &str) -> Option<String> {
    let mut rest = &page[..page.floor_char_boundary(HEAD)];
    while let Some((_, after)) = rest.split_once("<!--") {
        let (comment, next) = after.split_once("-->")?;
        let comment = comment.trim();
        let address = if let Some(from) = comment.strip_prefix("saved from url=(") {
            from.split_once(')').map(|(_, address)| address)
        } else if comment.starts_with("Page saved with SingleFile") {
            comment
                .lines()
                .find_map(|line| line.trim().strip_prefix("url:"))
        } else {
            None
        };
        let address = address.and_then(|address| address.split_whitespace().next());
        let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        if let Some(address) = address.filter(web) {
            return Some(address.to_owned());
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_write_where_a_page_was_saved_from() {
        let cases = [
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0022)https://a.example/lock -->\n<html>",
                Some("https://a.example/lock"),
            ),
            (
                "<html><!--\n Page saved with SingleFile \n url: https://a.example/b?c=1 \n saved date: Wed Oct 07 2026\n-->",
                Some("https://a.example/b?c=1"),
            ),
            ("<!-- saved from url=(0014)about:internet --><p>", None),
            (
                "<!-- a --><p>saved from url=(0022)https://a.example/lock",
                None,
            ),
            ("<!-- open", None),
        ];
        for (page, wanted) in cases {
            assert_eq!(address(page).as_deref(), wanted, "{page}");
        }
    }
}
