//! Layer 0. The inflater of DEFLATE ([RFC 1951]), bounded by its output.
//!
//! Written here because the crate for it costs three times as much. Its tests compare it with that
//! crate, stream by stream, sound and damaged. Every turn of a loop takes bits from the input or
//! bytes from the cap.
//!
//! [RFC 1951]: https://www.rfc-editor.org/rfc/rfc1951

/// Why bytes were not inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Not such a stream: damaged, cut short, or followed by something.
    Malformed,
    /// It inflates to more than the caller allows.
    TooLarge,
}

/// Inflates the stream at the start of `input`, at most `bytes_max` bytes: the content, and the input
/// behind the stream's last byte.
///
/// Errors: every [`Error`].
pub(super) fn inflate(input: &[u8], bytes_max: usize) -> Result<(Vec<u8>, &[u8]), Error> {
    let mut stream = Stream { input, at: 0, held: 0, count: 0, content: Vec::new(), bytes_max };
    let mut fixed = None;
    loop {
        let is_last = stream.bits(1)? == 1;
        match stream.bits(2)? {
            0 => stream.stored()?,
            1 => stream.compressed(fixed.get_or_insert_with(fixed_codes))?,
            2 => {
                let codes = stream.codes()?;
                stream.compressed(&codes)?;
            }
            _ => return Err(Error::Malformed),
        }
        if is_last {
            stream.align();
            return Ok((stream.content, input.get(stream.at..).unwrap_or_default()));
        }
    }
}

/// The codes of one block: literals with lengths, and distances.
type Codes = (Code, Code);

struct Stream<'a> {
    input: &'a [u8],
    at: usize,
    /// Bits in front of `at` that were not used yet, the next one lowest.
    held: u64,
    count: u32,
    content: Vec<u8>,
    bytes_max: usize,
}

impl Stream<'_> {
    /// Holds as many bits as a length and a distance need, unless the input ends before.
    fn fill(&mut self) {
        while self.count <= 48
            && let Some(byte) = self.input.get(self.at)
        {
            self.held |= u64::from(*byte) << self.count;
            self.count += 8;
            self.at += 1;
        }
    }

    fn bits(&mut self, count: u32) -> Result<usize, Error> {
        self.fill();
        let bits = self.held & ((1 << count) - 1);
        self.spend(count)?;
        usize::try_from(bits).map_err(|_| Error::Malformed)
    }

    fn spend(&mut self, count: u32) -> Result<(), Error> {
        self.count = self.count.checked_sub(count).ok_or(Error::Malformed)?;
        self.held >>= count;
        Ok(())
    }

    /// Goes on at the next whole byte, with nothing held.
    fn align(&mut self) {
        self.at -= usize::try_from(self.count / 8).unwrap_or(0);
        (self.held, self.count) = (0, 0);
    }

    /// Makes room for `length` bytes, doubling it, but never asks for more than the cap.
    fn reserve(&mut self, length: usize) -> Result<(), Error> {
        let length = self.content.len() + length;
        if length > self.bytes_max {
            return Err(Error::TooLarge);
        }
        if length > self.content.capacity() {
            let room = length.max(self.content.capacity() * 2).min(self.bytes_max);
            self.content.reserve_exact(room - self.content.len());
        }
        Ok(())
    }

    /// [RFC 1951 §3.2.4](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4)
    fn stored(&mut self) -> Result<(), Error> {
        self.align();
        let (length, complement) = (self.bits(16)?, self.bits(16)?);
        self.align();
        if complement ^ 0xffff != length {
            return Err(Error::Malformed);
        }
        self.reserve(length)?;
        let end = self.at + length;
        self.content.extend_from_slice(self.input.get(self.at..end).ok_or(Error::Malformed)?);
        self.at = end;
        Ok(())
    }

    /// [RFC 1951 §3.2.7](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7)
    fn codes(&mut self) -> Result<Codes, Error> {
        let literals = self.bits(5)? + 257;
        let distances = self.bits(5)? + 1;
        let count = self.bits(4)? + 4;
        let mut lengths = [0; 19];
        for place in LENGTH_ORDER.iter().take(count) {
            let length = u8::try_from(self.bits(3)?).unwrap_or(0);
            if let Some(slot) = lengths.get_mut(*place) {
                *slot = length;
            }
        }
        let of_lengths = Code::new(&lengths, false)?;
        let total = literals + distances;
        let mut lengths: Vec<u8> = Vec::with_capacity(total + 138);
        while lengths.len() < total {
            let (length, times) = match self.symbol(&of_lengths)? {
                16 => (*lengths.last().ok_or(Error::Malformed)?, self.bits(2)? + 3),
                17 => (0, self.bits(3)? + 3),
                18 => (0, self.bits(7)? + 11),
                length => (u8::try_from(length).unwrap_or(0), 1),
            };
            lengths.resize(lengths.len() + times, length);
        }
        // Lengths run over from literals to distances, but not beyond.
        let (literals, distances) = lengths.split_at_checked(literals).ok_or(Error::Malformed)?;
        if lengths.len() != total || literals.get(END) == Some(&0) {
            return Err(Error::Malformed);
        }
        Ok((Code::new(literals, true)?, Code::new(distances, true)?))
    }

    /// [RFC 1951 §3.2.5](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5)
    fn compressed(&mut self, (literals, distances): &Codes) -> Result<(), Error> {
        loop {
            let symbol = self.symbol(literals)?;
            if let Ok(byte) = u8::try_from(symbol) {
                self.reserve(1)?;
                self.content.push(byte);
                continue;
            }
            let length = match symbol.checked_sub(END + 1) {
                None => return Ok(()),
                Some(28) => 258,
                Some(length @ 0..28) => 3 + self.ranged(length, 2)?,
                Some(_) => return Err(Error::Malformed),
            };
            let distance = match self.symbol(distances)? {
                distance @ 0..30 => 1 + self.ranged(distance, 1)?,
                _ => return Err(Error::Malformed),
            };
            self.copy(distance, length)?;
        }
    }

    /// The value of a symbol that stands for a range: 2^`steps` ranges to each number of extra bits,
    /// and twice as many without any.
    fn ranged(&mut self, symbol: usize, steps: usize) -> Result<usize, Error> {
        let extra = (symbol >> steps).saturating_sub(1);
        let start = if extra == 0 { symbol } else { ((1 << steps) + symbol % (1 << steps)) << extra };
        Ok(start + self.bits(u32::try_from(extra).unwrap_or(0))?)
    }

    /// Repeats `length` bytes from `distance` bytes ago, which may be among those being written.
    fn copy(&mut self, distance: usize, length: usize) -> Result<(), Error> {
        self.reserve(length)?;
        let start = self.content.len().checked_sub(distance).ok_or(Error::Malformed)?;
        let end = self.content.len() + length;
        while self.content.len() < end {
            let written = self.content.len();
            let some = (written - start).min(end - written);
            self.content.extend_from_within(start..start + some);
        }
        Ok(())
    }

    fn symbol(&mut self, code: &Code) -> Result<usize, Error> {
        self.fill();
        let next = usize::try_from(self.held & 0x7fff).unwrap_or(0);
        let (symbol, length) = code.symbol(next).ok_or(Error::Malformed)?;
        self.spend(length)?;
        Ok(usize::from(symbol))
    }
}

/// A prefix code in canonical order
/// ([RFC 1951 §3.2.2](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2)).
struct Code {
    /// By the next few bits: 16 × symbol + length where the code is as short as that, else nothing.
    short: Vec<u16>,
    /// How many codes there are of each length.
    counts: [u16; 16],
    /// The symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Code {
    /// The code with these lengths; of a single one, `may_be_single`, half of the bits may be unused.
    fn new(lengths: &[u8], may_be_single: bool) -> Result<Code, Error> {
        let mut code = Code { short: vec![0; SHORT], counts: [0; 16], symbols: Vec::new() };
        let (mut next, mut left) = (0_u16, 1_i32);
        for length in 1..=15_u8 {
            (next, left) = (next << 1, left << 1);
            for (symbol, _) in (0_u16..).zip(lengths).filter(|(_, known)| **known == length) {
                left -= 1;
                if left < 0 {
                    return Err(Error::Malformed);
                }
                code.symbols.push(symbol);
                if 1 << length <= SHORT {
                    code.shorten(next, length, symbol);
                }
                next += 1;
                if let Some(count) = code.counts.get_mut(usize::from(length)) {
                    *count += 1;
                }
            }
        }
        let is_single =
            code.symbols.len() <= 1 && code.counts.get(1).copied() == u16::try_from(code.symbols.len()).ok();
        if left == 0 || (may_be_single && is_single) { Ok(code) } else { Err(Error::Malformed) }
    }

    /// Enters a code into the table, under every way in which the bits behind it can go on.
    fn shorten(&mut self, bits: u16, length: u8, symbol: u16) {
        let first = bits.reverse_bits().checked_shr(16 - u32::from(length)).unwrap_or(0);
        for slot in self.short.iter_mut().skip(usize::from(first)).step_by(1 << length) {
            *slot = (symbol << 4) | u16::from(length);
        }
    }

    /// The symbol at the start of `bits`, and the length of its code.
    fn symbol(&self, mut bits: usize) -> Option<(u16, u32)> {
        let short = self.short.get(bits % SHORT).copied().unwrap_or(0);
        if short > 0 {
            return Some((short >> 4, u32::from(short & 15)));
        }
        let (mut code, mut first, mut index, mut length) = (0_usize, 0, 0, 0);
        for count in self.counts.iter().skip(1) {
            code = (code << 1) | (bits & 1);
            (bits, first, length) = (bits >> 1, first << 1, length + 1);
            let count = usize::from(*count);
            if code < first + count {
                return self.symbols.get(index + code - first).map(|symbol| (*symbol, length));
            }
            (index, first) = (index + count, first + count);
        }
        None
    }
}

/// [RFC 1951 §3.2.6](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6)
fn fixed_codes() -> Codes {
    let mut lengths = vec![8; 144];
    for (length, until) in [(9, 256), (7, 280), (8, 288)] {
        lengths.resize(until, length);
    }
    let code = |lengths: &[u8]| {
        let nothing = Code { short: Vec::new(), counts: [0; 16], symbols: Vec::new() };
        Code::new(lengths, false).unwrap_or(nothing)
    };
    (code(&lengths), code(&[5; 32]))
}

/// The symbol that ends a block.
const END: usize = 256;
/// How many bits at once are looked up: 2^9, so that making the table costs little beside what even
/// the smallest block takes from the input.
const SHORT: usize = 512;
/// Where the lengths of the code for lengths belong.
const LENGTH_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;
    use miniz_oxide::inflate::decompress_to_vec_with_limit;

    use super::*;

    const LIMIT: usize = 100_000;

    fn random(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    /// Content between noise and repetition, of which DEFLATE makes blocks of every kind.
    fn content(state: &mut u64) -> Vec<u8> {
        let (length, letters, repeats) =
            (random(state) % 20_000, 1 + random(state) % 256, random(state) % 12);
        let mut out: Vec<u8> = Vec::new();
        while out.len() < usize::try_from(length).unwrap() {
            let start = usize::try_from(random(state)).unwrap() % (out.len() + 1);
            match random(state) % 12 < repeats {
                true => out.extend_from_within(start..(start + 300).min(out.len())),
                false => out.push(u8::try_from(random(state) % letters).unwrap()),
            }
        }
        out
    }

    fn check(stream: &[u8]) {
        let ours = inflate(stream, LIMIT);
        match decompress_to_vec_with_limit(stream, LIMIT) {
            Ok(expected) => assert_eq!(ours.map(|(content, _)| content), Ok(expected), "{stream:02x?}"),
            Err(_) => assert!(ours.is_err(), "{stream:02x?}"),
        }
    }

    fn rounds() -> u64 {
        std::env::var("DEFLATE_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
    }

    #[test]
    fn sound_streams_end_where_they_end() {
        let mut state = 1;
        for round in 0..rounds() {
            let content = content(&mut state);
            let level = u8::try_from(round % 11).unwrap();
            let mut stream = compress_to_vec(&content, level);
            stream.extend(b"behind");
            assert_eq!(inflate(&stream, content.len()), Ok((content.clone(), &b"behind"[..])), "{round}");
            if !content.is_empty() {
                assert_eq!(inflate(&stream, content.len() - 1), Err(Error::TooLarge), "{round}");
            }
            for end in [0, stream.len() / 2, stream.len() - 7] {
                check(&stream[..end]);
            }
        }
    }

    #[test]
    fn damaged_streams_agree_with_another_inflater() {
        let mut state = 7;
        for round in 0..rounds() {
            let stream = compress_to_vec(&content(&mut state), u8::try_from(round % 11).unwrap());
            for _ in 0..20 {
                let mut damaged = stream.clone();
                let place = usize::try_from(random(&mut state)).unwrap() % damaged.len().min(200);
                damaged[place] ^= 1 << (random(&mut state) % 8);
                check(&damaged);
            }
            for _ in 0..200 {
                let noise: Vec<u8> =
                    (0..40).map(|_| u8::try_from(random(&mut state) & 0xff).unwrap()).collect();
                check(&noise);
            }
        }
    }
}
