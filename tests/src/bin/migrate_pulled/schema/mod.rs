//! The schema, as it was pulled from a live database.

pub mod apm;
pub mod billing;
pub mod cluster;
pub mod documents;
pub mod events;
pub mod features;
pub mod functions;
pub mod invoicing;
pub mod logs;
pub mod market;
pub mod metrics;
pub mod odd_names;
pub mod reports;
pub mod traces;
pub mod unread;
pub mod web;
pub mod web_export;
