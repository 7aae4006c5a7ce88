//! Settings of tables, columns and projections: a map whose values compare by meaning.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sql::{Expr, quote_string};

/// Settings by name. Order means nothing to ClickHouse and nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub BTreeMap<String, SettingValue>);

impl Settings {
    /// Is there no setting?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a setting.
    pub fn get(&self, name: &str) -> Option<&SettingValue> {
        self.0.get(name)
    }
}

/// The value of a setting.
///
/// ClickHouse keeps the spelling (`1`, `true`, `'1'`; `86400`, `86400.`) and reads the same value from all of
/// them, so they are equal here. The text is what [`SettingValue::new`] made of it.
///
/// ```
/// use chx_core::model::SettingValue;
/// assert_eq!(SettingValue::new("true"), SettingValue::new("1"));
/// assert_eq!(SettingValue::new("86400."), SettingValue::new("86400"));
/// assert_eq!(SettingValue::new("10Mi").to_string(), "'10Mi'");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SettingValue(Box<str>);

impl SettingValue {
    /// Takes the value without quotes and brings it to the one spelling that stands for its meaning.
    pub fn new(value: &str) -> Self {
        let value = match value {
            "true" | "TRUE" | "True" => "1",
            "false" | "FALSE" | "False" => "0",
            other => other,
        };
        let value = match value.split_once('.') {
            Some((whole, fraction)) if is_digits(whole) && fraction.bytes().all(|b| b.is_ascii_digit()) => {
                let kept = fraction.trim_end_matches('0');
                if kept.is_empty() {
                    whole.to_owned()
                } else {
                    format!("{whole}.{kept}")
                }
            }
            _ => value.to_owned(),
        };
        Self(value.into_boxed_str())
    }

    /// The value without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is this a number that reads back as the same text? `007` and numbers of too many digits are not.
    fn is_number(&self) -> bool {
        let text = self.0.strip_prefix('-').unwrap_or(&self.0);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        is_digits(whole)
            && is_digits(fraction)
            && Expr::parse(&self.0).is_ok_and(|number| Self::new(number.as_sql()) == *self)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The value as SQL: numbers bare, everything else in quotes.
impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number() {
            f.write_str(&self.0)
        } else {
            f.write_str(&quote_string(&self.0))
        }
    }
}

impl From<String> for SettingValue {
    fn from(value: String) -> Self {
        Self::new(&value)
    }
}

impl From<SettingValue> for String {
    fn from(value: SettingValue) -> Self {
        value.0.into()
    }
}
