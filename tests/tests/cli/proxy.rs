//! A served engine, and a proxy between it and the program.
//!
//! The proxy lets everything through until it sees one statement. Then it kills the server, by its process id, or makes
//! the statement wait.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Child;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::project::{Program, Project};

/// What happens to the statement.
#[derive(Clone)]
pub(crate) enum Moment {
    /// The server dies before it gets the statement.
    BeforeItRuns,
    /// The server dies after it ran the statement, and its answer goes nowhere.
    AfterItRan,
    /// Nobody dies; the statement waits.
    Held(Hold),
}

/// The proxy's end of a statement that waits.
#[derive(Clone)]
pub(crate) struct Hold {
    seen: Sender<()>,
    go: Arc<Mutex<Receiver<()>>>,
}

/// The test's end of a statement that waits.
pub(crate) struct Held {
    seen: Receiver<()>,
    go: Sender<()>,
}

impl Hold {
    pub(crate) fn new() -> (Self, Held) {
        let ((seen, is_seen), (go, may_go)) = (channel(), channel());
        (
            Self {
                seen,
                go: Arc::new(Mutex::new(may_go)),
            },
            Held { seen: is_seen, go },
        )
    }
}

impl Held {
    /// Waits until the statement has come.
    pub(crate) fn wait(&self) {
        self.seen.recv().unwrap();
    }

    /// Lets it go on.
    pub(crate) fn release(&self) {
        self.go.send(()).unwrap();
    }
}

/// A served engine on the data of a project.
pub(crate) struct Served {
    process: Arc<Mutex<Child>>,
    address: String,
}

impl Served {
    pub(crate) fn start(project: &Project) -> Self {
        Self::start_with(project, &[])
    }

    /// With more arguments of `engine serve`.
    pub(crate) fn start_with(project: &Project, more: &[&str]) -> Self {
        let args = [&["engine", "serve", "--path", ".chx/db", "--port", "0"], more].concat();
        let mut process = project.command(Program::First, &args).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("http://")
            .expect("an address")
            .to_owned();
        Self {
            process: Arc::new(Mutex::new(process)),
            address,
        }
    }
}

impl Served {
    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs SQL there, and gives what it answers.
    #[track_caller]
    pub(crate) fn query(&self, sql: &str) -> String {
        let mut server = TcpStream::connect(&self.address).unwrap();
        // HTTP/1.0: the answer ends with the connection.
        let head = format!(
            "POST /?wait_end_of_query=1 HTTP/1.0\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
            sql.len()
        );
        server.write_all(head.as_bytes()).unwrap();
        server.write_all(sql.as_bytes()).unwrap();
        let mut answer = String::new();
        server.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 200 "), "{sql}\n{body}");
        body.trim_end().to_owned()
    }
}

/// Where a webhook points to.
pub(crate) struct Hook {
    pub(crate) url: String,
    heard: Receiver<String>,
}

impl Hook {
    /// The next request that comes.
    pub(crate) fn next(&self) -> String {
        self.heard.recv().unwrap()
    }
}

impl Served {
    /// Runs a statement, as somebody else would.
    #[track_caller]
    pub(crate) fn execute(&self, sql: &str) {
        let answer = self.execute_bytes(sql.as_bytes());
        assert!(answer.contains(" 200 "), "{sql}\n{answer}");
    }

    /// The same for a statement that is no text; gives the whole answer.
    pub(crate) fn execute_bytes(&self, sql: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "POST /?mutations_sync=1 HTTP/1.0\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
            sql.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(sql).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Takes requests, says that all is well, and hands them over.
pub(crate) fn hook() -> Hook {
    hook_that_says("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
}

/// Takes requests, gives each the same answer, and hands them over. An answer that is empty never ends.
pub(crate) fn hook_that_says(answer: &'static str) -> Hook {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/secret-path", listener.local_addr().unwrap());
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        let mut waiting = Vec::new();
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            loop {
                let length = client.read(&mut piece).unwrap();
                request.extend_from_slice(&piece[..length]);
                let text = String::from_utf8_lossy(&request);
                let Some((head, body)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head
                    .to_lowercase()
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
                if body.len() >= length.unwrap().parse().unwrap() {
                    break;
                }
            }
            client.write_all(answer.as_bytes()).unwrap();
            if answer.is_empty() {
                waiting.push(client);
            }
            if tell.send(String::from_utf8_lossy(&request).into_owned()).is_err() {
                return;
            }
        }
    });
    Hook { url, heard }
}

fn kill(process: &Mutex<Child>) {
    let mut process = process.lock().unwrap();
    let _ = process.kill();
    let _ = process.wait();
}

impl Drop for Served {
    fn drop(&mut self) {
        kill(&self.process);
    }
}

/// Forwards connections to a server until a request holds `words`. Ends with the test's process.
pub(crate) fn proxy(served: &Served, words: &'static str, moment: Moment) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (process, upstream) = (Arc::clone(&served.process), served.address.clone());
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (process, upstream, moment) = (Arc::clone(&process), upstream.clone(), moment.clone());
            std::thread::spawn(move || forward(client.unwrap(), &upstream, words, &moment, &process));
        }
    });
    url
}

fn forward(mut client: TcpStream, upstream: &str, words: &str, moment: &Moment, process: &Mutex<Child>) {
    let Ok(mut server) = TcpStream::connect(upstream) else {
        return;
    };
    let mut answers = server.try_clone().unwrap();
    let mut back = client.try_clone().unwrap();
    let (seen, is_seen) = channel::<()>();
    let answering = std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(read @ 1..) = answers.read(&mut buffer) {
            if is_seen.try_recv().is_ok() {
                // The server has answered: the statement ran. The answer goes nowhere.
                return;
            }
            if back.write_all(&buffer[..read]).is_err() {
                return;
            }
        }
    });
    let mut buffer = [0; 8192];
    let mut request = Vec::new();
    while let Ok(read @ 1..) = client.read(&mut buffer) {
        request.extend_from_slice(&buffer[..read]);
        if String::from_utf8_lossy(&request).contains(words) {
            match moment {
                Moment::BeforeItRuns => {}
                Moment::AfterItRan => {
                    seen.send(()).unwrap();
                    server.write_all(&buffer[..read]).unwrap();
                    answering.join().unwrap();
                }
                Moment::Held(hold) => {
                    request.clear();
                    hold.seen.send(()).unwrap();
                    hold.go.lock().unwrap().recv().unwrap();
                    server.write_all(&buffer[..read]).unwrap();
                    continue;
                }
            }
            kill(process);
            let _ = client.shutdown(Shutdown::Both);
            return;
        }
        if server.write_all(&buffer[..read]).is_err() {
            return;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
}
