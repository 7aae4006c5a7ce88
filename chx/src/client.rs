//! Typed inserts and selects on the official client.

use clickhouse::error::Result;
use clickhouse::insert::Insert;
use clickhouse::query::Query;
use clickhouse::{Client, Row};

use crate::relation::{ChRelation, ChTable};
use crate::wire::Wire;

/// Inserts and selects that know the table from the type.
///
/// ```no_run
/// use chx::prelude::*;
///
/// #[derive(ChTable, Row, Serialize, Deserialize)]
/// #[ch(database = "web", engine = MergeTree, order_by = id)]
/// struct PageView {
///     id: u64,
///     url: String,
/// }
///
/// # async fn run() -> clickhouse::error::Result<()> {
/// let client = clickhouse::Client::default().with_url("http://localhost:8123");
///
/// let mut insert = client.insert_into::<PageView>().await?;
/// insert.write(&PageView { id: 1, url: "/".into() }).await?;
/// insert.end().await?;
///
/// let views = client.select_from::<PageView>("WHERE id < ?").bind(10).fetch_all::<PageView>().await?;
/// # Ok(())
/// # }
/// ```
///
/// Two things are done unasked, where a column's type needs them: the client does not know all types of ClickHouse
/// (named tuples, states of aggregate functions), and fails on a table that has one, even in a column that the row
/// leaves out, unless it does not check rows; and JSON goes as text.
pub trait ClientExt {
    /// Starts an INSERT into the table of `T`. Rows are `T::Insert`: `T` itself, or its companion where the table has
    /// columns that ClickHouse computes.
    ///
    /// # Errors
    /// As [`Client::insert_unescaped`].
    fn insert_into<T>(&self) -> impl Future<Output = Result<Insert<T::Insert>>> + Send
    where
        T: ChTable<Insert: Row>;

    /// A SELECT of the columns of `T` from its table or view. `rest` is what stands behind the table
    /// (`"WHERE id < ? ORDER BY id"`, or nothing); fetch it as `T::Select`, which mostly is `T` itself.
    fn select_from<T: ChRelation>(&self, rest: &str) -> Query;
}

impl ClientExt for Client {
    async fn insert_into<T>(&self) -> Result<Insert<T::Insert>>
    where
        T: ChTable<Insert: Row>,
    {
        let client = told(self, const { Wire::of(&T::DECLARATION) });
        client.insert_unescaped::<T::Insert>(T::TABLE).await
    }

    fn select_from<T: ChRelation>(&self, rest: &str) -> Query {
        let client = told(self, const { Wire::of(&T::DECLARATION) });
        client.query(&format!("{} {rest}", T::SELECT))
    }
}

/// The client with what the columns need.
fn told(client: &Client, wire: Wire) -> Client {
    let mut client = client.clone();
    if !wire.is_checked {
        client = client.with_validation(false);
    }
    if wire.has_json {
        client = client
            .with_setting("input_format_binary_read_json_as_string", "1")
            .with_setting("output_format_binary_write_json_as_string", "1");
    }
    client
}
