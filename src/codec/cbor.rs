//! Layer 0. The part of CBOR that proofs are written in: unsigned numbers, byte strings, arrays, maps.
//!
//! Spec: [RFC 8949 §3](https://www.rfc-editor.org/rfc/rfc8949#section-3). Lengths and numbers have one
//! spelling, the shortest; tags, texts and streams of unknown length are refused. Reading never
//! allocates by what a length claims.

/// What is left to read.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// An unsigned number of at most 32 bits.
    pub fn number(&mut self) -> Option<u32> {
        self.head(UNSIGNED)
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.head(BYTES)?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    /// An array, its items read by `item`, which takes at least a byte each time or gives up.
    pub fn array<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.head(ARRAY)?;
        (0..length).map(|_| item(self)).collect()
    }

    /// A map, its entries read by `entry`, key and value; see [`Reader::array`].
    pub fn map<T>(&mut self, mut entry: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.head(MAP)?;
        (0..length).map(|_| entry(self)).collect()
    }

    /// The beginning of an array of exactly `length` items, to be read one by one.
    pub fn array_of(&mut self, length: u32) -> Option<()> {
        (self.head(ARRAY)? == length).then_some(())
    }

    /// Nothing is left.
    pub fn finish(self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    /// The argument of an item of this major type, in its shortest spelling.
    fn head(&mut self, major: u8) -> Option<u32> {
        let (first, rest) = self.rest.split_first()?;
        let (width, least) = match first & 0x1f {
            0..=23 => (0, 0),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            _ => return None,
        };
        let (digits, rest) = rest.split_at_checked(width)?;
        let argument = match width {
            0 => u32::from(first & 0x1f),
            _ => digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit)),
        };
        self.rest = rest;
        (first >> 5 == major && argument >= least).then_some(argument)
    }
}

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        let number = |bytes: &[u8]| Reader::new(bytes).number();
        for (bytes, expected) in [
            (&[0][..], Some(0)),
            (&[23], Some(23)),
            (&[24, 24], Some(24)),
            (&[25, 1, 0], Some(256)),
            (&[26, 0xff, 0xff, 0xff, 0xff], Some(u32::MAX)),
            (&[24, 23], None),
            (&[25, 0, 255], None),
            (&[26, 0, 0, 255, 255], None),
            (&[27, 0, 0, 0, 1, 0, 0, 0, 0], None),
            (&[31], None),
            (&[24], None),
            (&[0x20], None),
            (&[0xc2, 1], None),
            (&[], None),
        ] {
            assert_eq!(number(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn collections_end_where_they_say() {
        let read = |bytes: &[u8]| {
            let mut reader = Reader::new(bytes);
            let pairs = reader.map(|reader| Some((reader.number()?, reader.bytes()?.to_vec())))?;
            let items = reader.array(Reader::number)?;
            reader.finish()?;
            Some((pairs, items))
        };
        let expected = Some((vec![(1, vec![7, 8])], vec![3, 4]));
        assert_eq!(read(&[0xa1, 1, 0x42, 7, 8, 0x82, 3, 4]), expected);
        assert_eq!(read(&[0xa0, 0x80]), Some((vec![], vec![])));
        assert_eq!(read(&[0xa0, 0x80, 0]), None, "something follows");
        assert_eq!(read(&[0xa1, 1, 0x43, 7, 8]), None, "cut");
        assert_eq!(read(&[0xba, 0xff, 0xff, 0xff, 0xff, 1]), None, "a length without items");
        assert_eq!(read(&[0xbf, 0xff, 0x80]), None, "of unknown length");
    }
}
