//! The parameters of a request: those that the interface itself takes, `param_*` values for the statement, and
//! settings, which are all the rest. Comes from the URL, from headers and from forms.

use crate::engine::Exception;
use hyper::HeaderMap;

/// Everything that a request says beside its body.
#[derive(Debug, Default, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the interface, and they do not depend on one another"
)]
pub(super) struct Params {
    /// The statement or its beginning.
    pub(super) query: Vec<u8>,
    pub(super) database: Option<String>,
    pub(super) default_format: Option<String>,
    pub(super) query_id: Option<String>,
    pub(super) session_id: Option<String>,
    pub(super) session_timeout: Option<String>,
    pub(super) session_check: bool,
    pub(super) close_session: bool,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    /// Answer in ClickHouse's compressed blocks.
    pub(super) compress: bool,
    /// The body comes in ClickHouse's compressed blocks.
    pub(super) decompress: bool,
    /// Send nothing before the statement has ended.
    pub(super) wait_end_of_query: bool,
    pub(super) buffer_size: Option<usize>,
    pub(super) roles: Vec<String>,
    pub(super) settings: Vec<(String, String)>,
    /// Values of `{name:Type}` places.
    pub(super) parameters: Vec<(String, Vec<u8>)>,
    /// `<table>_structure`, `<table>_types` and `<table>_format` of tables that a form brings along.
    pub(super) external: Vec<(String, String)>,
}

impl Params {
    /// Reads the query string of a URL, then the headers, which win over it.
    ///
    /// # Errors
    /// A value that is no number or no text where one is needed.
    pub(super) fn read(url_query: &str, headers: &HeaderMap) -> Result<Self, Exception> {
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(url_query.as_bytes()) {
            params.add(&name, value.as_bytes(), &value)?;
        }
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        params.database = header("x-clickhouse-database").or(params.database);
        params.default_format = header("x-clickhouse-format").or(params.default_format);
        params.query_id = params.query_id.filter(|id| !id.is_empty());
        Ok(params)
    }

    /// Takes one parameter of a URL or a form. `value` is the raw text, `text` the same as UTF-8.
    pub(super) fn add(&mut self, name: &str, value: &[u8], text: &str) -> Result<(), Exception> {
        let some = || Some(text.to_owned());
        match name {
            "query" => self.query.extend_from_slice(value),
            "database" => self.database = some().filter(|name| !name.is_empty()),
            "default_format" => self.default_format = some().filter(|name| !name.is_empty()),
            "query_id" => self.query_id = some(),
            "session_id" => self.session_id = some(),
            "session_timeout" => self.session_timeout = some(),
            "session_check" => self.session_check = flag(text),
            "close_session" => self.close_session = flag(text),
            "user" => self.user = some(),
            "password" => self.password = some(),
            "compress" => self.compress = flag(text),
            "decompress" => self.decompress = flag(text),
            "wait_end_of_query" => self.wait_end_of_query = flag(text),
            "buffer_size" => {
                self.buffer_size = Some(text.parse().map_err(|_| {
                    Exception::new(
                        72,
                        "CANNOT_PARSE_NUMBER",
                        format!("Cannot parse buffer_size `{text}` as a number"),
                    )
                })?);
            }
            "role" => self.roles.push(text.to_owned()),
            // Known to a server, without meaning here.
            "quota_key" | "stacktrace" | "client_protocol_version" | "http_method" => {}
            _ => {
                if let Some(parameter) = name.strip_prefix("param_") {
                    self.parameters.push((parameter.to_owned(), value.to_vec()));
                } else if ["_structure", "_types", "_format"]
                    .iter()
                    .any(|end| name.ends_with(end))
                {
                    self.external.push((name.to_owned(), text.to_owned()));
                } else {
                    self.settings.push((name.to_owned(), text.to_owned()));
                }
            }
        }
        Ok(())
    }

    /// The value of a setting that the interface heeds as well.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        self.settings
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// ClickHouse takes `1`, `true` and the like for true.
pub(super) fn flag(text: &str) -> bool {
    !matches!(
        text.to_ascii_lowercase().as_str(),
        "" | "0" | "false" | "no" | "off"
    )
}

/// `SET a = '1', b = 'x'`, or nothing where there are no settings.
///
/// # Errors
/// A name that is no name of a setting.
pub(super) fn set_statement(settings: &[(String, String)]) -> Result<Option<String>, Exception> {
    let mut parts = Vec::with_capacity(settings.len());
    for (name, value) in settings {
        if name.is_empty()
            || !name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
        {
            return Err(Exception::new(
                115,
                "UNKNOWN_SETTING",
                format!("Unknown setting '{name}'"),
            ));
        }
        parts.push(format!("{name} = {}", literal(value)));
    }
    Ok((!parts.is_empty()).then(|| format!("SET {}", parts.join(", "))))
}

/// A string literal of ClickHouse.
pub(super) fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A quoted identifier of ClickHouse.
pub(super) fn identifier(name: &str) -> String {
    format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`"))
}
