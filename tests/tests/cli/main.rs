//! The command line as people and scripts meet it: the real program, the real engine, a project in a folder of its own.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failed expectation is what tests are for, and some say what they counted"
)]

mod access;
mod back;
mod baseline;
mod branches;
mod check;
mod collections;
mod data_checks;
mod databases;
mod declared_database;
mod diff;
mod drift;
mod dying;
mod elsewhere;
mod events;
mod evolved;
mod faults;
mod folder;
mod from_live;
mod functions;
mod history;
mod interposer;
mod json;
mod killed;
mod live;
mod lock;
mod long;
mod own_disks;
mod privileges;
mod project;
mod proxy;
mod pull;
mod pull_deep;
mod query_log;
mod raw;
mod recorded;
mod refusals;
mod renames;
mod secrets;
mod story;
mod terminal;
mod thirty;
mod validate;
mod verify;
mod weather;
mod when_it_fails;
