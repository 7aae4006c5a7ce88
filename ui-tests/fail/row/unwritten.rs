use chx::prelude::*;

mod cents {
    pub fn serialize<S: serde::Serializer>(cents: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&((cents * 100.0) as i64), serializer)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        <i64 as serde::Deserialize>::deserialize(deserializer).map(|cents| cents as f64 / 100.0)
    }
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[serde(with = "cents")]
    price: f64,
    #[serde(skip)]
    total: (),
}

fn main() {}
