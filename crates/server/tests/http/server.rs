//! In: the samples, and what else is given. Out: a server of them, and what it answers.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use crossread::{Engine, Input, Options, Silent};
use desk::Desk;
use serde_json::Value;
use tokio::sync::oneshot;

pub const TOKEN: &str = "a token of some length";

pub struct Server {
    pub address: SocketAddr,
    pub stop: Option<oneshot::Sender<()>>,
    pub thread: Option<JoinHandle<()>>,
    pub folder: tempfile::TempDir,
}

/// An answer: status, headers in small letters, body.
pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

pub fn options() -> Options {
    Options {
        threads: Some(2),
        align: crossread::Align::Words,
        ..Options::default()
    }
}

pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

impl Server {
    /// Serves the samples, and what else is given.
    pub fn start(more: &[(&str, &str)]) -> Self {
        Self::with(more, |_| {})
    }

    /// The same, started otherwise.
    pub fn with(more: &[(&str, &str)], change: impl FnOnce(&mut ::server::Options)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = folder.path().join("news.db");
        let mut inputs: Vec<Input> = std::fs::read_dir(samples())
            .expect("samples")
            .map(|entry| entry.expect("a sample").path())
            .map(|path| Input {
                bytes: std::fs::read(&path).expect("read"),
                path: path.display().to_string(),
                ..Input::default()
            })
            .collect();
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        inputs.extend(more.iter().map(|(path, text)| Input {
            path: (*path).to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Input::default()
        }));
        let engine = Engine::new(options()).expect("an engine");
        let mut desk = Desk::open(engine, &db, 1_000).expect("a store");
        desk.add(inputs.into_iter().map(Ok), "test", &|| 1_000, &Silent)
            .expect("added");
        desk.redraw(u64::MAX, &Silent).expect("drawn");
        drop(desk);
        let mut served = ::server::Options::new(db, ([127, 0, 0, 1], 0).into(), options());
        served.hosts = vec!["news.test".to_owned()];
        served.tokens = Some(::server::Tokens::one(TOKEN));
        served.watch = Some(::server::Watching {
            sources: Vec::new(),
            options: fetch::WatchOptions {
                client: fetch::ClientOptions {
                    allow_private: true,
                    ..fetch::ClientOptions::default()
                },
                pause: Duration::from_millis(1),
                ..fetch::WatchOptions::default()
            },
        });
        change(&mut served);
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let ready = |address| tell.send(address).expect("told");
            let stopped = async {
                let _ = stopped.await;
            };
            ::server::serve(served, ready, stopped).expect("served");
        });
        Self {
            address: told
                .recv_timeout(Duration::from_secs(60))
                .expect("it starts"),
            stop: Some(stop),
            thread: Some(thread),
            folder,
        }
    }

    pub fn bytes(&self, request: &str) -> Vec<u8> {
        let mut connection = TcpStream::connect(self.address).expect("connected");
        connection.write_all(request.as_bytes()).expect("asked");
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).expect("answered");
        bytes
    }

    pub fn ask(&self, request: &str) -> Answer {
        let text = String::from_utf8(self.bytes(request)).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer");
        Answer {
            status: head[9..12].parse().expect("a status"),
            headers: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    pub fn post(&self, token: &str, body: &str) -> Answer {
        self.change("POST", "/api/v1/articles", token, body)
    }

    pub fn change(&self, method: &str, path: &str, token: &str, body: &str) -> Answer {
        self.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    /// Sends a form of the pages.
    pub fn form(&self, fields: &str) -> Answer {
        self.form_at("/searches", fields)
    }

    /// Sends a form to one of the pages.
    pub fn form_at(&self, path: &str, fields: &str) -> Answer {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{fields}",
            self.address,
            fields.len()
        ))
    }
}

/// A form with files: names, files' names where it is one, and what they hold.
pub fn parts(of: &[(&str, Option<&str>, &str)]) -> String {
    let mut body = String::new();
    for (name, file, holds) in of {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        body.push_str(&format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{holds}\r\n"
        ));
    }
    body + "--edge--\r\n"
}

impl Server {
    /// Sends a form with files; `more` are lines of the head.
    pub fn send_parts(&self, path: &str, more: &str, body: &str) -> Answer {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=edge\r\n{more}\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it stops");
        }
    }
}
