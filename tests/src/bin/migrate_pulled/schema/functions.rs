//! The functions of the server.

use chx::prelude::*;

#[derive(ChFunction)]
#[ch(
    name = "webLevel",
    lambda = "(engagement) -> multiIf(engagement > 20, 'high', engagement > 5, 'some', 'low')"
)]
pub struct WebLevel;

#[derive(ChFunction)]
#[ch(lambda = "(pages, seconds) -> (pages * 2) + (least(seconds, 600) / 60)")]
pub struct WebEngagement;
