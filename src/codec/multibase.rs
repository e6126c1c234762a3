//! Layer 0. Multibase text and multicodec public keys, as
//! [CID §2.4](https://www.w3.org/TR/cid-1.0/#multibase) defines them for credentials.
//!
//! Only the two bases that the specifications of keys, proofs and status lists name: `z` and `u`.
//! DEVIATION: other multibase prefixes are no text of ours; the rows of
//! `tests/vectors/codec-deviations.tsv` say why. Whether the bytes are a point on a curve is for
//! the crypto layer to say.

use crate::codec::base64url;

/// The bytes of multibase `text`: `z` and base58btc, or `u` and unpadded base64url.
///
/// Base58 is decoded in quadratic time, so more than [`BASE58_LENGTH_MAX`] characters of it are
/// `None`, as is every other prefix.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    match text.split_at_checked(1)? {
        ("z", rest) if rest.len() <= BASE58_LENGTH_MAX => bs58::decode(rest).into_vec().ok(),
        ("u", rest) => base64url::decode(rest),
        _ => None,
    }
}

/// What a public key is for, by its multicodec prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// `ed25519-pub`: 32 bytes.
    Ed25519,
    /// `x25519-pub`: 32 bytes, for encryption only.
    X25519,
    /// `p256-pub`: a compressed point, 33 bytes.
    P256,
    /// `p384-pub`: a compressed point, 49 bytes.
    P384,
    /// `p521-pub`: a compressed point, 67 bytes.
    P521,
    /// `secp256k1-pub`: a compressed point, 33 bytes.
    Secp256k1,
    /// `bls12_381-g1-pub`: a compressed point, 48 bytes.
    Bls12381G1,
    /// `bls12_381-g2-pub`: a compressed point, 96 bytes.
    Bls12381G2,
    /// `rsa-pub`: a DER `RSAPublicKey`, at most [`RSA_BYTES_MAX`] bytes.
    Rsa,
}

/// A public key as a multikey holds it; the length fits the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multikey {
    /// What the key is for.
    pub key_type: KeyType,
    /// The key without its prefix.
    pub bytes: Vec<u8>,
}

/// The public key in multibase `text`, as in
/// [CID §2.2.2](https://www.w3.org/TR/cid-1.0/#Multikey) and in `did:key`.
///
/// `None` for private keys, unknown or padded prefixes, and keys of another length than the
/// prefix asks for. `did:key` and Data Integrity want the `z` spelling: their callers check it.
pub fn decode_multikey(text: &str) -> Option<Multikey> {
    let bytes = decode(text)?;
    let (code, key) = unsigned_varint(&bytes)?;
    let row = KEY_TYPES.iter().find(|row| row.code == code)?;
    let sound = match row.form {
        Form::Bytes(length) => key.len() == length,
        Form::Point(length) => key.len() == length && matches!(key.first(), Some(2 | 3)),
        Form::Der => key.len() <= RSA_BYTES_MAX && key.first() == Some(&0x30),
    };
    sound.then(|| Multikey { key_type: row.key_type, bytes: key.to_vec() })
}

/// The number at the start of `bytes`, seven bits a byte, lowest first, and what follows it. The
/// shortest spelling only, and three bytes at most: no key type needs more.
pub fn unsigned_varint(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (index, byte) in bytes.iter().take(3).enumerate() {
        number |= u32::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let shortest = *byte != 0 || index == 0;
            return if shortest { Some((number, bytes.get(index + 1..)?)) } else { None };
        }
    }
    None
}

/// Longest accepted base58 text after the prefix: a 16,384-bit RSA key has 2,900 characters.
pub const BASE58_LENGTH_MAX: usize = 4_096;

/// Largest accepted RSA key, in bytes of DER: 16,384 bits.
pub const RSA_BYTES_MAX: usize = 2_064;

struct Row {
    code: u32,
    key_type: KeyType,
    form: Form,
}

enum Form {
    Bytes(usize),
    /// First byte 2 or 3, then the abscissa.
    Point(usize),
    Der,
}

/// The multicodec table, as far as it has public keys of ours:
/// <https://github.com/multiformats/multicodec/blob/master/table.csv>.
const KEY_TYPES: &[Row] = &[
    Row { code: 0xe7, key_type: KeyType::Secp256k1, form: Form::Point(33) },
    Row { code: 0xea, key_type: KeyType::Bls12381G1, form: Form::Bytes(48) },
    Row { code: 0xeb, key_type: KeyType::Bls12381G2, form: Form::Bytes(96) },
    Row { code: 0xec, key_type: KeyType::X25519, form: Form::Bytes(32) },
    Row { code: 0xed, key_type: KeyType::Ed25519, form: Form::Bytes(32) },
    Row { code: 0x1200, key_type: KeyType::P256, form: Form::Point(33) },
    Row { code: 0x1201, key_type: KeyType::P384, form: Form::Point(49) },
    Row { code: 0x1202, key_type: KeyType::P521, form: Form::Point(67) },
    Row { code: 0x1205, key_type: KeyType::Rsa, form: Form::Der },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn multikey(bytes: &[u8]) -> Option<KeyType> {
        let short = decode_multikey(&format!("u{}", base64url::encode(bytes)));
        let long = decode_multikey(&format!("z{}", bs58::encode(bytes).into_string()));
        assert_eq!(short, long);
        short.map(|key| key.key_type)
    }

    #[test]
    fn reads_two_bases_and_no_other() {
        for (text, bytes) in [("z", ""), ("u", ""), ("z7paNL19xttacUY", "yes mani !"), ("uAHg", "\0x")] {
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        for text in ["", "é", "f79", "meWVz", "z0", "zl", "uQQ==", "Z7Pz", "\0", "z 1", "u\u{e9}"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn stops_before_base58_becomes_slow() {
        assert!(decode(&format!("z{}", "2".repeat(BASE58_LENGTH_MAX))).is_some());
        assert_eq!(decode(&format!("z{}", "2".repeat(BASE58_LENGTH_MAX + 1))), None);
        assert_eq!(decode(&format!("z{}", "1".repeat(5_000_000))), None);
    }

    #[test]
    fn a_key_has_the_length_of_its_type() {
        let key = |prefix: &[u8], first: u8, length: usize| {
            let mut bytes = prefix.to_vec();
            bytes.push(first);
            bytes.resize(prefix.len() + length, 7);
            multikey(&bytes)
        };
        assert_eq!(key(&[0xed, 1], 7, 32), Some(KeyType::Ed25519));
        assert_eq!(key(&[0xed, 1], 7, 31), None);
        assert_eq!(key(&[0xed, 1], 7, 33), None);
        assert_eq!(key(&[0x80, 0x24], 2, 33), Some(KeyType::P256));
        assert_eq!(key(&[0x80, 0x24], 4, 33), None);
        assert_eq!(key(&[0x81, 0x24], 3, 49), Some(KeyType::P384));
        assert_eq!(key(&[0xeb, 1], 0x80, 96), Some(KeyType::Bls12381G2));
        assert_eq!(key(&[0x85, 0x24], 0x30, RSA_BYTES_MAX), Some(KeyType::Rsa));
        assert_eq!(key(&[0x85, 0x24], 0x30, RSA_BYTES_MAX + 1), None);
        assert_eq!(key(&[0x80, 0x26], 7, 32), None, "ed25519-priv");
    }

    #[test]
    fn a_prefix_has_one_spelling() {
        let bytes = |prefix: &[u8]| [prefix, &[7; 32]].concat();
        assert_eq!(multikey(&bytes(&[0xed, 0x81, 0x00])), None, "padded with a zero byte");
        assert_eq!(multikey(&bytes(&[0xed, 0x80, 0x80, 0x80, 0x01])), None);
        for prefix in [&[][..], &[0xed], &[0xed, 0x81], &[0xff; 9]] {
            assert_eq!(multikey(prefix), None, "{prefix:?}");
        }
        assert_eq!(unsigned_varint(&[0]), Some((0, &[][..])));
        assert_eq!(unsigned_varint(&[0x80, 0x24, 9]), Some((0x1200, &[9][..])));
    }
}
