//! Users and roles.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AccessSettings, Grants, Ident, Members};
use crate::model::Secret;

/// A user: somebody who can log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name. Users and roles share one space of names here: GRANT does not say which of them it means.
    pub name: Ident,
    /// How to log in: by any of these. Empty is `no_password`.
    pub authentication: Vec<Authentication>,
    /// The day on which logging in ends, in any of the ways, as written.
    pub valid_until: Option<String>,
    /// From where.
    pub hosts: BTreeSet<Host>,
    /// The granted roles that are on from the start.
    pub default_roles: Members,
    /// The database of names that say none.
    pub default_database: Option<Ident>,
    /// To whom this user may grant.
    pub grantees: Members,
    /// Settings.
    pub settings: AccessSettings,
    /// Privileges and roles.
    pub grants: Grants,
}

/// A role: privileges and settings with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The name, see [`User::name`].
    pub name: Ident,
    /// Settings.
    pub settings: AccessSettings,
    /// Privileges and roles.
    pub grants: Grants,
}

impl User {
    /// What `CREATE USER name` makes.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            authentication: Vec::new(),
            valid_until: None,
            hosts: [Host::Any].into(),
            default_roles: Members::ALL,
            default_database: None,
            grantees: Members::ALL,
            settings: AccessSettings::default(),
            grants: Grants::default(),
        }
    }
}

impl Role {
    /// What `CREATE ROLE name` makes.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            settings: AccessSettings::default(),
            grants: Grants::default(),
        }
    }
}

/// One way to log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// `BY 'env:NAME'` with one of the methods that take a password or its hash.
    Password {
        /// Such as `sha256_password`; none is the server's default.
        method: Option<PasswordMethod>,
        /// Where the password comes from.
        secret: Secret,
        /// `SALT`, of a hash with one; where it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        salt: Option<Secret>,
    },
    /// `ldap SERVER`.
    Ldap(String),
    /// `kerberos [REALM]`.
    Kerberos(Option<String>),
    /// `ssl_certificate CN`: one of these common names.
    CommonName(BTreeSet<String>),
    /// `ssl_certificate SAN`: one of these alternative names.
    SubjectAltName(BTreeSet<String>),
    /// `ssh_key`: one of these keys.
    SshKeys(BTreeSet<SshKey>),
    /// `http SERVER`: whom that server lets in.
    Http {
        /// Its name in the configuration of the server.
        server: String,
        /// `SCHEME`.
        scheme: Option<String>,
    },
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SshKey {
    /// The key, as base64.
    pub key: String,
    /// Such as `ssh-ed25519`.
    pub kind: String,
}

/// What the server keeps of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are ClickHouse's")]
pub enum PasswordMethod {
    PlaintextPassword,
    Sha256Password,
    Sha256Hash,
    DoubleSha1Password,
    DoubleSha1Hash,
    BcryptPassword,
    BcryptHash,
    ScramSha256Password,
    ScramSha256Hash,
}

impl PasswordMethod {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::PlaintextPassword,
        Self::Sha256Password,
        Self::Sha256Hash,
        Self::DoubleSha1Password,
        Self::DoubleSha1Hash,
        Self::BcryptPassword,
        Self::BcryptHash,
        Self::ScramSha256Password,
        Self::ScramSha256Hash,
    ];

    /// The word in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PlaintextPassword => "plaintext_password",
            Self::Sha256Password => "sha256_password",
            Self::Sha256Hash => "sha256_hash",
            Self::DoubleSha1Password => "double_sha1_password",
            Self::DoubleSha1Hash => "double_sha1_hash",
            Self::BcryptPassword => "bcrypt_password",
            Self::BcryptHash => "bcrypt_hash",
            Self::ScramSha256Password => "scram_sha256_password",
            Self::ScramSha256Hash => "scram_sha256_hash",
        }
    }

    /// Can a hash of this kind have a salt?
    pub(crate) fn takes_salt(self) -> bool {
        matches!(self, Self::Sha256Hash | Self::ScramSha256Hash)
    }

    /// What the server calls it when it shows a user: it does not tell a hash from the hash of a password.
    pub(crate) fn shown(self) -> Self {
        match self {
            Self::PlaintextPassword => Self::PlaintextPassword,
            Self::Sha256Password | Self::Sha256Hash => Self::Sha256Password,
            Self::DoubleSha1Password | Self::DoubleSha1Hash => Self::DoubleSha1Password,
            Self::BcryptPassword | Self::BcryptHash => Self::BcryptPassword,
            Self::ScramSha256Password | Self::ScramSha256Hash => Self::ScramSha256Password,
        }
    }
}

/// Where a user may come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Host {
    /// `ANY`.
    Any,
    /// `LOCAL`.
    Local,
    /// `NAME 'host'`.
    Name(String),
    /// `REGEXP 'pattern'`.
    Regexp(String),
    /// `IP 'address'` or a subnet.
    Ip(String),
    /// `LIKE 'pattern'`.
    Like(String),
}
