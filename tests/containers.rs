//! Every image, drawing, token and text of the vectors through the containers, images of our own
//! baking, and what a hostile file may look like.

#![cfg(not(target_arch = "wasm32"))] // reads the vectors from files

mod baker;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use miniz_oxide::deflate::compress_to_vec;
use verify_credential::codec::inflate::{self, gunzip, inflate_raw};
use verify_credential::codec::{base64url, json};
use verify_credential::container::{Content, Opened, Refusal, unpack};
use verify_credential::limits::{Budget, INFLATED_BYTES_MAX, INPUT_BYTES_MAX};

fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(vectors().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files in [`FOLDERS`] with one of these endings, as paths below tests/vectors.
fn files(endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| vectors().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if endings.contains(&ending) => found.push(below_vectors(&path)),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn below_vectors(path: &Path) -> String {
    path.strip_prefix(vectors()).expect("inside").to_string_lossy().replace('\\', "/")
}

/// "chain > kind of content [notes]", or the id of the refusal.
fn outcome(bytes: &[u8]) -> String {
    let started = Instant::now();
    let result = unpack(bytes);
    // Even here, without optimisation and beside other work, nothing may take long.
    assert!(started.elapsed() < Duration::from_secs(4), "took {:?}", started.elapsed());
    match result {
        Err(refusal) => refusal.id().to_string(),
        Ok(Opened { chain, content, notes }) => {
            let kind = match content {
                Content::Json(_) => "json",
                Content::CompactJws(_) => "jws",
                Content::SdJwt(_) => "sd-jwt",
                Content::HostedUrl(_) => "url",
            };
            let mut text = format!("{} > {kind}", chain.join(" > "));
            for note in notes {
                write!(text, " [{}]", note.id).expect("a string");
            }
            text
        }
    }
}

fn json_value(bytes: &[u8]) -> json::Value {
    json::parse(bytes, &mut Budget::full()).expect("JSON")
}

#[test]
fn images_of_the_vectors() {
    let table = [
        ("08-open-badges-3/andamio/baked-svg/203e63f457e0b808.77547ab066d5.svg", "svg > json-text > json"),
        ("08-open-badges-3/andamio/baked-svg/661274aa715885b4.f35049791ea8.svg", "svg > json-text > json"),
        ("08-open-badges-3/andamio/baked-svg/9aa6d308f8afb5de.858627ea8f08.svg", "svg > json-text > json"),
        ("08-open-badges-3/images-without-credential/andamio-placeholder.svg", "svg-without-credential"),
        (
            "08-open-badges-3/images-without-credential/legacy-noStatus-noExpiry-tampered.qr.png",
            "image-without-credential",
        ),
        (
            "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.png",
            "image-without-credential",
        ),
        (
            "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.svg",
            "svg-without-credential",
        ),
        ("10-open-badges-2/baked/baked.svg", "svg > json-text > json"),
        ("10-open-badges-2/baked/no-json.svg", "svg > url"),
        ("10-open-badges-2/baked/unbaked.png", "image-without-credential"),
        ("10-open-badges-2/baked/unbaked.svg", "svg-without-credential"),
        ("10-open-badges-2/baked/valid-baked.png", "png > url"),
    ];
    let paths: Vec<&str> = table.iter().map(|(path, _)| *path).collect();
    assert_eq!(files(&["png", "svg", "jpg", "gif"]), paths, "a row for each image");
    for (path, expected) in table {
        assert_eq!(outcome(&read(path)), expected, "{path}");
    }
}

#[test]
fn a_baked_drawing_holds_the_credential_and_not_the_decoy() {
    for path in files(&["svg"]).iter().filter(|path| path.contains("baked-svg")) {
        let original = path.replace("baked-svg", "credentials").replace(".svg", ".json");
        let Ok(Opened { content: Content::Json(inside), .. }) = unpack(&read(path)) else { panic!("{path}") };
        assert_eq!(json_value(&inside), json_value(&read(&original)), "{path}");
    }
}

#[test]
fn texts_of_the_vectors() {
    let (mut json, mut strings, mut tokens, mut disclosures) = (0, 0, 0, 0);
    for path in files(&["json", "jwt", "txt"]) {
        let (_, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let expected = if path.contains("/json_serialization_") && STRINGS.contains(&name) {
            // Upstream's generator wrote these as JSON inside a JSON string.
            strings += 1;
            "json-string > json-text > json [container.json-string]"
        } else if name.ends_with(".json") {
            json += 1;
            "json-text > json"
        } else if name.starts_with("openbadge") || name.contains("-jose-") || name == "sd_jwt_jws_part.txt" {
            tokens += 1;
            "compact-jws > jws"
        } else if name.contains("-sdjwt-")
            || ["sd_jwt_issuance.txt", "sd_jwt_presentation.txt"].contains(&name)
        {
            disclosures += 1;
            "sd-jwt > sd-jwt"
        } else {
            continue;
        };
        assert_eq!(outcome(&read(&path)), expected, "{path}");
    }
    assert_eq!((json, strings, tokens, disclosures), EXPECTED_TEXTS);
}

#[test]
fn addresses_of_hosted_assertions_come_out_whole() {
    for (path, expected) in [
        ("10-open-badges-2/baked/no-json.svg", "http://example.org"),
        ("10-open-badges-2/baked/valid-baked.png", "https://example.org/assertion"),
    ] {
        let content = unpack(&read(path)).map(|opened| opened.content);
        assert_eq!(content, Ok(Content::HostedUrl(expected.to_string())), "{path}");
    }
}

#[test]
fn our_own_baked_images_give_back_the_credential() {
    let credential = read("08-open-badges-3/jff-plugfest/plugfest-2-signed.json");
    let token = read("08-open-badges-3/walt-id/openbadge.signed.jwt");
    let drawing = baker::bake_svg(std::str::from_utf8(&credential).expect("text"));
    let compressed = baker::png(&[baker::compressed_badge_chunk(&credential)]);
    let twice = baker::png(&[baker::badge_chunk(&credential), baker::badge_chunk(&credential)]);
    let other = baker::png(&[baker::badge_chunk(&credential), baker::badge_chunk(&token)]);
    let link = format!("data:image/png;base64,{}", base64url::encode(&compressed));
    let deflated = base64url::encode(&compress_to_vec(&credential, 9));
    let fragment = format!("https://verify.example/#vc=d.{deflated}");
    let table: [(&[u8], &str); 10] = [
        (&baker::png(&[]), "image-without-credential"),
        (&baker::bake_png(&credential), "png > json-text > json"),
        (&baker::bake_png(&token), "png > compact-jws > jws"),
        (&baker::bake_png(b"Hello"), "baked-text-unknown"),
        (&compressed, "png > json-text > json [container.compressed-text]"),
        (&twice, "png > json-text > json [container.several-identical]"),
        (&other, "png-two-credentials"),
        (drawing.as_bytes(), "svg > json-text > json"),
        (link.as_bytes(), "data-uri > png > json-text > json [container.compressed-text]"),
        (fragment.as_bytes(), "fragment > json-text > json"),
    ];
    for (bytes, expected) in table {
        assert_eq!(outcome(bytes), expected);
        match unpack(bytes).map(|opened| opened.content) {
            Ok(Content::Json(inside)) => assert_eq!(json_value(&inside), json_value(&credential)),
            Ok(Content::CompactJws(inside)) => assert_eq!(inside.as_bytes(), token.trim_ascii()),
            _ => assert!(!expected.contains('>')),
        }
    }
}

#[test]
fn an_image_in_an_image_is_no_credential() {
    let inner = baker::bake_png(b"{}");
    assert_eq!(outcome(&baker::bake_png(&inner)), "baked-text-unknown");
    assert_eq!(outcome(&baker::bake_png(b"data:,{}")), "baked-text-unknown");
    assert_eq!(outcome(baker::bake_svg("#vc=e30").as_bytes()), "baked-text-unknown");
    assert_eq!(outcome(&baker::bake_png(b"")), "empty");
}

#[test]
fn what_is_no_credential_is_named() {
    let table: [(&[u8], &str); 8] = [
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04\x14\0", "zip"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
        (b"<!DOCTYPE html><html></html>", "html-page"),
        (b"https://example.org/badge/1", "link"),
        (b"{\0\"\0}\0", "utf-16-text"),
        (b"\0\x01\x02", "unknown-format"),
        ("Zeugnis über …".as_bytes(), "unknown-format"),
    ];
    for (bytes, expected) in table {
        assert_eq!(outcome(bytes), expected);
    }
}

#[test]
fn every_prefix_of_a_file_is_refused_or_read() {
    let credential = read("08-open-badges-3/walt-id/openbadge.signed.jwt");
    let image = baker::png(&[baker::compressed_badge_chunk(&credential)]);
    for end in 0..image.len() {
        let id = outcome(&image[..end]);
        let expected = match end {
            0 => "empty",
            1..=3 => "unknown-format",
            _ => "png-malformed",
        };
        assert_eq!(id, expected, "{end}");
    }
    let drawing = baker::bake_svg(r#"{"a":"]]&gt;"}"#);
    for end in 0..drawing.len() {
        let expected = if end == 0 { "empty" } else { "svg-malformed" };
        assert_eq!(outcome(&drawing.as_bytes()[..end]), expected, "{end}");
    }
    for end in 0..credential.len() {
        let dots = credential[..end].iter().filter(|byte| **byte == b'.').count();
        let id = outcome(&credential[..end]);
        assert_eq!(id.starts_with("compact-jws"), dots == 2, "{end}: {id}");
    }
}

#[test]
fn no_mutation_of_a_byte_makes_it_stumble() {
    let image = baker::bake_png(br#"{"id":"urn:uuid:1"}"#);
    for index in 0..image.len() {
        for value in 0..=255 {
            let mut damaged = image.clone();
            damaged[index] = value;
            let is_same = damaged == image;
            let result = unpack(&damaged);
            // The checksums see every change, unless the file begins like a JSON text by it.
            let begins_like_json = index == 0 && matches!(value, b'{' | b'[');
            assert_eq!(result.is_ok(), is_same || begins_like_json, "{index}: {value}");
        }
    }
    let drawing = baker::bake_svg("{}").into_bytes();
    for index in 0..drawing.len() {
        for value in [0, b' ', b'"', b'&', b'<', b'>', b'=', b']', b'/', b'!', 0xff] {
            let mut damaged = drawing.clone();
            damaged[index] = value;
            let _ = unpack(&damaged);
        }
    }
}

#[test]
fn large_and_deep_files_cost_little() {
    let zero_chunks = baker::png(&vec![baker::chunk(b"tEXt", b""); 100_000]);
    assert_eq!(outcome(&zero_chunks), "image-without-credential");
    let big = vec![b'['; 10_000_000];
    assert_eq!(outcome(&big), "too-large");
    let fits = unpack(&big[..INPUT_BYTES_MAX]).map(|opened| opened.content);
    let Ok(Content::Json(text)) = fits else { panic!("JSON to be") };
    let error = json::parse(&text, &mut Budget::full()).map_err(|error| error.kind);
    assert_eq!(error, Err(json::ErrorKind::Depth));
    assert_eq!(outcome(&vec![b' '; INPUT_BYTES_MAX]), "empty");
    assert_eq!(outcome(&vec![b'A'; INPUT_BYTES_MAX]), "unknown-format");
    assert_eq!(outcome(&vec![b'.'; INPUT_BYTES_MAX]), "unknown-format");
    let image = baker::bake_png(&vec![b'{'; INPUT_BYTES_MAX - 200]);
    assert_eq!(outcome(&image), "png > json-text > json");
    let link = format!("data:;base64,{}", "e3t7".repeat(1_200_000));
    assert_eq!(outcome(link.as_bytes()), "data-uri > json-text > json");
    let link = format!("data:,{}", "%7b".repeat(1_600_000));
    assert_eq!(outcome(link.as_bytes()), "data-uri > json-text > json");
}

#[test]
fn hostile_drawings_cost_little() {
    let drawing = |body: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>");
    let mut laughs = String::from("<!DOCTYPE svg [<!ENTITY a0 \"ha\">");
    for level in 1..20 {
        write!(laughs, "<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10))
            .expect("a string");
    }
    assert_eq!(outcome(format!("{laughs}]><svg>&a19;</svg>").as_bytes()), "svg-dtd-refused");
    let nested = "<g>".repeat(200_000) + &"</g>".repeat(200_000);
    assert_eq!(outcome(drawing(&nested).as_bytes()), "svg-limit");
    let nested = "<g>".repeat(49_990) + &"</g>".repeat(49_990);
    assert_eq!(outcome(drawing(&nested).as_bytes()), "svg-without-credential");
    assert_eq!(outcome("<g>".repeat(40_000).as_bytes()), "svg-malformed");
    let attributes: String = (0..300_000).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(outcome(drawing(&format!("<g{attributes}/>")).as_bytes()), "svg-limit");
    // As many attributes as are allowed, on as many elements as fit.
    let attributes: String = (0..100).map(|n| format!(" a{n}=''")).collect();
    let elements = |count| format!("<g{attributes}/>").repeat(count);
    assert_eq!(outcome(drawing(&elements(1_999)).as_bytes()), "svg-without-credential");
    assert_eq!(outcome(drawing(&elements(6_000)).as_bytes()), "svg-limit");
    let namespaces: String = (0..100_000).map(|n| format!("<g xmlns:a{n}='urn:{n}'>")).collect();
    assert_eq!(outcome(drawing(&namespaces).as_bytes()), "svg-limit");
    let namespaces: String = (0..250).map(|n| format!("<g xmlns:a{n}='urn:{n}'>")).collect();
    let elements = "<a0:g/>".repeat(49_000) + &"</g>".repeat(250);
    assert_eq!(outcome(drawing(&(namespaces + &elements)).as_bytes()), "svg-without-credential");
    // Nearly as many prefixes as are allowed, and attributes that ask for the outermost.
    let namespaces: String = (100..350).map(|n| format!("<g xmlns:a{n}='urn:{n}'>")).collect();
    let attributes: String = (0..99).map(|n| format!(" a100:a{n}=''")).collect();
    let elements = format!("<g{attributes}/>").repeat(1_000) + &"</g>".repeat(250);
    assert_eq!(outcome(drawing(&(namespaces + &elements)).as_bytes()), "svg-without-credential");
    let comments = "<!---->".repeat(700_000);
    assert_eq!(outcome(drawing(&comments).as_bytes()), "svg-limit");
    let instructions = "<?a?>".repeat(900_000);
    assert_eq!(outcome(drawing(&instructions).as_bytes()), "svg-limit");
    let sections = "<![CDATA[]]>".repeat(400_000);
    assert_eq!(outcome(drawing(&sections).as_bytes()), "svg-limit");
    let ends = "</g>".repeat(1_000_000);
    assert_eq!(outcome(drawing(&ends).as_bytes()), "svg-malformed");
    let references = "&".repeat(4_000_000);
    assert_eq!(outcome(drawing(&references).as_bytes()), "svg-malformed");
    let text = "&#x41;".repeat(800_000);
    assert_eq!(outcome(drawing(&text).as_bytes()), "svg-without-credential");
    assert_eq!(
        outcome(format!("<!DOCTYPE svg [{}]><svg/>", "<".repeat(4_000_000)).as_bytes()),
        "svg-malformed"
    );
}

#[test]
fn bombs_stop_at_the_limit() {
    let bomb = baker::bomb(1_024);
    assert!(bomb.len() < INPUT_BYTES_MAX, "{}", bomb.len());
    assert_eq!(inflate_raw(&baker::bomb(3), 4 << 20).map(|content| content.len()), Ok(3 << 20));
    assert_eq!(inflate_raw(&bomb, INFLATED_BYTES_MAX), Err(inflate::Error::TooLarge));
    let gzip = [b"\x1f\x8b\x08\0\0\0\0\0\0\xff", &bomb[..], &[0; 8]].concat();
    assert_eq!(gunzip(&gzip, INFLATED_BYTES_MAX), Err(inflate::Error::TooLarge));
    let zlib = [b"openbadgecredential\0\x01\0\0\0\x78\x9c", &bomb[..], &[0; 4]].concat();
    assert_eq!(outcome(&baker::png(&[baker::chunk(b"iTXt", &zlib)])), "inflate-limit");
    let link = format!("#vc=d.{}", base64url::encode(&baker::bomb(500)));
    assert_eq!(outcome(link.as_bytes()), "fragment-too-large");
    let many = baker::compressed_badge_chunk(&vec![b'{'; 400_000]);
    assert_eq!(outcome(&baker::png(&vec![many; 1_000])), "inflate-limit");
}

#[test]
fn lying_lengths_are_named_with_their_place() {
    for length in [1_u32, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        let image = [baker::PNG_SIGNATURE, &length.to_be_bytes(), b"IHDR"].concat();
        assert_eq!(unpack(&image), Err(Refusal::PngMalformed { offset: 8 }));
    }
}

const STRINGS: [&str; 3] = ["sd_jwt_issuance.json", "sd_jwt_presentation.json", "sd_jwt_jws_part.json"];

/// The folders whose files are credentials and what belongs to them.
const FOLDERS: [&str; 9] = [
    "02-w3c-data-integrity",
    "03-vc-data-model-2.0",
    "08-open-badges-3",
    "09-clr-2",
    "10-open-badges-2",
    "11-jose-sd-jwt",
    "12-status-lists",
    "13-dids-registries",
    "15-blockcerts",
];

/// JSON texts, JSON strings, tokens, and tokens with disclosures.
const EXPECTED_TEXTS: (i32, i32, i32, i32) = (383, 6, 28, 40);
