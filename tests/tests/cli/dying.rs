//! A server that dies under a statement: before it ran, and after it ran but before it could say so. And a run that a
//! person ends.

use crate::project::{Program, Project, Ran, finish};
use crate::proxy::{Hold, Moment, Served, proxy};

#[track_caller]
fn dies(moment: Moment) -> (Project, Ran) {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let served = Served::start(&project);
    let url = proxy(&served, "CREATE TABLE shop.site_views", moment);
    project
        .run(Program::First, &["migrate", "--retries", "0", "--url", &url])
        .expect(6)
        .complains("whether statement 3 of 4")
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

/// The first Ctrl-C lets the statement that runs end, and nothing starts after it.
#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_stops_between_two_statements() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let served = Served::start(&project);
    let (hold, held) = Hold::new();
    let url = proxy(&served, "CREATE TABLE shop.site_views", Moment::Held(hold));
    let mut running = project
        .command(Program::First, &["migrate", "--retries", "0", "--url", &url])
        .spawn()
        .unwrap();
    let mut talk = std::io::BufReader::new(running.stderr.take().unwrap());
    held.wait();
    let id = running.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let mut heard = String::new();
    while !heard.contains("stopping after this statement") {
        assert_ne!(
            std::io::BufRead::read_line(&mut talk, &mut heard).unwrap(),
            0,
            "{heard}"
        );
    }
    held.release();
    // Nobody reads the rest of the talk; the program must not mind.
    drop(talk);
    finish(running).expect(130);
    drop(served);
    let tables =
        "SELECT groupArray(name) FROM (SELECT name FROM system.tables WHERE database = 'shop' ORDER BY name)";
    assert_eq!(
        project.query(tables),
        "['page_view','site_views']",
        "the statement that ran has ended"
    );
    assert_eq!(project.query("SELECT countIf(event = 'started') - countIf(event = 'finished') FROM chx.journal WHERE statement > 0"), "0");
    project
        .run(Program::First, &["status"])
        .expect(1)
        .says("unfinished");
    let again = project.run(Program::First, &["migrate", "--json"]).expect(0);
    assert_eq!(again.json()["statements"], 1);
    ends_well(&project);
}
