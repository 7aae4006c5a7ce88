//! chx-cli
