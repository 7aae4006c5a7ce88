use chx::prelude::*;

#[derive(ChUser)]
struct NoWayIn;

#[derive(ChUser)]
#[ch(identified = "WITH sha256_password BY 'hunter2'")]
struct WrittenOut;

#[derive(ChUser)]
#[ch(identified = "hunter2")]
struct Bare;

#[derive(ChUser)]
#[ch(identified = "BY hunter2")]
struct Unquoted;

#[derive(ChUser)]
#[ch(identified = "BY 'hunter2")]
struct NotClosed;

#[derive(ChUser)]
#[ch(identified = "WITH sha256_pasword BY 'env:PASSWORD'")]
struct Misspelt;

#[derive(ChUser)]
#[ch(identified = "WITH sha256_password BY 'env:PW' SALT 'env:SALT'")]
struct Salted;

#[derive(ChUser)]
#[ch(identified = "WITH sha256_hash BY 'env:HASH' SALT 'hunter2'")]
struct SaltWrittenOut;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", hosts = "LOCAL")]
struct Unknown;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", host = "IPS '10.0.0.0/8'")]
struct NoHost;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", default_role = "reader EXCEPT writer")]
struct ExceptBehindNames;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", default_database = "")]
struct NoDatabase;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", grantees = "reader@localhost")]
struct WithHost;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", valid_until = 2030)]
struct NoText;

#[derive(ChUser)]
#[ch(identified = "WITH no_password", identified = "WITH no_password")]
struct Twice;

#[derive(ChUser)]
enum One {}

fn main() {}
