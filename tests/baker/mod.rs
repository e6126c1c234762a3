//! Bakes credentials into images of our own: no independent Open Badges 3.0 PNG is to be had.
//! These show that the reader agrees with this project's reading of the specification, not that
//! another issuer's does.

#![allow(dead_code, reason = "each test crate uses its own part")]

use miniz_oxide::MZFlush;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;

pub const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// One chunk with its length and checksum.
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("test data is small").to_be_bytes();
    let checked = [kind, data].concat();
    [&length[..], &checked, &crc32fast::hash(&checked).to_be_bytes()].concat()
}

/// A real picture of one grey dot, with `chunks` between its head and its data.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let data = chunk(b"IDAT", &compress_to_vec_zlib(&[0, 128], 6));
    [PNG_SIGNATURE, &head, &chunks.concat(), &data, &chunk(b"IEND", &[])].concat()
}

/// The chunk that Open Badges 3.0 asks for.
pub fn badge_chunk(credential: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[b"openbadgecredential\0\0\0\0\0", credential].concat())
}

/// The same chunk, compressed, which the specification forbids.
pub fn compressed_badge_chunk(credential: &[u8]) -> Vec<u8> {
    let text = compress_to_vec_zlib(credential, 6);
    chunk(b"iTXt", &[b"openbadgecredential\0\x01\0\0\0", &text[..]].concat())
}

/// A PNG into which `credential` is baked as the specification asks.
pub fn bake_png(credential: &[u8]) -> Vec<u8> {
    png(&[badge_chunk(credential)])
}

/// An SVG into which the JSON text `credential` is baked as the specification asks.
pub fn bake_svg(credential: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">\
         <openbadges:credential><![CDATA[{credential}]]></openbadges:credential><circle r=\"1\"/></svg>"
    )
}

/// A raw DEFLATE stream of `megabytes` times 2^20 zeros.
pub fn bomb(megabytes: usize) -> Vec<u8> {
    // One compressed megabyte that ends at a byte, as a block that is not the last, repeated.
    let mut block = vec![0; 1 << 16];
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(9, 0, 0));
    let result = deflate(&mut compressor, &vec![0; 1 << 20], &mut block, MZFlush::Full);
    block.truncate(result.bytes_written);
    [block.repeat(megabytes), vec![3, 0]].concat()
}
