//! What is known about a plan besides its statements: what it endangers and touches, in the numbers of a database where
//! one can be asked, in general where not.
//!
//! Asking is never a reason to fail: a database that cannot be reached is named, and the plan is shown all the same.

use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Facts, Hazard, Impact, Plan, TableFacts};
use chx_runtime::client::Session;
use chx_runtime::config::Address;
use chx_runtime::facts::gather;

use crate::context::Context;
use crate::output::{FAINT, NAME, Output, painted};

/// What is known about a plan.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// What it endangers.
    pub(crate) hazards: Vec<Hazard>,
    /// What each step touches.
    pub(crate) impacts: Vec<Impact>,
    /// The sizes of the tables that would have to be built anew, in the order of the rebuilds.
    pub(crate) rebuilds: Vec<Option<TableFacts>>,
    /// The database that was asked.
    pub(crate) asked: Option<String>,
    /// What was not found out, and why.
    pub(crate) unknown: Vec<String>,
}

impl Sight {
    /// In general, without a database.
    pub(crate) fn in_general(plan: &Plan, schemas: Pair<&Schema>) -> Self {
        Self::of_facts(plan, schemas, &Facts::default())
    }

    /// In the numbers of the database of the environment, if it can be reached.
    pub(crate) fn of_environment(plan: &Plan, schemas: Pair<&Schema>, context: &Context) -> Self {
        let unasked = |reason: &str| {
            let mut sight = Self::in_general(plan, schemas);
            sight.unknown.push(format!("how large the tables are: {reason}"));
            sight
        };
        if plan.questions(schemas).tables.is_empty() {
            return Self::in_general(plan, schemas);
        }
        match context
            .config
            .environment()
            .map(|environment| environment.address)
        {
            // Opening an engine on a folder that is not there would make it.
            Ok(Address::Local(path)) if !path.exists() => return unasked("the database is not there yet"),
            Err(error) => return unasked(&error.to_string()),
            Ok(_) => {}
        }
        let sight = context.block_on(async {
            let session = context.session().await?;
            Ok(Self::of_database(plan, schemas, &session).await)
        });
        sight.unwrap_or_else(|failure| unasked(&failure.message))
    }

    /// In the numbers of a database.
    pub(crate) async fn of_database(plan: &Plan, schemas: Pair<&Schema>, session: &Session) -> Self {
        match gather(session, &plan.questions(schemas), schemas.before).await {
            Ok(gathered) => {
                let mut sight = Self::of_facts(plan, schemas, &gathered.facts);
                sight.unknown = gathered.unknown;
                sight.asked = Some(session.address().to_owned());
                sight
            }
            Err(error) => {
                let mut sight = Self::in_general(plan, schemas);
                sight.unknown.push(format!("how large the tables are: {error}"));
                sight
            }
        }
    }

    fn of_facts(plan: &Plan, schemas: Pair<&Schema>, facts: &Facts) -> Self {
        Self {
            hazards: plan.hazards_with(schemas, facts),
            impacts: plan.impacts(schemas, facts),
            rebuilds: plan
                .rebuilds
                .iter()
                .map(|rebuild| {
                    let id = rebuild.definition.before.id();
                    facts.tables.get(id.relation()?).cloned()
                })
                .collect(),
            asked: None,
            unknown: Vec::new(),
        }
    }

    /// Says on stderr what is not known, below the plan.
    pub(crate) fn say_unknown(&self) {
        if let Some(address) = &self.asked {
            Output::say(painted(
                format_args!("sizes and counts are those of {address}"),
                FAINT,
            ));
        }
        for unknown in &self.unknown {
            Output::say(format_args!("{}: not known is {unknown}", painted("note", NAME)));
        }
    }
}
