//! `cargo xtask versions [--keep] [VERSION...]`: runs chx on the versions of ClickHouse that can be had, all unless some
//! are named, and writes `docs/compatibility.md` from what they do.
//!
//! An engine is fetched into the cache folder, by its pinned sum, with pip or npm; put behind HTTP by
//! `tests/engines/shim.py`; and asked by the test `versions`. The environments of pip, which are large, are removed behind
//! their run unless they are to be kept. What stands in the pins is for CPython 3.11 on Linux on x86-64.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// An engine.
struct Release {
    version: &'static str,
    /// What it is, for the page.
    name: &'static str,
    package: Package,
}

enum Package {
    /// The engine that chx fetches for itself.
    Own,
    /// A wheel: what pip is asked for, and its SHA-256.
    Wheel(&'static str, &'static str),
    /// A library from npm: the package, and its integrity.
    Library(&'static str, &'static str),
}

use Package::{Library, Own, Wheel};

const RELEASES: [Release; 9] = [
    Release {
        version: "23.10",
        name: "chdb 1.4.1",
        package: Wheel(
            "chdb==1.4.1",
            "5cf61e9b791f85ae98a7150f27512d45316775ffc452d98f16222fc47d1b876e",
        ),
    },
    Release {
        version: "24.8",
        name: "chdb 3.1.2",
        package: Wheel(
            "chdb==3.1.2",
            "d8632bea2ddcc3b42855db08911c1437e5e38953cd2556402ddb960bcbd747bd",
        ),
    },
    Release {
        version: "25.5",
        name: "chdb 3.4.1",
        package: Wheel(
            "chdb==3.4.1",
            "34c0e6bcaa51773ddf696ecc735961bf240f1983adffe8a884cbd604eb295adf",
        ),
    },
    Release {
        version: "25.8",
        name: "chdb 3.7.2",
        package: Wheel(
            "chdb==3.7.2",
            "c119f0830c12438a4e4b60b8370859ba50992e8b1b01a8c681e1c57eeb2dc82d",
        ),
    },
    Release {
        version: "26.1",
        name: "chdb-core 26.1.0",
        package: Wheel(
            "chdb-core==26.1.0",
            "ff3559d024c10a31c5041ab4387e0b7d6a3b5d5bbf6dda884c5a36d4dc50ce47",
        ),
    },
    Release {
        version: "26.3",
        name: "chdb-core 26.3.0",
        package: Wheel(
            "chdb-core==26.3.0",
            "2b91a47a69db1185908f51aebdb32d1258cf7c0646e7dc6be3d2922cb694e3ad",
        ),
    },
    Release {
        version: "26.5",
        name: "libchdb 26.5.3",
        package: Library(
            "@chdb/lib-linux-x64-gnu@26.5.3",
            "sha512-fPrLmRt5Moor9yGz4mazbrNje4t7X9KB2mTGkXFWRxRBs2iKy8yh6jx11xsa0Qr3iDFMU/yHqd+bVdYJXu3QaQ==",
        ),
    },
    Release {
        version: "26.7",
        name: "libchdb 26.7.3",
        package: Own,
    },
    Release {
        version: "26.9",
        name: "chdb-core 26.9.0",
        package: Wheel(
            "chdb-core==26.9.0",
            "707e2ec3fe0f7953bac97942eaeb7a1ed1d66b1e56ecef3f0aa2130f61f6e735",
        ),
    },
];

/// Runs the versions and writes the page; `false` when one cannot be run.
pub(crate) fn run(arguments: &[String]) -> bool {
    let keep = arguments.iter().any(|argument| argument == "--keep");
    let named: Vec<&String> = arguments
        .iter()
        .filter(|argument| *argument != "--keep")
        .collect();
    if let Some(unknown) = named
        .iter()
        .find(|name| RELEASES.iter().all(|release| release.version != **name))
    {
        let known: Vec<&str> = RELEASES.iter().map(|release| release.version).collect();
        println!(
            "no engine of ClickHouse {unknown} is known, only {}",
            known.join(", ")
        );
        return false;
    }
    RELEASES
        .iter()
        .filter(|release| named.is_empty() || named.iter().any(|name| *name == release.version))
        .all(|release| asked(release, true, keep))
}

/// Does the page still say what this version does?
pub(crate) fn check(version: &str) -> bool {
    RELEASES
        .iter()
        .filter(|release| release.version == version)
        .all(|release| asked(release, false, true))
}

/// Runs the test against an engine; says why where it cannot.
fn asked(release: &Release, writes: bool, keep: bool) -> bool {
    println!("== ClickHouse {} ({})", release.version, release.name);
    match ask(release, writes, keep) {
        Ok(passed) => passed,
        Err(error) => {
            println!("ClickHouse {}: {error}", release.version);
            false
        }
    }
}

fn ask(release: &Release, writes: bool, keep: bool) -> Result<bool, String> {
    let mut test = Command::new(env!("CARGO"));
    test.args(["test", "--locked", "--package", "chx-tests", "--test", "versions"])
        .current_dir(crate::root());
    if writes {
        test.env("CHX_BLESS", "1");
    }
    let folder = cache()?.join("versions").join(release.version);
    let engine = match release.package {
        Own => None,
        Wheel(requirement, sha256) => {
            let python = wheel(&folder.join("venv"), requirement, sha256)?;
            Some(Served::start(&python, &folder, None)?)
        }
        Library(package, integrity) => {
            let library = library(&folder, package, integrity)?;
            Some(Served::start(Path::new("python3"), &folder, Some(&library))?)
        }
    };
    if let Some(engine) = &engine {
        test.env("CHX_TEST_URL", &engine.url)
            .env("CHX_TEST_ENGINE", release.name);
    }
    let passed = test.status().is_ok_and(|status| status.success());
    drop(engine);
    let _ = std::fs::remove_dir_all(folder.join("served"));
    if matches!(release.package, Wheel(..)) && !keep {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(passed)
}

/// The cache folder of chx.
fn cache() -> Result<PathBuf, String> {
    let variable = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    variable("CHX_CACHE_DIR")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("chx")))
        .or_else(|| Some(variable("HOME")?.join(".cache/chx")))
        .ok_or_else(|| "there is no cache folder: set CHX_CACHE_DIR".to_owned())
}

/// The interpreter of an environment with the wheel.
fn wheel(folder: &Path, requirement: &str, sha256: &str) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    if python.is_file() {
        return Ok(python);
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let list = folder.join("requirements.txt");
    done(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    std::fs::write(&list, format!("{requirement} --hash=sha256:{sha256}\n"))
        .map_err(|error| error.to_string())?;
    let installed = done(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r"])
            .arg(&list),
    );
    if installed.is_err() {
        let _ = std::fs::remove_dir_all(folder);
    }
    installed.map(|()| python)
}

/// The library of the package.
fn library(folder: &Path, package: &str, integrity: &str) -> Result<PathBuf, String> {
    let library = folder.join("package/libchdb.so");
    if library.is_file() {
        return Ok(library);
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let packed = Command::new("npm")
        .args(["pack", "--silent", "--json", package])
        .current_dir(folder)
        .output()
        .map_err(|error| format!("npm: {error}"))?;
    let said = String::from_utf8_lossy(&packed.stdout);
    if !packed.status.success() || !said.contains(integrity) {
        return Err(format!(
            "npm has no `{package}` with the integrity {integrity}:\n{said}"
        ));
    }
    let archives = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut archives = archives.flatten().map(|entry| entry.path());
    let archive = archives
        .find(|path| path.extension().is_some_and(|kind| kind == "tgz"))
        .ok_or("npm left no archive")?;
    done(
        Command::new("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(folder),
    )?;
    std::fs::remove_file(&archive).map_err(|error| error.to_string())?;
    Ok(library)
}

fn done(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// An engine behind HTTP. Ends with its value.
struct Served {
    process: Child,
    url: String,
}

impl Served {
    fn start(python: &Path, folder: &Path, library: Option<&Path>) -> Result<Self, String> {
        let data = folder.join("served");
        let _ = std::fs::remove_dir_all(&data);
        std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        let mut process = Command::new(python)
            .arg(crate::root().join("tests/engines/shim.py"))
            .arg(&data)
            .args(library)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let mut url = String::new();
        if let Some(out) = process.stdout.take() {
            let mut out = BufReader::new(out);
            // Some engines have something of their own to say first.
            while !url.starts_with("http://") {
                url.clear();
                match out.read_line(&mut url) {
                    Ok(read) if read > 0 => {}
                    _ => {
                        let _ = process.wait();
                        return Err("the engine did not start".to_owned());
                    }
                }
            }
        }
        let url = url.trim_end().to_owned();
        Ok(Self { process, url })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
