//! Drift as Prometheus reads it from a text file (the textfile collector of node_exporter).

use std::fmt::Write as _;

use super::Report;

/// The metrics of a look at a database: what was found, or `None` where it could not be looked at; when, in seconds
/// since 1970; and how long it took, in seconds.
///
/// ```
/// let text = chx_runtime::drift::prometheus(None, "prod", 1_700_000_000.0, 0.25);
/// assert!(text.contains("chx_drift_check_success{environment=\"prod\"} 0"));
/// ```
pub fn prometheus(report: Option<&Report>, environment: &str, at: f64, took: f64) -> String {
    let environment = environment
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    let mut out = String::new();
    let mut metric = |name: &str, help: &str, values: &[(&str, f64)]| {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "# HELP chx_drift_{name} {help}\n# TYPE chx_drift_{name} gauge\n"
        );
        for (label, value) in values {
            let _ = writeln!(
                out,
                "chx_drift_{name}{{environment=\"{environment}\"{label}}} {value}"
            );
        }
    };
    let success = if report.is_some() { 1.0 } else { 0.0 };
    metric(
        "check_success",
        "Could the database be looked at?",
        &[("", success)],
    );
    metric("check_timestamp_seconds", "When it was looked at.", &[("", at)]);
    metric("check_duration_seconds", "How long the look took.", &[("", took)]);
    if let Some(report) = report {
        let count = |kind: &str| {
            let number = report
                .differences
                .iter()
                .filter(|difference| difference.kind == kind)
                .count();
            u32::try_from(number).map_or(f64::INFINITY, f64::from)
        };
        let objects = u32::try_from(report.objects).map_or(f64::INFINITY, f64::from);
        metric(
            "objects_checked",
            "How many objects were compared.",
            &[("", objects)],
        );
        let kinds = [
            (",kind=\"missing\"", count("missing")),
            (",kind=\"extra\"", count("extra")),
            (",kind=\"changed\"", count("changed")),
            (",kind=\"unknown\"", count("unknown")),
        ];
        metric("objects", "How many objects are not what they should be.", &kinds);
    }
    out
}
