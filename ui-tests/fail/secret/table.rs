//! A secret that is written out is refused, and neither it nor its line is shown, whatever else is wrong with the struct.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "d", engine = S3("'https://bucket.example.com/a'", "'AKIA'", "'hunter2'", "'CSV'"))]
struct Argument {
    a: u8,
}

#[derive(ChTable)]
#[ch(database = "d", engine = "MySQL('db:3306', 'd', 't', 'reader', 'hunter2')", ordre_by = a)]
struct InQuotes {
    a: u8,
}

#[derive(ChTable)]
#[ch(database = "d", engine = "PostgreSQL('db:5432', 'd', 't', 'reader', 'hunter2'")]
struct NotClosed {
    a: u8,
}

#[derive(ChTable)]
#[ch(database = "d", engine = URL("'https://reader:hunter2@example.com/a'", CSV))]
struct InUrl {
    a: u8,
}

#[derive(ChTable)]
#[ch(
    database = "d",
    engine = Kafka,
    settings(kafka_broker_list = "b", kafka_sasl_password = "hunter2", kafka_format = "CSV"),
)]
struct Setting {
    a: u8,
}

#[derive(ChTable)]
#[ch(
    database = "d",
    engine = "RabbitMQ SETTINGS rabbitmq_password = 'hunter2'",
)]
struct SettingsOfEngine {
    a: u8,
}

#[derive(ChSettings)]
#[ch(settings(rabbitmq_password = "hunter2"))]
struct Shared;

#[derive(ChTable)]
#[ch(database = "d", engine = MergeTree, order_by = a)]
struct Default {
    a: u8,
    #[ch(materialized = "(SELECT max(n) FROM mysql('h:1', 'd', 't', 'u', 'hunter2'))")]
    b: u8,
}

fn main() {}
