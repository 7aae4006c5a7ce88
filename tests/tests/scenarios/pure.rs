//! A scenario without an engine: the plan is the one in the file, and keeps what every plan has to keep.

use chx_tests::laws::{check, equal_states_have_no_plan, show};
use chx_tests::scenario::Scenario;

pub(crate) fn run(scenario: &Scenario) -> Result<(), String> {
    let (schemas, planned) = scenario.planned()?;
    let (renames, standing) = (scenario.renames()?, scenario.standing_renames()?);
    scenario.expect("plan", &show(&planned))?;
    if scenario.is_written_by_hand() {
        equal_states_have_no_plan(&schemas, &standing)
    } else {
        check(&planned, &schemas, &renames, &standing)
    }
}
