use chx::prelude::*;

#[derive(ChDatabase)]
#[ch(engine = Memry)]
struct Misspelt;

#[derive(ChDatabase)]
#[ch(engine = Clickhousey)]
struct Unknown;

#[derive(ChDatabase)]
#[ch(engine)]
struct Missing;

#[derive(ChDatabase)]
#[ch(engine = "Memory(")]
struct Broken;

#[derive(ChDatabase)]
#[ch(engine = PostgreSQL(("a", "b")))]
struct Nested;

#[derive(ChDatabase)]
#[ch(engine = PostgreSQL("'db:5432'", "'crm'", "'reader'", "'hunter2'"))]
struct Secret;

#[derive(ChDatabase)]
#[ch(engine = "MySQL('db:3306', 'crm', 'reader', 'hunter2')")]
struct SecretInQuotes;

#[derive(ChDatabase)]
#[ch(engine = Memory, engine = Atomic)]
struct Twice;

fn main() {}
