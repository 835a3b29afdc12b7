//! Stories that are followed: what is new goes to hooks, signed, and by mail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossread::{Input, Silent};
use desk::Desk;
use fetch::{Alert, AlertOptions, Alerts, MailOptions, Mailer, Secret};
use store::{Follower, StoryFilter};

use crate::server::held;

const SECRET: &str = "a secret of the hook";

fn add(desk: &mut Desk, outlet: &str, more: &str) {
    let text = format!(
        "The bridge at Orl fell into the river on Monday night, the mayor, Ada Lorne, said. Nobody was hurt when the bridge at Orl fell, the police said.\n{more}\n"
    );
    let record = serde_json::json!({
        "url": format!("https://{}.example/bridge", outlet.to_lowercase()), "outlet": outlet, "title": "The bridge at Orl fell",
        "published": "2023-03-18", "text": text,
    });
    let input = Input {
        path: "a.jsonl".to_owned(),
        bytes: record.to_string().into_bytes(),
        ..Input::default()
    };
    desk.add([Ok(input)], "test", &|| 1_000, &Silent)
        .expect("added");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
}

fn follow(db: &Path, desk: &Desk, hook: &str, every: i64) -> String {
    let rows = desk
        .store()
        .stories(&StoryFilter::default(), 9)
        .expect("stories");
    let now = desk::follow::begin(desk.store(), &rows[0].id)
        .expect("read")
        .expect("a story");
    let follower = Follower {
        story: now.story.clone(),
        hook: Some(hook.to_owned()),
        secret: Some(SECRET.to_owned()),
        every,
        by: "Anna Reader".to_owned(),
        ..Follower::default()
    };
    store::follow(db, &follower, now.drawn, now.told.as_deref()).expect("followed");
    now.story
}

/// Everything that is told at a time: news, and hooks that refuse.
fn tell(desk: &Desk, alerts: &Alerts, now: i64) -> Vec<String> {
    let mut told = Vec::new();
    let mut say = |alert: Alert<'_>| match alert {
        Alert::News(_, news) => told.push(news.label()),
        Alert::Refused(_, why) => told.push(why.to_owned()),
        Alert::Came(..) => {}
    };
    fetch::notice(desk.store(), now).expect("noticed");
    alerts.tell(desk.store(), now, &mut say).expect("told");
    alerts
        .finish(desk.store(), now, Duration::from_secs(10), &mut say)
        .expect("posted");
    told
}

/// Requests: the head of each, and its body.
type Kept = Arc<Mutex<Vec<(String, String)>>>;

/// A server that keeps whole requests, and answers the first with a failure.
fn keeper() -> (SocketAddr, Kept) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let kept = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&kept);
    std::thread::spawn(move || {
        for (at, connection) in listener.incoming().flatten().enumerate() {
            let mut reader = BufReader::new(connection);
            let mut head = String::new();
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let head = head.to_lowercase();
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next());
            let mut body = vec![0; length.and_then(|l| l.trim().parse().ok()).unwrap_or(0)];
            reader.read_exact(&mut body).expect("a body");
            let body = String::from_utf8(body).expect("UTF-8");
            shared.lock().expect("kept").push((head, body));
            let status = if at == 0 {
                "503 Service Unavailable"
            } else {
                "204 No Content"
            };
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = reader.get_mut().write_all(answer.as_bytes());
        }
    });
    (address, kept)
}

#[test]
fn what_is_new_is_posted_signed_until_it_is_taken() {
    let (address, kept) = keeper();
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let mut desk = held(&db);
    add(&mut desk, "Bote", "");
    let story = follow(&db, &desk, &format!("http://{address}/news"), 0);
    let alerts = Alerts::new(&AlertOptions {
        desk: Some("https://desk.example/x".to_owned()),
        ..AlertOptions::default()
    });
    assert_eq!(tell(&desk, &alerts, 1_000), Vec::<String>::new());
    add(
        &mut desk,
        "Tide",
        "\"It will be built anew,\" Viktor Maurer said.",
    );
    let told = tell(&desk, &alerts, 2_000);
    assert!(told.contains(&"New article".to_owned()), "{told:?}");
    assert!(told.iter().any(|why| why.contains("503")), "{told:?}");
    // People are told once; the hook when its time has come.
    assert!(!alerts.are_due(desk.store(), 2_010).expect("read"));
    assert_eq!(tell(&desk, &alerts, 2_010), Vec::<String>::new());
    assert!(alerts.are_due(desk.store(), 9_000).expect("read"));
    assert_eq!(tell(&desk, &alerts, 9_000), Vec::<String>::new());
    let kept = kept.lock().expect("kept");
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].1, kept[1].1, "nothing is left out");
    let (head, body) = &kept[1];
    let signature = fetch::sign(SECRET, body);
    assert!(
        head.contains(&format!("x-crossread-signature: {signature}")),
        "{head}"
    );
    let value: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(value["story"], story.as_str());
    assert_eq!(
        value["links"]["desk"],
        format!("https://desk.example/x/stories/{story}")
    );
    let news = value["news"].as_array().expect("news");
    let said = news
        .iter()
        .find(|one| one["kind"] == "said")
        .expect("a quotation");
    assert_eq!(said["passages"][0]["speaker"], "Viktor Maurer");
    assert_eq!(
        said["passages"][0]["links"]["page"],
        "https://tide.example/bridge"
    );
    assert!(!alerts.are_due(desk.store(), 10_000).expect("read"));
}

/// A server of mail that keeps what it is sent.
fn post_office() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    fn talk(connection: &TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut reader = BufReader::new(connection.try_clone()?);
        let mut out = connection;
        out.write_all(b"220 post ESMTP\r\n")?;
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            let word = line.to_uppercase();
            let answer: &[u8] = if word.starts_with("EHLO") {
                b"250-post\r\n250 8BITMIME\r\n"
            } else if word.starts_with("DATA") {
                out.write_all(b"354 go on\r\n")?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if reader.read_line(&mut mail)? == 0 {
                        return Ok(());
                    }
                }
                kept.lock().expect("kept").push(mail);
                b"250 kept\r\n"
            } else if word.starts_with("QUIT") {
                b"221 bye\r\n"
            } else {
                b"250 so be it\r\n"
            };
            out.write_all(answer)?;
            line.clear();
        }
        Ok(())
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let kept = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&kept);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let _ = talk(&connection, &shared);
        }
    });
    (address, kept)
}

#[test]
fn a_digest_is_mailed_once_in_its_time() {
    let (address, kept) = post_office();
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let mut desk = held(&db);
    add(&mut desk, "Bote", "");
    follow(&db, &desk, "mailto:anna@news.example", 86_400);
    // Where nobody sends mail it waits, and is no trouble.
    let nobody = Alerts::default();
    add(
        &mut desk,
        "Tide",
        "\"It will be built <anew>,\" Viktor Maurer said.",
    );
    assert!(!tell(&desk, &nobody, 1_000).is_empty());
    assert!(!nobody.are_due(desk.store(), 1_000).expect("read"));
    let mailer = Mailer::new(
        &MailOptions {
            server: format!("smtp://{address}"),
            from: "Crossread <desk@news.example>".to_owned(),
            user: None,
            password: Some(Secret("never sent".to_owned())),
        },
        Duration::from_secs(5),
    );
    let alerts = Alerts::new(&AlertOptions {
        desk: Some("https://desk.example".to_owned()),
        mail: Some(Arc::new(mailer.expect("a mailer"))),
        ..AlertOptions::default()
    });
    assert!(alerts.are_due(desk.store(), 2_000).expect("read"));
    assert_eq!(tell(&desk, &alerts, 2_000), Vec::<String>::new());
    // What comes meanwhile waits for its day.
    add(&mut desk, "Post", "");
    assert!(!tell(&desk, &alerts, 3_000).is_empty());
    assert_eq!(kept.lock().expect("kept").len(), 1);
    tell(&desk, &alerts, 2_000 + 86_400);
    let kept = kept.lock().expect("kept");
    assert_eq!(kept.len(), 2);
    let mail = kept[0].replace("=\r\n", "");
    for part in [
        "To: anna@news.example",
        "From: Crossread <desk@news.example>",
        "Subject: Crossread: The bridge at Orl fell",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "https://desk.example/stories/s-",
        "Viktor Maurer, Tide, 2023-03-18",
        "&lt;anew&gt;",
    ] {
        assert!(mail.contains(part), "{part} is not in {mail}");
    }
    assert!(!mail.contains("never sent"));
    assert!(kept[1].contains("Post"), "{}", kept[1]);
}
