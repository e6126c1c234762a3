//! Layer 0. Dates and times as credentials write them.
//!
//! [`parse`] reads the `xsd:dateTimeStamp` of
//! [VCDM 2.0 §4.9](https://www.w3.org/TR/vc-data-model-2.0/#validity-period), whose grammar is in
//! [§6.3](https://www.w3.org/TR/vc-data-model-2.0/#representing-time): capital `T` and `Z`, a zone
//! of at most fourteen hours, the end of a day as `24:00:00`. Years are 0001 to 9999. There is no
//! clock in here; the caller brings the time that counts as now.
//!
//! DEVIATION: `23:59:60` UTC is read, as the instant that follows it. XML Schema has no leap
//! seconds, RFC 3339 has, and issuers copy what their clock says.

use time::{Date as CalendarDate, Month};

/// An instant. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    pub unix_seconds: i64,
    /// Nanoseconds within that second, 0 to 999,999,999; finer digits are cut off.
    pub nanoseconds: u32,
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 0 being the one before 1.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// The instant `text` names, which must carry its time zone; `None` for anything else.
pub fn parse(text: &str) -> Option<DateTime> {
    let (local, rest) = local_time(text)?;
    local.at_offset(zone_seconds(rest)?)
}

/// The instant `text` names if it carries no time zone, read as UTC.
///
/// `xsd:dateTime` of VCDM 1.1 leaves the zone out at times; the caller says so in an advisory.
pub fn parse_without_zone(text: &str) -> Option<DateTime> {
    match local_time(text)? {
        (local, "") => local.at_offset(0),
        _ => None,
    }
}

/// The day `text` names, spelled like `2024-05-01`.
pub fn parse_date(text: &str) -> Option<Date> {
    match calendar_date(text)? {
        (date, "") => Some(shown(date)),
        _ => None,
    }
}

/// The day, in UTC, on which the second `unix_seconds` falls; for display. Times beyond the years
/// -9999 to 9999 give the first or last day of these.
pub fn date_of(unix_seconds: i64) -> Date {
    let day = unix_seconds.div_euclid(SECONDS_PER_DAY).saturating_add(UNIX_EPOCH_JULIAN_DAY);
    let earliest = i64::from(CalendarDate::MIN.to_julian_day());
    let date = i32::try_from(day).ok().and_then(|day| CalendarDate::from_julian_day(day).ok());
    shown(date.unwrap_or(if day < earliest { CalendarDate::MIN } else { CalendarDate::MAX }))
}

/// The instant `unix_seconds` as RFC 3339 writes it in UTC.
pub fn to_text(unix_seconds: i64) -> String {
    let Date { year, month, day } = date_of(unix_seconds);
    let of_day = unix_seconds.rem_euclid(SECONDS_PER_DAY);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn shown(date: CalendarDate) -> Date {
    Date { year: date.year(), month: u8::from(date.month()), day: date.day() }
}

/// A time on a wall, its zone not yet known.
struct LocalTime {
    /// As if the zone were UTC.
    unix_seconds: i64,
    nanoseconds: u32,
    is_leap_second: bool,
}

impl LocalTime {
    /// This time in the zone `offset_seconds` east of UTC. A leap second must be one in UTC.
    fn at_offset(&self, offset_seconds: i64) -> Option<DateTime> {
        let unix_seconds = self.unix_seconds - offset_seconds;
        if self.is_leap_second && unix_seconds.rem_euclid(SECONDS_PER_DAY) != 0 {
            return None;
        }
        Some(DateTime { unix_seconds, nanoseconds: self.nanoseconds })
    }
}

/// Date, `T` and time at the start of `text`, and what follows them.
fn local_time(text: &str) -> Option<(LocalTime, &str)> {
    let (date, rest) = calendar_date(text)?;
    let (hour, rest) = digits(rest.strip_prefix('T')?, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (nanoseconds, rest) = fraction(rest)?;
    let is_leap_second = second == 60;
    let is_day_end = (hour, minute, second, nanoseconds) == (24, 0, 0, 0);
    let is_clock_time = hour < 24 && minute < 60 && second <= 60;
    if !(is_clock_time || is_day_end) || (is_day_end && date == CalendarDate::MAX) {
        return None;
    }
    let days = i64::from(date.to_julian_day()) - UNIX_EPOCH_JULIAN_DAY;
    let unix_seconds =
        days * SECONDS_PER_DAY + i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    Some((LocalTime { unix_seconds, nanoseconds, is_leap_second }, rest))
}

/// A date of the years 0001 to 9999 at the start of `text`, and what follows it.
fn calendar_date(text: &str) -> Option<(CalendarDate, &str)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    if year == 0 {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = u8::try_from(day).ok()?;
    Some((CalendarDate::from_calendar_date(i32::try_from(year).ok()?, month, day).ok()?, rest))
}

/// The fraction of a second at the start of `text`, in nanoseconds, and what follows it. Digits
/// beyond the ninth are read and dropped.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let (kept, _) = digits(rest, length.min(9))?;
    let missing = u32::try_from(9 - length.min(9)).ok()?;
    Some((kept * 10_u32.pow(missing), rest.get(length..)?))
}

/// The zone that `text` is, in seconds east of UTC.
fn zone_seconds(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("Z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hour, rest) = digits(rest, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let in_range = minute < 60 && hour * 60 + minute <= 14 * 60;
    (rest.is_empty() && in_range).then(|| sign * i64::from(hour * 60 + minute) * 60)
}

/// The number of exactly `count` (at most nine) ASCII digits at the start of `text`, and what
/// follows them.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    // `parse` alone would allow a sign.
    let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| number.parse().ok())?.map(|number| (number, rest))
}

const SECONDS_PER_DAY: i64 = 86_400;
const UNIX_EPOCH_JULIAN_DAY: i64 = 2_440_588;

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        parse(text).map(|instant| instant.unix_seconds)
    }

    #[test]
    fn reads_instants() {
        let table = [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2024-02-29T12:30:15Z", 1_709_209_815),
            ("2024-02-29T12:30:15-05:30", 1_709_229_615),
            ("2024-03-01T02:30:15+14:00", 1_709_209_815),
            ("2024-02-29T12:30:15-00:00", 1_709_209_815),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("2023-12-31T24:00:00Z", 1_704_067_200),
            ("2023-12-31T24:00:00.000Z", 1_704_067_200),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("2017-01-01T00:59:60+01:00", 1_483_228_800),
        ];
        for (text, expected) in table {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_no_issuer_may_write() {
        let bad = [
            "",
            "Z",
            "2024-02-29",
            "2024-02-29T12:30:15",
            "2024-02-29 12:30:15Z",
            "2024-02-29t12:30:15Z",
            "2024-02-29T12:30:15z",
            "2024-02-29T12:30Z",
            "2024-02-29T12:30:15.Z",
            "2024-02-29T12:30:15,5Z",
            "2024-02-29T12:30:15+14:01",
            "2024-02-29T12:30:15+15:00",
            "2024-02-29T12:30:15+01:60",
            "2024-02-29T12:30:15+0100",
            "2024-02-29T12:30:15+01",
            "2024-02-29T12:30:15Zx",
            "2024-02-29T12:30:15Z ",
            " 2024-02-29T12:30:15Z",
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "9999-12-31T24:00:00Z",
            "2023-12-31T24:00:01Z",
            "2023-12-31T24:00:00.1Z",
            "2023-12-31T25:00:00Z",
            "2023-12-31T23:60:00Z",
            "2016-12-31T23:59:61Z",
            "2016-12-31T12:59:60Z",
            "2016-12-31T23:59:60+01:00",
            "+024-01-01T00:00:00Z",
            "2024-1 -01T00:00:00Z",
            "٢٠٢٤-01-01T00:00:00Z",
        ];
        for text in bad {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn keeps_nine_digits_of_a_fraction() {
        let nanoseconds =
            |digits: &str| parse(&format!("2024-01-01T00:00:00{digits}Z")).map(|t| t.nanoseconds);
        assert_eq!(nanoseconds(""), Some(0));
        assert_eq!(nanoseconds(".5"), Some(500_000_000));
        assert_eq!(nanoseconds(".123456789"), Some(123_456_789));
        assert_eq!(nanoseconds(".1234567899"), Some(123_456_789));
        assert_eq!(nanoseconds(&format!(".{}", "9".repeat(100_000))), Some(999_999_999));
        assert!(parse("2024-01-01T00:00:00.1Z") > parse("2024-01-01T00:00:00Z"));
        assert!(parse("1969-12-31T23:59:59.9Z") < parse("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn a_missing_zone_is_read_on_request_only() {
        assert_eq!(parse_without_zone("1970-01-01T00:00:01").map(|t| t.unix_seconds), Some(1));
        for text in ["1970-01-01T00:00:01Z", "1970-01-01T00:00:01+00:00", "1970-01-01", "1970-01-01T12:00:60"]
        {
            assert_eq!(parse_without_zone(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_and_shown() {
        let day = |year, month, day| Date { year, month, day };
        assert_eq!(parse_date("2024-05-01"), Some(day(2024, 5, 1)));
        for text in ["", "2024-05-1", "2024-02-30", "2024-05-01Z", "2024-05-01T00:00:00Z", "0000-01-01"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(date_of(0), day(1970, 1, 1));
        assert_eq!(date_of(-1), day(1969, 12, 31));
        assert_eq!(date_of(1_709_209_815), day(2024, 2, 29));
        assert_eq!(date_of(253_402_300_799), day(9999, 12, 31));
        assert_eq!(date_of(253_402_300_800), day(9999, 12, 31));
        assert_eq!(date_of(i64::MAX), day(9999, 12, 31));
        assert_eq!(date_of(i64::MIN).year, -9999);
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let mut last = None;
        for number in -80_000..70_000_i64 {
            let date = date_of(number * SECONDS_PER_DAY);
            let text = format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month, date.day);
            assert_eq!(seconds(&text), Some(number * SECONDS_PER_DAY), "{text}");
            assert!(Some(date) > last, "{text}");
            last = Some(date);
        }
    }
}
