//! `codec = "..."`, or `raw("...")` where the derives would refuse what the server has: it was made with
//! `allow_suspicious_codecs`.

use chx_core::ddl::render_codec;
use chx_core::model::Codec;
use chx_core::rules::codec::{check_chain, refuse};
use chx_core::types::{DataType, TypeExpr};

use crate::pull::layout::Entry;
use crate::pull::literal::string;

/// The entry of a column of that type.
pub(super) fn entry(codec: &Codec, data_type: &DataType) -> Entry {
    let text = render_codec(codec);
    let stages = text
        .strip_prefix("CODEC(")
        .and_then(|text| text.strip_suffix(')'));
    let stages = string(stages.unwrap_or(&text));
    let value = if is_refused(codec, data_type) {
        format!("raw({stages})")
    } else {
        stages
    };
    Entry::value("codec", value)
}

fn is_refused(codec: &Codec, data_type: &DataType) -> bool {
    let mut found = check_chain(codec).is_err();
    let mut open = vec![data_type];
    while let Some(data_type) = open.pop() {
        let children = data_type.children();
        // What has a size of its own, such as FixedString(8), is the engine's to judge.
        let is_whole = children.is_empty() && data_type.to_string() == data_type.family();
        let leaf = TypeExpr::named(data_type.family());
        found |= is_whole
            && codec
                .stages
                .iter()
                .any(|stage| refuse(&stage.name, &leaf).is_some());
        open.extend(children);
    }
    found
}
