//! The database `deep`.

use std::collections::HashMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "deep", engine = MergeTree, order_by = id)]
pub struct Beyond {
    pub id: u8,
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(UInt8))))))))))))))))))))))))"
    )]
    #[serde(skip)]
    pub lists: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a UInt8))))))))))))))))))))))))"
    )]
    #[serde(skip)]
    pub tuples: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(UInt8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))"
    )]
    #[serde(skip)]
    pub far: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a Tuple(a UInt8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))"
    )]
    #[serde(skip)]
    pub tup: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "deep", engine = MergeTree, order_by = id)]
pub struct Edge {
    pub id: u8,
    pub lists: Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<u8>>>>>>>>>>>>>>>>>>>>>>>,
    pub tuples: Tuples,
    pub maps: HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, u8>>>>>>>>>>>>>>>>>>>>>>>,
    pub pairs: (((((((((((((((((((((((u8,),),),),),),),),),),),),),),),),),),),),),),),
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Tuples {
    pub a: A,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A {
    pub a: ATuple,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct ATuple {
    pub a: A2,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A2 {
    pub a: A3,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A3 {
    pub a: A4,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A4 {
    pub a: A5,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A5 {
    pub a: A6,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A6 {
    pub a: A7,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A7 {
    pub a: A8,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A8 {
    pub a: A9,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A9 {
    pub a: A10,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A10 {
    pub a: A11,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A11 {
    pub a: A12,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A12 {
    pub a: A13,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A13 {
    pub a: A14,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A14 {
    pub a: A15,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A15 {
    pub a: A16,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A16 {
    pub a: A17,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A17 {
    pub a: A18,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A18 {
    pub a: A19,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A19 {
    pub a: A20,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A20 {
    pub a: A21,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct A21 {
    pub a: u8,
}

#[derive(ChView, Debug, Clone)]
#[ch(database = "deep", query = "SELECT lists FROM deep.beyond")]
pub struct Shown {
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(UInt8))))))))))))))))))))))))"
    )]
    pub lists: (),
}

/// As the server stores it: chx has no words for a part of it.
#[derive(ChRaw)]
#[ch(
    sql = "CREATE TABLE deep.unread (`id` UInt8, `lists` Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(UInt8))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 8192"
)]
pub struct Unread;
