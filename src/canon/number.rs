//! Layer 1. Doubles as decimal text: for canonical JSON ([RFC 8785 §3.2.2.3]) and for RDF literals
//! ([JSON-LD-API §8.2.2]). One printer for both, so that there is one place to get ties right.
//!
//! [RFC 8785 §3.2.2.3]: https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3
//! [JSON-LD-API §8.2.2]: https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion

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
    if as_double || value.fract() != 0.0 || value.abs() >= 1e21 {
        return (xsd_double(value), true);
    }
    // Adding zero turns -0 into 0.
    (format!("{:.0}", value + 0.0), false)
}

/// The canonical form of `xsd:double`, cut to 16 significant digits as `toExponential(15)` does: a
/// remainder of exactly one half rounds away from zero, where Rust would round to even.
fn xsd_double(value: f64) -> String {
    let mut out = String::new();
    if value < 0.0 {
        out.push('-');
    }
    let Decimal { digits, mut exponent } = long(value.abs());
    let (kept, rest) = digits.split_at_checked(16).unwrap_or((&digits, ""));
    let mut kept = kept.to_owned();
    if rest.as_bytes().first().is_some_and(|digit| *digit >= b'5') {
        kept = match increment(&kept) {
            (sum, false) => sum,
            (sum, true) => {
                exponent += 1;
                sum
            }
        };
    }
    write_mantissa(kept.trim_end_matches('0'), "0", &mut out);
    out.push('E');
    out.push_str(&exponent.to_string());
    out
}

/// A decimal `d.ddd… × 10^exponent`: digits without the point.
struct Decimal {
    digits: String,
    exponent: i32,
}

/// The shortest digits that read back as `value`, nearest to it, ties to the even digit.
fn shortest(value: f64) -> Decimal {
    let mut decimal = split(&format!("{value:e}"));
    // Rust rounds a tie between two shortest candidates up, ECMAScript to even: 1424953923781206.2
    // is one of 253 in a million. Only an odd last digit can be the wrong half of a tie.
    if decimal.digits.bytes().next_back().is_some_and(|digit| digit % 2 == 1) {
        let exact = long(value).digits;
        if let Some((prefix, tail)) = exact.split_at_checked(decimal.digits.len()) {
            let is_tie = tail.starts_with('5') && tail.bytes().skip(1).all(|digit| digit == b'0');
            let even = format!("{}e{}", with_point(prefix), decimal.exponent);
            if is_tie && even.parse() == Ok(value) {
                decimal.digits = prefix.to_owned();
            }
        }
    }
    decimal
}

/// The first 61 digits: more than enough to see which side of a half a double lies on.
fn long(value: f64) -> Decimal {
    split(&format!("{value:.60e}"))
}

fn split(text: &str) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    Decimal {
        digits: mantissa.chars().filter(char::is_ascii_digit).collect(),
        exponent: exponent.parse().unwrap_or(0),
    }
}

/// The digits plus one in the last place, in as many digits; the flag says that the sum ran over
/// into a new first place, so that a zero was cut off at the end.
fn increment(digits: &str) -> (String, bool) {
    let mut carry = true;
    let mut reversed: Vec<char> = Vec::with_capacity(digits.len());
    for digit in digits.chars().rev() {
        reversed.push(match (carry, digit) {
            (false, digit) => digit,
            (true, '9') => '0',
            (true, digit) => {
                carry = false;
                char::from_digit(digit.to_digit(10).unwrap_or(0) + 1, 10).unwrap_or('0')
            }
        });
    }
    if carry && let Some(first) = reversed.last_mut() {
        *first = '1';
    }
    (reversed.into_iter().rev().collect(), carry)
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

fn with_point(digits: &str) -> String {
    let mut out = String::new();
    write_mantissa(digits, "", &mut out);
    out
}

fn zeros(count: i32, out: &mut String) {
    for _ in 0..count {
        out.push('0');
    }
}

fn magnitude(number: i32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

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

    #[test]
    fn carries_run_through() {
        assert_eq!(increment("129"), ("130".to_owned(), false));
        assert_eq!(increment("999"), ("100".to_owned(), true));
        assert_eq!(increment(""), (String::new(), true));
    }
}
