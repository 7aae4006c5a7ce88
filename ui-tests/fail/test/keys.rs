use clickhouse::Client;

#[chx::test(migration = "histories/sound")]
async fn unknown(client: Client) {}

#[chx::test(schema)]
async fn without_likeness(client: Client) {}

#[chx::test(migrations = "histories/sound", registry)]
async fn both(client: Client) {}

#[chx::test(migrations)]
async fn without_folder(client: Client) {}

#[chx::test(migrations = "histories/nowhere")]
async fn missing_folder(client: Client) {}

#[chx::test(database = "", databases(web, "logs"))]
async fn names(client: Client) {}

fn main() {}
