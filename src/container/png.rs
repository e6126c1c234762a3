//! Layer 1. A PNG with a credential baked into a text chunk, as Open Badges 3.0 ("File Format",
//! PNG) and before it the [Open Badges 2.0 Baking
//! Specification](https://www.imsglobal.org/spec/ob/v2p0/baking/) describe it.
//!
//! The chunks are walked by their lengths and each checksum is checked; the picture is never
//! decoded. Nothing after `IEND` is looked at.
//!
//! DEVIATION: the specification wants one uncompressed `iTXt` chunk. Compressed text, `tEXt` and
//! `zTXt` chunks, and the same text several times are read and noted; different texts are refused.

use super::baked::Baked;
use super::{Container, Refusal, Unpacked};
use crate::codec::inflate::{crc32, inflate_zlib};
use crate::codec::spec;
use crate::crypto::{Engines, part};
use crate::limits::INPUT_BYTES_MAX;

/// A PNG, known by the first half of its signature, so that a mangled one is still called by name.
pub const CONTAINER: Container = Container {
    name: "png",
    spec: spec("https://www.imsglobal.org/spec/ob/v3p0/"),
    is_bare: false,
    in_more: false,
    sniff: |bytes| bytes.starts_with(b"\x89PNG"),
    unpack: unpack_with,
};

/// The baked text of one image. All its compressed chunks together may inflate to
/// [`INPUT_BYTES_MAX`] bytes.
fn unpack_with(bytes: &[u8], engines: &Engines) -> Result<Unpacked, Refusal> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(Refusal::PngMalformed { offset: 0 })?;
    let mut baked = Baked::default();
    let mut inflated_bytes_left = INPUT_BYTES_MAX;
    let mut is_first = true;
    loop {
        let offset = bytes.len() - rest.len();
        let chunk = next_chunk(rest, offset)?;
        if is_first != (chunk.kind == b"IHDR") {
            return Err(Refusal::PngMalformed { offset });
        }
        is_first = false;
        rest = chunk.after;
        if chunk.kind == b"IEND" {
            break;
        }
        let Some(text) = TextChunk::read(&chunk, offset)? else { continue };
        if text.is_compressed {
            if !engines.has_net() {
                return Err(Refusal::PartNotLoaded(part::NET));
            }
            let inflated = inflated(text.text, inflated_bytes_left)?;
            inflated_bytes_left -= inflated.len();
            baked.note("container.compressed-text");
            text.add(&inflated, &mut baked)?;
        } else {
            text.add(text.text, &mut baked)?;
        }
    }
    if !rest.is_empty() {
        baked.note("container.trailing-data");
    }
    baked.finish(Refusal::ImageWithoutCredential)
}

/// Compressed text. Behind [`Engines::has_net`] only.
#[inline(never)]
fn inflated(text: &[u8], bytes_max: usize) -> Result<Vec<u8>, Refusal> {
    Ok(inflate_zlib(text, bytes_max)?)
}

struct Chunk<'a> {
    kind: &'a [u8; 4],
    data: &'a [u8],
    after: &'a [u8],
}

/// The chunk that `bytes` begin with: [PNG §5.3](https://www.w3.org/TR/png-3/#5Chunk-layout).
/// `offset` is for the refusal.
fn next_chunk(bytes: &[u8], offset: usize) -> Result<Chunk<'_>, Refusal> {
    let split = || {
        let (length, kind_and_data) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (kind, _) = kind_and_data.split_first_chunk::<4>()?;
        let (checked, checksum) = kind_and_data.split_at_checked(length.checked_add(4)?)?;
        let (checksum, after) = checksum.split_first_chunk::<4>()?;
        let chunk = Chunk { kind, data: checked.get(4..)?, after };
        let is_named = kind.iter().all(u8::is_ascii_alphabetic);
        is_named.then_some((chunk, checked, u32::from_be_bytes(*checksum)))
    };
    let (chunk, checked, checksum) = split().ok_or(Refusal::PngMalformed { offset })?;
    if crc32(checked) != checksum {
        return Err(Refusal::PngChunkCrc { offset });
    }
    Ok(chunk)
}

/// A text chunk with a keyword of Open Badges, or of the records of CLR 2.0.
struct TextChunk<'a> {
    is_legacy: bool,
    is_international: bool,
    is_compressed: bool,
    text: &'a [u8],
}

impl<'a> TextChunk<'a> {
    /// `chunk` as a text chunk: [PNG §11.3.3](https://www.w3.org/TR/png-3/#11textinfo). `None`
    /// for other chunks and keywords; a broken chunk under our keyword is refused.
    fn read(chunk: &Chunk<'a>, offset: usize) -> Result<Option<Self>, Refusal> {
        let is_text = matches!(chunk.kind, b"iTXt" | b"tEXt" | b"zTXt");
        let Some((keyword, rest)) = split_at_zero(chunk.data).filter(|_| is_text) else { return Ok(None) };
        let is_legacy = match keyword {
            b"openbadgecredential" | b"clrcredential" => false,
            b"openbadges" => true,
            _ => return Ok(None),
        };
        let form = match chunk.kind {
            b"iTXt" => international_text(rest),
            b"zTXt" => rest.strip_prefix(&[ZLIB]).map(|text| (true, text)),
            _ => Some((false, rest)),
        };
        let (is_compressed, text) = form.ok_or(Refusal::PngMalformed { offset })?;
        Ok(Some(TextChunk { is_legacy, is_international: chunk.kind == b"iTXt", is_compressed, text }))
    }

    fn add(&self, text: &[u8], baked: &mut Baked) -> Result<(), Refusal> {
        if !self.is_legacy && !self.is_international {
            baked.note("container.other-text-chunk");
        }
        let added = if self.is_legacy { baked.add_legacy(text) } else { baked.add(text) };
        added.map_err(|_| Refusal::PngTwoCredentials)
    }
}

/// Whether an `iTXt` chunk is compressed, and its text; language and translated keyword, which
/// mean nothing here, are passed over.
fn international_text(bytes: &[u8]) -> Option<(bool, &[u8])> {
    let (is_compressed, rest) = match bytes {
        [0, _, rest @ ..] => (false, rest),
        [1, ZLIB, rest @ ..] => (true, rest),
        _ => return None,
    };
    let (_language, rest) = split_at_zero(rest)?;
    let (_translated_keyword, text) = split_at_zero(rest)?;
    Some((is_compressed, text))
}

fn split_at_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The only compression method there is.
const ZLIB: u8 = 0;

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;

    use super::super::{Content, Inside, Note};
    use super::*;

    fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
        unpack_with(bytes, &Engines::default())
    }

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
        let checked = [kind, data].concat();
        [&length[..], &checked, &crc32fast::hash(&checked).to_be_bytes()].concat()
    }

    fn image(chunks: &[Vec<u8>]) -> Vec<u8> {
        let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        [SIGNATURE, &head, &chunks.concat(), &chunk(b"IEND", &[])].concat()
    }

    fn badge(text: &str) -> Vec<u8> {
        chunk(b"iTXt", format!("openbadgecredential\0\0\0en\0Badge\0{text}").as_bytes())
    }

    fn outcome(chunks: &[Vec<u8>]) -> Result<(Inside, Vec<Note>), Refusal> {
        unpack(&image(chunks)).map(|unpacked| (unpacked.inside, unpacked.notes))
    }

    fn text(text: &str, notes: &[&'static str]) -> Result<(Inside, Vec<Note>), Refusal> {
        Ok((Inside::Text(text.into()), notes.iter().map(|id| Note { id }).collect()))
    }

    #[test]
    fn reads_the_chunk_of_open_badges_3() {
        assert_eq!(outcome(&[]), Err(Refusal::ImageWithoutCredential));
        assert_eq!(outcome(&[badge("{}")]), text("{}", &[]));
        assert_eq!(outcome(&[badge("")]), text("", &[]));
        let record = chunk(b"iTXt", b"clrcredential\0\0\0\0\0{}");
        assert_eq!(outcome(std::slice::from_ref(&record)), text("{}", &[]));
        assert_eq!(outcome(&[record, badge("[]")]), Err(Refusal::PngTwoCredentials));
        assert_eq!(outcome(&[chunk(b"IDAT", b"openbadgecredential\0"), badge("{}")]), text("{}", &[]));
        let other = chunk(b"iTXt", b"Comment\0\0\0\0\0openbadgecredential\0\0\0\0\0{}");
        assert_eq!(outcome(&[other]), Err(Refusal::ImageWithoutCredential));
    }

    #[test]
    fn reads_what_deviates_and_says_so() {
        let deflated = compress_to_vec_zlib(b"{}", 6);
        let compressed = chunk(b"iTXt", &[b"openbadgecredential\0\x01\0\0\0", &deflated[..]].concat());
        assert_eq!(outcome(std::slice::from_ref(&compressed)), text("{}", &["container.compressed-text"]));
        let both = ["container.compressed-text", "container.several-identical"];
        assert_eq!(outcome(&[compressed, badge("{}")]), text("{}", &both));
        let plain = chunk(b"tEXt", b"openbadgecredential\0{}");
        assert_eq!(outcome(&[plain]), text("{}", &["container.other-text-chunk"]));
        let packed = chunk(b"zTXt", &[b"openbadgecredential\0\0", &deflated[..]].concat());
        let notes = ["container.compressed-text", "container.other-text-chunk"];
        assert_eq!(outcome(&[packed]), text("{}", &notes));
        let mut trailing = image(&[badge("{}")]);
        trailing.extend(badge("[]"));
        let notes = unpack(&trailing).map(|unpacked| unpacked.notes);
        assert_eq!(notes, Ok(vec![Note { id: "container.trailing-data" }]));
    }

    #[test]
    fn reads_what_open_badges_2_baked() {
        let url = chunk(b"tEXt", b"openbadges\0https://a.example/1.json");
        let hosted = Inside::Content(Content::HostedUrl("https://a.example/1.json".into()));
        assert_eq!(outcome(std::slice::from_ref(&url)), Ok((hosted, vec![])));
        let json = chunk(b"iTXt", b"openbadges\0\0\0\0\0{}");
        assert_eq!(outcome(&[json]), text("{}", &[]));
        assert_eq!(outcome(&[url, badge("{}")]), text("{}", &["container.hosted-url-ignored"]));
    }

    #[test]
    fn refuses_two_credentials() {
        assert_eq!(outcome(&[badge("{}"), badge("[]")]), Err(Refusal::PngTwoCredentials));
        let legacy = chunk(b"iTXt", b"openbadges\0\0\0\0\0[]");
        assert_eq!(outcome(&[badge("{}"), legacy]), Err(Refusal::PngTwoCredentials));
    }

    #[test]
    fn refuses_broken_structure() {
        let malformed = |bytes: &[u8]| unpack(bytes).map_err(|refusal| refusal.id());
        assert_eq!(malformed(b"\x89PNG\n\x1a\n"), Err("png-malformed"));
        assert_eq!(malformed(SIGNATURE), Err("png-malformed"));
        let no_head = [SIGNATURE, &badge("{}"), &chunk(b"IEND", &[])].concat();
        assert_eq!(malformed(&no_head), Err("png-malformed"));
        assert_eq!(malformed(&image(&[chunk(b"IHDR", &[])])), Err("png-malformed"));
        assert_eq!(malformed(&image(&[chunk(b"i\0Xt", &[])])), Err("png-malformed"));
        for fields in [&b"\x02\0\0\0{}"[..], b"\x01\x01\0\0{}", b"\0", b"\0\0", b"\0\0en", b"\0\0en\0no"] {
            let broken = chunk(b"iTXt", &[b"openbadgecredential\0", fields].concat());
            assert_eq!(malformed(&image(&[broken])), Err("png-malformed"), "{fields:?}");
        }
        let lying = chunk(b"iTXt", b"openbadgecredential\0\x01\0\0\0{}");
        assert_eq!(malformed(&image(&[lying])), Err("inflate-malformed"));
    }

    #[test]
    fn lengths_and_checksums_are_checked() {
        let sound = image(&[badge("{}")]);
        let offset = SIGNATURE.len() + 25;
        for length in [0x7fff_ffff_u32, u32::MAX, 1_000_000] {
            let mut lying = sound.clone();
            lying.splice(offset..offset + 4, length.to_be_bytes());
            assert_eq!(unpack(&lying), Err(Refusal::PngMalformed { offset }));
        }
        let mut damaged = sound.clone();
        damaged[offset + 30] ^= 1;
        assert_eq!(unpack(&damaged), Err(Refusal::PngChunkCrc { offset }));
    }

    #[test]
    fn all_compressed_chunks_share_one_limit() {
        let deflated = compress_to_vec_zlib(&vec![b' '; INPUT_BYTES_MAX / 3], 6);
        let chunk = chunk(b"iTXt", &[b"openbadgecredential\0\x01\0\0\0", &deflated[..]].concat());
        assert!(outcome(&vec![chunk.clone(); 3]).is_ok());
        assert_eq!(outcome(&vec![chunk; 4]), Err(Refusal::InflateLimit));
    }
}
