//! 162 to 173: indexes, engines and projections that not every version of ClickHouse takes. The versions stand in the table of facts,
//! [`crate::version::Fact::all`].

super::rules! { 162 to 173:
/// a text index on an old server
///
/// A table has a skipping index of the type `text`.
///
/// # Why
///
/// Up to 25.8 the server does not take its arguments (error 80). On 26.1 it needs a setting (error 344).
///
/// # Example
///
/// ```text
/// error[CHX162]: web.page_view: a text index needs the setting `allow_experimental_full_text_index` on ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `tokenbf_v1` or `ngrambf_v1`. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
TEXT_INDEX = 162;

/// an index of the type `full_text` or `inverted`
///
/// A table has a skipping index of a type that was renamed.
///
/// # Why
///
/// Since 25.8 the server does not know it (error 80).
///
/// # Example
///
/// ```text
/// error[CHX163]: web.page_view: an index of the type `full_text` or `inverted` is refused by ClickHouse 25.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Use `text`, which took its place. The version of a server that cannot be asked stands in `chx.toml`: `[env.prod]
/// version = "25.8"`.
FULL_TEXT_INDEX = 163;

/// an index of the type `annoy` or `usearch`
///
/// A table has a vector index of a type that is gone.
///
/// # Why
///
/// Since 25.5 at the latest the server does not know it (error 80).
///
/// # Example
///
/// ```text
/// error[CHX164]: web.page_view: an index of the type `annoy` or `usearch` is refused by ClickHouse 25.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Use `vector_similarity`, which took its place. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
ANNOY_INDEX = 164;

/// an index of the type `hypothesis`
///
/// A table has a skipping index of the type `hypothesis`.
///
/// # Why
///
/// Since 26.3 the server refuses it (error 127).
///
/// # Example
///
/// ```text
/// error[CHX165]: web.page_view: an index of the type `hypothesis` is refused by ClickHouse 26.3
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Drop the index; an ASSUME constraint says the same. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
HYPOTHESIS_INDEX = 165;

/// a vector_similarity index on an old server
///
/// A table has a skipping index of the type `vector_similarity`.
///
/// # Why
///
/// On 24.8 the type is unknown (error 80). Then it needs a setting (error 344), until 25.8.
///
/// # Example
///
/// ```text
/// error[CHX166]: web.page_view: a vector_similarity index needs the setting `allow_experimental_vector_similarity_index` on ClickHouse 24.9
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or search without an index. Where the setting is enough, give it to the user that migrates,
/// in its settings profile: chx asks the server for it before anything runs. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
VECTOR_SIMILARITY_INDEX = 166;

/// a sparse_grams index on an old server
///
/// A table has a skipping index of the type `sparse_grams`.
///
/// # Why
///
/// Up to 25.8 the type is unknown (error 80).
///
/// # Example
///
/// ```text
/// error[CHX167]: web.page_view: a sparse_grams index is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `ngrambf_v1`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
SPARSE_GRAMS_INDEX = 167;

/// STATISTICS on an old server
///
/// A column declares STATISTICS.
///
/// # Why
///
/// Up to 26.1 they need a setting (error 80).
///
/// # Example
///
/// ```text
/// error[CHX168]: web.page_view: STATISTICS of a column needs the setting `allow_experimental_statistics` on ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the clause out. Where the setting is enough, give it to the user that migrates, in
/// its settings profile: chx asks the server for it before anything runs. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
STATISTICS = 168;

/// the engine CoalescingMergeTree on an old server
///
/// A table has the engine CoalescingMergeTree.
///
/// # Why
///
/// Up to 25.5 the engine is unknown (error 56).
///
/// # Example
///
/// ```text
/// error[CHX169]: web.page_view: the engine CoalescingMergeTree is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use ReplacingMergeTree, or AggregatingMergeTree with `anyLast`. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
COALESCING_ENGINE = 169;

/// a plain column of an AggregatingMergeTree outside its sorting key
///
/// A column of an AggregatingMergeTree is neither in the sorting key nor an AggregateFunction or
/// SimpleAggregateFunction.
///
/// # Why
///
/// A merge keeps any one of its values. Since 26.7 the server refuses such a table (error 36), unless the table has
/// the setting `allow_dimensions_outside_sorting_key`.
///
/// # Example
///
/// ```text
/// error[CHX170]: web.page_view: a plain column of an AggregatingMergeTree outside its sorting key needs the setting `allow_dimensions_outside_sorting_key` of the table on ClickHouse 26.7
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Put the column into the sorting key, or give it an aggregating type such as `SimpleAggregateFunction(any, T)`.
/// Or write the setting on the table: `settings(allow_dimensions_outside_sorting_key = 1)`. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
AGGREGATING_DIMENSIONS = 170;

/// a projection that is an index, on an old server
///
/// A projection is declared with INDEX and not as a query.
///
/// # Why
///
/// Up to 25.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX171]: web.page_view: a projection that is an index is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or write the projection as a query, `SELECT _part_offset ORDER BY ...`. The version of a
/// server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
PROJECTION_INDEX = 171;

/// WITH SETTINGS of a projection, on an old server
///
/// A projection has settings of its own.
///
/// # Why
///
/// Up to 25.8 they are a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX172]: web.page_view: WITH SETTINGS of a projection is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or leave the settings out. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
PROJECTION_SETTINGS = 172;

/// WHERE in a projection, on an old server
///
/// The query of a projection has a WHERE.
///
/// # Why
///
/// Up to 26.5 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX173]: web.page_view: WHERE in a projection is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or put the rows into a table of their own, with a materialized view. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
PROJECTION_WHERE = 173;
}
