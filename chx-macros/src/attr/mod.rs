//! `#[ch(...)]`: what users write, read into one struct per holder.
//!
//! Decides the form of every key and refuses unknown keys, keys given twice and values of the wrong form, all of them
//! at once. What a value means together with others is asked in `check`.

pub(crate) mod access;
pub(crate) mod column;
pub(crate) mod companion;
pub(crate) mod composite;
pub(crate) mod database;
pub(crate) mod dictionary;
pub(crate) mod engine;
pub(crate) mod entry;
pub(crate) mod enumeration;
pub(crate) mod fragment;
pub(crate) mod function;
pub(crate) mod keys;
pub(crate) mod materialized_view;
pub(crate) mod member;
pub(crate) mod named;
pub(crate) mod newtype;
pub(crate) mod of_server;
pub(crate) mod raw;
pub(crate) mod security;
pub(crate) mod serde;
pub(crate) mod settings;
pub(crate) mod slot;
pub(crate) mod sql;
pub(crate) mod storage;
pub(crate) mod table;
pub(crate) mod view;
