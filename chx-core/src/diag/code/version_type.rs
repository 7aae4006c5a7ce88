//! 150 to 161: keys and types that not every version of ClickHouse takes. The versions stand in the table of facts,
//! [`crate::version::Fact::all`].

super::rules! { 150 to 161:
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
}
