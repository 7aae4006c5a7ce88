//! Decimals: whole numbers with a point `S` digits from the right.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ChType, OutOfRange, TypeArg, TypeExpr};

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident($raw:ty, $digits:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<const S: u8>($raw);

        impl<const S: u8> ChType for $name<S> {
            const TYPE: TypeExpr =
                TypeExpr::with("Decimal", &[TypeArg::Number($digits), TypeArg::Number(S as i64)]);
        }

        impl<const S: u8> $name<S> {
            /// The digits that it has in all.
            pub const DIGITS: u8 = $digits;

            /// The number that is `unscaled` divided by 10 to the power of `S`.
            ///
            /// # Errors
            /// It has more digits than the type.
            pub fn from_unscaled(unscaled: $raw) -> Result<Self, OutOfRange> {
                let limit: $raw = (10 as $raw).pow($digits);
                if unscaled > -limit && unscaled < limit {
                    Ok(Self(unscaled))
                } else {
                    Err(OutOfRange::new("Decimal", concat!(stringify!($digits), " digits")))
                }
            }

            /// The number times 10 to the power of `S`.
            pub const fn unscaled(self) -> $raw {
                self.0
            }
        }

        impl<const S: u8> fmt::Display for $name<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_decimal(f, self.0 < 0, self.0.unsigned_abs().into(), S)
            }
        }
    )*};
}

decimals! {
    /// `Decimal(9, S)`, four bytes.
    ///
    /// ```
    /// use chx::types::Decimal32;
    /// assert_eq!(Decimal32::<2>::from_unscaled(-1_05)?.to_string(), "-1.05");
    /// # Ok::<(), chx::types::OutOfRange>(())
    /// ```
    Decimal32(i32, 9);
    /// `Decimal(18, S)`, eight bytes.
    Decimal64(i64, 18);
    /// `Decimal(38, S)`, sixteen bytes.
    Decimal128(i128, 38);
}

fn write_decimal(f: &mut fmt::Formatter<'_>, is_negative: bool, unscaled: u128, scale: u8) -> fmt::Result {
    let sign = if is_negative { "-" } else { "" };
    let Some(power) = 10_u128.checked_pow(scale.into()).filter(|_| scale > 0) else {
        return write!(f, "{sign}{unscaled}");
    };
    let width = usize::from(scale);
    write!(f, "{sign}{}.{:0width$}", unscaled / power, unscaled % power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_stands_where_the_scale_says() {
        assert_eq!(Decimal64::<0>::from_unscaled(7).unwrap().to_string(), "7");
        assert_eq!(Decimal64::<4>::from_unscaled(7).unwrap().to_string(), "0.0007");
        assert_eq!(
            Decimal128::<3>::from_unscaled(-12_345).unwrap().to_string(),
            "-12.345"
        );
        assert!(Decimal32::<2>::from_unscaled(1_000_000_000).is_err());
        assert!(Decimal32::<2>::from_unscaled(-999_999_999).is_ok());
    }
}
