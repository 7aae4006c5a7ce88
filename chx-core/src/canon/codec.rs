//! Default arguments of codecs: what the server writes when the user left them out.

use crate::model::{Codec, CodecStage, DataType, Expr};

/// The codec with the arguments that the server would fill in (facts measured on 26.7: `Delta` and `Gorilla` take the
/// size of the type, `ZSTD` level 1, `LZ4HC` level 0, `FPC` level 12; `DoubleDelta`, `T64`, `GCD`, `NONE` stay as they
/// are); `None` where it has them.
pub(super) fn with_defaults(codec: &Codec, data_type: &DataType) -> Option<Codec> {
    let is_complete = |stage: &CodecStage| match stage.name.as_str() {
        // The server reads its argument and drops it: it is always the size of the type.
        "DoubleDelta" => stage.args.is_empty(),
        name => !stage.args.is_empty() || implied(name, data_type).is_none(),
    };
    if codec.stages.iter().all(is_complete) {
        return None;
    }
    let mut codec = codec.clone();
    for stage in codec.stages.iter_mut().filter(|stage| !is_complete(stage)) {
        stage.args.clear();
        stage
            .args
            .extend(implied(&stage.name, data_type).map(Expr::integer));
    }
    Some(codec)
}

fn implied(name: &str, data_type: &DataType) -> Option<u64> {
    match name {
        "Delta" | "Gorilla" => data_type.fixed_size(),
        "ZSTD" => Some(1),
        "LZ4HC" => Some(0),
        "FPC" => Some(12),
        _ => None,
    }
}
