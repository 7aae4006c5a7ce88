//! The databases of `tests/live`, in the style of real products, and the server that they expect.

use std::path::{Path, PathBuf};

use chx_core::sql::split_statements;

/// The configuration of such a server, with `FOLDER` for the folder that it stands in.
const CONFIG: &str = include_str!("../engines/config.xml");

/// The users of such a server.
const USERS: &str = include_str!("../engines/users.xml");

/// A file beside the databases.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("live").join(name)
}

/// The names of all scripts, in order.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn all() -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(file("")).map_err(|error| error.to_string())? {
        let name = entry.map_err(|error| error.to_string())?.file_name();
        names.extend(name.to_string_lossy().strip_suffix(".sql").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The statements of a script.
///
/// # Errors
///
/// When it cannot be read.
pub fn statements(name: &str) -> Result<Vec<String>, String> {
    let text = std::fs::read_to_string(file(&format!("{name}.sql"))).map_err(|error| error.to_string())?;
    let script = split_statements(&text).map_err(|error| format!("{name}: {error}"))?;
    Ok(script
        .statements
        .iter()
        .map(|statement| statement.text.to_owned())
        .collect())
}

/// Writes the configuration that a server of these databases needs into a folder, and gives its path.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_config(folder: &Path) -> std::io::Result<PathBuf> {
    let path = folder.join("config.xml");
    std::fs::write(folder.join("users.xml"), USERS)?;
    std::fs::write(&path, CONFIG.replace("FOLDER", &folder.display().to_string()))?;
    Ok(path)
}
