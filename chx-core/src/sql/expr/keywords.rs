//! The words that have a meaning of their own in some place of an expression or query. ClickHouse reserves
//! none of them: each is also a good column name where a value may start (measured: `SELECT and`, `f(from)`),
//! so [`roles`](super::roles) decides by the place.

macro_rules! keywords {
    ($($variant:ident $upper:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Keyword { $($variant),* }

        impl Keyword {
            /// The keyword that `word` spells, in any case.
            pub(super) fn of(word: &str) -> Option<Self> {
                let mut buffer = [0_u8; LONGEST];
                let upper = buffer.get_mut(..word.len())?;
                upper.copy_from_slice(word.as_bytes());
                upper.make_ascii_uppercase();
                match std::str::from_utf8(upper).ok()? {
                    $($upper => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

const LONGEST: usize = 11;

keywords! {
    All "ALL", And "AND", Anti "ANTI", Any "ANY", Array "ARRAY", As "AS", Asc "ASC", Asof "ASOF",
    Between "BETWEEN", By "BY", Case "CASE", Collate "COLLATE", Cross "CROSS", Cube "CUBE",
    Current "CURRENT", Date "DATE", Desc "DESC", Distinct "DISTINCT", Div "DIV", Else "ELSE", End "END",
    Escape "ESCAPE", Except "EXCEPT", False "FALSE", Fill "FILL", Filter "FILTER", Final "FINAL",
    First "FIRST", Following "FOLLOWING", For "FOR", Format "FORMAT", From "FROM", Full "FULL",
    Global "GLOBAL", Group "GROUP", Having "HAVING", Ilike "ILIKE", In "IN", Inf "INF",
    Infinity "INFINITY", Inner "INNER", Interpolate "INTERPOLATE", Intersect "INTERSECT",
    Interval "INTERVAL", Into "INTO", Is "IS", Ignore "IGNORE", Join "JOIN", Last "LAST", Left "LEFT",
    Like "LIKE", Limit "LIMIT", Mod "MOD", Nan "NAN", Not "NOT", Null "NULL", Nulls "NULLS",
    Offset "OFFSET", On "ON", Or "OR", Order "ORDER", Outer "OUTER", Over "OVER",
    Partition "PARTITION", Paste "PASTE", Preceding "PRECEDING", Prewhere "PREWHERE",
    Qualify "QUALIFY", Range "RANGE", Recursive "RECURSIVE", Regexp "REGEXP", Respect "RESPECT",
    Right "RIGHT", Rollup "ROLLUP", Row "ROW", Rows "ROWS", Sample "SAMPLE", Select "SELECT",
    Semi "SEMI", Settings "SETTINGS", Step "STEP", Then "THEN", Ties "TIES", Timestamp "TIMESTAMP",
    To "TO", Totals "TOTALS", True "TRUE", Unbounded "UNBOUNDED", Union "UNION", Unknown "UNKNOWN",
    Using "USING", When "WHEN", Where "WHERE", Window "WINDOW", With "WITH",
}

impl Keyword {
    /// Does it stand before JOIN in a kind of join?
    pub(super) const fn describes_join(self) -> bool {
        matches!(
            self,
            Self::Left
                | Self::Right
                | Self::Full
                | Self::Inner
                | Self::Cross
                | Self::Outer
                | Self::Any
                | Self::All
                | Self::Asof
                | Self::Semi
                | Self::Anti
                | Self::Paste
                | Self::Global
                | Self::Array
        )
    }

    /// Does it go on after a value, so that a word before it is a name?
    pub(super) const fn continues_value(self) -> bool {
        matches!(
            self,
            Self::And
                | Self::As
                | Self::Between
                | Self::Div
                | Self::From
                | Self::Ilike
                | Self::In
                | Self::Is
                | Self::Like
                | Self::Mod
                | Self::Or
                | Self::Regexp
        )
    }
}

/// Functions that have a syntax of their own (`CAST(x AS T)`, `trim(BOTH ' ' FROM s)`, `dateAdd(DAY, 1, d)`).
/// A name among them keeps its quotes.
pub(super) fn has_own_syntax(function: &str) -> bool {
    Form::of(function) != Form::Plain
        || ["exists", "columns"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(function))
}

/// How the arguments of a function are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Comma-separated expressions.
    Plain,
    /// `CAST(x AS T)`.
    Cast,
    /// FROM and FOR separate arguments: `substring(s FROM 1 FOR 2)`.
    Words,
    /// The first argument may be a bare unit: `date_diff(DAY, a, b)`.
    Unit,
}

impl Form {
    pub(super) fn of(function: &str) -> Self {
        let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(function));
        if is_one_of(&["cast"]) {
            Self::Cast
        } else if is_one_of(&[
            "substring",
            "substr",
            "mid",
            "trim",
            "ltrim",
            "rtrim",
            "extract",
            "position",
        ]) || is_one_of(&["overlay"])
        {
            Self::Words
        } else if is_one_of(&["date_add", "dateadd", "timestampadd", "timestamp_add"])
            || is_one_of(&["date_sub", "datesub", "timestampsub", "timestamp_sub"])
            || is_one_of(&["date_diff", "datediff", "timestampdiff", "timestamp_diff"])
        {
            Self::Unit
        } else {
            Self::Plain
        }
    }
}

/// The function that `INTERVAL n unit` calls (all spellings measured on 26.7).
pub(super) fn interval_function(unit: &str) -> Option<&'static str> {
    const UNITS: [(&str, &[&str]); 11] = [
        (
            "toIntervalNanosecond",
            &["nanosecond", "nanoseconds", "sql_tsi_nanosecond", "ns"],
        ),
        (
            "toIntervalMicrosecond",
            &["microsecond", "microseconds", "sql_tsi_microsecond"],
        ),
        (
            "toIntervalMillisecond",
            &["millisecond", "milliseconds", "sql_tsi_millisecond", "ms"],
        ),
        (
            "toIntervalSecond",
            &["second", "seconds", "sql_tsi_second", "ss", "s"],
        ),
        (
            "toIntervalMinute",
            &["minute", "minutes", "sql_tsi_minute", "mi", "n"],
        ),
        ("toIntervalHour", &["hour", "hours", "sql_tsi_hour", "hh", "h"]),
        ("toIntervalDay", &["day", "days", "sql_tsi_day", "dd", "d"]),
        ("toIntervalWeek", &["week", "weeks", "sql_tsi_week", "ww", "wk"]),
        (
            "toIntervalMonth",
            &["month", "months", "sql_tsi_month", "mm", "m"],
        ),
        (
            "toIntervalQuarter",
            &["quarter", "quarters", "sql_tsi_quarter", "qq", "q"],
        ),
        ("toIntervalYear", &["year", "years", "sql_tsi_year", "yyyy", "yy"]),
    ];
    UNITS
        .iter()
        .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(unit)))
        .map(|(function, _)| *function)
}
