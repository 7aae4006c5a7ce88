//! A row that borrows, as the client allows it.

use std::borrow::Cow;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = url)]
struct Page<'a> {
    url: &'a str,
    title: Cow<'a, str>,
    #[ch(materialized = "length(url)")]
    length: u64,
    #[ch(alias = "upper(url)")]
    upper: &'a str,
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Computed<'a> {
    id: u64,
    #[ch(materialized = "toString(id)")]
    text: &'a str,
}

fn main() {
    let page = Page { url: "/", title: "t".into(), length: 1, upper: "/" };
    let insert: PageInsert<'_> = page.into();
    assert_eq!(insert.url, "/");
    let insert: ComputedInsert = Computed { id: 1, text: "1" }.into();
    assert_eq!(insert.id, 1);
}
