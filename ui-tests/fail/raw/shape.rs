//! A raw object has no fields.

use chx::prelude::*;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.a ODDLY")]
struct WithFields {
    k: u8,
}

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.b ODDLY")]
struct Generic<T>(T);

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.c ODDLY")]
enum Choice {
    A,
}

fn main() {}
