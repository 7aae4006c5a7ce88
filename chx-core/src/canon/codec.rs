//! Default arguments of codecs: what the server writes when the user left them out.

use crate::model::{Codec, DataType, Expr};

/// Fills in the arguments that the server would (facts measured on 26.7: `Delta` and `Gorilla` take the size of the type,
/// `ZSTD` level 1, `LZ4HC` level 0, `FPC` level 12; `DoubleDelta`, `T64`, `GCD`, `NONE` stay as
/// they are).
pub(super) fn fill_defaults(codec: &mut Codec, data_type: &DataType) {
    for stage in &mut codec.stages {
        if stage.name == "DoubleDelta" {
            // The server reads its argument and drops it: it is always the size of the type.
            stage.args.clear();
        }
        if !stage.args.is_empty() {
            continue;
        }
        let implied = match stage.name.as_str() {
            "Delta" | "Gorilla" => data_type.fixed_size(),
            "ZSTD" => Some(1),
            "LZ4HC" => Some(0),
            "FPC" => Some(12),
            _ => None,
        };
        stage.args.extend(implied.map(Expr::integer));
    }
}
