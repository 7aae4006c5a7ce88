//! `cargo xtask pairs [NUMBER]`: plans, proves and applies random pairs of schemas, ten thousand unless a number is given.
//!
//! The pairs run in rounds of five hundred, each with an engine and a seed of its own, so that a failure names the round
//! that repeats it.

use std::process::Command;

/// How many pairs a round has.
const ROUND: u32 = 500;

/// Runs the rounds; `false` at the first that fails.
pub(crate) fn run(number: Option<&str>) -> bool {
    let Ok(number) = number.unwrap_or("10000").parse::<u32>() else {
        println!("the number of pairs is a whole number");
        return false;
    };
    for seed in 1..=number.div_ceil(ROUND) {
        let pairs = ROUND.min(number - (seed - 1) * ROUND);
        println!("round {seed}: CHX_SEED={seed} CHX_PAIRS={pairs}");
        let status = Command::new("cargo")
            .args([
                "test",
                "--quiet",
                "--package",
                "chx-tests",
                "--test",
                "random_pairs",
                "--",
                "--nocapture",
            ])
            .env("CHX_SEED", seed.to_string())
            .env("CHX_PAIRS", pairs.to_string())
            .current_dir(crate::root())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return false;
        }
    }
    true
}
