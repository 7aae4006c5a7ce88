//! Tells an address something, by POST.
//!
//! The address may carry a secret (most webhooks do), so that no message shows more of it than the host.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use secrecy::{ExposeSecret, SecretString};

#[cfg(not(feature = "tls"))]
type Connector = hyper_util::client::legacy::connect::HttpConnector;
#[cfg(feature = "tls")]
type Connector = hyper_rustls::HttpsConnector<hyper_util::client::legacy::connect::HttpConnector>;

/// An address that is told things.
#[derive(Debug, Clone)]
pub struct Webhook {
    uri: Uri,
    host: String,
    client: Client<Connector, Full<Bytes>>,
}

/// Why an address was not told.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It is no address of a webhook.
    #[error("this is no address of a webhook: it begins with `http://` or `https://` and names a host")]
    Address,
    /// This build speaks no TLS.
    #[error("this build cannot open `https://` addresses; build it with the feature `tls`")]
    NoTls,
    /// No answer.
    #[error("`{host}` does not answer: {reason}")]
    Network {
        /// The host.
        host: String,
        /// Why, without the address.
        reason: String,
    },
    /// An answer that says no.
    #[error("`{host}` answers {status}")]
    Status {
        /// The host.
        host: String,
        /// The status line.
        status: String,
    },
}

impl Webhook {
    /// Reads the address. Nothing is sent yet.
    pub fn new(address: &SecretString) -> Result<Self, WebhookError> {
        let uri: Uri = address
            .expose_secret()
            .trim()
            .parse()
            .map_err(|_| WebhookError::Address)?;
        let host = uri.host().ok_or(WebhookError::Address)?.to_owned();
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") if cfg!(feature = "tls") => {}
            Some("https") => return Err(WebhookError::NoTls),
            _ => return Err(WebhookError::Address),
        }
        Ok(Self {
            uri,
            host,
            client: Client::builder(TokioExecutor::new()).build(connector()),
        })
    }

    /// Sends a JSON document. Redirections are not followed.
    pub async fn post(&self, json: Vec<u8>) -> Result<(), WebhookError> {
        let request = Request::post(self.uri.clone())
            .header("content-type", "application/json")
            .header("user-agent", concat!("chx/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(Bytes::from(json)))
            .map_err(|_| WebhookError::Address)?;
        let answer = self
            .client
            .request(request)
            .await
            .map_err(|error| WebhookError::Network {
                host: self.host.clone(),
                reason: crate::client::causes(&error),
            })?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        Err(WebhookError::Status {
            host: self.host.clone(),
            status: status.to_string(),
        })
    }
}

#[cfg(not(feature = "tls"))]
fn connector() -> Connector {
    Connector::new()
}

#[cfg(feature = "tls")]
fn connector() -> Connector {
    hyper_rustls::HttpsConnectorBuilder::new()
        .with_webpki_roots()
        .https_or_http()
        .enable_http1()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_taken_and_never_shown() {
        for bad in ["", "hooks", "ftp://host/secret", "http://", "/path"] {
            let error = Webhook::new(&SecretString::from(bad)).unwrap_err();
            assert!(matches!(error, WebhookError::Address), "{bad}: {error}");
            assert!(!error.to_string().contains("secret"));
        }
        let webhook = Webhook::new(&SecretString::from("http://127.0.0.1:1/services/T0/secret")).unwrap();
        assert_eq!(webhook.host, "127.0.0.1");
    }
}
