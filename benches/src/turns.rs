//! What a thing costs beside what it cannot do without, measured in one run.
//!
//! Both sides take turns at being first, so that whatever else the machine does meets both. What counts is the ratio of a
//! round; the median of many is printed, and the ratio of the best of each side. Beside the time stands the processor time
//! of this process: on the embedded engine that is server and client both, and depends less on what else runs.

use std::time::{Duration, Instant};

/// What something took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    time: Duration,
    processor: Duration,
}

impl Cost {
    /// Of doing this.
    pub fn of(work: impl FnOnce()) -> Self {
        let (began, before) = (Instant::now(), processor());
        work();
        Self {
            time: began.elapsed(),
            processor: processor().saturating_sub(before),
        }
    }
}

/// The time that this process has had of the processors, in steps of 10 ms; zero where the system does not tell.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

fn ratio(raw: Duration, ours: Duration) -> f64 {
    ours.as_secs_f64() / raw.as_secs_f64()
}

/// How many rounds: `CHX_ROUNDS`, or 9.
pub fn rounds() -> usize {
    std::env::var("CHX_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(9)
}

/// Takes turns, and prints each round and the ratios.
#[expect(clippy::print_stdout, reason = "what it measured")]
pub fn take(what: &str, rounds: usize, mut raw: impl FnMut() -> Cost, mut ours: impl FnMut() -> Cost) {
    let mut costs = Vec::with_capacity(rounds);
    for round in 1..=rounds {
        let (alone, all) = if round % 2 == 0 {
            let all = ours();
            (raw(), all)
        } else {
            (raw(), ours())
        };
        println!(
            "{what}, round {round}: raw {:?} (processor {:?}), ours {:?} (processor {:?}), ratio {:.3} (processor {:.3})",
            alone.time,
            alone.processor,
            all.time,
            all.processor,
            ratio(alone.time, all.time),
            ratio(alone.processor, all.processor),
        );
        costs.push((alone, all));
    }
    print_ratios(what, "time", &costs, |cost| cost.time);
    print_ratios(what, "processor", &costs, |cost| cost.processor);
}

#[expect(clippy::print_stdout, reason = "what it measured")]
fn print_ratios(what: &str, name: &str, costs: &[(Cost, Cost)], of: impl Fn(&Cost) -> Duration) {
    let mut ratios: Vec<f64> = costs.iter().map(|(raw, ours)| ratio(of(raw), of(ours))).collect();
    ratios.sort_by(f64::total_cmp);
    let best_raw = costs.iter().map(|(raw, _)| of(raw)).min().unwrap_or_default();
    let best_ours = costs.iter().map(|(_, ours)| of(ours)).min().unwrap_or_default();
    println!(
        "{what}, {name}: median ratio of {} {:.3}, ratio of the best {:.3}",
        ratios.len(),
        ratios.get(ratios.len() / 2).copied().unwrap_or_default(),
        ratio(best_raw, best_ours),
    );
}
