//! Containers: PNG, SVG, data: and #vc= links, tokens and plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::container::{Content, ROUNDS_MAX, unpack};
use verify_credential::limits::INPUT_BYTES_MAX;

fuzz_target!(|data: &[u8]| {
    let opened = unpack(data);
    assert_eq!(opened, unpack(data));
    let Ok(opened) = opened else { return };
    let length = match &opened.content {
        Content::Json(text) => text.len(),
        Content::CompactJws(text) | Content::SdJwt(text) | Content::HostedUrl(text) => text.len(),
    };
    assert!((1..=INPUT_BYTES_MAX).contains(&length) && (1..=ROUNDS_MAX).contains(&opened.chain.len()));
});
