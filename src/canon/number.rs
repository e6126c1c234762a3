//! Layer 1. Doubles as decimal text: for canonical JSON ([RFC 8785 §3.2.2.3]) and for RDF literals
//! ([JSON-LD-API §8.2.2]). One printer for both, so that there is one place to get ties right.
//!
//! [RFC 8785 §3.2.2.3]: https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3
//! [JSON-LD-API §8.2.2]: https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion

use crate::codec::decimal::{Decimal, rounded, shortest};

/// Appends `value` as ECMAScript's `Number.prototype.toString` spells it. `value` is finite.
pub(super) fn write_ecmascript(value: f64, out: &mut String) {
    if value == 0.0 {
        return out.push('0');
    }
    if value < 0.0 {
        out.push('-');
    }
    let Decimal { digits, exponent } = shortest(value.abs());
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    // ECMA-262 calls this n: the decimal point stands after so many digits.
    let point = exponent.saturating_add(1);
    if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at_checked(magnitude(point)).unwrap_or((&digits, ""));
        out.push_str(whole);
        zeros(point.saturating_sub(count), out);
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        zeros(point.saturating_neg(), out);
        out.push_str(&digits);
    } else {
        write_mantissa(&digits, "", out);
        out.push_str(if exponent < 0 { "e-" } else { "e+" });
        out.push_str(&exponent.unsigned_abs().to_string());
    }
}

/// `value` as the lexical form of an RDF number: an integer where it has no fraction and is below
/// 10^21, else the canonical `xsd:double`; `as_double` forces the latter.
///
/// The flag in the answer says whether it is the double form. Integers of 2^53 and more are printed
/// exactly, as `toFixed(0)` does: signers in use do, and the document's spelling may differ.
pub(super) fn rdf_number(value: f64, as_double: bool) -> (String, bool) {
    if as_double || value.trunc() != value || value.abs() >= 1e21 {
        return (xsd_double(value), true);
    }
    let mut out = String::new();
    if value < 0.0 {
        out.push('-');
    }
    match value == 0.0 {
        true => out.push('0'),
        false => {
            let Decimal { digits, exponent } = rounded(value.abs(), WHOLE_DIGITS_MAX);
            out.push_str(&digits);
            zeros(exponent + 1 - i32::try_from(digits.len()).unwrap_or(0), &mut out);
        }
    }
    (out, false)
}

/// The canonical form of `xsd:double`, cut to 16 significant digits as `toExponential(15)` does: a
/// remainder of exactly one half rounds away from zero.
fn xsd_double(value: f64) -> String {
    let mut out = String::new();
    if value < 0.0 {
        out.push('-');
    }
    let Decimal { digits, exponent } = match value == 0.0 {
        true => Decimal { digits: "0".to_owned(), exponent: 0 },
        false => rounded(value.abs(), 16),
    };
    write_mantissa(&digits, "0", &mut out);
    out.push('E');
    out.push_str(&exponent.to_string());
    out
}

fn write_mantissa(digits: &str, empty_fraction: &str, out: &mut String) {
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    out.push_str(first);
    let fraction = if rest.is_empty() { empty_fraction } else { rest };
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
}

fn zeros(count: i32, out: &mut String) {
    for _ in 0..count {
        out.push('0');
    }
}

fn magnitude(number: i32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// Digits of the greatest number below 10^21, beyond which integers are written as doubles.
const WHOLE_DIGITS_MAX: usize = 21;

#[cfg(test)]
mod tests {
    use super::*;

    fn ecmascript(value: f64) -> String {
        let mut out = String::new();
        write_ecmascript(value, &mut out);
        out
    }

    #[test]
    fn ecmascript_spelling_at_its_edges() {
        // Bit patterns and spellings of RFC 8785 Appendix B, then ties and switch-over points.
        let table = [
            (0x0000000000000000, "0"),
            (0x8000000000000000, "0"),
            (0x0000000000000001, "5e-324"),
            (0x8000000000000001, "-5e-324"),
            (0x7fefffffffffffff, "1.7976931348623157e+308"),
            (0xffefffffffffffff, "-1.7976931348623157e+308"),
            (0x4340000000000000, "9007199254740992"),
            (0xc340000000000000, "-9007199254740992"),
            (0x4430000000000000, "295147905179352830000"),
            (0x44b52d02c7e14af5, "9.999999999999997e+22"),
            (0x44b52d02c7e14af6, "1e+23"),
            (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
            (0x444b1ae4d6e2ef4e, "999999999999999700000"),
            (0x444b1ae4d6e2ef4f, "999999999999999900000"),
            (0x444b1ae4d6e2ef50, "1e+21"),
            (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
            (0x3eb0c6f7a0b5ed8d, "0.000001"),
            (0x41b3de4355555553, "333333333.3333332"),
            (0x41b3de4355555556, "333333333.3333334"),
            (0x41b3de4355555557, "333333333.33333343"),
            (0xbecbf647612f3696, "-0.0000033333333333333333"),
            (0x43143ff3c1cb0959, "1424953923781206.2"),
        ];
        for (bits, text) in table {
            assert_eq!(ecmascript(f64::from_bits(bits)), text);
        }
        for (value, text) in [
            (1.0, "1"),
            (10.0, "10"),
            (1e-7, "1e-7"),
            (0.1, "0.1"),
            (123456.789, "123456.789"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(ecmascript(value), text);
        }
    }

    #[test]
    fn rdf_spelling_at_its_edges() {
        for (value, text) in [
            (36.0, "36"),
            (-0.0, "0"),
            (-7.0, "-7"),
            (9007199254740993.0, "9007199254740992"),
            (12345678901234567000.0, "12345678901234567168"),
            (1e20, "100000000000000000000"),
            (1e21, "1.0E21"),
            (1e-7, "1.0E-7"),
            (5.3, "5.3E0"),
            (-0.5, "-5.0E-1"),
            (0.1, "1.0E-1"),
            (5e-324, "4.940656458412465E-324"),
            (2251799813685248.5, "2.251799813685249E15"),
            (2251799813685249.5, "2.25179981368525E15"),
            (0.9999999999999999, "9.999999999999999E-1"),
            (99999999999999.98, "9.999999999999998E13"),
        ] {
            assert_eq!(rdf_number(value, false).0, text, "{value}");
        }
        assert_eq!(rdf_number(5.0, true).0, "5.0E0");
        assert_eq!(rdf_number(0.0, true).0, "0.0E0");
        assert_eq!(rdf_number(-0.0, true).0, "0.0E0");
    }
}
