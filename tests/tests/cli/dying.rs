//! A server that dies under a statement: before it ran, and after it ran but before it could say so.
//!
//! A proxy stands between the program and the server. It lets everything through until it sees one statement; then it
//! kills the server, by its process id, and says nothing more.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Child;
use std::sync::{Arc, Mutex};

use crate::project::{Program, Project, Ran};

/// When the server dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    BeforeItRuns,
    AfterItRan,
}

/// A served engine on the data of a project.
struct Served {
    process: Arc<Mutex<Child>>,
    address: String,
}

impl Served {
    fn start(project: &Project) -> Self {
        let args = ["engine", "serve", "--path", ".chx/db", "--port", "0"];
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
fn proxy(served: &Served, words: &'static str, moment: Moment) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (process, upstream) = (Arc::clone(&served.process), served.address.clone());
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (process, upstream) = (Arc::clone(&process), upstream.clone());
            std::thread::spawn(move || forward(client.unwrap(), &upstream, words, moment, &process));
        }
    });
    url
}

fn forward(mut client: TcpStream, upstream: &str, words: &str, moment: Moment, process: &Mutex<Child>) {
    let Ok(mut server) = TcpStream::connect(upstream) else {
        return;
    };
    let mut answers = server.try_clone().unwrap();
    let mut back = client.try_clone().unwrap();
    let (seen, is_seen) = std::sync::mpsc::channel::<()>();
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
            if moment == Moment::AfterItRan {
                seen.send(()).unwrap();
                server.write_all(&buffer[..read]).unwrap();
                answering.join().unwrap();
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

#[track_caller]
fn dies(moment: Moment) -> (Project, Ran) {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let served = Served::start(&project);
    let url = proxy(&served, "CREATE TABLE shop.site_views", moment);
    project
        .run(Program::First, &["migrate", "--url", &url])
        .expect(6)
        .complains("the connection broke during statement 3 of 4")
        .complains("migrations/")
        .complains("run `migrate` again");
    drop(served);
    // The journal says that the statement was started, and not how it ended.
    let last = "SELECT argMax(event, sequence) FROM chx.journal WHERE statement = ";
    assert_eq!(project.query(&format!("{last} 2")), "finished");
    assert_eq!(project.query(&format!("{last} 3")), "started");
    let again = project.run(Program::First, &["migrate"]).expect(0);
    (project, again)
}

#[track_caller]
fn ends_well(project: &Project) {
    project
        .run(Program::First, &["status"])
        .expect(0)
        .says("1 applied, 0 pending");
    project.run(Program::First, &["drift"]).expect(0);
    let open = "SELECT count() FROM (SELECT argMax(event, sequence) AS last FROM chx.journal GROUP BY statement HAVING last = 'started')";
    assert_eq!(project.query(open), "0");
}

#[test]
fn a_statement_that_did_not_run_is_run() {
    let (project, again) = dies(Moment::BeforeItRuns);
    again.complains("the database shows that it did not run");
    ends_well(&project);
}

#[test]
fn a_statement_that_ran_is_not_run_again() {
    let (project, again) = dies(Moment::AfterItRan);
    again.complains("the database shows that it ran");
    ends_well(&project);
}
