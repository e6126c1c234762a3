//! Layer 0. Decimal text to doubles and back, exactly, with whole numbers of any length and no tables.
//!
//! The standard library does the same faster, with 12 KB of powers of five that no compression makes
//! smaller. Numbers are rare in credentials, so here the common ones take a short way and the others
//! an exact one whose work is bounded: [`DIGITS_MAX`] digits and the exponents of a double.

use std::cmp::Ordering;

/// A positive number `d.ddd… × 10^exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The digits, without the point; the first is not zero.
    pub digits: String,
    /// The power of ten of the first digit.
    pub exponent: i32,
}

/// The double nearest to the number that `text` spells, ties to even: a sign or none, digits with at
/// most one point, an exponent or none.
///
/// None where it is no such number, or is beyond the finite doubles.
pub fn read(text: &str) -> Option<f64> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (1 << 63, rest),
        [b'+', rest @ ..] => (0, rest),
        rest => (0, rest),
    };
    let mut spelled = Spelled::scan(digits)?;
    let bits = match spelled.short() {
        Some(value) => value.to_bits(),
        None => spelled.nearest_bits()?,
    };
    Some(f64::from_bits(bits | sign))
}

/// The fewest digits that read back as `value`, of those the nearest to it, ties to the even digit:
/// those of ECMAScript's [Number::toString](https://tc39.es/ecma262/#sec-numeric-types-number-tostring).
///
/// `value` is finite and above zero.
pub fn shortest(value: f64) -> Decimal {
    short_digits(value).unwrap_or_else(|| generate(value, None))
}

/// `value` rounded to `count` significant digits, halves away from zero; zeros at the end are cut off.
///
/// `value` is finite and above zero.
pub fn rounded(value: f64, count: usize) -> Decimal {
    generate(value, Some(count))
}

/// The number a text spells: `digits × 10^exponent`.
struct Spelled {
    digits: Whole,
    count: i32,
    exponent: i32,
}

impl Spelled {
    fn scan(text: &[u8]) -> Option<Self> {
        let mut spelled = Spelled { digits: Whole::of(0), count: 0, exponent: 0 };
        let (mut has_digit, mut has_point, mut is_cut) = (false, false, false);
        let mut rest = text;
        while let [byte, tail @ ..] = rest {
            rest = tail;
            match byte {
                b'0'..=b'9' => {
                    has_digit = true;
                    let digit = byte - b'0';
                    if spelled.count < DIGITS_MAX {
                        spelled.count += i32::from(spelled.count > 0 || digit > 0);
                        spelled.digits.scale(10, u32::from(digit));
                        spelled.exponent = spelled.exponent.saturating_sub(i32::from(has_point));
                    } else {
                        is_cut |= digit > 0;
                        spelled.exponent = spelled.exponent.saturating_add(i32::from(!has_point));
                    }
                }
                b'.' if !has_point => has_point = true,
                b'e' | b'E' => {
                    spelled.exponent = spelled.exponent.saturating_add(exponent(rest)?);
                    break;
                }
                _ => return None,
            }
        }
        if is_cut {
            // Whatever was cut off only tells on which side of a tie the number lies.
            spelled.digits.scale(10, 1);
            spelled.count += 1;
            spelled.exponent = spelled.exponent.saturating_sub(1);
        }
        has_digit.then_some(spelled)
    }

    /// The value where one exact operation on exact numbers gives it.
    fn short(&self) -> Option<f64> {
        let power = f64_power(self.exponent.unsigned_abs())?;
        let digits = self.digits.as_f64()?;
        Some(if self.exponent < 0 { digits / power } else { digits * power })
    }

    fn nearest_bits(&mut self) -> Option<u64> {
        let magnitude = self.exponent.saturating_add(self.count);
        if self.count == 0 || magnitude < -330 {
            return Some(0);
        }
        if magnitude > 310 {
            return None;
        }
        let mut divisor = Whole::of(1);
        match self.exponent < 0 {
            true => divisor.scale_by_ten(self.exponent.unsigned_abs()),
            false => self.digits.scale_by_ten(self.exponent.unsigned_abs()),
        }
        quotient_bits(&mut self.digits, &mut divisor)
    }
}

/// The bits of the double nearest to the quotient of two numbers above zero.
fn quotient_bits(dividend: &mut Whole, divisor: &mut Whole) -> Option<u64> {
    let mut exponent = dividend.bits() - divisor.bits();
    match exponent < 0 {
        true => dividend.shift(exponent.unsigned_abs()),
        false => divisor.shift(exponent.unsigned_abs()),
    }
    // Both are equally long now, so the quotient lies between one half and two.
    let mut quotient = 0_u64;
    for _ in 0..64 {
        quotient <<= 1;
        if dividend.order(divisor) != Ordering::Less {
            dividend.subtract(divisor);
            quotient |= 1;
        }
        dividend.shift(1);
    }
    if quotient >> 63 == 0 {
        quotient <<= 1;
        exponent -= 1;
    }
    // A subnormal number has fewer bits, down to none; below half of the least one there is nothing.
    let biased = exponent + 1023;
    let Ok(kept) = u32::try_from(biased.min(1) + 52) else { return Some(0) };
    let mut mantissa = quotient.checked_shr(64 - kept).unwrap_or(0);
    let rest = quotient.checked_shl(kept).unwrap_or(0);
    let is_over = rest > HALF || (rest == HALF && (!dividend.is_zero() || mantissa % 2 == 1));
    mantissa += u64::from(is_over);
    // A carry out of the mantissa is one more in the exponent, as it should be.
    let bits = mantissa + (u64::try_from(biased.max(1)).ok()? - 1).checked_shl(52)?;
    (bits < INFINITY).then_some(bits)
}

/// The digits of `value`: the fewest, or as many as told.
fn generate(value: f64, count: Option<usize>) -> Decimal {
    let mut state = Generation::of(value, count.is_none());
    let mut digits: Vec<u8> = Vec::new();
    loop {
        let digit = state.next_digit();
        let low = match state.rest.order(&state.below) {
            Ordering::Less => true,
            Ordering::Equal => state.takes_ends,
            Ordering::Greater => false,
        };
        let high = state.is_at_unit();
        let is_last = count.is_some_and(|count| digits.len() + 1 >= count);
        if !low && !high && !is_last {
            digits.push(digit);
            continue;
        }
        state.rest.shift(1);
        let is_up = match state.rest.order(&state.unit) {
            _ if low != high && !is_last => high,
            Ordering::Less => false,
            Ordering::Equal => is_last || digit % 2 == 1,
            Ordering::Greater => true,
        };
        digits.push(digit + u8::from(is_up));
        return carried(digits, state.point);
    }
}

/// The free-format algorithm of Steele and White, scaled as by Burger and Dybvig.
struct Generation {
    /// What is left to be written, as a fraction of `unit`.
    rest: Whole,
    unit: Whole,
    /// How far away the next doubles' territories begin; nothing where all digits are wanted.
    below: Whole,
    above: Whole,
    /// Whether the ends of its territory are read as the value itself, being ties.
    takes_ends: bool,
    /// How many digits stand before the decimal point.
    point: i32,
}

impl Generation {
    fn of(value: f64, has_territory: bool) -> Self {
        let (mantissa, exponent) = parts(value);
        let (up, down) = (exponent.max(0).unsigned_abs(), exponent.min(0).unsigned_abs());
        // Below a power of two doubles stand twice as close.
        let is_power = mantissa == 1 << 52 && exponent > -1074;
        let territory = u64::from(has_territory);
        // Not above the logarithm of the value, and less than two below it.
        let bits = exponent + i32::try_from(63 - mantissa.leading_zeros()).unwrap_or(0);
        let mut state = Generation {
            rest: Whole::of(mantissa).shifted(up + 2),
            unit: Whole::of(1).shifted(down + 2),
            below: Whole::of(territory).shifted(up + u32::from(!is_power)),
            above: Whole::of(territory).shifted(up + 1),
            takes_ends: mantissa % 2 == 0 || !has_territory,
            point: bits * 30_103 / 100_000,
        };
        if state.point > 0 {
            state.unit.scale_by_ten(state.point.unsigned_abs());
        }
        for _ in state.point..0 {
            state.scale();
        }
        while state.is_at_unit() {
            state.unit.scale(10, 0);
            state.point += 1;
        }
        state
    }

    fn scale(&mut self) {
        for number in [&mut self.rest, &mut self.below, &mut self.above] {
            number.scale(10, 0);
        }
    }

    fn next_digit(&mut self) -> u8 {
        self.scale();
        let mut digit = 0;
        while self.rest.order(&self.unit) != Ordering::Less {
            self.rest.subtract(&self.unit);
            digit += 1;
        }
        digit
    }

    /// Whether `rest + above` reaches a whole unit, so that rounding up reads as the value.
    fn is_at_unit(&self) -> bool {
        if self.rest.order(&self.unit) != Ordering::Less {
            return true;
        }
        let mut gap = self.unit.clone();
        gap.subtract(&self.rest);
        match gap.order(&self.above) {
            Ordering::Less => true,
            Ordering::Equal => self.takes_ends,
            Ordering::Greater => false,
        }
    }
}

/// Digits of which the last may be ten; `point` is how many stand before the decimal point.
fn carried(mut digits: Vec<u8>, mut point: i32) -> Decimal {
    while digits.last().is_some_and(|last| *last == 10) {
        digits.pop();
        match digits.last_mut() {
            Some(last) => *last += 1,
            None => {
                digits.push(1);
                point += 1;
            }
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let digits = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    Decimal { digits, exponent: point - 1 }
}

/// The digits of a value that has at most fifteen: no two such numbers are the same double, so the
/// first that is found is the one.
fn short_digits(value: f64) -> Option<Decimal> {
    for places in 0..=22_u8 {
        let power = f64_power(u32::from(places))?;
        let scaled = value * power;
        if scaled > FIFTEEN_DIGITS {
            return None;
        }
        let whole = scaled.round_ties_even();
        if whole > 0.0 && whole / power == value {
            let (mantissa, exponent) = parts(whole);
            let mut left = mantissa.checked_shl(exponent.max(0).unsigned_abs())?;
            left = left.checked_shr(exponent.min(0).unsigned_abs())?;
            let mut digits = Vec::new();
            while left > 0 {
                digits.insert(0, u8::try_from(left % 10).unwrap_or(0));
                left /= 10;
            }
            let point = i32::try_from(digits.len()).unwrap_or(0) - i32::from(places);
            return Some(carried(digits, point));
        }
    }
    None
}

/// `value` as `mantissa × 2^exponent`.
fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0) {
        0 => (fraction, -1074),
        biased => (fraction | (1 << 52), biased - 1075),
    }
}

/// A power of ten that a double holds exactly.
fn f64_power(exponent: u32) -> Option<f64> {
    let mut power = 1.0;
    for _ in 0..exponent.min(23) {
        power *= 10.0;
    }
    (exponent <= 22).then_some(power)
}

fn exponent(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    };
    let mut value = 0_i32;
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| i32::from(byte - b'0'))?;
        value = value.saturating_mul(10).saturating_add(digit);
    }
    // Far beyond every double, and far from where sums would overflow.
    (!digits.is_empty()).then_some(value.min(1 << 28) * sign)
}

/// A whole number of any length, the least significant word first and no zero word last.
#[derive(Clone)]
struct Whole(Vec<u32>);

impl Whole {
    fn of(value: u64) -> Self {
        let mut whole = Whole(Vec::new());
        for shift in [32, 0] {
            whole.shift(32);
            let word = u32::try_from((value >> shift) & 0xffff_ffff).unwrap_or(0);
            whole.scale(1, word);
        }
        whole
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// `self × factor + addend`.
    fn scale(&mut self, factor: u32, addend: u32) {
        let mut carry = u64::from(addend);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = low_word(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low_word(carry));
        }
    }

    fn scale_by_ten(&mut self, exponent: u32) {
        for _ in 0..exponent / 9 {
            self.scale(1_000_000_000, 0);
        }
        for _ in 0..exponent % 9 {
            self.scale(10, 0);
        }
    }

    fn shifted(mut self, count: u32) -> Self {
        self.shift(count);
        self
    }

    /// `self × 2^count`.
    fn shift(&mut self, count: u32) {
        self.scale(1 << (count % 32), 0);
        if !self.is_zero() {
            for _ in 0..count / 32 {
                self.0.insert(0, 0);
            }
        }
    }

    /// `self − other`, which is not the greater.
    fn subtract(&mut self, other: &Whole) {
        let mut others = other.0.iter();
        let mut borrow = false;
        for word in &mut self.0 {
            let (difference, first) = word.overflowing_sub(others.next().copied().unwrap_or(0));
            let (difference, second) = difference.overflowing_sub(u32::from(borrow));
            borrow = first || second;
            *word = difference;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn order(&self, other: &Whole) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// The length in bits.
    fn bits(&self) -> i32 {
        let unused = self.0.last().map_or(0, |word| word.leading_zeros());
        i32::try_from(self.0.len()).unwrap_or(0) * 32 - i32::try_from(unused).unwrap_or(0)
    }

    /// The number as a double, if it has at most 53 bits.
    fn as_f64(&self) -> Option<f64> {
        let mut value = 0.0;
        for word in self.0.iter().rev() {
            value = value * 4_294_967_296.0 + f64::from(*word);
        }
        (self.bits() <= 53).then_some(value)
    }
}

fn low_word(value: u64) -> u32 {
    u32::try_from(value & 0xffff_ffff).unwrap_or(0)
}

/// A number with more digits than the exact middle between two doubles has, which is 767 at most, is
/// on one side of it: the digits beyond only say so.
const DIGITS_MAX: i32 = 800;
const FIFTEEN_DIGITS: f64 = 999_999_999_999_999.0;
const HALF: u64 = 1 << 63;
const INFINITY: u64 = 0x7ff << 52;

#[cfg(test)]
mod tests {
    use super::*;

    /// Agreement with the standard library: reading, and the exact rounding of what was written.
    fn check(value: f64) {
        if !value.is_finite() || value == 0.0 {
            return;
        }
        let value = value.abs();
        let Decimal { digits, exponent } = shortest(value);
        let text = format!("{}.{}e{exponent}", &digits[..1], &digits[1..]);
        assert_eq!(read(&text), Some(value), "{value:e} as {text}");
        let (mantissa, power) =
            format!("{value:e}").split_once('e').map(|(a, b)| (a.replace('.', ""), b.to_owned())).unwrap();
        assert_eq!(digits.len(), mantissa.len(), "{value:e} as {text}");
        if digits != mantissa || exponent.to_string() != power {
            // The standard library rounds a tie between two shortest up.
            let exact = format!("{value:.1100e}").replace('.', "");
            let tail = exact[digits.len()..].split('e').next().unwrap().trim_end_matches('0').to_owned();
            assert_eq!(tail, "5", "{value:e} as {text}");
            assert_eq!(digits.as_bytes().last().unwrap() % 2, 0, "{value:e} as {text}");
        }
        let spelled = format!("{value:e}");
        assert_eq!(read(&spelled), Some(value), "{spelled}");
        let exact = format!("{value:.1100e}");
        let (mantissa, power) = exact.split_once('e').unwrap();
        let places = mantissa.replace('.', "");
        let mut kept: u64 = places[..16].parse().unwrap();
        kept += u64::from(places.as_bytes()[16] >= b'5');
        let overflowed = kept == 10_000_000_000_000_000;
        let expected = kept.to_string().trim_end_matches('0').to_owned();
        let cut = rounded(value, 16);
        assert_eq!(cut.digits, expected, "{value:e}");
        assert_eq!(cut.exponent, power.parse::<i32>().unwrap() + i32::from(overflowed), "{value:e}");
    }

    fn read_as_std(text: &str) {
        let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
        assert_eq!(read(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    /// A generator that needs no crate: [xorshift](https://en.wikipedia.org/wiki/Xorshift).
    fn next(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    fn rounds() -> u64 {
        std::env::var("DECIMAL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3_000)
    }

    #[test]
    fn hard_doubles_agree_with_the_standard_library() {
        let powers = (-1074..1024).map(|power| 2f64.powi(power));
        let tens = (-323..309).map(|power| format!("1e{power}").parse::<f64>().unwrap());
        let named = [
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            1e22,
            1e23,
            9007199254740992.0,
            1424953923781206.2,
            2f64.powi(-44),
        ];
        for value in powers.chain(tens).chain(named) {
            for step in -2..=2_i64 {
                check(f64::from_bits(value.to_bits().saturating_add_signed(step)));
            }
        }
    }

    #[test]
    fn doubles_at_random_agree_with_the_standard_library() {
        let mut state = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..rounds() {
            let bits = next(&mut state);
            check(f64::from_bits(bits));
            check(f64::from_bits(bits & 0x000f_ffff_ffff_ffff));
            // Numbers as people write them, and numbers about 2^53, where halves are ties.
            let (whole, places) = (next(&mut state) % 1_000_000_000_000_000_000, next(&mut state) % 25);
            read_as_std(&format!("{whole}e-{places}"));
            check(format!("{whole}e-{places}").parse().unwrap());
            check(f64::from_bits(0x4320_0000_0000_0000 + (bits & 0x003f_ffff_ffff_ffff)));
        }
    }

    #[test]
    fn ties_and_their_neighbours_are_read_exactly() {
        let mut state = 0x2545_f491_4f6c_dd1d;
        for round in 0..rounds() / 10 {
            let mut bits = next(&mut state) & 0x7fff_ffff_ffff_ffff;
            if round % 3 == 0 {
                bits &= 0x001f_ffff_ffff_ffff;
            }
            let value = f64::from_bits(bits);
            if !value.is_finite() || bits > 0x7fef_ffff_ffff_fff0 {
                continue;
            }
            // The middle to the next double, exactly: twice the mantissa plus one, half the unit.
            let (mantissa, exponent) = parts(value);
            let mut digits = Whole::of(2 * mantissa + 1);
            let (up, down) = ((exponent - 1).max(0).unsigned_abs(), (exponent - 1).min(0).unsigned_abs());
            digits.shift(up);
            for _ in 0..down {
                digits.scale(5, 0);
            }
            let text = text_of(digits);
            read_as_std(&format!("{text}e-{down}"));
            read_as_std(&format!("{text}{}1e-{}", "0".repeat(900), down + 901));
            if let Some(start) = text.strip_suffix('5') {
                read_as_std(&format!("{start}4999e-{}", down + 3));
            }
        }
        fn text_of(mut whole: Whole) -> String {
            let mut out = Vec::new();
            while !whole.is_zero() {
                let mut remainder = 0_u64;
                for word in whole.0.iter_mut().rev() {
                    let part = (remainder << 32) | u64::from(*word);
                    *word = low_word(part / 10);
                    remainder = part % 10;
                }
                while whole.0.last() == Some(&0) {
                    whole.0.pop();
                }
                out.insert(0, char::from(b'0' + u8::try_from(remainder).unwrap()));
            }
            out.into_iter().collect()
        }
    }

    #[test]
    fn spellings_at_their_edges() {
        for text in [
            "0",
            "-0",
            "0.0",
            "+1",
            ".5",
            "1.",
            "00012",
            "1e0",
            "1E+2",
            "1e-2",
            "0e999999999999",
            "1e400",
            "-1e400",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e-400",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "4.9e-324",
            "2.2250738585072011e-308",
            "2.2250738585072012e-308",
            "9007199254740993",
            "9007199254740992.5",
            "123456789012345678901234567890",
            "1e22",
            "1e23",
            "",
            ".",
            "e1",
            "1e",
            "1e+",
            "-",
            "--1",
            "1..2",
            "1.2.3",
            "1e1.5",
            "1x",
            "x",
            " 1",
            "1 ",
        ] {
            read_as_std(text);
        }
        for text in ["inf", "NaN", "infinity", "Infinity", "0x10"] {
            assert_eq!(read(text), None, "{text}");
        }
        let nines = "9".repeat(100_000);
        assert_eq!(read(&nines), None);
        assert_eq!(read(&format!("{nines}e-100000")), Some(1.0));
        assert_eq!(read(&format!("0.{}1e100000", "0".repeat(99_999))), Some(1.0));
    }

    #[test]
    fn digits_may_be_cut_anywhere() {
        for (value, count, digits, exponent) in [
            (1.0, 1, "1", 0),
            (9.5, 1, "1", 1),
            (99.99, 3, "1", 2),
            (0.5, 1, "5", -1),
            (2.5, 1, "3", 0),
            (12345678901234567168.0, 21, "12345678901234567168", 19),
            (5e-324, 3, "494", -324),
            (5e-324, 800, &format!("{:.800e}", 5e-324).replace('.', "")[..751], -324),
        ] {
            assert_eq!(rounded(value, count), Decimal { digits: digits.to_owned(), exponent }, "{value:e}");
        }
    }
}
