use chx::Migrations;

static TAMPERED: Migrations = chx::migrations!("histories/tampered");
static DRAFT: Migrations = chx::migrations!("histories/draft");

fn main() {}
