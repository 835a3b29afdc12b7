//! Feeds with the flaws that feeds have: what arrives in the store.

use std::net::SocketAddr;

use store::ArticleRow;

use crate::server::{desk, ok, once, options, page, reader, serve, status};

/// A page of the tests' site; those under `/own` say which outlet they are of.
fn article(path: &str) -> Vec<u8> {
    let name = format!("mill{}", path.replace(|c: char| !c.is_alphanumeric(), ""));
    let plain = String::from_utf8_lossy(&page(&name)).into_owned();
    let body = plain.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let site = match path.starts_with("/own") {
        true => "<head><meta property='og:site_name' content='Passer-on'>",
        false => "<head>",
    };
    ok("text/html", "", body.replace("<head>", site).as_bytes())
}

fn rss(items: &str) -> Vec<u8> {
    let body = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>N</title>\
         <link>/</link><description>n</description>{items}</channel></rss>"
    );
    ok("application/rss+xml", "", body.as_bytes())
}

/// Looks at a feed once; what came of it, by address, and what was told as trouble.
fn watched(
    path: &str,
    answer: fn(&str, &str, usize, SocketAddr) -> Vec<u8>,
) -> (Vec<ArticleRow>, Vec<String>) {
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let source = format!("http://{address}{path}");
    let (_, troubles) = once(&desk, &source, &options(true));
    let mut rows = reader(&desk).articles_after(0, 100).expect("rows");
    rows.sort_by(|a, b| a.url.cmp(&b.url));
    (rows, troubles.into_iter().map(|(_, why)| why).collect())
}

fn ends(rows: &[ArticleRow]) -> Vec<&str> {
    let url = |row: &'_ ArticleRow| row.url.as_deref().map(|url| url.len());
    rows.iter()
        .filter(|row| url(row).is_some())
        .filter_map(|row| row.url.as_deref()?.splitn(4, '/').last())
        .collect()
}

#[test]
fn one_flaw_costs_one_item() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/robots.txt" => status("404 Not Found", ""),
            "/amp" => rss("<item><title>Dikes & D&D</title><link>/a1</link></item>\
                 <item><title>&Uuml;ber &mdash; &nonsense;</title><link>/a2?x=1&y=2</link></item>\
                 <item><title>Bell\u{7}s</title><link>/a3</link></item>"),
            "/broken" => rss("<item><link>/b1</link></item>\
                 <item><link>/b2</link><description><![CDATA[never closed</description></item>\
                 <item><link>/b3</link></item>"),
            "/cut" => {
                let whole = rss("<item><link>/c1</link></item><item><link>/c2</link><pubDate>Tue");
                let end = whole.len() - "</channel></rss>".len();
                let body = whole.iter().position(|&b| b == b'<').unwrap_or(0);
                ok("application/rss+xml", "", &whole[body..end])
            }
            "/json" => ok(
                "application/feed+json",
                "",
                br#"{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [
                    {"id": "1", "url": "/j1", "date_published": "2024-03-12T18:30:00+01:00"},
                    {"id": 2, "url": "j2", "date_published": null}, "no item"]}"#,
            ),
            path => article(path),
        }
    }
    for (feed, expected, trouble) in [
        ("/amp", &["a1", "a2?x=1&y=2", "a3"][..], ""),
        ("/broken", &["b1", "b3"], "1 of its entries cannot be read"),
        ("/cut", &["c1"], "1 of its entries cannot be read"),
        ("/json", &["j1", "j2"], "1 of its entries cannot be read"),
    ] {
        let (rows, troubles) = watched(feed, answer);
        assert_eq!(ends(&rows), expected, "{feed}: {troubles:?}");
        match trouble {
            "" => assert_eq!(troubles, Vec::<String>::new(), "{feed}"),
            trouble => assert!(troubles[0].contains(trouble), "{feed}: {troubles:?}"),
        }
    }
}

#[test]
fn every_form_of_a_date_gives_the_day() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        let dates = [
            "Tue, 12 Mar 2024 18:30:00 CET",
            "Tue, 12 Mar 2024 18:30:00 MEST",
            "2024-03-12 18:30:00",
            "Tuesday, March 12, 2024 - 18:30",
            "Di, 12 Mär 2024 18:30:00 +0100",
            "Tue, 12 Mar 24 18:30:00 +0000",
            "Tue, 12 Mar 2024 18:30:00 IST",
            "Tue, 12 Mar 2024 18:30 -05:00",
        ];
        match path {
            "/robots.txt" => status("404 Not Found", ""),
            "/dates" => {
                let items = dates.iter().enumerate().map(|(at, date)| {
                    format!("<item><link>/d{at}</link><pubDate>{date}</pubDate></item>")
                });
                rss(&items.collect::<String>())
            }
            "/atom" => ok(
                "application/atom+xml",
                "",
                b"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>\
                  <entry><link href='/e1'/><published>2024-03-10T08:00:00Z</published>\
                  <updated>2024-03-12T18:30:00Z</updated></entry></feed>",
            ),
            path => article(path),
        }
    }
    let (rows, troubles) = watched("/dates", answer);
    assert_eq!(rows.len(), 8, "{troubles:?}");
    for row in &rows {
        let day = row.published.as_deref().unwrap_or("none");
        assert!(day.starts_with("2024-03-12"), "{row:?}");
    }
    let (rows, _) = watched("/atom", answer);
    let published = rows[0].published.as_deref();
    assert_eq!(published, Some("2024-03-10T08:00:00Z"));
}

#[test]
fn a_feed_names_the_true_publisher() {
    fn answer(path: &str, _: &str, _: usize, address: SocketAddr) -> Vec<u8> {
        match path {
            "/robots.txt" => status("404 Not Found", ""),
            // The page names whoever passes the piece on; one of the outlet's own pages is believed.
            "/source" => rss(&format!(
                "<item><link>/own/1</link><source url='https://herald.example/rss'>The Herald</source></item>\
                 <item><link>/own/2</link><source url='http://{address}/rss'>Passer-on's feed</source></item>\
                 <item><link>/p3</link><source>The Post</source></item>"
            )),
            "/news.xml" => ok(
                "text/xml",
                "",
                b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='x'><url><loc>/n1</loc>\
                  <lastmod>2024-05-01</lastmod><n:news><n:publication><n:name>The Courier</n:name>\
                  </n:publication><n:publication_date>2024-03-12T18:30:00+01:00</n:publication_date>\
                  </n:news></url></urlset>",
            ),
            path => article(path),
        }
    }
    let (rows, troubles) = watched("/source", answer);
    let outlets: Vec<Option<&str>> = rows.iter().map(|row| row.outlet.as_deref()).collect();
    let expected = [Some("The Herald"), Some("Passer-on"), Some("The Post")];
    assert_eq!(outlets, expected, "{troubles:?}");
    let (rows, _) = watched("/news.xml", answer);
    assert_eq!(rows[0].outlet.as_deref(), Some("The Courier"));
    assert_eq!(rows[0].published.as_deref(), Some("2024-03-12T17:30:00Z"));
}
