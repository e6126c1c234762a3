//! Layer 1. BBS proofs: that somebody holds an issuer's signature over messages, of which they show some.
//!
//! Spec: [BBS signatures](https://datatracker.ietf.org/doc/draft-irtf-cfrg-bbs-signatures/05/), suite
//! BLS12-381-SHA-256, core proof verification. Group arithmetic, pairing, and hashing to the curve are the
//! crate's; what is here is the equation of the proof and how its parts become bytes, for which no crate
//! exists that does not bring a dozen others. Nothing here is secret, so nothing has to take constant time.

use bls12_381::hash_to_curve::{ExpandMessage, HashToCurve, Message};
use bls12_381::{G1Affine, G1Projective, G2Affine, G2Prepared, Gt, Scalar, multi_miller_loop};
use sha2::{Digest, Sha256};

use crate::crypto::{Refused, engine_code, lent};

/// Answers for the part [`part::PAIRING`]: a key, a header, a presentation header, a proof, and the messages
/// that are shown, each behind its place in four bytes. None where it is not that question.
///
/// [`part::PAIRING`]: crate::crypto::part::PAIRING
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    let strings = lent::unpack(question)?;
    let [key, header, presentation_header, proof, shown @ ..] = strings.as_slice() else { return None };
    let (pairs, []) = shown.as_chunks() else { return None };
    let pair = |[place, message]: &[&[u8]; 2]| {
        let place = u32::from_be_bytes((*place).try_into().ok()?);
        Some((usize::try_from(place).ok()?, hash_to_scalar(message, MESSAGE_TO_SCALAR)))
    };
    let disclosed: Vec<(usize, Scalar)> = pairs.iter().map(pair).collect::<Option<_>>()?;
    let verified = verify(key, [header, presentation_header, proof], &disclosed);
    Some(vec![engine_code::of_answer(verified)?])
}

/// Verifies a proof by the key `key` (96 bytes, a point of G2, compressed). `disclosed` are the messages that
/// are shown with their places.
///
/// Errors: [`Refused::BadKey`] for what is no point or not of the group, [`Refused::BadSignature`] for a
/// proof or places that are malformed and for what does not hold. Costs about a millisecond for each
/// message, hidden or shown: how many there may be is the caller's to say.
fn verify(
    key: &[u8],
    [header, presentation_header, proof]: [&[u8]; 3],
    disclosed: &[(usize, Scalar)],
) -> Result<(), Refused> {
    let point = key_point(key).ok_or(Refused::BadKey)?;
    let holds = || {
        let proof = Proof::read(proof)?;
        let count = proof.hidden.len() + disclosed.len();
        let is_apart = disclosed.is_sorted_by(|(one, _), (next, _)| one < next);
        let is_inside = disclosed.last().is_none_or(|(place, _)| *place < count);
        if !(is_apart && is_inside) {
            return None;
        }
        let generators = generators(count + 1);
        let (first, generators) = generators.split_first()?;
        let domain = domain(key, first, generators, header);
        let (one, two) = proof.commitments(disclosed, first, generators, domain)?;
        let challenge = proof.challenge_for(disclosed, [one, two], domain, presentation_header);
        let pairing = multi_miller_loop(&[
            (&proof.a_bar, &G2Prepared::from(point)),
            (&proof.b_bar, &G2Prepared::from(-G2Affine::generator())),
        ]);
        (challenge == proof.challenge && pairing.final_exponentiation() == Gt::identity()).then_some(())
    };
    holds().ok_or(Refused::BadSignature)
}

/// A proof, as it is written: three points, three answers, one for each hidden message, the challenge.
struct Proof {
    a_bar: G1Affine,
    b_bar: G1Affine,
    d: G1Affine,
    e: Scalar,
    r1: Scalar,
    r3: Scalar,
    hidden: Vec<Scalar>,
    challenge: Scalar,
}

impl Proof {
    /// None for points that are not of the group or its identity, for numbers that are zero or not below the
    /// order, and for another length.
    fn read(bytes: &[u8]) -> Option<Proof> {
        let (points, scalars) = bytes.split_at_checked(3 * POINT_BYTES)?;
        let (points, _) = points.as_chunks::<POINT_BYTES>();
        let points: Vec<G1Affine> = points
            .iter()
            .map(|bytes| Option::from(G1Affine::from_compressed(bytes)))
            .map(|point: Option<G1Affine>| point.filter(|point| !bool::from(point.is_identity())))
            .collect::<Option<_>>()?;
        let (scalars, []) = scalars.as_chunks::<SCALAR_BYTES>() else { return None };
        let scalars: Vec<Scalar> = scalars.iter().map(scalar).collect::<Option<_>>()?;
        match (points.as_slice(), scalars.as_slice()) {
            (&[a_bar, b_bar, d], &[e, r1, r3, ref hidden @ .., challenge]) => {
                Some(Proof { a_bar, b_bar, d, e, r1, r3, hidden: hidden.to_vec(), challenge })
            }
            _ => None,
        }
    }

    /// What the prover must have begun with, if the challenge was answered rightly: T1 and T2.
    fn commitments(
        &self,
        disclosed: &[(usize, Scalar)],
        first: &G1Projective,
        generators: &[G1Projective],
        domain: Scalar,
    ) -> Option<(G1Projective, G1Projective)> {
        let one = self.b_bar * self.challenge + self.a_bar * self.e + self.d * self.r1;
        let mut shown = G1Projective::from(base_point()?) + first * domain;
        let mut kept = self.d * self.r3;
        let (mut disclosed, mut hidden) = (disclosed.iter().peekable(), self.hidden.iter());
        for (place, generator) in generators.iter().enumerate() {
            match disclosed.next_if(|(next, _)| *next == place) {
                Some((_, message)) => shown += generator * message,
                None => kept += generator * hidden.next()?,
            }
        }
        Some((one, shown * self.challenge + kept))
    }

    fn challenge_for(
        &self,
        disclosed: &[(usize, Scalar)],
        begun: [G1Projective; 2],
        domain: Scalar,
        presentation_header: &[u8],
    ) -> Scalar {
        let mut bytes = number(disclosed.len()).to_vec();
        for (place, message) in disclosed {
            bytes.extend(number(*place));
            bytes.extend(scalar_bytes(message));
        }
        for point in [self.a_bar, self.b_bar, self.d].into_iter().chain(begun.map(G1Affine::from)) {
            bytes.extend(point.to_compressed());
        }
        bytes.extend(scalar_bytes(&domain));
        bytes.extend(number(presentation_header.len()));
        bytes.extend(presentation_header);
        hash_to_scalar(&bytes, HASH_TO_SCALAR)
    }
}

fn key_point(key: &[u8]) -> Option<G2Affine> {
    let point: Option<G2Affine> = G2Affine::from_compressed(key.try_into().ok()?).into();
    point.filter(|point| !bool::from(point.is_identity()))
}

/// What binds a proof to key, generators and header.
fn domain(key: &[u8], first: &G1Projective, generators: &[G1Projective], header: &[u8]) -> Scalar {
    let mut bytes = key.to_vec();
    bytes.extend(number(generators.len()));
    for generator in [first].into_iter().chain(generators) {
        bytes.extend(G1Affine::from(generator).to_compressed());
    }
    bytes.extend(API.as_bytes());
    bytes.extend(number(header.len()));
    bytes.extend(header);
    hash_to_scalar(&bytes, HASH_TO_SCALAR)
}

/// The first `count` generators of the suite; nobody knows how any two of them relate.
fn generators(count: usize) -> Vec<G1Projective> {
    let mut seed = expand(&[GENERATOR_SEED.as_bytes()], SEED);
    let mut generators = Vec::with_capacity(count);
    for index in 1..=count {
        seed = expand(&[&seed, &number(index)], SEED);
        generators
            .push(<G1Projective as HashToCurve<Expanded>>::hash_to_curve([&seed], GENERATOR.as_bytes()));
    }
    generators
}

fn hash_to_scalar(message: &[u8], tag: &str) -> Scalar {
    let mut bytes = expand(&[message], tag);
    bytes.reverse();
    let mut wide = [0; 64];
    for (place, byte) in wide.iter_mut().zip(bytes) {
        *place = byte;
    }
    Scalar::from_bytes_wide(&wide)
}

/// 48 bytes for `message` under `tag`.
fn expand(message: &[&[u8]], tag: &str) -> Vec<u8> {
    expand_message_xmd(message, tag.as_bytes(), EXPANDED_BYTES).unwrap_or_default()
}

/// [RFC 9380 §5.3.1](https://www.rfc-editor.org/rfc/rfc9380#section-5.3.1) with SHA-256. None where more is
/// asked for than it can give, or the tag is longer than 255 bytes.
fn expand_message_xmd(message: &[&[u8]], tag: &[u8], length: usize) -> Option<Vec<u8>> {
    let blocks = u8::try_from(length.div_ceil(32)).ok()?;
    let asked = u16::try_from(length).ok()?.to_be_bytes();
    let tag_bytes = [u8::try_from(tag.len()).ok()?];
    let mut first = Sha256::new().chain_update([0; 64]);
    for part in message {
        first.update(part);
    }
    let first =
        first.chain_update(asked).chain_update([0]).chain_update(tag).chain_update(tag_bytes).finalize();
    let mut last = [0; 32];
    let mut bytes = Vec::new();
    for index in 1..=blocks {
        let mixed: Vec<u8> = first.iter().zip(last).map(|(one, other)| one ^ other).collect();
        let block = Sha256::new().chain_update(mixed).chain_update([index]);
        last = block.chain_update(tag).chain_update(tag_bytes).finalize().into();
        bytes.extend(last);
    }
    bytes.truncate(length);
    Some(bytes)
}

/// The same for the crate, whose own version is written for an older trait of hashes.
struct Expanded {
    bytes: Vec<u8>,
    taken: usize,
}

impl ExpandMessage for Expanded {
    fn init_expand<M: Message, L>(message: M, tag: &[u8], length: usize) -> Self {
        let mut whole = Vec::new();
        message.input_message(|part| whole.extend(part));
        let bytes = expand_message_xmd(&[&whole], tag, length).unwrap_or_default();
        Expanded { bytes, taken: 0 }
    }

    fn read_into(&mut self, output: &mut [u8]) -> usize {
        let rest = self.bytes.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(output.len());
        output.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
        self.taken += count;
        count
    }

    fn remain(&self) -> usize {
        self.bytes.len() - self.taken
    }
}

/// The base point of the suite, its own generator.
fn base_point() -> Option<G1Affine> {
    G1Affine::from_compressed(&BASE_POINT).into()
}

/// A number that is not zero and below the order, most significant byte first.
fn scalar(bytes: &[u8; SCALAR_BYTES]) -> Option<Scalar> {
    let mut bytes = *bytes;
    bytes.reverse();
    let scalar: Option<Scalar> = Scalar::from_bytes(&bytes).into();
    scalar.filter(|scalar| *scalar != Scalar::zero())
}

fn scalar_bytes(scalar: &Scalar) -> [u8; SCALAR_BYTES] {
    let mut bytes = scalar.to_bytes();
    bytes.reverse();
    bytes
}

/// A count or a place, as proofs hash it.
fn number(number: usize) -> [u8; 8] {
    u64::try_from(number).unwrap_or(u64::MAX).to_be_bytes()
}

const POINT_BYTES: usize = 48;
const SCALAR_BYTES: usize = 32;
const EXPANDED_BYTES: usize = 48;

/// The interface of the suite; what is hashed for one purpose must mean nothing for another.
const API: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_";
const HASH_TO_SCALAR: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_H2S_";
const MESSAGE_TO_SCALAR: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_MAP_MSG_TO_SCALAR_AS_HASH_";
const GENERATOR_SEED: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_MESSAGE_GENERATOR_SEED";
const SEED: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_SIG_GENERATOR_SEED_";
const GENERATOR: &str = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_SIG_GENERATOR_DST_";

/// P1 of the suite; a test makes it from its seed.
const BASE_POINT: [u8; POINT_BYTES] = [
    0xa8, 0xce, 0x25, 0x61, 0x02, 0x84, 0x08, 0x21, 0xa3, 0xe9, 0x4e, 0xa9, 0x02, 0x5e, 0x46, 0x62, 0xb2,
    0x05, 0x76, 0x2f, 0x97, 0x76, 0xb3, 0xa7, 0x66, 0xc8, 0x72, 0xb9, 0x48, 0xf1, 0xfd, 0x22, 0x5e, 0x7c,
    0x59, 0x69, 0x85, 0x88, 0xe7, 0x0d, 0x11, 0x40, 0x6d, 0x16, 0x1b, 0x4e, 0x28, 0xc9,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_point_comes_from_its_seed() {
        let seed = format!("{API}BP_MESSAGE_GENERATOR_SEED");
        let seed = expand(&[&expand(&[seed.as_bytes()], SEED), &number(1)], SEED);
        let point = <G1Projective as HashToCurve<Expanded>>::hash_to_curve([&seed], GENERATOR.as_bytes());
        assert_eq!(G1Affine::from(point).to_compressed(), BASE_POINT);
    }

    #[test]
    fn a_question_that_is_not_understood_has_no_answer() {
        let ask = |strings: &[&[u8]]| answer(&lent::pack(strings));
        assert_eq!(
            ask(&[b"key", b"", b"", b"proof"]),
            engine_code::of_answer(Err(Refused::BadKey)).map(|code| vec![code])
        );
        for strings in [
            &[&b"key"[..], b"", b""][..],
            &[b"key", b"", b"", b"proof", &[0; 4]],
            &[b"", b"", b"", b"", &[0; 3], b""],
        ] {
            assert_eq!(ask(strings), None);
        }
        assert_eq!(answer(b"\xff"), None);
    }

    const HEADER: &[u8] = b"header";

    fn number_of(seed: &str) -> Scalar {
        hash_to_scalar(seed.as_bytes(), HASH_TO_SCALAR)
    }

    fn message(place: usize) -> Scalar {
        hash_to_scalar(format!("message {place}").as_bytes(), MESSAGE_TO_SCALAR)
    }

    fn public_key() -> [u8; 96] {
        G2Affine::from(G2Affine::generator() * number_of("secret key")).to_compressed()
    }

    fn written(points: [G1Projective; 3], scalars: &[Scalar]) -> Vec<u8> {
        let points = points.into_iter().flat_map(|point| G1Affine::from(point).to_compressed());
        points.chain(scalars.iter().flat_map(scalar_bytes)).collect()
    }

    /// A proof by somebody who has a signature by `secret` over `count` messages and shows those at `places`.
    fn prove(secret: &str, count: usize, places: &[usize]) -> Vec<u8> {
        let generators = generators(count + 1);
        let (first, generators) = generators.split_first().expect("one at least");
        let domain = domain(&public_key(), first, generators, HEADER);
        let signed = generators.iter().enumerate().map(|(place, generator)| generator * message(place));
        let base = G1Projective::from(base_point().expect("a point")) + first * domain;
        let base = signed.fold(base, |sum, term| sum + term);
        let e = number_of("e");
        let inverse = |number: Scalar| number.invert().expect("not zero");
        let a = base * inverse(number_of(secret) + e);
        let [r1, r2, e_blind, r1_blind, r3_blind] = ["r1", "r2", "e~", "r1~", "r3~"].map(number_of);
        let d = base * r2;
        let a_bar = a * (r1 * r2);
        let b_bar = d * r1 - a_bar * e;
        let hidden: Vec<usize> = (0..count).filter(|place| !places.contains(place)).collect();
        let blind = |place: &usize| number_of(&format!("m~ {place}"));
        let one = a_bar * e_blind + d * r1_blind;
        let two = hidden.iter().fold(d * r3_blind, |sum, place| sum + generators[*place] * blind(place));
        let disclosed: Vec<(usize, Scalar)> = places.iter().map(|place| (*place, message(*place))).collect();
        let [zero, a_bar_affine, b_bar_affine, d_affine] =
            [G1Projective::identity(), a_bar, b_bar, d].map(G1Affine::from);
        assert_ne!(zero, a_bar_affine);
        let draft = Proof {
            a_bar: a_bar_affine,
            b_bar: b_bar_affine,
            d: d_affine,
            e: Scalar::zero(),
            r1: Scalar::zero(),
            r3: Scalar::zero(),
            hidden: Vec::new(),
            challenge: Scalar::zero(),
        };
        let challenge = draft.challenge_for(&disclosed, [one, two], domain, b"nonce");
        let mut scalars =
            vec![e_blind + e * challenge, r1_blind - r1 * challenge, r3_blind - inverse(r2) * challenge];
        scalars.extend(hidden.iter().map(|place| blind(place) + message(*place) * challenge));
        scalars.push(challenge);
        written([a_bar, b_bar, d], &scalars)
    }

    fn check(proof: &[u8], places: &[usize]) -> Result<(), Refused> {
        let disclosed: Vec<(usize, Scalar)> = places.iter().map(|place| (*place, message(*place))).collect();
        verify(&public_key(), [HEADER, b"nonce", proof], &disclosed)
    }

    #[test]
    fn proofs_hold_whatever_is_shown_and_for_nothing_else() {
        for (count, places) in [(0, &[][..]), (1, &[]), (1, &[0]), (4, &[]), (4, &[1, 3]), (4, &[0, 1, 2, 3])]
        {
            let proof = prove("secret key", count, places);
            assert_eq!(check(&proof, places), Ok(()), "{places:?} of {count}");
            let refused = Err(Refused::BadSignature);
            assert_eq!(check(&proof, &[9]), refused);
            let mut others = places.to_vec();
            others.pop();
            assert_eq!(check(&proof, &others).is_ok(), others == places);
            others.push(others.last().map_or(7, |last| last + 5));
            assert_eq!(check(&proof, &others), refused);
            assert_eq!(verify(&public_key(), [b"other", b"nonce", &proof], &[]), refused);
            assert_eq!(check(&proof[..proof.len() - 1], places), refused);
            assert_eq!(check(&[&proof[..], &[0; 32]].concat(), places), refused);
        }
        let others = prove("another secret key", 4, &[1, 3]);
        assert_eq!(check(&others, &[1, 3]), Err(Refused::BadSignature));
        let proof = prove("secret key", 4, &[1, 3]);
        let swapped = [(3, message(3)), (1, message(1))];
        assert!(verify(&public_key(), [HEADER, b"nonce", &proof], &swapped).is_err());
        let doubled = [(1, message(1)), (1, message(1))];
        assert!(verify(&public_key(), [HEADER, b"nonce", &proof], &doubled).is_err());
        let exchanged = [(1, message(3)), (3, message(1))];
        assert!(verify(&public_key(), [HEADER, b"nonce", &proof], &exchanged).is_err());
        for key in [&[0; 96][..], &[0xff; 96], &public_key()[..95], &G2Affine::identity().to_compressed()] {
            assert_eq!(verify(key, [HEADER, b"nonce", &proof], &[]), Err(Refused::BadKey));
        }
    }

    /// Somebody without any signature meets both equations where the first two points may be the identity: the
    /// pairings are then of nothing, and T1 does not depend on the challenge.
    #[test]
    fn points_of_nothing_prove_nothing() {
        let disclosed = [(0, message(0))];
        let generators = generators(2);
        let domain = domain(&public_key(), &generators[0], &generators[1..], HEADER);
        let shown = G1Projective::from(base_point().expect("a point"));
        let shown = shown + generators[0] * domain + generators[1] * message(0);
        let nothing = G1Affine::identity();
        let [t, k] = ["t", "k"].map(number_of);
        let draft = Proof {
            a_bar: nothing,
            b_bar: nothing,
            d: G1Affine::from(shown),
            e: k,
            r1: t,
            r3: k,
            hidden: Vec::new(),
            challenge: k,
        };
        let challenge = draft.challenge_for(&disclosed, [shown * t, shown * k], domain, b"nonce");
        let forged = Proof { r3: k - challenge, challenge, ..draft };
        // It would hold:
        let (one, two) =
            forged.commitments(&disclosed, &generators[0], &generators[1..], domain).expect("sound");
        assert_eq!(forged.challenge_for(&disclosed, [one, two], domain, b"nonce"), challenge);
        let bytes = written(
            [nothing.into(), nothing.into(), shown],
            &[forged.e, forged.r1, forged.r3, forged.challenge],
        );
        assert_eq!(check(&bytes, &[0]), Err(Refused::BadSignature));
    }
}
