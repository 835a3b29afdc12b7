//! A site with a feed that is as it should be. In: the letter of its articles, how many. Out: the feed's address; it is
//! there until the process ends.

use std::io::{Read, Write};
use std::net::TcpListener;

use anyhow::Result;

use super::news;

/// Starts it.
pub fn start(source: char, pages: u64) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for mut to in listener.incoming().flatten() {
            let mut head = [0; 2_048];
            let read = to.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("/");
            let number = path
                .strip_prefix("/a/")
                .and_then(|rest| rest.strip_prefix(source));
            let number = number.and_then(|number| number.parse().ok());
            let (status, body) = match (path, number) {
                ("/feed", _) => ("200 OK", listed(source, pages)),
                (_, Some(number)) => ("200 OK", news::article(source, number, 0).html()),
                _ => ("404 Not Found", String::new()),
            };
            // Who asks may go before they are answered.
            let _ = write!(
                to,
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    Ok(format!("http://{address}/feed"))
}

fn listed(source: char, pages: u64) -> String {
    let items: String = (0..pages)
        .map(|number| {
            format!(
                "<item><link>{}</link></item>",
                news::article(source, number, 0).path
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>N</title><link>/</link><description>n</description>{items}</channel></rss>"
    )
}
