//! A request over HTTP, to the program's own server. In: an address, what is asked. Out: the status and the body; an
//! answer that breaks off is an error.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was answered.
pub struct Answer {
    /// 200 and the like.
    pub status: u16,
    /// What stands behind the head.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether what was asked was done.
    pub fn done(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; nothing where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A request: its method, path and query, further lines of its head, and its body.
pub fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    head: &str,
    body: &[u8],
) -> Result<Answer> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    connection.write_all(&request)?;
    let mut told = Vec::new();
    connection.read_to_end(&mut told)?;
    let end = told.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.with_context(|| format!("{path}: no whole head"))?;
    let body = told.split_off(end + 4);
    let head = String::from_utf8_lossy(&told).to_lowercase();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    ensure!(
        length.is_none_or(|length: usize| length == body.len()),
        "{path}: the answer breaks off"
    );
    Ok(Answer {
        status: status.with_context(|| format!("{path}: no status"))?,
        body,
    })
}

/// A page or an answer of the API, which must be there.
pub fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    let answer = ask(address, "GET", path, "", b"")?;
    ensure!(answer.status == 200, "{path}: HTTP {}", answer.status);
    Ok(answer)
}

/// How long it took to get it, in milliseconds.
pub fn timed(address: SocketAddr, path: &str) -> Result<f64> {
    let began = Instant::now();
    get(address, path)?;
    Ok(millis(began.elapsed()))
}

/// A time in milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Words in an address: what is no letter and no figure becomes a space.
pub fn words(text: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '+' };
    text.chars().map(word).collect()
}

/// The time below which so many of a hundred lie; 0 where there is none.
pub fn percentile(times: &mut [f64], of: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() * of / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_few_and_of_none() {
        let mut hundred: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(percentile(&mut hundred, 95), 95.0);
        assert_eq!(percentile(&mut [3.0], 99), 3.0);
        assert_eq!(percentile(&mut [], 50), 0.0);
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for length in [9, 4] {
                let (mut to, _) = listener.accept().expect("asked");
                let _ = to.read(&mut [0; 500]);
                let _ = write!(
                    to,
                    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nfour"
                );
            }
        });
        assert!(get(address, "/").is_err());
        assert_eq!(get(address, "/").expect("whole").text(), "four");
    }
}
