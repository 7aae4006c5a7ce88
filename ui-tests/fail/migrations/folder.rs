use chx::Migrations;

static MISSING: Migrations = chx::migrations!("histories/nowhere");
static UNCHAINED: Migrations = chx::migrations!("histories/unchained");
static NO_NAME: Migrations = chx::migrations!();
static OTHER_KEY: Migrations = chx::migrations!("histories/sound", path = chx);

fn main() {}
