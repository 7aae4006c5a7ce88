use clickhouse::Client;

#[chx::test]
fn not_async(client: Client) {}

#[chx::test]
async fn no_client() {}

#[chx::test]
async fn too_many(client: Client, database: chx::TestDatabase, other: Client) {}

#[chx::test]
async fn generic<T>(client: Client) {}

#[chx::test]
#[test]
async fn twice(client: Client) {}

fn main() {}
