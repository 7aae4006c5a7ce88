//! Where a server is: `local:PATH` for the embedded engine, `http://...` or `https://...` for a server.

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// Where a server is.
#[derive(Clone)]
pub enum Address {
    /// The embedded engine with its data in this folder.
    Local(PathBuf),
    /// A server's HTTP interface: scheme, host, port and path, nothing else.
    Http {
        /// The address without user and password.
        url: String,
        /// The user that stood in the address.
        user: Option<String>,
        /// The password that stood in the address.
        password: Option<SecretString>,
    },
}

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not one of the known forms.
    #[error("an address is `local:PATH`, `http://HOST:PORT` or `https://HOST:PORT`, and this is none: `{0}`")]
    Form(String),
    /// `local:` without a path.
    #[error("`local:` needs the path of a folder behind it")]
    NoPath,
    /// What it names behind the `?` is said elsewhere.
    #[error("the address must end before the `?`: settings, user and password have their own places")]
    Query,
    /// `https` without the feature.
    #[error("`https` addresses need the feature `tls` of chx-runtime")]
    NoTls,
}

impl Address {
    /// Reads an address; a relative path starts from `root`.
    pub fn parse(text: &str, root: &Path) -> Result<Self, AddressError> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("local:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() {
                Err(AddressError::NoPath)
            } else {
                Ok(Self::Local(root.join(path)))
            };
        }
        // What is not an address may still hold a password: it is not repeated when an `@` stands in it.
        let form = || {
            AddressError::Form(if text.contains('@') {
                "[redacted]".into()
            } else {
                text.into()
            })
        };
        let mut url = Url::parse(text).map_err(|_| form())?;
        match url.scheme() {
            "http" => {}
            "https" if cfg!(feature = "tls") => {}
            "https" => return Err(AddressError::NoTls),
            _ => return Err(form()),
        }
        if url.host_str().is_none() {
            return Err(form());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Query);
        }
        let decoded = |part: &str| percent_decoded(part);
        let user = Some(url.username()).filter(|user| !user.is_empty()).map(decoded);
        let password = url.password().map(decoded).map(SecretString::from);
        if url
            .set_username("")
            .and_then(|()| url.set_password(None))
            .is_err()
        {
            return Err(form());
        }
        Ok(Self::Http {
            url: url.to_string(),
            user,
            password,
        })
    }
}

fn percent_decoded(part: &str) -> String {
    // `form_urlencoded` reads `+` as a blank, which an address does not mean.
    url::form_urlencoded::parse(part.replace('+', "%2B").as_bytes())
        .next()
        .map(|(name, _)| name.into_owned())
        .unwrap_or_default()
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Local(a), Self::Local(b)) => a == b,
            (
                Self::Http {
                    url: a,
                    user: user_a,
                    password: pw_a,
                },
                Self::Http {
                    url: b,
                    user: user_b,
                    password: pw_b,
                },
            ) => {
                let exposed = |password: &Option<SecretString>| {
                    password
                        .as_ref()
                        .map(|password| password.expose_secret().to_owned())
                };
                a == b && user_a == user_b && exposed(pw_a) == exposed(pw_b)
            }
            _ => false,
        }
    }
}

impl Eq for Address {}

/// The address without user and password: what may be shown.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(path) => write!(f, "local:{}", path.display()),
            Self::Http { url, .. } => f.write_str(url.trim_end_matches('/')),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, AddressError> {
        Address::parse(text, Path::new("/srv/app"))
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(
            parse("local:.chx/db"),
            Ok(Address::Local("/srv/app/.chx/db".into()))
        );
        assert_eq!(parse("local:///data"), Ok(Address::Local("/data".into())));
        let Ok(Address::Http { url, user, password }) = parse("http://me:p%40ss@db.example.com:8123/") else {
            panic!("an address");
        };
        assert_eq!(
            (url.as_str(), user.as_deref()),
            ("http://db.example.com:8123/", Some("me"))
        );
        assert_eq!(password.unwrap().expose_secret(), "p@ss");
    }

    #[test]
    fn what_is_shown_holds_no_password() {
        let address = parse("http://me:secret@db.example.com:8123").unwrap();
        assert_eq!(address.to_string(), "http://db.example.com:8123");
        assert!(!format!("{address:?}").contains("secret"));
        assert!(
            !parse("me:secret@db.example.com")
                .unwrap_err()
                .to_string()
                .contains("secret")
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(parse("local:"), Err(AddressError::NoPath));
        assert_eq!(
            parse("clickhouse://db"),
            Err(AddressError::Form("clickhouse://db".into()))
        );
        assert_eq!(
            parse("localhost:8123"),
            Err(AddressError::Form("localhost:8123".into()))
        );
        assert_eq!(parse("http://db/?user=me"), Err(AddressError::Query));
    }
}
