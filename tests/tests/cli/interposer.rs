//! A proxy that sees whole requests, and does to each what a test says.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::proxy::Served;

/// What happens to a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Action {
    /// It goes to the server, and the answer comes back.
    Pass,
    /// It goes nowhere: the connection is closed.
    Drop,
    /// It goes to the server, and the answer goes nowhere.
    Swallow,
    /// As `Swallow`, and nobody waits for the server.
    Abandon,
    /// It goes to the server, and the answer is cut in the middle.
    Truncate,
    /// It goes to the server after a pause.
    Delay(Duration),
    /// It goes to the server with a setting in its address, such as `readonly=2`.
    Setting(&'static str),
    /// It goes to the server, and in the answer the second text stands where the first did; both are of one length.
    Replace(&'static str, &'static str),
    /// It goes nowhere, and this exception comes back.
    Refuse(&'static str),
}

/// Starts one before a server, and gives its address. `decide` sees the text of each request. Ends with the test's
/// process.
pub(crate) fn interpose(served: &Served, decide: impl Fn(&str) -> Action + Send + Sync + 'static) -> String {
    let upstream = served.url();
    interpose_before(move || upstream.clone(), decide)
}

/// The same before a server that may be another one each time.
pub(crate) fn interpose_before(
    upstream: impl Fn() -> String + Send + Sync + 'static,
    decide: impl Fn(&str) -> Action + Send + Sync + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (upstream, decide) = (Arc::new(upstream), Arc::new(decide));
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (upstream, decide) = (Arc::clone(&upstream), Arc::clone(&decide));
            std::thread::spawn(move || serve(client.unwrap(), &*upstream, &*decide));
        }
    });
    url
}

/// One connection, one request: the answer says that it closes.
fn serve(mut client: TcpStream, upstream: &dyn Fn() -> String, decide: &dyn Fn(&str) -> Action) {
    let Some(mut request) = read_request(&mut client) else {
        return;
    };
    let action = decide(&String::from_utf8_lossy(&request));
    if let Action::Delay(pause) = action {
        std::thread::sleep(pause);
    }
    if matches!(action, Action::Drop) {
        return;
    }
    if let Action::Refuse(exception) = action {
        let length = exception.len();
        let head = format!(
            "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        let _ = client.write_all(&[head.as_bytes(), exception.as_bytes()].concat());
        return;
    }
    if let Action::Setting(setting) = action {
        let at = request.windows(2).position(|two| two == b"/?").unwrap() + 2;
        request.splice(at..at, format!("{setting}&").into_bytes());
    }
    let Ok(mut server) = TcpStream::connect(upstream().replace("http://", "")) else {
        return;
    };
    let head = b"Connection: close\r\n";
    let line = request.windows(2).position(|two| two == b"\r\n").unwrap() + 2;
    let closing = [&request[..line], head, &request[line..]].concat();
    if server.write_all(&closing).is_err() {
        return;
    }
    if matches!(action, Action::Abandon) {
        drop(client);
    } else {
        let mut answer = Vec::new();
        if server.read_to_end(&mut answer).is_err() {
            return;
        }
        if let Action::Replace(from, to) = action {
            let at = answer
                .windows(from.len())
                .position(|part| part == from.as_bytes());
            let at = at.unwrap_or_else(|| panic!("no `{from}` in {:?}", String::from_utf8_lossy(&answer)));
            answer.splice(at..at + from.len(), to.bytes());
        }
        let sent = match action {
            Action::Swallow => 0,
            Action::Truncate => answer.len() / 2,
            _ => answer.len(),
        };
        let _ = client.write_all(&answer[..sent]);
        return;
    }
    // The server may not notice that nobody listens.
    let _ = server.read_to_end(&mut Vec::new());
}

/// The bytes of a request: its head, and a body of the length that the head says.
fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut request, mut buffer) = (Vec::new(), [0; 8192]);
    loop {
        match client.read(&mut buffer) {
            Ok(read @ 1..) => request.extend_from_slice(&buffer[..read]),
            _ => return None,
        }
        let Some(head) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(&request[..head]).to_ascii_lowercase();
        assert!(!text.contains("transfer-encoding"), "{text}");
        let length: usize = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.trim().parse().unwrap());
        if request.len() >= head + 4 + length {
            return Some(request);
        }
    }
}
