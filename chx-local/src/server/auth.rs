//! Who may ask. There is one user, `default`; its password comes in one of the three places that a server knows.
//! Without a password every program of this machine is let in, but no web page: a browser tells by `Host` and
//! `Origin` that the request was made for another site.

use super::params::Params;
use crate::engine::Exception;
use base64::Engine as _;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, HOST, HeaderName, ORIGIN};

/// # Errors
/// 516 for a wrong user or password, 194 where one is missing.
pub(super) fn authenticate(
    password: Option<&str>,
    headers: &HeaderMap,
    params: &Params,
) -> Result<(), Exception> {
    let header = |name: &str| {
        headers
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let by_headers = (header("x-clickhouse-user"), header("x-clickhouse-key"));
    let by_basic = headers
        .get(AUTHORIZATION)
        .map(|value| basic(value.as_bytes()))
        .transpose()?;
    let by_url = (params.user.clone(), params.password.clone());
    let in_headers = by_headers.0.is_some() || by_headers.1.is_some();
    let in_url = by_url.0.is_some() || by_url.1.is_some();
    if usize::from(in_headers) + usize::from(by_basic.is_some()) + usize::from(in_url) > 1 {
        return Err(invalid(
            "it is not allowed to use X-ClickHouse HTTP headers, Authorization HTTP header and authentication via \
             parameters simultaneously",
        ));
    }
    let (user, shown) = match by_basic {
        Some((user, password)) => (Some(user), Some(password)),
        None if in_headers => by_headers,
        None => by_url,
    };
    let user = user
        .filter(|user| !user.is_empty())
        .unwrap_or_else(|| "default".to_owned());
    let shown = shown.unwrap_or_default();
    match password {
        None if user == "default" => from_this_machine(headers),
        Some(password) if user == "default" && same(shown.as_bytes(), password.as_bytes()) => Ok(()),
        _ => {
            let (code, name) = if shown.is_empty() {
                (194, "REQUIRED_PASSWORD")
            } else {
                (516, "AUTHENTICATION_FAILED")
            };
            let message = "Authentication failed: password is incorrect, or there is no user with such name.";
            Err(Exception::new(code, name, format!("{user}: {message}")))
        }
    }
}

fn invalid(why: &str) -> Exception {
    Exception::new(
        516,
        "AUTHENTICATION_FAILED",
        format!("Invalid authentication: {why}"),
    )
}

fn basic(header: &[u8]) -> Result<(String, String), Exception> {
    let decode = || {
        let (scheme, encoded) = std::str::from_utf8(header).ok()?.split_once(' ')?;
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded.trim())
            .ok()?;
        let decoded = String::from_utf8(decoded).ok()?;
        let (user, password) = decoded.split_once(':')?;
        scheme
            .eq_ignore_ascii_case("basic")
            .then(|| (user.to_owned(), password.to_owned()))
    };
    decode().ok_or_else(|| invalid("only 'Basic' HTTP authentication is supported"))
}

/// Compares without telling by its time where the difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

fn from_this_machine(headers: &HeaderMap) -> Result<(), Exception> {
    let local = |name: HeaderName| {
        headers.get(name).is_none_or(|value| {
            let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            let host = value.split_once("://").map_or(value.as_str(), |(_, host)| host);
            let name = host
                .rsplit_once(':')
                .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
            matches!(
                name.map_or(host, |(name, _)| name),
                "localhost" | "127.0.0.1" | "[::1]"
            )
        })
    };
    if local(HOST) && local(ORIGIN) {
        return Ok(());
    }
    Err(invalid(
        "without a password only requests to localhost are answered, and none that a web page makes",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn code(password: Option<&str>, headers: &[(&'static str, &'static str)]) -> i32 {
        let map = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        authenticate(password, &map.collect(), &Params::default()).map_or_else(|error| error.code, |()| 0)
    }

    #[test]
    fn passwords() {
        assert_eq!(code(Some("x"), &[("x-clickhouse-key", "x")]), 0);
        assert_eq!(code(Some("x"), &[("authorization", "Basic ZGVmYXVsdDp4")]), 0);
        assert_eq!(code(Some("x"), &[("authorization", "Basic !")]), 516);
        assert_eq!(code(Some("x"), &[("authorization", "Bearer x")]), 516);
        assert_eq!(code(Some("x"), &[("x-clickhouse-key", "y")]), 516);
        assert_eq!(
            code(
                Some("x"),
                &[("x-clickhouse-user", "root"), ("x-clickhouse-key", "x")]
            ),
            516
        );
        assert_eq!(code(Some("x"), &[]), 194);
        assert_eq!(
            code(
                Some("x"),
                &[("x-clickhouse-key", "x"), ("authorization", "Basic ZGVmYXVsdDp4")]
            ),
            516
        );
    }

    #[test]
    fn without_a_password_pages_of_the_web_are_refused() {
        for (host, origin, expected) in [
            ("localhost:8123", "http://localhost:3000", 0),
            ("127.0.0.1:8123", "http://127.0.0.1", 0),
            ("[::1]:8123", "http://[::1]:1", 0),
            ("127.0.0.1:8123", "https://example.com", 516),
            ("127.0.0.1:8123", "null", 516),
            ("rebound.example.com:8123", "http://localhost", 516),
        ] {
            assert_eq!(
                code(None, &[("host", host), ("origin", origin)]),
                expected,
                "{host} {origin}"
            );
        }
        assert_eq!(code(None, &[]), 0);
    }
}
