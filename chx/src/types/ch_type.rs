//! The trait that says which column a Rust type is.

use chx_core::types::TypeExpr;

/// A Rust type that a column can have.
///
/// The derives take a column's type from here, so aliases and newtypes work:
///
/// ```
/// use chx::prelude::*;
///
/// #[derive(ChType, Serialize, Deserialize)]
/// struct SiteId(u64);
/// type Url = String;
///
/// #[derive(ChTable, Row, Serialize, Deserialize)]
/// #[ch(engine = MergeTree, order_by = site)]
/// struct Page {
///     site: SiteId,
///     url: Url,
/// }
/// assert_eq!(SiteId::TYPE.to_string(), "UInt64");
/// assert_eq!(Url::TYPE.to_string(), "String");
/// ```
///
/// What implements it must be written by serde as the client writes the ClickHouse type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a ClickHouse column type",
    label = "no column can have this type",
    note = "for a newtype, `#[derive(ChType)]` on it is enough",
    note = "for a value of the crates `time` or `chrono`, `#[serde(with = \"clickhouse::serde::...\")]` on the field says the type, or use `chx::types::DateTime64<3>` and its like",
    note = "for a field that is no column, `#[ch(skip)]` and `#[serde(skip)]`"
)]
pub trait ChType {
    /// The column's type.
    const TYPE: TypeExpr;

    /// What a row needs to write the type as the client demands; nothing for most.
    #[doc(hidden)]
    const WRITER: Writer = Writer::Itself;
}

/// How serde must write a value so that the client takes it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Writer {
    /// By its own implementation.
    Itself,
    /// By a module: `#[serde(with = "...")]`.
    With(&'static str),
    /// By no module that there is.
    Nothing(&'static str),
}

impl Writer {
    /// The writer of a container of values with this writer.
    pub(crate) const fn inside(self) -> Self {
        match self {
            Self::Itself => Self::Itself,
            Self::With(module) | Self::Nothing(module) => Self::Nothing(module),
        }
    }

    /// The writer of several values side by side.
    pub(crate) const fn and(self, other: Self) -> Self {
        match self.inside() {
            Self::Itself => other.inside(),
            first => first,
        }
    }

    /// The writer of an `Option`.
    pub(crate) const fn optional(self) -> Self {
        match self {
            Self::With(module) => match module.as_bytes() {
                b"clickhouse::serde::uuid" => Self::With("clickhouse::serde::uuid::option"),
                b"clickhouse::serde::ipv4" => Self::With("clickhouse::serde::ipv4::option"),
                _ => Self::Nothing(module),
            },
            other => other,
        }
    }

    /// The writer of a `Vec`.
    pub(crate) const fn listed(self) -> Self {
        match self {
            Self::With(module) => match module.as_bytes() {
                b"clickhouse::serde::uuid" => Self::With("clickhouse::serde::uuid_vec"),
                _ => Self::Nothing(module),
            },
            other => other,
        }
    }
}
