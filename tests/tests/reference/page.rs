//! The page itself.

use std::fmt::Write as _;

use chx_core::ddl::render_object;

use crate::section::Section;
use crate::unsaid;

/// The text of `docs/reference.md`.
pub(crate) fn page(sections: &[Section]) -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask reference` from tests/tests/reference: change it there. -->\n\n\
         # Reference\n\n\
         Every clause of ClickHouse beside the Rust that says it. The structs below are compiled, the statements are what chx\n\
         makes of them, and each was run on ClickHouse 26.7, except those that need a cluster or a Keeper (`Distributed`,\n\
         `ReplicatedMergeTree`). All attributes with their rules stand on the pages of the derives.\n\n",
    );
    for section in sections {
        let anchor = section.title.to_lowercase().replace(',', "").replace(' ', "-");
        let _ = writeln!(page, "- [{}](#{anchor})", section.title);
    }
    page.push_str(
        "- [Databases](#databases)\n- [The raw door](#the-raw-door)\n- [Not in Rust](#not-in-rust)\n",
    );
    for section in sections {
        let _ = write!(page, "\n## {}\n\n{}\n\n", section.title, section.about);
        page.push_str("| ClickHouse | Rust |\n|---|---|\n");
        for (clause, words) in section.examples.iter().flat_map(|example| &example.pairs) {
            let _ = writeln!(page, "| {} | {} |", cell(clause), cell(words));
        }
        for example in &section.examples {
            let _ = write!(page, "\n```rust,ignore\n{}\n```\n\n```sql\n", example.code);
            for object in &example.objects {
                let _ = writeln!(page, "{};", render_object(object));
            }
            page.push_str("```\n");
        }
    }
    page.push_str(&unsaid::text());
    page
}

/// Code in a cell of a table.
pub(crate) fn cell(code: &str) -> String {
    let code = code.replace('|', "\\|");
    if code.contains('`') {
        format!("`` {code} ``")
    } else {
        format!("`{code}`")
    }
}
