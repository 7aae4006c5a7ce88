//! ALTER TABLE: its commands and their parts.

use serde::{Deserialize, Serialize};

use crate::model::{
    Codec, Column, ColumnDefault, Constraint, DataType, Expr, Ident, Index, Key, Projection, QualifiedName,
    Refresh, Settings, SqlSecurity, TtlRule,
};

/// `ALTER TABLE name (command), (command)`.
///
/// Every command stands in parentheses: `MODIFY TTL`, `MODIFY SETTING` and others swallow a following comma
/// otherwise (error 62).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlterTable {
    /// The table, view or materialized view.
    pub name: QualifiedName,
    /// The commands, never empty.
    pub commands: Vec<AlterCommand>,
}

/// One command of an ALTER TABLE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum AlterCommand {
    /// `ADD COLUMN`.
    AddColumn {
        /// The column with all its clauses.
        column: Box<Column>,
        /// Where it goes; `None` is the end.
        position: Option<Position>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP COLUMN`.
    DropColumn {
        /// The column.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `RENAME COLUMN`.
    RenameColumn {
        /// The name now.
        from: Ident,
        /// The name then.
        to: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MODIFY COLUMN`: sets what is given and keeps the rest.
    ModifyColumn(Box<ColumnChange>),
    /// `MODIFY COLUMN c REMOVE property`: error 36 when there is none.
    RemoveColumnProperty {
        /// The column.
        name: Ident,
        /// What is taken away.
        property: ColumnProperty,
    },
    /// `MODIFY COLUMN c MODIFY SETTING ...`.
    ModifyColumnSettings {
        /// The column.
        name: Ident,
        /// The settings to set.
        settings: Settings,
    },
    /// `MODIFY COLUMN c RESET SETTING ...`.
    ResetColumnSettings {
        /// The column.
        name: Ident,
        /// The names of the settings.
        names: Vec<String>,
    },
    /// `COMMENT COLUMN c 'text'`.
    CommentColumn {
        /// The column.
        name: Ident,
        /// The comment; empty takes it away.
        comment: String,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MODIFY ORDER BY`: may append columns that the same ALTER adds, may drop a suffix down to the primary key.
    ModifyOrderBy {
        /// The whole new key.
        key: Key,
    },
    /// `MODIFY SAMPLE BY`.
    ModifySampleBy {
        /// The expression.
        expr: Expr,
    },
    /// `REMOVE SAMPLE BY`.
    RemoveSampleBy,
    /// `MODIFY TTL`.
    ModifyTtl {
        /// All rules: the clause is replaced as a whole.
        rules: Vec<TtlRule>,
    },
    /// `REMOVE TTL`.
    RemoveTtl,
    /// `MODIFY SETTING`.
    ModifySettings {
        /// The settings to set.
        settings: Settings,
    },
    /// `RESET SETTING`.
    ResetSettings {
        /// The names of the settings.
        names: Vec<String>,
    },
    /// `MODIFY COMMENT`.
    ModifyComment {
        /// The comment; empty takes it away.
        comment: String,
    },
    /// `ADD INDEX`: parts that are there stay without it until `MATERIALIZE INDEX`.
    AddIndex {
        /// The index.
        index: Index,
        /// Where it goes among the indexes; `None` is the end.
        position: Option<Position>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP INDEX`.
    DropIndex {
        /// The index.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MATERIALIZE INDEX`: builds it for the parts that are there.
    MaterializeIndex {
        /// The index.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `ADD PROJECTION`: parts that are there stay without it until `MATERIALIZE PROJECTION`.
    AddProjection {
        /// The projection.
        projection: Projection,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP PROJECTION`.
    DropProjection {
        /// The projection.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MATERIALIZE PROJECTION`: builds it for the parts that are there.
    MaterializeProjection {
        /// The projection.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `ADD CONSTRAINT`: rows that are there are not checked.
    AddConstraint {
        /// The constraint.
        constraint: Constraint,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP CONSTRAINT`.
    DropConstraint {
        /// The constraint.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MODIFY CONSTRAINT`, since 26.7: rows that are there are not checked.
    ModifyConstraint {
        /// The constraint as it shall be.
        constraint: Constraint,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `ADD STATISTICS`: refused where a column has one of these already (708).
    AddStatistics {
        /// The columns.
        columns: Vec<Ident>,
        /// The kinds, such as `tdigest`.
        kinds: Vec<Expr>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `MODIFY STATISTICS`: these in place of all that the columns have.
    ModifyStatistics {
        /// The columns.
        columns: Vec<Ident>,
        /// The kinds.
        kinds: Vec<Expr>,
    },
    /// `DROP STATISTICS`: refused where a column has none (708).
    DropStatistics {
        /// The columns.
        columns: Vec<Ident>,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MATERIALIZE STATISTICS`: computes them for the parts that are there.
    MaterializeStatistics {
        /// The columns; none are all of them.
        columns: Vec<Ident>,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CLEAR STATISTICS`: takes them out of the parts that are there.
    ClearStatistics {
        /// The columns; none are all of them.
        columns: Vec<Ident>,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CLEAR COLUMN`: every value becomes the default.
    ClearColumn {
        /// The column.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CLEAR INDEX`: takes it out of the parts that are there.
    ClearIndex {
        /// The index.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CLEAR PROJECTION`: takes it out of the parts that are there.
    ClearProjection {
        /// The projection.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MODIFY COLUMN c ADD ENUM VALUES ('a' = 1, 'b')`, since 26.7.
    AddEnumValues {
        /// The column, an enum or a Nullable of one.
        name: Ident,
        /// The names; without a value it is one more than that of the name before it, first than the largest of all.
        values: Vec<(String, Option<i16>)>,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MATERIALIZE COLUMN`: writes the default of a column into the parts that are there.
    MaterializeColumn {
        /// The column.
        name: Ident,
    },
    /// `MODIFY REFRESH`: replaces the whole clause, but for APPEND, which cannot change (48).
    ModifyRefresh {
        /// The clause.
        refresh: Refresh,
    },
    /// `MODIFY SQL SECURITY` of a view or materialized view.
    ModifySqlSecurity {
        /// With whose rights it reads from now on.
        security: SqlSecurity,
    },
    /// `MODIFY QUERY`: a materialized view's new query. Not checked against the target by the server.
    ModifyQuery {
        /// The query.
        query: Expr,
    },
}

/// Where a column or index goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Before all others.
    First,
    /// Right behind this one.
    After(Ident),
}

/// `MODIFY COLUMN name ...`: what is `Some` is set, the rest stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChange {
    /// The column.
    pub name: Ident,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// The type. Moving a column demands that it is stated again (error 62 otherwise).
    pub data_type: Option<DataType>,
    /// The default clause; a change of kind counts too.
    pub default: Option<ColumnDefault>,
    /// The codec.
    pub codec: Option<Codec>,
    /// The column's TTL; a mutation.
    pub ttl: Option<Expr>,
    /// The comment.
    pub comment: Option<String>,
    /// The new place.
    pub position: Option<Position>,
}

impl ColumnChange {
    /// A change that changes nothing yet.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            if_exists: false,
            data_type: None,
            default: None,
            codec: None,
            ttl: None,
            comment: None,
            position: None,
        }
    }

    /// Is there anything to change?
    pub fn is_empty(&self) -> bool {
        self.data_type.is_none()
            && self.default.is_none()
            && self.codec.is_none()
            && self.ttl.is_none()
            && self.comment.is_none()
            && self.position.is_none()
    }
}

/// What `MODIFY COLUMN c REMOVE ...` can take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ColumnProperty {
    /// A DEFAULT.
    Default,
    /// A MATERIALIZED: the column becomes an ordinary one.
    Materialized,
    /// An ALIAS: the column becomes an ordinary one.
    Alias,
    /// The codec.
    Codec,
    /// The comment.
    Comment,
    /// The TTL.
    Ttl,
    /// All column settings.
    Settings,
}

impl ColumnProperty {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Default => "DEFAULT",
            Self::Materialized => "MATERIALIZED",
            Self::Alias => "ALIAS",
            Self::Codec => "CODEC",
            Self::Comment => "COMMENT",
            Self::Ttl => "TTL",
            Self::Settings => "SETTINGS",
        }
    }
}
