//! The databases of `tests/live`, in the style of real products, on a server.

use chx_tests::live::{statements, write_config};

use crate::project::Project;
use crate::proxy::Served;

pub(crate) use chx_tests::live::file;

/// The names of all scripts.
pub(crate) fn all() -> Vec<String> {
    chx_tests::live::all().unwrap()
}

/// A server that knows the users and the cluster that the databases name.
pub(crate) fn served(project: &Project) -> Served {
    write_config(project.path()).unwrap();
    Served::start_with(project, &["--config-file", "config.xml"])
}

/// A server with the databases of these scripts.
pub(crate) fn live(names: &[impl AsRef<str>]) -> (Project, Served) {
    let project = Project::new();
    let served = served(&project);
    for name in names {
        for statement in statements(name.as_ref()).unwrap() {
            served.execute(&statement);
        }
    }
    (project, served)
}
