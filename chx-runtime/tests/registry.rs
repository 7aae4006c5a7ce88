//! The door of the registry: what is refused, with places, and all of it at once. Nothing in this binary is registered,
//! so the registry of the linker is empty.

#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use chx_core::ddl::{AccessClause, render_line};
use chx_core::declare::{
    AccessDeclaration, ClauseDeclaration, ColumnDeclaration, DatabaseDeclaration, Declaration,
    DefaultDeclaration, GrantDeclaration, Heading, IndexDeclaration, MaterializedViewDeclaration, Origin,
    ResourceDeclaration, StorageDeclaration, TableDeclaration, TargetDeclaration, WorkloadDeclaration,
};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::access::AccessKind;
use chx_core::model::{DefaultKind, Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::plan;
use chx_core::types::TypeExpr;
use chx_runtime::registry::{Registry, RegistryError};
use expect_test::{Expect, expect};

const UINT64: TypeExpr = TypeExpr::named("UInt64");

const fn heading(database: Option<&'static str>, name: &'static str, line: u32) -> Heading {
    let origin = Origin {
        file: "src/schema.rs",
        line,
        module: "app::schema",
        item: "Item",
    };
    Heading {
        database,
        name,
        comment: "",
        renamed_from: None,
        checks: &[],
        raw: &[],
        origin,
    }
}

const fn table(heading: Heading, columns: &'static [ColumnDeclaration]) -> TableDeclaration {
    let storage = StorageDeclaration {
        order_by: Some("id"),
        ..StorageDeclaration::new("MergeTree")
    };
    TableDeclaration {
        heading,
        columns,
        storage,
        indexes: &[],
        projections: &[],
        constraints: &[],
    }
}

const fn view(heading: Heading, target: TargetDeclaration) -> MaterializedViewDeclaration {
    MaterializedViewDeclaration {
        heading,
        refresh: None,
        security: None,
        target,
        columns: &[],
        query: "SELECT 1 AS id",
        starts_empty: false,
    }
}

const ID: &[ColumnDeclaration] = &[ColumnDeclaration::new("id", UINT64, "", 12)];

fn default() -> Ident {
    Ident::new("app").unwrap()
}

#[track_caller]
fn refused(declarations: &[Declaration], expected: &Expect) {
    expected.assert_eq(&Registry::of(declarations, &default()).unwrap_err().to_string());
    // The order of the list means nothing.
    let mut reversed = declarations.to_vec();
    reversed.reverse();
    let again = Registry::of(&reversed, &default()).unwrap_err();
    assert_eq!(
        again.to_string(),
        Registry::of(declarations, &default()).unwrap_err().to_string()
    );
}

#[test]
fn an_empty_registry_says_how_it_came_about() {
    assert_eq!(Registry::load(&default()).unwrap_err(), RegistryError::Empty);
    refused(
        &[],
        &expect![[r#"
            no table is declared: the registry is empty
              a crate that stands in `Cargo.toml` but is named nowhere in the source is not linked, and registers nothing
              help: name the crate with the schema in the program that reads it: `use my_schema as _;`"#]],
    );
}

/// EMPTY is said when the view is made, and never again.
#[test]
fn a_view_that_starts_empty_is_made_so_and_is_no_difference_later() {
    static TARGET: TableDeclaration = table(heading(None, "hits", 10), ID);
    static VIEW: MaterializedViewDeclaration = MaterializedViewDeclaration {
        refresh: Some("EVERY 1 DAY"),
        starts_empty: true,
        ..view(heading(None, "daily", 20), TargetDeclaration::Table(&TARGET))
    };
    let declarations = [Declaration::Table(&TARGET), Declaration::MaterializedView(&VIEW)];
    let registry = Registry::of(&declarations, &default()).unwrap();
    let nothing = Schema::default();
    let made = plan(Pair::new(&nothing, registry.schema()), registry.renames()).unwrap();
    let sql: Vec<String> = made
        .steps
        .iter()
        .map(|step| render_line(&step.statement))
        .collect();
    assert!(
        sql.last()
            .unwrap()
            .contains(" TO app.hits EMPTY SQL SECURITY DEFINER AS "),
        "{sql:?}"
    );
    let mut after = nothing;
    for step in &made.steps {
        after.apply(&step.statement).unwrap();
    }
    let more = plan(Pair::new(&after, registry.schema()), registry.renames()).unwrap();
    assert!(more.is_empty(), "{more:?}");
}

#[test]
fn two_objects_of_one_name_name_both_places() {
    static FIRST: TableDeclaration = table(heading(None, "hits", 10), ID);
    static SECOND: TableDeclaration = table(heading(Some("app"), "hits", 20), ID);
    static THIRD: MaterializedViewDeclaration = view(
        heading(Some("app"), "hits", 30),
        TargetDeclaration::Name {
            database: None,
            name: "other",
        },
    );
    static OTHER: TableDeclaration = table(heading(None, "other", 40), ID);
    refused(
        &[
            Declaration::Table(&FIRST),
            Declaration::Table(&SECOND),
            Declaration::MaterializedView(&THIRD),
            Declaration::Table(&OTHER),
        ],
        &expect![[r#"
            the declared schema cannot be (2 findings)
            error[CHX104]: app.hits: `app.hits` is declared twice: at src/schema.rs:10 and at src/schema.rs:20, by `app::schema::Item`
              --> src/schema.rs:20
              help: give one of them another name with `#[ch(name = "...")]`, or take one away
            error[CHX104]: app.hits: `app.hits` is declared twice: at src/schema.rs:10 and at src/schema.rs:30, by `app::schema::Item`
              --> src/schema.rs:30
              help: give one of them another name with `#[ch(name = "...")]`, or take one away"#]],
    );
}

#[test]
fn a_target_that_is_not_there_is_named_with_the_nearest_one() {
    static TARGET: TableDeclaration = table(heading(None, "site_day", 10), ID);
    static UNLISTED: TableDeclaration = table(heading(None, "elsewhere", 15), ID);
    static NEAR: MaterializedViewDeclaration = view(
        heading(None, "a_mv", 20),
        TargetDeclaration::Name {
            database: None,
            name: "site_days",
        },
    );
    static FAR: MaterializedViewDeclaration = view(
        heading(None, "b_mv", 30),
        TargetDeclaration::Name {
            database: Some("web"),
            name: "x",
        },
    );
    static TYPED: MaterializedViewDeclaration =
        view(heading(None, "c_mv", 40), TargetDeclaration::Table(&UNLISTED));
    refused(
        &[
            Declaration::Table(&TARGET),
            Declaration::MaterializedView(&NEAR),
            Declaration::MaterializedView(&FAR),
            Declaration::MaterializedView(&TYPED),
        ],
        &expect![[r#"
            the declared schema cannot be (3 findings)
            error[CHX105]: app.a_mv: its target `app.site_days` is not declared
              --> src/schema.rs:20
              help: did you mean `app.site_day`?
            error[CHX105]: app.b_mv: its target `web.x` is not declared
              --> src/schema.rs:30
              help: declare it as a struct with `#[derive(ChTable)]`
            error[CHX105]: app.c_mv: its target `app.elsewhere` is not declared
              --> src/schema.rs:40
              help: `app::schema::Item` is not registered here: name it in the list"#]],
    );
}

#[test]
fn all_that_cannot_be_is_said_at_once_with_lines() {
    static BROKEN: TableDeclaration = TableDeclaration {
        storage: StorageDeclaration {
            partition_by: Some("toYYYYMM(ts"),
            ttl: &["ts + INTERVAL 1 DAY TO DISK cold"],
            ..StorageDeclaration::new("MergeTree(")
        },
        indexes: &[
            IndexDeclaration {
                name: "i",
                expr: "id",
                index_type: "minmax",
                granularity: None,
            },
            IndexDeclaration {
                name: "i",
                expr: "id",
                index_type: "minmax",
                granularity: None,
            },
        ],
        ..table(
            heading(Some("web"), "broken", 10),
            &[
                ColumnDeclaration::new("", UINT64, "", 11),
                ColumnDeclaration::new("a", TypeExpr::named("Strin"), "", 12),
                ColumnDeclaration::new("a", UINT64, "", 13),
                ColumnDeclaration {
                    default: Some(DefaultDeclaration {
                        kind: DefaultKind::Default,
                        expr: Some("'x"),
                    }),
                    ..ColumnDeclaration::new("b", UINT64, "", 14)
                },
                ColumnDeclaration {
                    codec: Some("ZSTD("),
                    ..ColumnDeclaration::new("c", UINT64, "", 15)
                },
            ],
        )
    };
    static ALSO: TableDeclaration = table(heading(None, "\0", 50), ID);
    refused(
        &[Declaration::Table(&BROKEN), Declaration::Table(&ALSO)],
        &expect![[r#"
            the declared schema cannot be (10 findings)
            error[CHX101]: app."\0": the name "\0" holds a NUL byte
              --> src/schema.rs:50
            error[CHX101]: web.broken: a name must not be empty
              --> src/schema.rs:11
            error[CHX103]: web.broken: the column `a` has a type that cannot be: ClickHouse has no type `Strin`; did you mean `String`? (line 1, column 1)
              --> src/schema.rs:12
            error[CHX102]: web.broken: the column `b` cannot be read: this string is not closed: its last `'` is missing (a quote inside is written `\'` or `''`) (line 1, column 1)
              --> src/schema.rs:14
            error[CHX102]: web.broken: the column `c` cannot be read: `(` is not closed (line 1, column 5, at `(`)
              --> src/schema.rs:15
            error[CHX101]: web.broken: the column `a` is declared twice
              --> src/schema.rs:13
            error[CHX101]: web.broken: the index `i` is declared twice
              --> src/schema.rs:10
            error[CHX102]: web.broken: the engine cannot be read: `(` is not closed (line 1, column 10, at `(`)
              --> src/schema.rs:10
            error[CHX102]: web.broken: the partition key cannot be read: `(` is not closed (line 1, column 9, at `(ts`)
              --> src/schema.rs:10
            error[CHX102]: web.broken: the TTL cannot be read: expected the disk, as a string, found `cold` (line 1, column 29, at `cold`)
              --> src/schema.rs:10"#]],
    );
}

#[test]
fn the_databases_of_objects_are_implied_except_default() {
    static ONE: TableDeclaration = table(heading(Some("web"), "a", 10), ID);
    static TWO: TableDeclaration = table(heading(Some("default"), "a", 20), ID);
    static THREE: TableDeclaration = table(heading(None, "a", 30), ID);
    let declarations = [
        Declaration::Table(&ONE),
        Declaration::Table(&TWO),
        Declaration::Table(&THREE),
    ];
    let registry = Registry::of(&declarations, &default()).unwrap();
    let ids: Vec<String> = registry.schema().iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(ids, ["app", "web", "app.a", "default.a", "web.a"]);

    let web = ObjectId::Database(Ident::new("web").unwrap());
    assert_eq!(registry.place(&web).unwrap().to_string(), "src/schema.rs:10");
    let table = QualifiedName::new("app", "a").unwrap();
    assert_eq!(
        registry.place(&ObjectId::Relation(table.clone())).unwrap().line,
        30
    );
    assert_eq!(
        registry
            .column_place(&table, &Ident::new("id").unwrap())
            .unwrap()
            .line,
        12
    );
}

#[test]
fn a_declared_database_is_not_implied() {
    static DATABASE: DatabaseDeclaration = DatabaseDeclaration {
        heading: Heading {
            comment: "What visitors do.",
            ..heading(None, "web", 20)
        },
        engine: Some("Memory"),
        settings: &[],
    };
    static AGAIN: DatabaseDeclaration = DatabaseDeclaration {
        heading: heading(None, "web", 30),
        engine: None,
        settings: &[],
    };
    static OF_SERVER: DatabaseDeclaration = DatabaseDeclaration {
        heading: heading(None, "default", 40),
        engine: Some("Memory("),
        settings: &[],
    };
    static TABLE: TableDeclaration = table(
        heading(Some("web"), "page_view", 10),
        &[ColumnDeclaration::new("id", UINT64, "", 11)],
    );
    let default = Ident::new("default").unwrap();
    let id = ObjectId::Database(Ident::new("web").unwrap());
    // The order in which they are given means nothing.
    let declarations = [Declaration::Table(&TABLE), Declaration::Database(&DATABASE)];
    let registry = Registry::of(&declarations, &default).unwrap();
    let Some(Object::Database(found)) = registry.schema().get(&id) else {
        unreachable!()
    };
    assert_eq!(found.comment.as_deref(), Some("What visitors do."));
    assert_eq!(registry.place(&id).unwrap().line, 20);
    let implied = Registry::of(&[Declaration::Table(&TABLE)], &default).unwrap();
    let Some(Object::Database(found)) = implied.schema().get(&id) else {
        unreachable!()
    };
    assert_eq!(found.comment, None);
    refused(
        &[
            Declaration::Database(&DATABASE),
            Declaration::Database(&AGAIN),
            Declaration::Database(&OF_SERVER),
        ],
        &expect![[r#"
            the declared schema cannot be (3 findings)
            error[CHX101]: default: the database `default` is made by the server, and stays as it is
              --> src/schema.rs:40
            error[CHX102]: default: the engine of the database `default` cannot be read: `(` is not closed (line 1, column 7, at `(`)
              --> src/schema.rs:40
            error[CHX104]: web: `web` is declared twice: at src/schema.rs:20 and at src/schema.rs:30, by `app::schema::Item`
              --> src/schema.rs:30
              help: give one of them another name with `#[ch(name = "...")]`, or take one away"#]],
    );
}

#[test]
fn workloads_that_no_server_takes_are_refused() {
    const fn workload(
        name: &'static str,
        parent: Option<&'static str>,
        settings: &'static str,
        line: u32,
    ) -> WorkloadDeclaration {
        WorkloadDeclaration {
            heading: heading(None, name, line),
            parent,
            settings,
        }
    }
    const fn resource(name: &'static str, operations: &'static str, line: u32) -> ResourceDeclaration {
        ResourceDeclaration {
            heading: heading(None, name, line),
            operations,
        }
    }
    const ROOT: WorkloadDeclaration = workload("root", None, "", 10);
    const SECOND: WorkloadDeclaration = workload("second", None, "", 20);
    const LOST: WorkloadDeclaration = workload("lost", Some("rot"), "weight = 1 FOR nothing", 30);
    const ONE: WorkloadDeclaration = workload("one", Some("two"), "", 40);
    const TWO: WorkloadDeclaration = workload("two", Some("one"), "", 50);
    const QUERIES: ResourceDeclaration = resource("queries", "QUERY", 60);
    const AGAIN: ResourceDeclaration = resource("again", "QUERY", 70);
    const CHILD: WorkloadDeclaration = workload("child", Some("root"), "weight = 1 FOR queries", 80);

    let fine = [
        Declaration::Workload(&CHILD),
        Declaration::Workload(&ROOT),
        Declaration::Resource(&QUERIES),
    ];
    Registry::of(&fine, &Ident::new("app").unwrap()).unwrap();
    refused(
        &[
            Declaration::Workload(&ROOT),
            Declaration::Workload(&SECOND),
            Declaration::Workload(&LOST),
            Declaration::Workload(&ONE),
            Declaration::Workload(&TWO),
            Declaration::Resource(&QUERIES),
            Declaration::Resource(&AGAIN),
        ],
        &expect![[r#"
            the declared schema cannot be (5 findings)
            error[CHX107]: resource queries: `resource queries` would count `QUERY`, which `resource again` counts already
              --> src/schema.rs:60
              help: a server has one tree of workloads: declare all of it, with the resources that it names
            error[CHX107]: workload second: `workload second` says no parent, and `workload root` is the root already: a server has one tree of workloads
              --> src/schema.rs:20
              help: a server has one tree of workloads: declare all of it, with the resources that it names
            error[CHX107]: workload two: `workload two` would be its own ancestor
              --> src/schema.rs:50
              help: a server has one tree of workloads: declare all of it, with the resources that it names
            error[CHX107]: workload lost: names the workload rot, which is not there
              --> src/schema.rs:30
              help: a server has one tree of workloads: declare all of it, with the resources that it names
            error[CHX107]: workload lost: names the resource nothing, which is not there
              --> src/schema.rs:30
              help: a server has one tree of workloads: declare all of it, with the resources that it names"#]],
    );
}

#[test]
fn a_shared_setting_of_queries_is_none_of_a_table() {
    static EVENT: TableDeclaration = TableDeclaration {
        storage: StorageDeclaration {
            order_by: Some("id"),
            shared_settings: &[&[("index_granularity", "1024"), ("max_threads", "2")]],
            ..StorageDeclaration::new("MergeTree")
        },
        ..table(heading(None, "event", 10), ID)
    };
    refused(
        &[Declaration::Table(&EVENT)],
        &expect![[r#"
        the declared schema cannot be (1 finding)
        error[CHX108]: app.event: `max_threads` is a setting of queries and not of MergeTree: the server takes it for the statement's and stores the table without it; take it away
          --> src/schema.rs:10"#]],
    );
}

#[test]
fn access_entities_that_cannot_be_are_told_with_their_lines() {
    const fn entity(
        kind: AccessKind,
        name: &'static str,
        line: u32,
        clauses: &'static [ClauseDeclaration],
        grants: &'static [GrantDeclaration],
    ) -> AccessDeclaration {
        AccessDeclaration {
            heading: heading(None, name, line),
            kind,
            on: None,
            clauses,
            grants,
        }
    }
    const fn clause(clause: AccessClause, text: &'static str, line: u32) -> ClauseDeclaration {
        ClauseDeclaration { clause, text, line }
    }
    const fn grant(text: &'static str, line: u32) -> GrantDeclaration {
        GrantDeclaration {
            revokes: false,
            text,
            on: None,
            line,
        }
    }
    const PLAIN: AccessDeclaration = entity(
        AccessKind::User,
        "plain",
        10,
        &[clause(AccessClause::Identified, "BY 'hunter2'", 11)],
        &[],
    );
    const HOST: AccessDeclaration = entity(
        AccessKind::User,
        "host",
        20,
        &[clause(AccessClause::Host, "IPS '::/0'", 21)],
        &[],
    );
    const GRANT: AccessDeclaration =
        entity(AccessKind::Role, "grant", 30, &[], &[grant("SELEKT ON a.b", 31)]);
    const USING: AccessDeclaration = entity(
        AccessKind::Role,
        "using",
        40,
        &[clause(AccessClause::Using, "1", 41)],
        &[],
    );
    const QUOTA: AccessDeclaration = entity(AccessKind::Quota, "quota", 50, &[], &[grant("reader", 51)]);
    const POLICY: AccessDeclaration = entity(AccessKind::RowPolicy, "policy", 60, &[], &[]);
    const USER: AccessDeclaration = entity(AccessKind::User, "shared", 70, &[], &[]);
    const ROLE: AccessDeclaration = entity(AccessKind::Role, "shared", 80, &[], &[]);
    let all = [&PLAIN, &HOST, &GRANT, &USING, &QUOTA, &POLICY, &USER, &ROLE];
    let all = all.map(Declaration::Access);
    let told = Registry::of(&all, &default()).unwrap_err().to_string();
    assert!(!told.contains("hunter2"), "{told}");
    refused(
        &all,
        &expect![[r#"
        the declared schema cannot be (7 findings)
        error[CHX102]: grantee grant: the grant cannot be read: expected a privilege, perhaps `SELECT`, found `SELEKT` (line 1, column 1, at `SELEKT ON a.b`)
          --> src/schema.rs:31
        error[CHX102]: grantee host: the host cannot be read: expected `ANY`, `NONE`, `LOCAL`, `NAME`, `REGEXP`, `IP` or `LIKE`, found `IPS` (line 1, column 1, at `IPS '::/0'`)
          --> src/schema.rs:21
        error[CHX102]: grantee plain: the identified cannot be read: the value of `IDENTIFIED` is written out: put it into the environment or a file, and write `'env:NAME'` or `'file:PATH'` here (line 1, column 4)
          --> src/schema.rs:11
        error[CHX101]: row policy policy: it says no table that can be one
          --> src/schema.rs:60
        error[CHX102]: quota quota: nothing is granted to a quota
          --> src/schema.rs:51
        error[CHX104]: grantee shared: `grantee shared` is declared twice: at src/schema.rs:70 and at src/schema.rs:80, by `app::schema::Item`
          --> src/schema.rs:80
          help: give one of them another name with `#[ch(name = "...")]`, or take one away
        error[CHX102]: grantee using: a role does not say this
          --> src/schema.rs:41"#]],
    );
}
