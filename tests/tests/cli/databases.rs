//! The databases of `tests/live`, in the style of real products, on a server.

use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::proxy::Served;

/// A file beside the databases.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("live").join(name)
}

/// The names of all scripts.
pub(crate) fn all() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(file(""))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".sql").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

/// The users of a server: one who may do everything, and one who is named in views.
const USERS: &str = "<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users>\
    <default><password/><profile>default</profile><quota>default</quota><access_management>1</access_management>\
    <networks><ip>::/0</ip></networks></default>\
    <reporter><password>x</password><profile>default</profile><quota>default</quota><networks><ip>::/0</ip></networks>\
    </reporter></users></clickhouse>";

/// What a node of a cluster has in its configuration: who it is, whom it knows, and a Keeper.
const CONFIG: &str = "\
    <macros><shard>01</shard><replica>node-1</replica></macros>\
    <remote_servers><main><shard><internal_replication>true</internal_replication>\
    <replica><host>127.0.0.1</host><port>1</port></replica></shard></main></remote_servers>\
    <zookeeper><implementation>testkeeper</implementation></zookeeper>\
    <graphite_rollup><default><function>avg</function><retention><age>0</age><precision>60</precision></retention>\
    </default></graphite_rollup>\
    <storage_configuration><disks><hdd><path>HDD/</path></hdd></disks><policies><tiered><volumes>\
    <hot><disk>default</disk></hot><cold><disk>hdd</disk></cold></volumes></tiered></policies></storage_configuration>";

/// A server that knows these users and this cluster.
pub(crate) fn served(project: &Project) -> Served {
    let users = project.path().join("users.xml");
    std::fs::write(&users, USERS).unwrap();
    let disk = project.path().join("hdd");
    let config = format!(
        "<clickhouse><users_config>{}</users_config>{}</clickhouse>",
        users.display(),
        CONFIG.replace("HDD", &disk.display().to_string())
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    Served::start_with(project, &["--config-file", "config.xml"])
}

/// A server with the databases of these scripts.
pub(crate) fn live(names: &[impl AsRef<str>]) -> (Project, Served) {
    let project = Project::new();
    let served = served(&project);
    for name in names {
        let text = std::fs::read_to_string(file(&format!("{}.sql", name.as_ref()))).unwrap();
        for statement in chx_core::sql::split_statements(&text).unwrap().statements {
            served.execute(statement.text);
        }
    }
    (project, served)
}
