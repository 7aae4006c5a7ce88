//! What the derives cost a build: 200 structs of 20 fields with `Row, Serialize, Deserialize`, and the same with
//! `ChTable`. Two crates are generated in the target folder and compiled in turn; what counts is the ratio.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const STRUCTS: usize = 200;
const ROUNDS: usize = 5;

/// The 20 fields, with what `ChTable` reads of them.
const FIELDS: [(&str, &str, &str); 20] = [
    ("id", "u64", ""),
    (
        "ts",
        "chx::types::DateTime64<3>",
        "#[ch(codec = \"Delta, ZSTD(1)\")]",
    ),
    ("site", "String", "#[ch(low_cardinality)]"),
    ("user", "String", "#[ch(default = \"'unknown'\")]"),
    ("session", "u128", ""),
    ("url", "String", "#[ch(codec = \"ZSTD(3)\")]"),
    ("referrer", "Option<String>", ""),
    ("duration", "f32", ""),
    ("width", "u16", ""),
    ("height", "u16", ""),
    ("country", "[u8; 2]", ""),
    ("tags", "Vec<String>", ""),
    ("params", "std::collections::BTreeMap<String, String>", ""),
    ("score", "f64", ""),
    ("is_bot", "bool", ""),
    ("price", "chx::types::Decimal64<4>", ""),
    ("day", "chx::types::Date", ""),
    ("count", "i32", ""),
    ("position", "(f64, f64)", ""),
    ("version", "u32", ""),
];

/// Generates, compiles and prints. False when something could not be compiled.
pub(crate) fn run() -> bool {
    let folder = crate::root().join("target").join("bench-derive");
    let Ok(()) = generate(&folder) else {
        println!("cannot write {}", folder.display());
        return false;
    };
    // Whatever both need is compiled before the clock runs.
    if !compile(&folder, "plain") || !compile(&folder, "derived") {
        return false;
    }
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (name, times) in ["plain", "derived"].into_iter().zip(&mut times) {
            let Some(time) = timed(&folder, name) else {
                return false;
            };
            times.push(time);
        }
    }
    let [plain, derived] = times.map(median);
    println!(
        "{STRUCTS} structs of {} fields, `cargo build`, median of {ROUNDS}",
        FIELDS.len()
    );
    println!(
        "Row, Serialize, Deserialize            {:.2} s",
        plain.as_secs_f64()
    );
    println!(
        "ChTable, Row, Serialize, Deserialize   {:.2} s",
        derived.as_secs_f64()
    );
    println!(
        "ratio                                  {:.2}",
        derived.as_secs_f64() / plain.as_secs_f64()
    );
    true
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn timed(folder: &Path, name: &str) -> Option<Duration> {
    let source = folder.join(name).join("src").join("lib.rs");
    let text = std::fs::read_to_string(&source).ok()?;
    std::fs::write(&source, text).ok()?;
    let start = Instant::now();
    compile(folder, name).then(|| start.elapsed())
}

fn compile(folder: &Path, name: &str) -> bool {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--package", name])
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR");
    cargo.status().is_ok_and(|status| status.success())
}

fn generate(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let root = crate::root().canonicalize()?;
    std::fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"plain\", \"derived\"]\n",
    )?;
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for (name, is_derived) in [("plain", false), ("derived", true)] {
        let package = folder.join(name);
        std::fs::create_dir_all(package.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             chx = {{ path = \"{}\" }}\nclickhouse = {{ version = \"0.15.3\", default-features = false }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n",
            root.join("chx").display()
        );
        std::fs::write(package.join("Cargo.toml"), manifest)?;
        std::fs::write(package.join("src").join("lib.rs"), structs(is_derived))?;
    }
    Ok(())
}

fn structs(is_derived: bool) -> String {
    let mut text = String::from("//! Generated.\nuse chx::prelude::*;\n");
    for number in 0..STRUCTS {
        let derives = if is_derived {
            "#[derive(ChTable, Row, Serialize, Deserialize)]\n#[ch(database = \"web\", engine = MergeTree, \
             partition_by = \"toYYYYMM(ts)\", order_by = (site, ts, \"cityHash64(user)\"))]"
        } else {
            "#[derive(Row, Serialize, Deserialize)]"
        };
        let _ = writeln!(
            text,
            "/// Table {number}.\n{derives}\npub struct Table{number} {{"
        );
        for (name, rust_type, attribute) in FIELDS {
            let attribute = if is_derived { attribute } else { "" };
            let _ = writeln!(
                text,
                "    /// The {name}.\n    {attribute}\n    pub {name}: {rust_type},"
            );
        }
        text.push_str("}\n");
    }
    text
}
