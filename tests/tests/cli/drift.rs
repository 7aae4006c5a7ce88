//! `drift`: what is different on the server, in both directions, and what is none of its business.

use serde_json::Value;

use crate::project::{Program, Project, finish};
use crate::proxy::{Served, hook, hook_that_says};

/// A project whose migrations are applied, on a server that others can reach.
fn applied() -> (Project, Served) {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    let served = Served::start(&project);
    (project, served)
}

fn drift(project: &Project, served: &Served, args: &[&str]) -> Value {
    let url = served.url();
    let all = [&["drift", "--url", url.as_str(), "--json"], args].concat();
    let ran = project.run(Program::First, &all);
    assert!(matches!(ran.code, 0 | 5), "{ran:?}");
    let document = ran.json();
    assert_eq!(
        ran.code == 5,
        !document["differences"].as_array().unwrap().is_empty(),
        "the exit code says whether there is drift"
    );
    document
}

/// `object: how attribute, how attribute`.
fn told(document: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let differences = document["differences"].as_array().unwrap().iter();
    differences
        .map(|difference| {
            let attributes = difference["attributes"].as_array().into_iter().flatten();
            let attributes: Vec<String> = attributes
                .map(|piece| format!("{} {}", text(&piece["kind"]), text(&piece["attribute"])))
                .collect();
            format!(
                "{} {}: {}",
                text(&difference["kind"]),
                text(&difference["object"]),
                attributes.join(", ")
            )
        })
        .collect()
}

#[test]
fn each_piece_that_was_changed_by_hand_is_named_with_both_values_and_brought_back() {
    let (project, served) = applied();
    for sql in [
        "ALTER TABLE shop.page_view ADD COLUMN agent String AFTER id",
        "ALTER TABLE shop.page_view COMMENT COLUMN site 'the host'",
        "ALTER TABLE shop.page_view MODIFY COLUMN usr String DEFAULT 'nobody'",
        "ALTER TABLE shop.page_view MODIFY COLUMN id CODEC(LZ4)",
        "ALTER TABLE shop.page_view MODIFY TTL toDateTime(ts) + INTERVAL 30 DAY",
        "ALTER TABLE shop.page_view MODIFY SETTING merge_with_ttl_timeout = 3600",
        "ALTER TABLE shop.page_view MODIFY COMMENT 'mine'",
        "ALTER TABLE shop.page_view ADD INDEX by_usr usr TYPE bloom_filter",
        "ALTER TABLE shop.site_views_mv MODIFY QUERY SELECT site, sum(1) AS views FROM shop.page_view GROUP BY site",
        "CREATE TABLE shop.mine (n UInt8) ENGINE = Memory",
    ] {
        served.execute(sql);
    }
    let document = drift(&project, &served, &[]);
    assert_eq!(
        told(&document),
        [
            "extra shop.mine: ",
            "changed shop.page_view: changed column id: codec, extra column agent, extra column site: comment, changed \
             column usr: default, extra index by_usr, changed TTL, extra setting merge_with_ttl_timeout, changed comment",
            "changed shop.site_views_mv: changed query",
        ]
    );
    let codec = &document["differences"][1]["attributes"][0];
    assert_eq!(
        (&codec["expected"], &codec["live"]),
        (&"CODEC(Delta(8), ZSTD(3))".into(), &"CODEC(LZ4)".into())
    );
    assert_eq!(codec["severity"], "warning");
    assert_eq!(document["differences"][1]["severity"], "error");

    let markdown = project
        .run(Program::First, &["drift", "--url", &served.url(), "--markdown"])
        .expect(5);
    let markdown = markdown.says("| `shop.page_view` | column id: codec | changed | warning | `CODEC(Delta(8), ZSTD(3))` | `CODEC(LZ4)` |");
    markdown
        .says("## Bring the database back")
        .says("## Or accept it: the migration");
    project
        .run(Program::First, &["drift", "--url", &served.url()])
        .expect(5)
        .says("column id: codec (warning)")
        .says("what would bring the database back:");

    for sql in document["repair"].as_array().unwrap() {
        served.execute(sql.as_str().unwrap());
    }
    assert_eq!(told(&drift(&project, &served, &[])), Vec::<String>::new());

    // The other way is the way back.
    for sql in document["accept"].as_array().unwrap() {
        served.execute(sql.as_str().unwrap());
    }
    let again = drift(&project, &served, &[]);
    assert_eq!(told(&again), told(&document));
}

#[test]
fn a_spelling_is_no_drift() {
    let (project, served) = applied();
    for sql in [
        "DROP TABLE shop.site_views_mv",
        "DROP TABLE shop.site_views",
        "create table shop.site_views (`site` VARCHAR, views BIGINT UNSIGNED) engine = SummingMergeTree() primary key \
         (site) order by (((site))) settings index_granularity=8192 comment 'Views per site.'",
        "create materialized view shop.site_views_mv to shop.site_views as select p.site, COUNT() views from \
         shop.page_view p group by 1",
    ] {
        served.execute(sql);
    }
    // The query is another one in the engine's own words, too.
    assert_eq!(
        told(&drift(&project, &served, &[])),
        ["changed shop.site_views_mv: changed query, missing comment"]
    );
    for sql in [
        "DROP TABLE shop.site_views_mv",
        "create materialized view shop.site_views_mv to shop.site_views COMMENT 'Fills `site_views`.' as (select site, \
         COUNT() as views from shop.page_view group by site)",
    ] {
        served.execute(sql);
    }
    assert_eq!(told(&drift(&project, &served, &[])), Vec::<String>::new());
}

#[test]
fn who_asks_decides_what_is_looked_at() {
    let (project, served) = applied();
    for sql in [
        "CREATE DATABASE other",
        "CREATE TABLE other.theirs (n UInt8) ENGINE = Memory",
        "CREATE TABLE shop.tmp_1 (n UInt8) ENGINE = Memory",
        "CREATE MATERIALIZED VIEW shop.inside (n UInt8) ENGINE = MergeTree ORDER BY n AS SELECT 1 AS n FROM shop.tmp_1",
        "ALTER TABLE shop.site_views MODIFY COMMENT 'mine'",
    ] {
        served.execute(sql);
    }
    let names = |args: &[&str]| told(&drift(&project, &served, args));
    let comment = "changed shop.site_views: changed comment";
    assert_eq!(names(&[]), ["extra shop.inside: ", comment, "extra shop.tmp_1: "]);
    assert_eq!(names(&["--managed"]), [comment]);
    assert_eq!(
        names(&["--everything"]),
        [
            "extra other.theirs: ",
            "extra shop.inside: ",
            comment,
            "extra shop.tmp_1: "
        ]
    );
    assert_eq!(
        names(&["--exclude", "*.tmp_*", "--exclude", "shop.inside"]),
        [comment]
    );
    assert_eq!(names(&["--include", "shop.tmp*"]), ["extra shop.tmp_1: "]);
    // A name that is misspelt is not a green light.
    let url = served.url();
    for (command, patterns) in [
        (
            &["drift", "--include", "shop.site_veiws", "--include", "shop.tmp_1"][..],
            &["`shop.site_veiws`"][..],
        ),
        (
            &["drift", "--everything", "--include", "function score_*"],
            &["`function score_*`"],
        ),
        (
            &[
                "pull",
                "--out",
                "pulled",
                "--include",
                "shpo",
                "--include",
                "other",
            ],
            &["`shpo`"],
        ),
        (&["drift", "--include", "shop", "--exclude", "nothing.*"], &[]),
    ] {
        let ran = project.run(Program::First, &[command, &["--url", &url]].concat());
        let told: Vec<&str> = ran
            .stderr
            .lines()
            .filter_map(|line| {
                line.strip_prefix("note[CHX405]: ")?
                    .split_once(" chooses nothing")
            })
            .map(|(pattern, _)| pattern)
            .collect();
        assert_eq!(told, patterns, "{command:?}: {ran:?}");
    }
    project.edit(
        "chx.toml",
        "default_env",
        "scope.exclude = [\"*.tmp_*\", \"shop.site_*\"]\ndefault_env",
    );
    assert_eq!(names(&[]), ["extra shop.inside: "]);
    project
        .run(Program::First, &["drift", "--include", "a.b.c"])
        .expect(2)
        .complains("`a.b.c` is no pattern for objects");
}

#[test]
fn what_cannot_be_read_is_reported_and_stops_nothing() {
    let (project, served) = applied();
    for sql in [
        "CREATE TABLE shop.`a ``b``.c` (`select` UInt8, `ü \\\\ '` String) ENGINE = Memory COMMENT 'it''s'",
        "ALTER TABLE shop.site_views MODIFY COMMENT 'mine'",
        "DROP TABLE shop.site_views_mv",
    ] {
        served.execute(sql);
    }
    served.execute_bytes(b"CREATE TABLE shop.latin1 (n UInt8) ENGINE = Memory COMMENT 'caf\xe9'");
    let document = drift(&project, &served, &[]);
    assert_eq!(
        told(&document),
        [
            "extra shop.a `b`.c: ",
            "unknown shop.latin1: ",
            "changed shop.site_views: changed comment",
            "missing shop.site_views_mv: ",
        ]
    );
    assert!(
        document["differences"][1]["reason"]
            .as_str()
            .unwrap()
            .contains("no UTF-8 text"),
        "{document}"
    );
}

#[test]
fn databases_that_are_elsewhere_or_not_there_are_noted() {
    let (project, served) = applied();
    let codes = |args: &[&str]| -> Vec<String> {
        let url = served.url();
        let ran = project.run(
            Program::First,
            &[&["drift", "--url", url.as_str()], args].concat(),
        );
        let told = ran.stderr.lines().filter_map(|line| line.strip_prefix("note["));
        told.filter_map(|line| line.get(..6)).map(str::to_owned).collect()
    };
    assert!(codes(&[]).is_empty());
    served.execute("CREATE DATABASE elsewhere ENGINE = Filesystem");
    assert_eq!(codes(&["--everything"]), ["CHX402"]);
    served.execute("DROP DATABASE shop");
    assert_eq!(codes(&[]), ["CHX403"]);
}

#[cfg(unix)]
#[test]
fn a_watch_tells_what_changes_and_ends_when_asked() {
    let (project, served) = applied();
    let url = served.url();
    let hook = hook();
    let args = [
        "drift",
        "--url",
        &url,
        "--json",
        "--watch",
        "1",
        "--metrics",
        "drift.prom",
        "--alert",
        "(echo \"$CHX_EVENT\"; cat; echo) >> alerts",
        "--webhook",
        &hook.url,
    ];
    let mut running = project.command(Program::First, &args).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(running.stdout.take().unwrap()));
    let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    assert_eq!(next()["event"], "clean");
    served.execute("ALTER TABLE shop.site_views MODIFY COMMENT 'mine'");
    let event = next();
    assert_eq!((&event["event"], &event["version"]), (&"drift".into(), &1.into()));
    assert_eq!(told(&event), ["changed shop.site_views: changed comment"]);
    let heard = hook.next();
    assert!(heard.starts_with("POST /secret-path HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("\"event\":\"drift\""), "{heard}");
    served.execute("ALTER TABLE shop.site_views MODIFY COMMENT 'Views per site.'");
    assert_eq!(next()["event"], "resolved");
    hook.next();
    drop(served);
    assert_eq!(next()["event"], "failed");
    hook.next();
    let id = running.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let ran = finish(running).expect(1);
    assert!(!ran.stderr.contains("secret-path"), "{}", ran.stderr);
    let alerts = std::fs::read_to_string(project.path().join("alerts")).unwrap();
    let words: Vec<&str> = alerts
        .lines()
        .filter(|line| !line.starts_with('{') && !line.is_empty())
        .collect();
    assert_eq!(words, ["drift", "resolved", "failed"]);
    let metrics = std::fs::read_to_string(project.path().join("drift.prom")).unwrap();
    assert!(
        metrics.contains("chx_drift_check_success{environment=\"dev\"} 0"),
        "{metrics}"
    );
}

/// A watch with this webhook, that was just told of drift.
#[cfg(unix)]
fn watching(project: &Project, served: &Served, webhook: &str) -> std::process::Child {
    let url = served.url();
    let args = [
        "drift",
        "--url",
        &url,
        "--json",
        "--watch",
        "1",
        "--webhook",
        webhook,
    ];
    served.execute("ALTER TABLE shop.site_views MODIFY COMMENT 'mine'");
    project.command(Program::First, &args).spawn().unwrap()
}

#[cfg(unix)]
fn interrupt(running: &std::process::Child) {
    let id = running.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.unwrap().success());
}

/// What such a hook is told and does not take is said, and the watch goes on.
#[cfg(unix)]
#[test]
fn a_webhook_that_fails_ends_no_watch() {
    let (project, served) = applied();
    let refusing = hook_that_says(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/secret-path", listener.local_addr().unwrap())
    };
    for (webhook, says) in [
        (
            refusing.url.as_str(),
            "the webhook failed: `127.0.0.1` answers 500 Internal Server Error",
        ),
        (gone.as_str(), "the webhook failed: `127.0.0.1` does not answer: "),
    ] {
        let mut running = watching(&project, &served, webhook);
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(running.stdout.take().unwrap()));
        let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
        assert_eq!(next()["event"], "drift");
        served.execute("ALTER TABLE shop.site_views MODIFY COMMENT 'Views per site.'");
        assert_eq!(next()["event"], "resolved");
        served.execute("ALTER TABLE shop.site_views MODIFY COMMENT 'mine'");
        assert_eq!(next()["event"], "drift");
        interrupt(&running);
        let ran = finish(running).expect(5).complains(says);
        assert!(!ran.stderr.contains("secret-path"), "{}", ran.stderr);
    }
    assert!(refusing.next().contains("\"event\":\"drift\""));
}

#[cfg(unix)]
#[test]
fn nobody_who_ends_a_watch_waits_for_its_webhook() {
    let (project, served) = applied();
    let slow = hook_that_says("");
    let running = watching(&project, &served, &slow.url);
    slow.next();
    interrupt(&running);
    let ran = finish(running).expect(5);
    assert!(!ran.stderr.contains("within 30 seconds"), "{}", ran.stderr);
}
