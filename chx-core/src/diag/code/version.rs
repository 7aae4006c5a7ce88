//! 150 to 199: what the version of a server refuses, or takes only with a setting. The versions themselves stand in the
//! table of facts, [`crate::version::FACTS`].

super::rules! { 150 to 199:
/// `DESC` in a sorting key
///
/// The sorting key of a table has a descending part.
///
/// # Why
///
/// Until 26.7 the server refuses it (error 44) unless the table has the setting `allow_experimental_reverse_key`.
/// Before 24.12 it is a syntax error.
///
/// # Example
///
/// ```text
/// error[CHX150]: web.page_view: a descending part of the sorting key needs the setting `allow_experimental_reverse_key` of the table on ClickHouse 24.12
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or sort ascending, and read with `ORDER BY ... DESC`. Or write the setting on the table:
/// `settings(allow_experimental_reverse_key = 1)`. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
DESCENDING_KEY = 150;

/// the type JSON on an old server
///
/// A column has the type JSON.
///
/// # Why
///
/// JSON is ready for production since 25.3. On 24.8 it needs a setting (error 44); before, the word meant another
/// type that is gone.
///
/// # Example
///
/// ```text
/// error[CHX151]: web.page_view: the type JSON needs the setting `allow_experimental_json_type` on ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep the text in a String. Where the setting is enough, give it to the user that migrates,
/// in its settings profile: chx asks the server for it before anything runs. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
JSON_TYPE = 151;

/// the type Variant on an old server
///
/// A column has the type Variant.
///
/// # Why
///
/// Variant is ready for production since 25.3. Before, it needs a setting (error 44).
///
/// # Example
///
/// ```text
/// error[CHX152]: web.page_view: the type Variant needs the setting `allow_experimental_variant_type` on ClickHouse 24.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use a column for each type. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
VARIANT_TYPE = 152;

/// the type Dynamic on an old server
///
/// A column has the type Dynamic.
///
/// # Why
///
/// Dynamic is ready for production since 25.3. Before, it needs a setting (error 44).
///
/// # Example
///
/// ```text
/// error[CHX153]: web.page_view: the type Dynamic needs the setting `allow_experimental_dynamic_type` on ClickHouse 24.5
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use a column for each type. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
DYNAMIC_TYPE = 153;

/// the type Time on an old server
///
/// A column has the type Time.
///
/// # Why
///
/// Until 25.5 `Time` is another word for Int64, and the server takes it without a word: the column is no time. Then
/// it needs a setting (error 44), until 25.12.
///
/// # Example
///
/// ```text
/// error[CHX154]: web.page_view: the type Time needs the setting `enable_time_time64_type` on ClickHouse 25.6
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep seconds in an Int32. Where the setting is enough, give it to the user that migrates,
/// in its settings profile: chx asks the server for it before anything runs. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
TIME_TYPE = 154;

/// the type Time64 on an old server
///
/// A column has the type Time64.
///
/// # Why
///
/// Until 25.5 the type is unknown (error 50). Then it needs a setting (error 44), until 25.12.
///
/// # Example
///
/// ```text
/// error[CHX155]: web.page_view: the type Time64 needs the setting `enable_time_time64_type` on ClickHouse 25.6
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep parts of a second in an Int64. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
TIME64_TYPE = 155;

/// the type QBit on an old server
///
/// A column has the type QBit.
///
/// # Why
///
/// Up to 25.8 the type is unknown (error 50).
///
/// # Example
///
/// ```text
/// error[CHX156]: web.page_view: the type QBit is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `Array(Float32)`. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
QBIT_TYPE = 156;

/// the type Geometry on an old server
///
/// A column has the type Geometry.
///
/// # Why
///
/// Up to 25.8 `Geometry` is another word for String, and the server takes it without a word.
///
/// # Example
///
/// ```text
/// error[CHX157]: web.page_view: the type Geometry is stored as `String` by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use the type of one shape, such as Polygon. The version of a server that cannot be asked
/// stands in `chx.toml`: `[env.prod] version = "25.8"`.
GEOMETRY_TYPE = 157;

/// the type MultiPoint on an old server
///
/// A column has the type MultiPoint.
///
/// # Why
///
/// Up to 26.7 the type is unknown (error 50).
///
/// # Example
///
/// ```text
/// error[CHX158]: web.page_view: the type MultiPoint is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use `Array(Point)`, which is stored the same way. The version of a server that cannot be
/// asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
MULTI_POINT_TYPE = 158;

/// the type BFloat16 on an old server
///
/// A column has the type BFloat16.
///
/// # Why
///
/// On 24.8 the type is unknown (error 50).
///
/// # Example
///
/// ```text
/// error[CHX159]: web.page_view: the type BFloat16 is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or use Float32. The version of a server that cannot be asked stands in `chx.toml`:
/// `[env.prod] version = "25.8"`.
BFLOAT16_TYPE = 159;

/// a Nullable tuple on an old server
///
/// A column has a tuple inside Nullable: an `Option` of a struct.
///
/// # Why
///
/// Up to 25.8 no tuple may be NULL (error 43). Then it needs a setting (error 44), until 26.9.
///
/// # Example
///
/// ```text
/// error[CHX160]: web.page_view: a Nullable tuple needs the setting `allow_experimental_nullable_tuple_type` on ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or make the elements Nullable. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
NULLABLE_TUPLE = 160;

/// the type Object('json')
///
/// A column has the type Object('json'), which came before JSON.
///
/// # Why
///
/// Up to 25.8 it needs a setting (error 44). Newer servers do not know it (error 50).
///
/// # Example
///
/// ```text
/// error[CHX161]: web.page_view: the type Object('json') is refused by ClickHouse 26.1
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Use JSON, which took its place. Where the setting is enough, give it to the user that migrates, in its settings
/// profile: chx asks the server for it before anything runs. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
OBJECT_TYPE = 161;

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

/// a refreshable materialized view on an old server
///
/// A materialized view has a REFRESH clause.
///
/// # Why
///
/// Until 24.10 it needs a setting (error 344).
///
/// # Example
///
/// ```text
/// error[CHX174]: web.page_view: a refreshable materialized view needs the setting `allow_experimental_refreshable_materialized_view` on ClickHouse 23.12
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or run its INSERT SELECT from outside. Where the setting is enough, give it to the user that
/// migrates, in its settings profile: chx asks the server for it before anything runs. The version of a server that
/// cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
REFRESHABLE_VIEW = 174;

/// APPEND of a refreshable materialized view, on an old server
///
/// A refreshable materialized view says APPEND.
///
/// # Why
///
/// On 24.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX175]: web.page_view: APPEND of a refreshable materialized view is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or run its INSERT SELECT from outside. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
REFRESH_APPEND = 175;

/// CREATE OR REPLACE of a materialized view, on an old server
///
/// A step replaces a materialized view in place.
///
/// # Why
///
/// Up to 26.3 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX176]: web.page_view: CREATE OR REPLACE of a materialized view is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or drop the view and create it; rows that are inserted meanwhile pass it by. The version of a
/// server that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
REPLACE_MATERIALIZED_VIEW = 176;

/// changing the comment of a database, on an old server
///
/// A step changes the comment of a database.
///
/// # Why
///
/// On 24.8 it is a syntax error (62).
///
/// # Example
///
/// ```text
/// error[CHX177]: web.page_view: changing the comment of a database is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or keep the comment as it is. The version of a server that cannot be asked stands in
/// `chx.toml`: `[env.prod] version = "25.8"`.
DATABASE_COMMENT = 177;

/// another type for a column that a skipping index reads, on an old server
///
/// A column changes its type, and a skipping index of the table reads it.
///
/// # Why
///
/// Up to 25.8 the server refuses it (error 524).
///
/// # Example
///
/// ```text
/// error[CHX178]: web.page_view: another type for a column that a skipping index reads is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or drop the index in a migration before, and add it again behind. The version of a server
/// that cannot be asked stands in `chx.toml`: `[env.prod] version = "25.8"`.
INDEXED_COLUMN_TYPE = 178;

/// a column TTL that changes without the type, on an old server
///
/// A step sets the TTL of a column and nothing else.
///
/// # Why
///
/// Up to 26.1 `MODIFY COLUMN c TTL ...` is a syntax error (62): the type has to be repeated.
///
/// # Example
///
/// ```text
/// error[CHX179]: web.page_view: a column TTL that changes without the type is refused by ClickHouse 24.8
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or repeat the type: `MODIFY COLUMN c T TTL ...`. The version of a server that cannot be asked
/// stands in `chx.toml`: `[env.prod] version = "25.8"`.
COLUMN_TTL_ALONE = 179;

/// an ALTER on a server before 24.8
///
/// A step alters a table.
///
/// # Why
///
/// chx puts every command of an ALTER into parentheses, because some swallow what follows a comma otherwise. 23.10
/// does not know them (error 62).
///
/// # Example
///
/// ```text
/// error[CHX180]: web.page_view: an ALTER with its commands in parentheses is refused by ClickHouse 23.10
///   --> src/schema.rs:12
/// ```
///
/// # Way out
///
/// Update the server, or chx supports no server that is older. The version of a server that cannot be asked stands
/// in `chx.toml`: `[env.prod] version = "25.8"`.
PARENTHESISED_ALTER = 180;

}
