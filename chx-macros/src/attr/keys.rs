//! The keys that `#[ch(...)]` knows, each in one place.
//!
//! Decides what an unknown key could have meant: a typo of a known one, or a key that belongs elsewhere.

/// The keys of one holder.
pub(crate) struct Keys {
    /// Who takes them, as it stands in messages.
    pub(crate) holder: &'static str,
    names: &'static [&'static str],
}

/// On a struct with `ChDatabase`.
pub(crate) const DATABASE: Keys = Keys {
    holder: "a database",
    names: &["name", "comment", "engine", "settings", "crate"],
};

/// On a struct with `ChFunction`.
pub(crate) const FUNCTION: Keys = Keys {
    holder: "a function",
    names: &["name", "lambda", "crate"],
};

/// On a struct with `ChRaw`.
pub(crate) const RAW: Keys = Keys {
    holder: "a raw object",
    names: &["sql", "renamed_from", "crate"],
};

/// On a struct with `ChNamedCollection`.
pub(crate) const NAMED_COLLECTION: Keys = Keys {
    holder: "a named collection",
    names: &["name", "entries", "crate"],
};

/// On a struct with `ChResource`.
pub(crate) const RESOURCE: Keys = Keys {
    holder: "a resource",
    names: &["name", "operations", "crate"],
};

/// On a struct with `ChWorkload`.
pub(crate) const WORKLOAD: Keys = Keys {
    holder: "a workload",
    names: &["name", "parent", "settings", "crate"],
};

/// On a struct with `ChRole`.
pub(crate) const ROLE: Keys = Keys {
    holder: "a role",
    names: &["name", "settings", "grant", "revoke", "crate"],
};

/// On a struct with `ChUser`.
pub(crate) const USER: Keys = Keys {
    holder: "a user",
    names: &[
        "name",
        "identified",
        "valid_until",
        "host",
        "default_database",
        "default_role",
        "grantees",
        "settings",
        "grant",
        "revoke",
        "crate",
    ],
};

/// On a struct with `ChRowPolicy`.
pub(crate) const ROW_POLICY: Keys = Keys {
    holder: "a row policy",
    names: &["name", "on", "using", "restrictive", "to", "crate"],
};

/// On a struct with `ChQuota`.
pub(crate) const QUOTA: Keys = Keys {
    holder: "a quota",
    names: &["name", "keyed_by", "interval", "to", "crate"],
};

/// On a struct with `ChSettingsProfile`.
pub(crate) const SETTINGS_PROFILE: Keys = Keys {
    holder: "a settings profile",
    names: &["name", "settings", "to", "crate"],
};

/// Inside `grant(...)` and `revoke(...)`.
pub(crate) const GRANT: Keys = Keys {
    holder: "`grant(...)`",
    names: &["on"],
};

/// On a struct with `ChSettings`.
pub(crate) const SETTINGS: Keys = Keys {
    holder: "a list of settings",
    names: &["settings", "crate"],
};

/// On a struct with `ChTable`.
pub(crate) const TABLE: Keys = Keys {
    holder: "a table",
    names: &[
        "name",
        "database",
        "comment",
        "engine",
        "partition_by",
        "order_by",
        "primary_key",
        "unique_key",
        "sample_by",
        "ttl",
        "settings",
        "shared_settings",
        "index",
        "projection",
        "constraint",
        "check",
        "renamed_from",
        "insert",
        "select",
        "crate",
    ],
};

/// On a field of a struct with `ChTable`.
pub(crate) const COLUMN: Keys = Keys {
    holder: "a column",
    names: &[
        "name",
        "type",
        "low_cardinality",
        "default",
        "materialized",
        "alias",
        "ephemeral",
        "codec",
        "statistics",
        "ttl",
        "settings",
        "comment",
        "renamed_from",
        "flatten",
        "nested",
        "skip",
    ],
};

/// On a struct with `ChView`.
pub(crate) const VIEW: Keys = Keys {
    holder: "a view",
    names: &[
        "name",
        "database",
        "comment",
        "query",
        "sql_security",
        "definer",
        "check",
        "renamed_from",
        "crate",
    ],
};

/// On a struct with `ChMaterializedView`.
pub(crate) const MATERIALIZED_VIEW: Keys = Keys {
    holder: "a materialized view",
    names: &[
        "name",
        "database",
        "comment",
        "to",
        "partial",
        "query",
        "refresh",
        "empty",
        "sql_security",
        "definer",
        "engine",
        "partition_by",
        "order_by",
        "primary_key",
        "unique_key",
        "sample_by",
        "ttl",
        "settings",
        "shared_settings",
        "index",
        "projection",
        "constraint",
        "check",
        "renamed_from",
        "crate",
    ],
};

/// On a struct with `ChDictionary`.
pub(crate) const DICTIONARY: Keys = Keys {
    holder: "a dictionary",
    names: &[
        "name",
        "database",
        "comment",
        "primary_key",
        "source",
        "layout",
        "lifetime",
        "range",
        "settings",
        "check",
        "renamed_from",
        "crate",
    ],
};

/// On a field of a struct with `ChDictionary`.
pub(crate) const DICTIONARY_ATTRIBUTE: Keys = Keys {
    holder: "an attribute of a dictionary",
    names: &[
        "name",
        "type",
        "default",
        "expression",
        "hierarchical",
        "bidirectional",
        "injective",
        "is_object_id",
    ],
};

/// On a field of a struct with `ChView`.
pub(crate) const VIEW_COLUMN: Keys = Keys {
    holder: "a column of a view",
    names: &["name", "type", "low_cardinality", "skip"],
};

/// On a struct or enum with `ChType`.
pub(crate) const TYPE: Keys = Keys {
    holder: "a column type",
    names: &["type", "low_cardinality", "crate"],
};

/// On a struct with `ChTuple` or an enum with `ChVariant`.
pub(crate) const COMPOSITE: Keys = Keys {
    holder: "a type or a group of columns",
    names: &["crate"],
};

/// On a field of a struct with `ChTuple`.
pub(crate) const ELEMENT: Keys = Keys {
    holder: "an element of a Tuple",
    names: &["name", "type", "low_cardinality"],
};

/// On a variant of an enum with `ChVariant`.
pub(crate) const ALTERNATIVE: Keys = Keys {
    holder: "a type of a Variant",
    names: &["type", "low_cardinality"],
};

/// On an enum with `ChEnum`.
pub(crate) const ENUM: Keys = Keys {
    holder: "an Enum",
    names: &["rename_all", "serde", "crate"],
};

/// On a variant of an enum with `ChEnum`.
pub(crate) const ENUM_VALUE: Keys = Keys {
    holder: "a value of an Enum",
    names: &["name"],
};

/// Inside `index(...)`.
pub(crate) const INDEX: Keys = Keys {
    holder: "`index(...)`",
    names: &["expr", "type", "granularity"],
};

/// Inside `projection(...)`.
pub(crate) const PROJECTION: Keys = Keys {
    holder: "`projection(...)`",
    names: &["settings"],
};

/// Inside `constraint(...)`.
pub(crate) const CONSTRAINT: Keys = Keys {
    holder: "`constraint(...)`",
    names: &["check", "assume"],
};

/// Inside `check(...)`.
pub(crate) const CHECK: Keys = Keys {
    holder: "`check(...)`",
    names: &["name", "sql", "severity"],
};

/// Inside `insert(...)` and `select(...)`.
pub(crate) const COMPANION: Keys = Keys {
    holder: "a row companion",
    names: &["name", "derive"],
};

/// In `#[chx::test(...)]`.
pub(crate) const TEST: Keys = Keys {
    holder: "a test",
    names: &["migrations", "registry", "database", "databases", "crate"],
};

/// In `chx::migrations!(...)`, behind the folder.
pub(crate) const MIGRATIONS: Keys = Keys {
    holder: "`migrations!`",
    names: &["crate"],
};

const ALL: [&Keys; 28] = [
    &TABLE,
    &COLUMN,
    &VIEW,
    &MATERIALIZED_VIEW,
    &INDEX,
    &PROJECTION,
    &CONSTRAINT,
    &VIEW_COLUMN,
    &TYPE,
    &ENUM,
    &ENUM_VALUE,
    &ELEMENT,
    &ALTERNATIVE,
    &COMPOSITE,
    &DICTIONARY,
    &DICTIONARY_ATTRIBUTE,
    &DATABASE,
    &FUNCTION,
    &RAW,
    &NAMED_COLLECTION,
    &RESOURCE,
    &WORKLOAD,
    &SETTINGS,
    &ROLE,
    &USER,
    &ROW_POLICY,
    &QUOTA,
    &SETTINGS_PROFILE,
];

/// Words of other tools and of SQL that mean one of our keys.
const SYNONYMS: [(&str, &str); 21] = [
    ("table", "name"),
    ("table_name", "name"),
    ("rename", "name"),
    ("column", "name"),
    ("db", "database"),
    ("partition", "partition_by"),
    ("partitioned_by", "partition_by"),
    ("sorting_key", "order_by"),
    ("sort_by", "order_by"),
    ("doc", "comment"),
    ("description", "comment"),
    ("compression", "codec"),
    ("default_value", "default"),
    ("sql", "query"),
    ("target", "to"),
    ("ty", "type"),
    ("ignore", "skip"),
    ("password", "identified"),
    ("hosts", "host"),
    ("roles", "default_role"),
    ("filter", "using"),
];

impl Keys {
    /// Is it one of these?
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// The key that `name` most likely meant.
    pub(crate) fn nearest(&self, name: &str) -> Option<&'static str> {
        let lower = name.to_ascii_lowercase();
        let meant = SYNONYMS
            .iter()
            .find(|(other, _)| *other == lower)
            .map(|(_, key)| *key);
        meant
            .filter(|key| self.names.contains(key))
            .or_else(|| chx_core::nearest::nearest(name, self.names.iter().copied()))
    }

    /// All keys, for a message.
    pub(crate) fn listed(&self) -> String {
        let quoted: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(", ")
    }
}

/// The first other holder that takes this key.
pub(crate) fn elsewhere(name: &str, here: &Keys) -> Option<&'static str> {
    ALL.iter()
        .find(|keys| keys.holder != here.holder && keys.names.contains(&name))
        .map(|keys| keys.holder)
}
