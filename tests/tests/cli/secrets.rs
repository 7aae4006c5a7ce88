//! A password is in no output, whatever goes wrong.

use std::fmt::Write;

use crate::project::{Program, Project};

const SECRET: &str = "hunter2-correct-horse";

#[test]
fn passwords_are_never_shown() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let with_password = format!(
        "[env.text]\nurl = \"http://127.0.0.1:1\"\nuser = \"deploy\"\npassword = \"{SECRET}\"\n\
         [env.address]\nurl = \"http://deploy:{SECRET}@127.0.0.1:1\"\n\
         [env.variable]\nurl = \"http://127.0.0.1:1\"\npassword = \"env:SHOP_PASSWORD\"\n\
         [env.file]\nurl = \"http://127.0.0.1:1\"\npassword = \"file:secret.txt\"\n"
    );
    project.edit("chx.toml", "[env.dev]\n", &format!("{with_password}[env.dev]\n"));
    std::fs::write(project.path().join("secret.txt"), SECRET).unwrap();
    let wrong_address = format!("htp://deploy:{SECRET}@db");
    let mut seen = 0;
    for env in ["text", "address", "variable", "file"] {
        for args in [
            &["migrate"][..],
            &["status"],
            &["drift"],
            &["verify"],
            &["validate", "--json"],
            &["repair", "--mark-applied", "1_a"],
            &["migrate", "--json"],
            &["migrate", "--events"],
            &["rollback", "--steps", "1", "--events"],
        ] {
            let mut command = project.command(Program::First, &[args, &["--env", env]].concat());
            command
                .env("SHOP_PASSWORD", SECRET)
                .env("CHX_LOG", "trace")
                .env("RUST_BACKTRACE", "1");
            let ran = crate::project::finish(command.spawn().unwrap()).expect(6);
            assert!(!format!("{ran:?}").contains(SECRET), "{ran:?}");
            seen += 1;
        }
    }
    for args in [
        &["status", "--url", &wrong_address][..],
        &["status", "--url", &wrong_address, "--json"],
    ] {
        let ran = project.run(Program::First, args).expect(2);
        assert!(!format!("{ran:?}").contains(SECRET), "{ran:?}");
        seen += 1;
    }
    assert_eq!(seen, 38);
    println!("{seen} outputs without the password");
}

#[test]
fn a_password_that_cannot_be_read_is_named_by_its_place() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let env = "[env.prod]\nurl = \"http://127.0.0.1:1\"\npassword = \"env:SHOP_NO_SUCH_VARIABLE\"\n";
    project.edit("chx.toml", "[env.dev]\n", &format!("{env}[env.dev]\n"));
    project
        .run(Program::First, &["status", "--env", "prod"])
        .expect(2)
        .complains("SHOP_NO_SUCH_VARIABLE");
}

#[test]
fn a_secret_of_a_dictionary_is_sent_and_stands_nowhere() {
    let project = Project::new();
    let dictionary = |name: &str, layout: &str| {
        format!(
            "CREATE DICTIONARY shop.{name} (k UInt64, v String) PRIMARY KEY k \
             SOURCE(HTTP(URL 'http://127.0.0.1:1/x' FORMAT 'TSV' CREDENTIALS(USER 'u' PASSWORD 'env:SHOP_SECRET') \
             HEADERS(HEADER(NAME 'key' VALUE 'file:key.txt')))) LAYOUT({layout}) LIFETIME(0);"
        )
    };
    let up = format!(
        "CREATE DATABASE IF NOT EXISTS shop;\n{}",
        dictionary("d", "FLAT()")
    );
    project.write("20260101T000000_dictionary", &up, "DROP DICTIONARY shop.d;");
    std::fs::write(project.path().join("key.txt"), "from-a-file\n").unwrap();
    let migrate = |args: &[&str], secret: Option<&str>| {
        let mut command = project.command(Program::First, args);
        command.env("CHX_LOG", "trace").env("RUST_BACKTRACE", "1");
        match secret {
            Some(secret) => command.env("SHOP_SECRET", secret),
            None => command.env_remove("SHOP_SECRET"),
        };
        crate::project::finish(command.spawn().unwrap())
    };
    // Without the value nothing is run, not even the statement that needs none.
    migrate(&["migrate"], None)
        .expect(2)
        .complains("SHOP_SECRET")
        .complains("nothing was run");
    assert_eq!(
        project
            .query("SELECT count() FROM system.databases WHERE name = 'shop'")
            .trim(),
        "0"
    );

    let mut seen = format!("{:?}", migrate(&["migrate", "--plan"], Some(SECRET)).expect(0));
    write!(
        seen,
        "{:?}",
        migrate(&["migrate", "--events"], Some(SECRET))
            .expect(0)
            .complains("the server answered")
            .complains("CREATE DICTIONARY shop.d")
    )
    .unwrap();
    // The server got the value: it shows the header, which it does not take for a secret.
    let shown =
        project.query("SELECT create_table_query FROM system.tables WHERE database = 'shop' AND name = 'd'");
    assert!(
        shown.contains("PASSWORD \\'[HIDDEN]\\'") || shown.contains("PASSWORD '[HIDDEN]'"),
        "{shown}"
    );
    assert!(
        shown.contains("from-a-file") && !shown.contains("env:"),
        "{shown}"
    );
    write!(
        seen,
        "{:?}",
        migrate(&["drift"], Some(SECRET)).expect(0).complains("CHX414")
    )
    .unwrap();

    // What the server says about a statement that fails is cleaned too.
    project.write("20260102T000000_wrong", &dictionary("e", "NO_SUCH_LAYOUT()"), "");
    write!(
        seen,
        "{:?}",
        migrate(&["migrate", "--events"], Some(SECRET))
            .expect(1)
            .complains("the server refused")
    )
    .unwrap();
    write!(seen, "{:?}", migrate(&["status", "--json"], Some(SECRET))).unwrap();
    seen += &project.query("SELECT * FROM chx.journal");
    seen.extend(
        project
            .snapshot()
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()),
    );
    assert!(seen.contains("env:SHOP_SECRET"), "{seen}");
    assert!(!seen.contains(SECRET) && !seen.contains("from-a-file"), "{seen}");
}

/// Answers requests over HTTP with a row until one says `GET /end`, and gives what was asked.
fn answer(listener: &std::net::TcpListener) -> String {
    use std::io::{BufRead, BufReader, Write};
    let mut all = String::new();
    loop {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        while lines.read_line(&mut asked).unwrap() > 2 {}
        let body = if asked.starts_with("HEAD") { "" } else { "7\n" };
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        if asked.starts_with("GET /end") {
            return all;
        }
        all += &asked;
    }
}

#[test]
fn a_secret_of_an_engine_is_sent_and_stands_nowhere() {
    let project = Project::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let up = format!(
        "CREATE DATABASE IF NOT EXISTS shop;\n\
         CREATE TABLE shop.u (n UInt8) ENGINE = URL('http://{address}/x', 'CSV', headers('Authorization' = 'env:SHOP_SECRET'));\n\
         CREATE VIEW shop.v AS SELECT n FROM url('http://{address}/x', 'CSV', 'n UInt8', \
         headers('Authorization' = 'env:SHOP_SECRET'));\n\
         CREATE TABLE shop.m (n UInt8) ENGINE = MySQL('127.0.0.1:1', 'd', 't', 'u', 'file:key.txt');\n\
         CREATE TABLE shop.k (n UInt8) ENGINE = Kafka SETTINGS kafka_broker_list = '127.0.0.1:1', \
         kafka_topic_list = 't', kafka_group_name = 'g', kafka_format = 'CSV', kafka_sasl_password = 'env:SHOP_SECRET';"
    );
    project.write("20260101T000000_engines", &up, "");
    std::fs::write(project.path().join("key.txt"), "from-a-file\n").unwrap();
    let migrate = |args: &[&str]| {
        let mut command = project.command(Program::First, args);
        command
            .env("CHX_LOG", "trace")
            .env("RUST_BACKTRACE", "1")
            .env("SHOP_SECRET", SECRET);
        crate::project::finish(command.spawn().unwrap())
    };
    let mut seen = format!("{:?}", migrate(&["migrate", "--plan"]).expect(0));
    write!(seen, "{:?}", migrate(&["migrate", "--events"]).expect(0)).unwrap();
    write!(seen, "{:?}", migrate(&["drift"]).expect(0).complains("CHX414")).unwrap();
    let asked = std::thread::scope(|scope| {
        let asked = scope.spawn(|| answer(&listener));
        let shown = ["SELECT n FROM shop.u", "SELECT n FROM shop.v"].map(|sql| project.query(sql));
        let mut end = std::net::TcpStream::connect(address).unwrap();
        std::io::Write::write_all(&mut end, b"GET /end HTTP/1.1\r\n\r\n").unwrap();
        assert_eq!(shown.map(|rows| rows.trim().to_owned()), ["7", "7"]);
        asked.join().unwrap()
    });
    // At least once for the table and once for the view.
    assert!(
        asked.matches(&format!("Authorization: {SECRET}")).count() >= 2,
        "{asked}"
    );
    assert!(!asked.contains("env:SHOP_SECRET"), "{asked}");

    // Written out it is refused, and not repeated.
    let plain = up
        .replace("env:SHOP_SECRET", SECRET)
        .replace("shop.", "shop.other_");
    project.draft("20260102T000000_plain", &plain, "");
    for args in [&["seal"][..], &["migrate"], &["migrate", "--json"], &["check"]] {
        let ran = migrate(args);
        assert_ne!(ran.code, 0, "{ran:?}");
        write!(seen, "{ran:?}").unwrap();
    }
    assert!(
        seen.contains("headers of URL") && seen.contains("is written out"),
        "{seen}"
    );
    std::fs::remove_file(project.path().join("migrations/20260102T000000_plain.sql")).unwrap();
    seen += &project.query("SELECT * FROM chx.journal");
    seen.extend(
        project
            .snapshot()
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()),
    );
    assert!(seen.contains("env:SHOP_SECRET"), "{seen}");
    assert!(!seen.contains(SECRET) && !seen.contains("from-a-file"), "{seen}");
}

#[test]
fn logs_are_off_unless_they_are_asked_for() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let migrate = |log: Option<&str>| {
        let mut command = project.command(Program::First, &["migrate"]);
        command
            .env("RUST_LOG", "trace")
            .envs(log.map(|log| ("CHX_LOG", log)));
        crate::project::finish(command.spawn().unwrap())
    };
    let quiet = migrate(None).expect(0).stderr;
    assert!(
        !quiet.contains("the server answered") && !quiet.contains("DEBUG"),
        "{quiet}"
    );
    migrate(Some("chx_runtime=debug"))
        .expect(0)
        .complains("DEBUG chx_runtime::client: the server answered");
    migrate(Some("chx_runtime=very"))
        .expect(2)
        .complains("`CHX_LOG=chx_runtime=very` says nothing about logs");
}
