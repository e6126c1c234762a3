//! Layer 0. Bounded decompression: raw DEFLATE, zlib and gzip, over `miniz_oxide`.
//!
//! The output is capped by the caller and grows with what was really inflated: a bomb costs the
//! cap, never the size it claims. A stream must end where its input ends; what is left over is
//! refused, since nobody would have read it. The gzip frame is read here because a crate for it
//! costs five times the inflater, and so is the checksum, whose crate costs three times as much.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// Why bytes were not inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Not such a stream: damaged, cut short, or followed by something.
    Malformed,
    /// It inflates to more than the caller allows.
    TooLarge,
}

/// The content of one gzip member ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)), checked
/// by its CRC-32 and length, at most `bytes_max` long.
///
/// DEVIATION: the format allows several members in one file; only one is read.
pub fn gunzip(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, Error> {
    let body = skip_gzip_header(bytes).ok_or(Error::Malformed)?;
    let (content, trailer) = run(body, DataFormat::Raw, bytes_max)?;
    let Ok([c0, c1, c2, c3, s0, s1, s2, s3]) = <[u8; 8]>::try_from(trailer) else {
        return Err(Error::Malformed);
    };
    let length = u64::try_from(content.len()).map_err(|_| Error::Malformed)? % (1 << 32);
    let sound = crc32(&content) == u32::from_le_bytes([c0, c1, c2, c3])
        && length == u64::from(u32::from_le_bytes([s0, s1, s2, s3]));
    if sound { Ok(content) } else { Err(Error::Malformed) }
}

/// The content of a zlib stream ([RFC 1950](https://www.rfc-editor.org/rfc/rfc1950)), checked by
/// its Adler-32, at most `bytes_max` long.
pub fn inflate_zlib(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, Error> {
    whole(run(bytes, DataFormat::Zlib, bytes_max)?)
}

/// The content of a bare DEFLATE stream ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)), at
/// most `bytes_max` long. Nothing in it tells a damaged stream from a sound one.
pub fn inflate_raw(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, Error> {
    whole(run(bytes, DataFormat::Raw, bytes_max)?)
}

/// The CRC-32 of [RFC 1952 §8](https://www.rfc-editor.org/rfc/rfc1952#section-8), which PNG shares.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let crc = crc ^ u32::from(*byte);
        let crc = half_byte(crc) ^ (crc >> 4);
        half_byte(crc) ^ (crc >> 4)
    })
}

/// What the lowest four bits add to the checksum.
fn half_byte(crc: u32) -> u32 {
    let [low, ..] = crc.to_le_bytes();
    // Four bits are always within a table of 16.
    CRC_TABLE.get(usize::from(low % 16)).copied().unwrap_or_default()
}

fn whole((content, rest): (Vec<u8>, &[u8])) -> Result<Vec<u8>, Error> {
    if rest.is_empty() { Ok(content) } else { Err(Error::Malformed) }
}

/// What follows the header of a gzip member, the optional fields and their checksum included.
fn skip_gzip_header(bytes: &[u8]) -> Option<&[u8]> {
    let (&[0x1f, 0x8b, DEFLATE, flags, ..], mut rest) = bytes.split_first_chunk::<10>()? else { return None };
    if flags & RESERVED_FLAGS != 0 {
        return None;
    }
    if flags & HAS_EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & HAS_HEADER_CRC != 0 {
        let header = bytes.get(..bytes.len() - rest.len())?;
        let (checksum, after) = rest.split_first_chunk::<2>()?;
        if crc32(header) & 0xffff != u32::from(u16::from_le_bytes(*checksum)) {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

/// Inflates `input` through a window of fixed size; returns the content and the unread input.
fn run(input: &[u8], format: DataFormat, bytes_max: usize) -> Result<(Vec<u8>, &[u8]), Error> {
    let mut state = InflateState::new_boxed(format);
    let mut window = [0; WINDOW_BYTES];
    let mut content = Vec::new();
    let mut rest = input;
    loop {
        let step = inflate(&mut state, rest, &mut window, MZFlush::None);
        rest = rest.get(step.bytes_consumed..).ok_or(Error::Malformed)?;
        let piece = window.get(..step.bytes_written).ok_or(Error::Malformed)?;
        append(&mut content, piece, bytes_max)?;
        match step.status {
            Ok(MZStatus::StreamEnd) => return Ok((content, rest)),
            Ok(_) if step.bytes_consumed > 0 || step.bytes_written > 0 => {}
            _ => return Err(Error::Malformed),
        }
    }
}

/// Appends `piece`, doubling the room but never asking for more than `bytes_max`.
fn append(content: &mut Vec<u8>, piece: &[u8], bytes_max: usize) -> Result<(), Error> {
    let length = content.len() + piece.len();
    if length > bytes_max {
        return Err(Error::TooLarge);
    }
    if length > content.capacity() {
        let room = length.max(content.capacity().saturating_mul(2)).min(bytes_max);
        content.reserve_exact(room - content.len());
    }
    content.extend_from_slice(piece);
    Ok(())
}

const WINDOW_BYTES: usize = 16_384;

const DEFLATE: u8 = 8;
const HAS_HEADER_CRC: u8 = 0x02;
const HAS_EXTRA: u8 = 0x04;
const HAS_NAME: u8 = 0x08;
const HAS_COMMENT: u8 = 0x10;
const RESERVED_FLAGS: u8 = 0xe0;

/// What each half byte adds to the checksum. A table of whole bytes is a kilobyte that does not
/// compress.
#[allow(clippy::indexing_slicing)] // Runs in the compiler, which would refuse an index too large.
const CRC_TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    let mut half_byte: u32 = 0;
    while index < table.len() {
        let mut remainder = half_byte;
        let mut bit = 0;
        while bit < 4 {
            remainder = (remainder >> 1) ^ if remainder & 1 == 1 { 0xedb8_8320 } else { 0 };
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
        half_byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    use super::*;

    fn gzip(content: &[u8], flags: u8, fields: &[u8]) -> Vec<u8> {
        let mut out = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
        out.extend(fields);
        out.extend(compress_to_vec(content, 6));
        out.extend(crc32fast::hash(content).to_le_bytes());
        out.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
        out
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn checksum_agrees_with_another_implementation() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        for length in [0, 1, 2, 255, 256, 257, 100_000] {
            let bytes = noise(length);
            assert_eq!(crc32(&bytes), crc32fast::hash(&bytes), "{length}");
        }
    }

    #[test]
    fn gives_back_what_was_deflated() {
        for length in [0, 1, 100, WINDOW_BYTES - 1, WINDOW_BYTES, WINDOW_BYTES + 1, 200_000] {
            for content in [vec![b'a'; length], noise(length)] {
                assert_eq!(inflate_raw(&compress_to_vec(&content, 6), length), Ok(content.clone()));
                assert_eq!(inflate_zlib(&compress_to_vec_zlib(&content, 6), length), Ok(content.clone()));
                assert_eq!(gunzip(&gzip(&content, 0, &[]), length), Ok(content));
            }
        }
    }

    #[test]
    fn stops_one_byte_past_the_limit() {
        for length in [1, WINDOW_BYTES, WINDOW_BYTES + 1] {
            let packed = gzip(&noise(length), 0, &[]);
            assert_eq!(gunzip(&packed, length - 1), Err(Error::TooLarge));
            assert!(gunzip(&packed, length).is_ok_and(|content| content.capacity() <= length));
        }
    }

    #[test]
    fn reads_every_optional_field_of_the_header() {
        let content = b"content".to_vec();
        let fields: [(u8, &[u8]); 5] = [
            (0x01, &[]),
            (HAS_EXTRA, &[3, 0, 1, 2, 3]),
            (HAS_NAME, b"name\0"),
            (HAS_COMMENT, b"\0"),
            (HAS_EXTRA | HAS_NAME | HAS_COMMENT, b"\0\0n\0c\0"),
        ];
        for (flags, fields) in fields {
            assert_eq!(gunzip(&gzip(&content, flags, fields), 7), Ok(content.clone()), "{flags}");
        }
        let head = gzip(&[], HAS_HEADER_CRC | HAS_NAME, b"n\0");
        let checksum = crc32fast::hash(&head[..12]).to_le_bytes();
        let with = |low, high| gzip(&content, HAS_HEADER_CRC | HAS_NAME, &[b'n', 0, low, high]);
        assert_eq!(gunzip(&with(checksum[0], checksum[1]), 7), Ok(content.clone()));
        assert_eq!(gunzip(&with(checksum[0] ^ 1, checksum[1]), 7), Err(Error::Malformed));
        assert_eq!(gunzip(&gzip(&content, 0x20, &[]), 7), Err(Error::Malformed));
        assert_eq!(gunzip(&gzip(&content, HAS_EXTRA, &[255, 255]), 7), Err(Error::Malformed));
    }

    #[test]
    fn a_stream_ends_where_its_input_ends() {
        let content = noise(300);
        let packed = gzip(&content, HAS_NAME, b"n\0");
        for end in 0..packed.len() {
            assert_eq!(gunzip(&packed[..end], 1_000), Err(Error::Malformed), "{end}");
        }
        let twice = [&packed[..], &packed[..]].concat();
        assert_eq!(gunzip(&twice, 1_000), Err(Error::Malformed));
        for mut packed in [compress_to_vec(&content, 6), compress_to_vec_zlib(&content, 6)] {
            packed.push(0);
            assert!(inflate_raw(&packed, 1_000).is_err() && inflate_zlib(&packed, 1_000).is_err());
        }
    }

    #[test]
    fn checksums_and_lengths_count() {
        let packed = gzip(&noise(300), 0, &[]);
        for index in packed.len() - 8..packed.len() {
            let mut damaged = packed.clone();
            damaged[index] ^= 1;
            assert_eq!(gunzip(&damaged, 1_000), Err(Error::Malformed), "{index}");
        }
        let mut damaged = compress_to_vec_zlib(b"abc", 6);
        if let Some(last) = damaged.last_mut() {
            *last ^= 1;
        }
        assert_eq!(inflate_zlib(&damaged, 1_000), Err(Error::Malformed));
    }

    #[test]
    fn no_damage_makes_it_stumble() {
        let packed = gzip(&[b"credential ".repeat(20), noise(50)].concat(), 0, &[]);
        for index in 0..packed.len() {
            for bit in 0..8 {
                let mut damaged = packed.clone();
                damaged[index] ^= 1 << bit;
                let _ = gunzip(&damaged, 1_000);
            }
        }
    }
}
