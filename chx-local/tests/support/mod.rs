//! Plain HTTP over TCP, without any client's help.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The body ended as it should.
    pub(crate) complete: bool,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends these bytes as they are and reads what comes until the other side closes.
pub(crate) fn raw(url: &str, request: &[u8]) -> Vec<u8> {
    let mut socket = connect(url);
    socket.write_all(request).expect("request");
    let mut answer = Vec::new();
    // The other side may reset the connection when it has enough.
    let _ = socket.read_to_end(&mut answer);
    answer
}

pub(crate) fn connect(url: &str) -> TcpStream {
    let socket = TcpStream::connect(url.trim_start_matches("http://")).expect("connection");
    socket
        .set_read_timeout(Some(Duration::from_mins(1)))
        .expect("timeout");
    socket
}

/// One request on a connection of its own.
pub(crate) fn request(url: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: local\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    if method == "POST" {
        head.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    reply(&raw(url, &[head.as_bytes(), b"\r\n", body].concat()), method)
}

fn reply(answer: &[u8], method: &str) -> Reply {
    let end = answer
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("the end of the headers");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .expect("a status")
        .parse()
        .expect("a number");
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    let mut rest = &answer[end + 4..];
    let mut answer = Reply {
        status,
        headers,
        body: Vec::new(),
        complete: true,
    };
    if answer.header("transfer-encoding") != Some("chunked") {
        answer.body = rest.to_vec();
        answer.complete = method == "HEAD"
            || answer
                .header("content-length")
                .is_none_or(|length| length == rest.len().to_string());
        return answer;
    }
    loop {
        let Some(line) = rest.windows(2).position(|w| w == b"\r\n") else {
            answer.complete = false;
            return answer;
        };
        let size =
            usize::from_str_radix(&String::from_utf8_lossy(&rest[..line]), 16).expect("a chunk's size");
        if size == 0 {
            return answer;
        }
        let Some(chunk) = rest.get(line + 2..line + 2 + size) else {
            answer.complete = false;
            return answer;
        };
        answer.body.extend_from_slice(chunk);
        rest = rest.get(line + 4 + size..).unwrap_or_default();
    }
}
