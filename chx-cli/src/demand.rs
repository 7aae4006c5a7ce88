//! What the servers of `chx.toml` would refuse of a plan, by the versions that stand there.

use std::collections::BTreeSet;

use chx_core::diag::{Diagnostic, Severity};
use chx_core::model::Schema;
use chx_core::plan::Plan;
use chx_core::version::{Demand, OLDEST, Server, ServerVersion, check_statement, unsupported};
use chx_runtime::config::Config;
use chx_runtime::registry::Registry;

use crate::failure::Failure;
use crate::output::Output;

/// All findings, each once and with the line of the struct or field.
pub(crate) fn of_plan(plan: &Plan, before: &Schema, registry: &Registry, config: &Config) -> Vec<Diagnostic> {
    let versions: BTreeSet<ServerVersion> = config
        .environments
        .values()
        .filter_map(|environment| environment.version)
        .collect();
    let mut found: Vec<Diagnostic> = config
        .environments
        .iter()
        .filter_map(|(name, environment)| unsupported(format!("[env.{name}]"), environment.version?))
        .collect();
    for version in versions.into_iter().filter(|version| *version >= OLDEST) {
        let server = Server {
            version,
            enabled: None,
        };
        let demands = plan
            .steps
            .iter()
            .flat_map(|step| check_statement(&step.statement, before, &server));
        for finding in demands.map(|demand| placed(demand, registry)) {
            // The oldest server speaks for the others.
            if !found
                .iter()
                .any(|said| said.code == finding.code && said.subject == finding.subject)
            {
                found.push(finding);
            }
        }
    }
    found
}

fn placed(demand: Demand, registry: &Registry) -> Diagnostic {
    let column = demand.column.as_ref();
    let field = column
        .zip(demand.object.relation())
        .and_then(|(column, table)| registry.column_place(table, column));
    let place = field.or_else(|| registry.place(&demand.object).cloned());
    demand.finding.at(place)
}

/// Refuses to write a plan that a server would refuse; what only may be refused is told.
pub(crate) fn refuse(findings: Vec<Diagnostic>) -> Result<(), Failure> {
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        let message = "nothing was written: a server of `chx.toml` is of a version that refuses this";
        return Err(Failure::failed(message).findings(findings));
    }
    findings.iter().for_each(Output::finding);
    Ok(())
}
