//! # Databases
//!
//! `database = "..."` on a struct makes the database one of the schema, whatever it is; a struct without it belongs to the
//! default database of `chx.toml`. A database that has something to say is a struct with `#[derive(ChDatabase)]`. `default` is
//! the server's own.

use chx::prelude::*;

// CREATE DATABASE reference_web <- name = "reference_web"
// COMMENT 'What visitors do.' <- /// What visitors do.
/// What visitors do.
#[derive(ChDatabase)]
#[ch(name = "reference_web")]
struct Web;

// ENGINE = Memory <- engine = Memory
#[derive(ChDatabase)]
#[ch(engine = Memory)]
struct ReferenceCache;

// ENGINE = Atomic SETTINGS lazy_load_tables = 1 <- engine = Atomic, settings(lazy_load_tables = 1)
#[derive(ChDatabase)]
#[ch(engine = Atomic, settings(lazy_load_tables = 1))]
struct ReferenceLazy;

// ENGINE = PostgreSQL('db:5432', 'crm', 'reader', 'env:CRM_PASSWORD') <- engine = PostgreSQL("'db:5432'", "'crm'", "'reader'", "'env:CRM_PASSWORD'")
#[derive(ChDatabase)]
#[ch(engine = PostgreSQL("'db:5432'", "'crm'", "'reader'", "'env:CRM_PASSWORD'"))]
struct ReferenceCrm;

// ENGINE = Replicated('/databases/app', '{shard}', '{replica}') <- engine = "Replicated('/databases/app', '{shard}', '{replica}')"
#[derive(ChDatabase)]
#[ch(engine = "Replicated('/databases/app', '{shard}', '{replica}')")]
struct ReferenceApp;
