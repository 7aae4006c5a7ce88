//! What the derives write, whole, for one struct of each kind: the happy path. Mistakes are in `ui-tests`.

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

#[track_caller]
fn written(derive: fn(DeriveInput) -> TokenStream, input: TokenStream, expected: &Expect) {
    let tokens = derive(syn::parse2(input).unwrap());
    let file = syn::parse2(tokens).unwrap();
    expected.assert_eq(&prettyplease::unparse(&file));
}

/// The parts that a derive leaves out are what keeps builds fast: a plain column is one call.
#[test]
fn a_small_table() {
    written(
        crate::table,
        quote! {
            /// One page view.
            #[ch(database = "web", engine = MergeTree, order_by = (site, r#type))]
            pub struct PageView {
                /// The site.
                site: String,
                r#type: u8,
            }
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChRelation for PageView {
                    type Select = PageView;
                    const TABLE: &'static str = "web.page_view";
                    const COLUMNS: &'static [&'static str] = &["site", "type"];
                    const SELECT: &'static str = "SELECT site, type FROM web.page_view";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::Table(
                        <Self as ::chx::__private::ChTable>::TABLE_DECLARATION,
                    );
                }
                #[automatically_derived]
                impl ::chx::__private::ChTable for PageView {
                    type Insert = PageView;
                    const TABLE_DECLARATION: &'static ::chx::__private::TableDeclaration = &::chx::__private::TableDeclaration {
                        heading: ::chx::__private::Heading {
                            database: ::core::option::Option::Some("web"),
                            name: "page_view",
                            comment: "One page view.",
                            renamed_from: ::core::option::Option::None,
                            checks: &[],
                            raw: &[],
                            origin: ::chx::__private::Origin {
                                file: ::core::file!(),
                                line: ::core::line!(),
                                module: ::core::module_path!(),
                                item: "PageView",
                            },
                        },
                        columns: &[
                            ::chx::__private::ColumnDeclaration::new(
                                "site",
                                <String as ::chx::__private::ChType>::TYPE,
                                "The site.",
                                0u32,
                            ),
                            ::chx::__private::ColumnDeclaration::new(
                                "type",
                                <u8 as ::chx::__private::ChType>::TYPE,
                                "",
                                0u32,
                            ),
                        ],
                        storage: ::chx::__private::StorageDeclaration {
                            order_by: ::core::option::Option::Some("(site, type)"),
                            ..::chx::__private::StorageDeclaration::new("MergeTree")
                        },
                        indexes: &[],
                        projections: &[],
                        constraints: &[],
                    };
                }
                ::chx::__private::inventory::submit! {
                    ::chx::__private::Registered(< PageView as ::chx::__private::ChRelation >
                    ::DECLARATION)
                }
                const _: fn(&PageView) = |row| {
                    let _ = (&row.site, &row.r#type);
                };
                use ::chx::__private::row::NotARow as _;
                const ROW_NAMES: ::core::option::Option<&'static [&'static str]> = ::chx::__private::row::Probe::<
                    PageView,
                >::COLUMN_NAMES;
                const _: () = ::chx::__private::row::check_names(ROW_NAMES, &["site", "type"]);
            };
        "#]],
    );
}

#[test]
fn a_table_with_everything() {
    written(
        crate::table,
        quote! {
            #[ch(
                crate = some::path,
                name = "hits",
                engine = ReplacingMergeTree(version),
                partition_by = "toYYYYMM(ts)",
                order_by = (hit, "cityHash64(id)"),
                primary_key = hit,
                sample_by = hit,
                ttl = ("ts + INTERVAL 1 DAY", "ts + INTERVAL 2 DAY TO DISK 'cold'"),
                settings(deduplicate_merge_projection_mode = "drop", storage_policy = "hot"),
                index(by_ts, expr = ts, type = minmax, granularity = 2),
                projection(per_id, "SELECT id ORDER BY id"),
                constraint(sane, assume = "id > 0"),
                renamed_from = "views",
                insert(name = NewHit, derive(Debug)),
            )]
            #[serde(rename_all = "camelCase")]
            struct Hit<'a> {
                #[ch(name = "id", codec = "ZSTD", renamed_from = "hit_id")]
                hit: u64,
                #[ch(type = "DateTime64(3, 'UTC')")]
                ts: DateTime64<3>,
                #[ch(low_cardinality, comment = "who")]
                user: &'a str,
                #[ch(materialized = "toDate(ts)", ttl = "ts + INTERVAL 1 DAY", statistics(minmax), settings(a = 1))]
                day: Date,
                version: u32,
                #[ch(skip)]
                #[serde(skip)]
                cached: bool,
            }
        },
        &expect![[r#"
            ///A row for an INSERT into `hits`: [`Hit`] without the columns that ClickHouse computes (`day`).
            #[derive(
                some::path::__private::clickhouse::Row,
                some::path::__private::serde::Serialize,
                Debug
            )]
            #[clickhouse(crate = "some::path::__private::clickhouse")]
            #[serde(crate = "some::path::__private::serde")]
            struct NewHit<'a> {
                #[serde(rename = "id")]
                hit: u64,
                ts: DateTime64<3>,
                user: &'a str,
                version: u32,
            }
            #[automatically_derived]
            impl<'a> ::core::convert::From<Hit<'a>> for NewHit<'a> {
                fn from(row: Hit<'a>) -> Self {
                    Self {
                        hit: row.hit,
                        ts: row.ts,
                        user: row.user,
                        version: row.version,
                    }
                }
            }
            const _: () = {
                #[automatically_derived]
                impl<'a> some::path::__private::ChRelation for Hit<'a> {
                    type Select = Hit<'a>;
                    const TABLE: &'static str = "hits";
                    const COLUMNS: &'static [&'static str] = &["id", "ts", "user", "day", "version"];
                    const SELECT: &'static str = "SELECT id, ts, user, day, version FROM hits";
                    const DECLARATION: some::path::__private::Declaration = some::path::__private::Declaration::Table(
                        <Self as some::path::__private::ChTable>::TABLE_DECLARATION,
                    );
                }
                #[automatically_derived]
                impl<'a> some::path::__private::ChTable for Hit<'a> {
                    type Insert = NewHit<'a>;
                    const TABLE_DECLARATION: &'static some::path::__private::TableDeclaration = &some::path::__private::TableDeclaration {
                        heading: some::path::__private::Heading {
                            database: ::core::option::Option::None,
                            name: "hits",
                            comment: "",
                            renamed_from: ::core::option::Option::Some("views"),
                            checks: &[],
                            raw: &[],
                            origin: some::path::__private::Origin {
                                file: ::core::file!(),
                                line: ::core::line!(),
                                module: ::core::module_path!(),
                                item: "Hit",
                            },
                        },
                        columns: &[
                            some::path::__private::ColumnDeclaration {
                                codec: ::core::option::Option::Some("ZSTD"),
                                renamed_from: ::core::option::Option::Some("hit_id"),
                                ..some::path::__private::ColumnDeclaration::new(
                                    "id",
                                    <u64 as some::path::__private::ChType>::TYPE,
                                    "",
                                    0u32,
                                )
                            },
                            some::path::__private::ColumnDeclaration::new(
                                "ts",
                                some::path::__private::TypeExpr::with(
                                    "DateTime64",
                                    &[
                                        some::path::__private::TypeArg::Number(3i64),
                                        some::path::__private::TypeArg::Text("UTC"),
                                    ],
                                ),
                                "",
                                0u32,
                            ),
                            some::path::__private::ColumnDeclaration::new(
                                "user",
                                some::path::__private::TypeExpr::with(
                                    "LowCardinality",
                                    &[
                                        some::path::__private::TypeArg::Type(
                                            <&'a str as some::path::__private::ChType>::TYPE,
                                        ),
                                    ],
                                ),
                                "who",
                                0u32,
                            ),
                            some::path::__private::ColumnDeclaration {
                                default: ::core::option::Option::Some(some::path::__private::DefaultDeclaration {
                                    kind: some::path::__private::DefaultKind::Materialized,
                                    expr: ::core::option::Option::Some("toDate(ts)"),
                                }),
                                statistics: &["minmax"],
                                ttl: ::core::option::Option::Some("ts + INTERVAL 1 DAY"),
                                settings: &[("a", "1")],
                                ..some::path::__private::ColumnDeclaration::new(
                                    "day",
                                    <Date as some::path::__private::ChType>::TYPE,
                                    "",
                                    0u32,
                                )
                            },
                            some::path::__private::ColumnDeclaration::new(
                                "version",
                                <u32 as some::path::__private::ChType>::TYPE,
                                "",
                                0u32,
                            ),
                        ],
                        storage: some::path::__private::StorageDeclaration {
                            partition_by: ::core::option::Option::Some("toYYYYMM(ts)"),
                            primary_key: ::core::option::Option::Some("id"),
                            order_by: ::core::option::Option::Some("(id, cityHash64(id))"),
                            sample_by: ::core::option::Option::Some("id"),
                            ttl: &["ts + INTERVAL 1 DAY", "ts + INTERVAL 2 DAY TO DISK 'cold'"],
                            settings: &[
                                ("deduplicate_merge_projection_mode", "drop"),
                                ("storage_policy", "hot"),
                            ],
                            ..some::path::__private::StorageDeclaration::new(
                                "ReplacingMergeTree(version)",
                            )
                        },
                        indexes: &[
                            some::path::__private::IndexDeclaration {
                                name: "by_ts",
                                expr: "ts",
                                index_type: "minmax",
                                granularity: ::core::option::Option::Some(2u64),
                            },
                        ],
                        projections: &[
                            some::path::__private::ProjectionDeclaration {
                                name: "per_id",
                                body: "SELECT id ORDER BY id",
                                settings: &[],
                            },
                        ],
                        constraints: &[
                            some::path::__private::ConstraintDeclaration {
                                name: "sane",
                                kind: some::path::__private::ConstraintKind::Assume,
                                expr: "id > 0",
                            },
                        ],
                    };
                }
                some::path::__private::inventory::submit! {
                    some::path::__private::Registered(< Hit < 'static > as
                    some::path::__private::ChRelation > ::DECLARATION)
                }
                const _: fn(&Hit<'static>) = |row| {
                    let _ = (&row.hit, &row.ts, &row.user, &row.day, &row.version);
                };
                use some::path::__private::row::NotARow as _;
                const ROW_NAMES: ::core::option::Option<&'static [&'static str]> = some::path::__private::row::Probe::<
                    Hit<'static>,
                >::COLUMN_NAMES;
                const _: () = some::path::__private::row::check_name(
                    ROW_NAMES,
                    5usize,
                    0usize,
                    "id",
                    "hit",
                );
                const _: () = some::path::__private::row::check_name(
                    ROW_NAMES,
                    5usize,
                    1usize,
                    "ts",
                    "ts",
                );
                const _: () = some::path::__private::row::check_name(
                    ROW_NAMES,
                    5usize,
                    2usize,
                    "user",
                    "user",
                );
                const _: () = some::path::__private::row::check_name(
                    ROW_NAMES,
                    5usize,
                    3usize,
                    "day",
                    "day",
                );
                const _: () = some::path::__private::row::check_name(
                    ROW_NAMES,
                    5usize,
                    4usize,
                    "version",
                    "version",
                );
                const _: () = some::path::__private::fit::check_explicit(
                    "ts",
                    some::path::__private::TypeExpr::with(
                        "DateTime64",
                        &[
                            some::path::__private::TypeArg::Number(3i64),
                            some::path::__private::TypeArg::Text("UTC"),
                        ],
                    ),
                    <DateTime64<3> as some::path::__private::ChType>::TYPE,
                    <DateTime64<3> as some::path::__private::ChType>::WRITER,
                    false,
                    ROW_NAMES,
                );
                const _: () = some::path::__private::fit::check(
                    "user",
                    some::path::__private::TypeExpr::with(
                        "LowCardinality",
                        &[
                            some::path::__private::TypeArg::Type(
                                <&'static str as some::path::__private::ChType>::TYPE,
                            ),
                        ],
                    ),
                    <&'static str as some::path::__private::ChType>::WRITER,
                    false,
                    ROW_NAMES,
                );
            };
        "#]],
    );
}

#[test]
fn a_view() {
    written(
        crate::view,
        quote! {
            #[ch(query = "SELECT 1 AS one")]
            struct One {
                one: u8,
            }
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChRelation for One {
                    type Select = Self;
                    const TABLE: &'static str = "one";
                    const COLUMNS: &'static [&'static str] = &["one"];
                    const SELECT: &'static str = "SELECT one FROM one";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::View(
                        &::chx::__private::ViewDeclaration {
                            heading: ::chx::__private::Heading {
                                database: ::core::option::Option::None,
                                name: "one",
                                comment: "",
                                renamed_from: ::core::option::Option::None,
                                checks: &[],
                                raw: &[],
                                origin: ::chx::__private::Origin {
                                    file: ::core::file!(),
                                    line: ::core::line!(),
                                    module: ::core::module_path!(),
                                    item: "One",
                                },
                            },
                            columns: &[
                                ::chx::__private::ViewColumnDeclaration::new(
                                    "one",
                                    <u8 as ::chx::__private::ChType>::TYPE,
                                    0u32,
                                ),
                            ],
                            security: ::core::option::Option::None,
                            query: "SELECT 1 AS one",
                        },
                    );
                }
                #[automatically_derived]
                impl ::chx::__private::ChView for One {}
                ::chx::__private::inventory::submit! {
                    ::chx::__private::Registered(< One as ::chx::__private::ChRelation >
                    ::DECLARATION)
                }
                const _: fn(&One) = |row| {
                    let _ = (&row.one,);
                };
                use ::chx::__private::row::NotARow as _;
                const ROW_NAMES: ::core::option::Option<&'static [&'static str]> = ::chx::__private::row::Probe::<
                    One,
                >::COLUMN_NAMES;
                const _: () = ::chx::__private::row::check_names(ROW_NAMES, &["one"]);
            };
        "#]],
    );
}

#[test]
fn a_database() {
    written(
        crate::database,
        quote! {
            /// What visitors do.
            #[ch(engine = Replicated("'/databases/web'"))]
            struct Web;
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChDatabase for Web {
                    const NAME: &'static str = "web";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::Database(
                        &::chx::__private::DatabaseDeclaration {
                            heading: ::chx::__private::Heading {
                                database: ::core::option::Option::None,
                                name: "web",
                                comment: "What visitors do.",
                                renamed_from: ::core::option::Option::None,
                                checks: &[],
                                raw: &[],
                                origin: ::chx::__private::Origin {
                                    file: ::core::file!(),
                                    line: ::core::line!(),
                                    module: ::core::module_path!(),
                                    item: "Web",
                                },
                            },
                            engine: ::core::option::Option::Some("Replicated('/databases/web')"),
                            settings: &[],
                        },
                    );
                }
                ::chx::__private::inventory::submit! {
                    ::chx::__private::Registered(< Web as ::chx::__private::ChDatabase >
                    ::DECLARATION)
                }
                const _: Web = Web {};
            };
        "#]],
    );
}

#[test]
fn a_function() {
    written(
        |input| crate::function(&input),
        quote! {
            /// For readers.
            #[ch(name = "odd name", lambda = "(x, y) -> x + y")]
            struct Sum;
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChFunction for Sum {
                    const NAME: &'static str = "`odd name`";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::Function(
                        &::chx::__private::FunctionDeclaration {
                            heading: ::chx::__private::Heading {
                                database: ::core::option::Option::None,
                                name: "odd name",
                                comment: "",
                                renamed_from: ::core::option::Option::None,
                                checks: &[],
                                raw: &[],
                                origin: ::chx::__private::Origin {
                                    file: ::core::file!(),
                                    line: ::core::line!(),
                                    module: ::core::module_path!(),
                                    item: "Sum",
                                },
                            },
                            lambda: "(x, y) -> x + y",
                        },
                    );
                }
                ::chx::__private::inventory::submit! {
                    ::chx::__private::Registered(< Sum as ::chx::__private::ChFunction >
                    ::DECLARATION)
                }
                const _: Sum = Sum {};
            };
        "#]],
    );
}

#[test]
fn a_materialized_view() {
    written(
        crate::materialized_view,
        quote! {
            #[ch(database = "web", to = SiteDay, query = "SELECT site FROM web.page_view")]
            struct SiteDayMv {
                site: String,
            }
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChRelation for SiteDayMv {
                    type Select = Self;
                    const TABLE: &'static str = "web.site_day_mv";
                    const COLUMNS: &'static [&'static str] = &["site"];
                    const SELECT: &'static str = "SELECT site FROM web.site_day_mv";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::MaterializedView(
                        &::chx::__private::MaterializedViewDeclaration {
                            heading: ::chx::__private::Heading {
                                database: ::core::option::Option::Some("web"),
                                name: "site_day_mv",
                                comment: "",
                                renamed_from: ::core::option::Option::None,
                                checks: &[],
                                raw: &[],
                                origin: ::chx::__private::Origin {
                                    file: ::core::file!(),
                                    line: ::core::line!(),
                                    module: ::core::module_path!(),
                                    item: "SiteDayMv",
                                },
                            },
                            refresh: ::core::option::Option::None,
                            target: ::chx::__private::TargetDeclaration::Table(
                                <SiteDay as ::chx::__private::ChTable>::TABLE_DECLARATION,
                            ),
                            columns: &[
                                ::chx::__private::ViewColumnDeclaration::new(
                                    "site",
                                    <String as ::chx::__private::ChType>::TYPE,
                                    0u32,
                                ),
                            ],
                            security: ::core::option::Option::None,
                            query: "SELECT site FROM web.page_view",
                            starts_empty: false,
                        },
                    );
                }
                #[automatically_derived]
                impl ::chx::__private::ChMaterializedView for SiteDayMv {}
                ::chx::__private::inventory::submit! {
                    ::chx::__private::Registered(< SiteDayMv as ::chx::__private::ChRelation >
                    ::DECLARATION)
                }
                const _: fn(&SiteDayMv) = |row| {
                    let _ = (&row.site,);
                };
                use ::chx::__private::row::NotARow as _;
                const ROW_NAMES: ::core::option::Option<&'static [&'static str]> = ::chx::__private::row::Probe::<
                    SiteDayMv,
                >::COLUMN_NAMES;
                const _: () = ::chx::__private::row::check_names(ROW_NAMES, &["site"]);
            };
            const _: () = {
                const TARGET: &::chx::__private::TableDeclaration = <SiteDay as ::chx::__private::ChTable>::TABLE_DECLARATION;
                const _: () = ::chx::__private::target::check(
                    TARGET,
                    "SiteDayMv",
                    "site",
                    <String as ::chx::__private::ChType>::TYPE,
                );
                const _: () = ::chx::__private::target::check_complete(
                    TARGET,
                    "SiteDayMv",
                    &["site"],
                );
            };
        "#]],
    );
}

#[test]
fn a_newtype() {
    written(
        crate::newtype,
        quote! {
            #[ch(type = "Enum8('a' = 1)")]
            struct Kind(i8);
        },
        &expect![[r#"
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChType for Kind {
                    const TYPE: ::chx::__private::TypeExpr = ::chx::__private::TypeExpr::with(
                        "Enum8",
                        &[::chx::__private::TypeArg::Sql("'a' = 1")],
                    );
                    const WRITER: ::chx::__private::Writer = <i8 as ::chx::__private::ChType>::WRITER;
                }
                const _: () = ::chx::__private::fit::check_explicit(
                    "Kind",
                    ::chx::__private::TypeExpr::with(
                        "Enum8",
                        &[::chx::__private::TypeArg::Sql("'a' = 1")],
                    ),
                    <i8 as ::chx::__private::ChType>::TYPE,
                    <i8 as ::chx::__private::ChType>::WRITER,
                    true,
                    ::core::option::Option::None,
                );
            };
        "#]],
    );
}

/// A struct with mistakes still has its names, so that other code causes no errors, and is not registered.
#[test]
fn a_table_with_a_mistake() {
    written(
        crate::table,
        quote! {
            #[ch(engine = MergeTree, order_by = idd)]
            struct Page {
                id: Unknown,
            }
        },
        &expect![[r#"
            ::core::compile_error! {
                "no field `idd` for the sorting key; did you mean `id`?"
            }
            const _: () = {
                #[automatically_derived]
                impl ::chx::__private::ChRelation for Page {
                    type Select = Page;
                    const TABLE: &'static str = "page";
                    const COLUMNS: &'static [&'static str] = &["id"];
                    const SELECT: &'static str = "SELECT id FROM page";
                    const DECLARATION: ::chx::__private::Declaration = ::chx::__private::Declaration::Table(
                        <Self as ::chx::__private::ChTable>::TABLE_DECLARATION,
                    );
                }
                #[automatically_derived]
                impl ::chx::__private::ChTable for Page {
                    type Insert = Page;
                    const TABLE_DECLARATION: &'static ::chx::__private::TableDeclaration = &::chx::__private::TableDeclaration {
                        heading: ::chx::__private::Heading {
                            database: ::core::option::Option::None,
                            name: "page",
                            comment: "",
                            renamed_from: ::core::option::Option::None,
                            checks: &[],
                            raw: &[],
                            origin: ::chx::__private::Origin {
                                file: ::core::file!(),
                                line: ::core::line!(),
                                module: ::core::module_path!(),
                                item: "Page",
                            },
                        },
                        columns: &[],
                        storage: ::chx::__private::StorageDeclaration {
                            order_by: ::core::option::Option::Some("idd"),
                            ..::chx::__private::StorageDeclaration::new("MergeTree")
                        },
                        indexes: &[],
                        projections: &[],
                        constraints: &[],
                    };
                }
            };
        "#]],
    );
}

/// `crate = path` reaches everything: no path of ours is left.
#[test]
fn another_path_replaces_ours_everywhere() {
    let input = quote! {
        #[ch(crate = some::path, engine = MergeTree, order_by = id)]
        struct Page {
            id: Option<u64>,
            #[ch(alias = "id", type = "Nullable(UInt64)")]
            other: Option<u64>,
            #[ch(low_cardinality)]
            text: String,
        }
    };
    let written = crate::table(syn::parse2(input).unwrap()).to_string();
    assert!(written.contains("some :: path :: __private"));
    assert!(written.contains("some::path::__private::serde"));
    assert!(!written.contains("chx"), "{written}");
}
