//! Pages that are asked for by their addresses.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::run::{program, run};

const PAGE: &str = "<!doctype html><html><head><title>A mill at Quell fell</title></head><body><article><h1>A mill at Quell fell</h1><p>A mill at Quell fell into the sea on Sunday, Ada Lorne said. Nobody was inside the old mill when its walls gave way.</p></article></body></html>";

#[test]
fn an_address_is_read_as_a_file_is() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/mill", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.expect("asked");
            let _ = connection.read(&mut [0; 2_048]);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                PAGE.len()
            );
            let _ = connection.write_all((head + PAGE).as_bytes());
        }
    });
    let read = run(
        program().args(["extract", "--allow-private", &address]),
        b"",
    );
    let article: serde_json::Value = serde_json::from_str(&read.stdout).expect("an article");
    assert_eq!(article["title"], "A mill at Quell fell");
    assert_eq!(article["url"], address.as_str());
    // This machine's own pages are nobody's news, unless it is said that they are.
    let refused = program().args(["extract", &address]).output().expect("ran");
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && told.contains("--allow-private"),
        "{told}"
    );
}
