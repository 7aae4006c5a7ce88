//! The parameters of JSON: sorted and without defaults, as the server stores them.

use super::error::TypeErrorKind;
use super::{DataType, Field};

/// `JSON(max_dynamic_types = .., max_dynamic_paths = .., path Type, SKIP path, SKIP REGEXP '..')`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonType {
    max_dynamic_types: u8,
    max_dynamic_paths: u16,
    typed_paths: Vec<Field>,
    skip: Vec<Box<str>>,
    skip_regexp: Vec<Box<str>>,
}

impl Default for JsonType {
    fn default() -> Self {
        Self {
            max_dynamic_types: Self::DEFAULT_TYPES,
            max_dynamic_paths: Self::DEFAULT_PATHS,
            typed_paths: Vec::new(),
            skip: Vec::new(),
            skip_regexp: Vec::new(),
        }
    }
}

impl JsonType {
    /// `max_dynamic_types` where not said.
    pub const DEFAULT_TYPES: u8 = 32;
    /// `max_dynamic_paths` where not said.
    pub const DEFAULT_PATHS: u16 = 1024;
    pub(super) const MOST_TYPES: u8 = 254;
    pub(super) const MOST_PATHS: u16 = 10_000;

    /// Sorts and checks. Paths are without quotes, their parts joined by dots.
    ///
    /// # Errors
    /// A path that is there twice, or typed and skipped; a limit past 254 types or 10 000 paths.
    pub fn new(
        max_dynamic_types: u8,
        max_dynamic_paths: u16,
        mut typed_paths: Vec<Field>,
        mut skip: Vec<Box<str>>,
        mut skip_regexp: Vec<Box<str>>,
    ) -> Result<Self, TypeErrorKind> {
        let limits = [
            (
                "max_dynamic_types",
                i64::from(Self::MOST_TYPES),
                i64::from(max_dynamic_types),
            ),
            (
                "max_dynamic_paths",
                i64::from(Self::MOST_PATHS),
                i64::from(max_dynamic_paths),
            ),
        ];
        for (what, to, found) in limits {
            if found > to {
                return Err(TypeErrorKind::OutOfRange {
                    family: "JSON",
                    what,
                    from: 0,
                    to,
                    found: found.to_string(),
                });
            }
        }
        typed_paths.sort_by(|left, right| left.name.cmp(&right.name));
        if let Some([field, _]) = typed_paths
            .array_windows()
            .find(|[left, right]| left.name == right.name)
        {
            return Err(TypeErrorKind::DuplicateName(field.name.to_string()));
        }
        skip.sort_unstable();
        skip.dedup();
        for field in &typed_paths {
            let covers = |skip: &str| {
                field
                    .name
                    .strip_prefix(skip)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            if let Some(skip) = skip.iter().find(|skip| covers(skip)) {
                let (path, skip) = (field.name.to_string(), skip.to_string());
                return Err(TypeErrorKind::SkippedPath { path, skip });
            }
        }
        // The server keeps repeated expressions.
        skip_regexp.sort_unstable();
        Ok(Self {
            max_dynamic_types,
            max_dynamic_paths,
            typed_paths,
            skip,
            skip_regexp,
        })
    }

    /// How many types a path may take before they are stored together.
    pub fn max_dynamic_types(&self) -> u8 {
        self.max_dynamic_types
    }

    /// How many paths have a column of their own.
    pub fn max_dynamic_paths(&self) -> u16 {
        self.max_dynamic_paths
    }

    /// Paths with a fixed type, sorted by path.
    pub fn typed_paths(&self) -> &[Field] {
        &self.typed_paths
    }

    /// The type of a path that has one.
    pub fn type_of(&self, path: &str) -> Option<&DataType> {
        self.typed_paths
            .iter()
            .find(|field| &*field.name == path)
            .map(|field| &field.data_type)
    }

    /// Paths that are not stored, sorted.
    pub fn skip(&self) -> &[Box<str>] {
        &self.skip
    }

    /// Regular expressions of paths that are not stored, sorted.
    pub fn skip_regexp(&self) -> &[Box<str>] {
        &self.skip_regexp
    }
}
