//! The statement of a raw object: one CREATE with a name, and no secret.

use chx::prelude::*;

#[derive(ChRaw)]
struct Nothing;

#[derive(ChRaw)]
#[ch(sql)]
struct Empty;

#[derive(ChRaw)]
#[ch(sql = "SELECT 1")]
struct Query;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE t ODDLY")]
struct NoDatabase;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.t (k UInt8 ODDLY")]
struct Unbalanced;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.t ODDLY SETTINGS kafka_sasl_password = 'hunter2'")]
struct Secret;

#[derive(ChRaw)]
#[ch(sql = "CREATE DATABASE d")]
struct Place;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.t ODDLY", name = "other", renamed_from = "t")]
struct Named;

fn main() {}
