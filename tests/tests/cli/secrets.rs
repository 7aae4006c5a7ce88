//! A password is in no output, whatever goes wrong.

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
        for args in [&["migrate"][..], &["status"], &["drift"], &["migrate", "--json"]] {
            let mut command = project.command(Program::First, &[args, &["--env", env]].concat());
            command
                .env("SHOP_PASSWORD", SECRET)
                .env("RUST_LOG", "trace")
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
    assert_eq!(seen, 18);
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
