//! A secret that is written out in what belongs to the server is refused, and neither it nor its line is shown.

use chx::prelude::*;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a', password = 'hunter2'", nam = "files")]
struct WrittenOut;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a', password = hunter2")]
struct NotQuoted;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'a', password = 'hunter2")]
struct NotClosed;

#[derive(ChNamedCollection)]
#[ch(entries = "url = 'https://reader:hunter2@example.com/'")]
struct InUrl;

#[derive(ChNamedCollection)]
#[ch(name = "", entries = "secret_access_key = 'env:KEY', 'hunter2'")]
struct NoKey;

#[derive(ChDatabase)]
#[ch(engine = PostgreSQL("'db:5432'", "'crm'", "'reader'", "'hunter2'"))]
struct Argument;

#[derive(ChDatabase)]
#[ch(engine = "MySQL('db:3306', 'crm', 'reader', 'hunter2')")]
struct InQuotes;

#[derive(ChUser)]
#[ch(identified = "WITH sha256_password BY 'hunter2'", hosts = "LOCAL")]
struct User;

fn main() {}
