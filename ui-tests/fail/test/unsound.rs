use clickhouse::Client;

#[chx::test(migrations = "histories/tampered")]
async fn on_an_edited_migration(client: Client) {}

fn main() {}
