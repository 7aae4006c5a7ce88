//! Numbers as the server prints them back (measured on 26.7): whole numbers in decimal, everything else as
//! the shortest text of the nearest Float64, with a point that stays (`1.0` gives `1.`). Whole numbers past
//! UInt64 are Float64 to the server too.

use std::borrow::Cow;

/// The canonical text of a number token, or `None` for text that the lexer lets through and no number
/// parser of the server reads (`0B11`, `0b1.1`, `2e308`).
pub(crate) fn canonical(text: &str) -> Option<Cow<'_, str>> {
    let is_decimal =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (!text.starts_with('0') || text == "0");
    if is_decimal && text.parse::<u64>().is_ok() {
        return Some(Cow::Borrowed(text));
    }
    let plain: String = text.chars().filter(|character| *character != '_').collect();
    let value = if let Some(hex) = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X")) {
        if let Ok(whole) = u64::from_str_radix(hex, 16) {
            return Some(Cow::Owned(whole.to_string()));
        }
        hex_float(hex)?
    } else if let Some(binary) = plain.strip_prefix("0b") {
        if !binary.bytes().all(|digit| matches!(digit, b'0' | b'1')) {
            return None;
        }
        match u64::from_str_radix(binary, 2) {
            Ok(whole) => return Some(Cow::Owned(whole.to_string())),
            // More than 64 bits; no fact about these, so they stay as written.
            Err(_) => return Some(Cow::Borrowed(text)),
        }
    } else if plain.starts_with("0B") {
        return None;
    } else {
        if let Ok(whole) = plain.parse::<u64>() {
            return Some(Cow::Owned(whole.to_string()));
        }
        plain.parse::<f64>().ok()?
    };
    value.is_finite().then(|| Cow::Owned(shortest(value)))
}

/// `1.8p3`, `FFFFFFFFFFFFFFFFF`: hexadecimal digits with a binary exponent.
fn hex_float(hex: &str) -> Option<f64> {
    let (digits, exponent) = match hex.split_once(['p', 'P']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (hex, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?.checked_mul(4)?)?;
    Some(value * 2.0_f64.powi(shift))
}

/// The shortest digits that read back as `value`, laid out as the server does: plain from 1e-6 up to 1e21,
/// else with an exponent.
fn shortest(value: f64) -> String {
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-6..21).contains(&exponent) {
        return scientific;
    }
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let mut out = String::new();
    if exponent < 0 {
        out.push_str("0.");
        (1..-exponent).for_each(|_| out.push('0'));
        out.push_str(&digits);
    } else {
        let whole = usize::try_from(exponent).unwrap_or(0) + 1;
        out.push_str(&digits[..whole.min(digits.len())]);
        (digits.len()..whole).for_each(|_| out.push('0'));
        out.push('.');
        out.push_str(digits.get(whole..).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn numbers_print_as_the_server_prints_them() {
        for (text, printed) in [
            ("1_000", "1000"),
            ("0x1F", "31"),
            ("0X1f", "31"),
            ("0b11", "3"),
            ("007", "7"),
            ("00", "0"),
            ("1.50", "1.5"),
            ("1.0", "1."),
            ("5.", "5."),
            ("0.0", "0."),
            ("0e5", "0."),
            ("00.5", "0.5"),
            (".5", "0.5"),
            ("1e3", "1000."),
            ("1.e3", "1000."),
            ("1.5e-3", "0.0015"),
            ("1e-5", "0.00001"),
            ("0.1e-5", "0.000001"),
            ("0.0000015", "0.0000015"),
            ("1e-7", "1e-7"),
            ("123e-10", "1.23e-8"),
            ("1e15", "1000000000000000."),
            ("1e20", "100000000000000000000."),
            ("1e21", "1e21"),
            ("1_0.5_0", "10.5"),
            ("1e5_0", "1e50"),
            ("0x1.8p3", "12."),
            ("0x1p-1", "0.5"),
            ("0x1.", "1."),
            ("0xFFFFFFFFFFFFFFFFF", "295147905179352830000."),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "18446744073709552000."),
            ("1234567890123456789012", "1.2345678901234568e21"),
            ("123456789.123456789", "123456789.12345679"),
            ("9007199254740993.0", "9007199254740992."),
            ("4.9e-324", "5e-324"),
            ("1e-400", "0."),
            ("1.7976931348623157e308", "1.7976931348623157e308"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(printed), "{text}");
        }
        for bad in ["0B11", "0b1.1", "0b12", "2e308"] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
    }
}
