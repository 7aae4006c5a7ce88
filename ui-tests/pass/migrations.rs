//! A folder becomes a constant.

use chx::Migrations;

static SOUND: Migrations = chx::migrations!("histories/sound");
const WITH_PATH: Migrations = chx::migrations!("histories/sound", crate = ::chx);

fn main() {
    let files = SOUND.read().expect("files");
    assert_eq!((files.migrations.len(), files.sum.is_some()), (2, true));
    assert_eq!(SOUND, WITH_PATH);
}
