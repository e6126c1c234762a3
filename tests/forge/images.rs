//! Pictures and links: two credentials in one, decoys, and packings that lie.

use miniz_oxide::deflate::compress_to_vec;
use verify_credential::codec::base64url;

use super::scene::{DID, badge, signed, with};
use super::{Case, forged};
use crate::baker;
use crate::own::edit::{Doc, pretty, string};

const READABLE: &str = "container.readable";
const SIGNATURE: &str = "proof.any-good";

pub fn cases() -> Vec<Case> {
    let mut cases = in_png();
    cases.extend(in_svg());
    cases.extend(in_links());
    cases
}

fn sound() -> String {
    pretty(&signed(&badge(DID)))
}

/// Another good badge of the issuer.
fn other() -> String {
    pretty(&signed(&with(badge(DID), &[("name", string("Another badge"))])))
}

/// The sound badge with another achievement.
fn altered() -> String {
    let mut doc = Doc(signed(&badge(DID)));
    doc.put("/credentialSubject/achievement/name", string("Surgery"));
    pretty(&doc.0)
}

fn in_png() -> Vec<Case> {
    let png = |name, defect, bytes: Vec<u8>| forged(name, "sound-png", defect).file("badge.png", bytes);
    let (sound, other, altered) = (sound(), other(), altered());
    let chunk = |text: &str| baker::badge_chunk(text.as_bytes());
    let mut damaged = baker::bake_png(sound.as_bytes());
    let at = damaged.len() / 2;
    damaged[at] ^= 1;
    let mut followed = baker::bake_png(sound.as_bytes());
    followed.extend_from_slice(&baker::bake_png(altered.as_bytes()));
    let mut bomb = b"openbadgecredential\0\x01\0\0\0\x78\xda".to_vec();
    bomb.extend_from_slice(&baker::bomb(20));
    vec![
        png(
            "png-with-two-credentials",
            "Two good badges in one picture.",
            baker::png(&[chunk(&sound), chunk(&other)]),
        )
        .fails(READABLE, "png-two-credentials")
        .unreadable(),
        png(
            "png-with-an-altered-second",
            "A good badge, and behind it one that was altered.",
            baker::png(&[chunk(&sound), chunk(&altered)]),
        )
        .fails(READABLE, "png-two-credentials")
        .unreadable(),
        png(
            "png-with-a-compressed-second",
            "The second badge is compressed, which readers treat differently.",
            baker::png(&[chunk(&sound), baker::compressed_badge_chunk(altered.as_bytes())]),
        )
        .fails(READABLE, "png-two-credentials")
        .unreadable(),
        png(
            "png-with-the-same-twice",
            "The same badge twice, which breaks the specification.",
            baker::png(&[chunk(&sound), chunk(&sound)]),
        )
        .genuine("verified")
        .fails("container.note", "container.several-identical")
        .same_facts(),
        png("png-altered", "The badge in the picture was altered.", baker::bake_png(altered.as_bytes()))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        png("png-damaged", "One bit of the picture is wrong.", damaged)
            .fails(READABLE, "png-chunk-crc")
            .unreadable(),
        png("png-followed-by-another", "A second picture follows the end of the first.", followed)
            .genuine("verified")
            .fails("container.note", "container.trailing-data")
            .same_facts()
            .hides("Surgery"),
        png("png-bomb", "The badge inflates to 20 megabytes.", baker::png(&[baker::chunk(b"iTXt", &bomb)]))
            .fails(READABLE, "inflate-limit")
            .unreadable(),
        png(
            "png-in-a-png",
            "The badge is a picture with a badge in it.",
            baker::bake_png(&baker::bake_png(sound.as_bytes())),
        )
        .fails(READABLE, "baked-text-unknown")
        .unreadable(),
    ]
}

fn in_svg() -> Vec<Case> {
    const OPEN: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">";
    let (sound, other, altered) = (sound(), other(), altered());
    let element = |text: &str| format!("<openbadges:credential><![CDATA[{text}]]></openbadges:credential>");
    let svg = |name, defect, body: String| {
        forged(name, "sound-svg", defect).file("badge.svg", format!("{OPEN}{body}<circle r=\"1\"/></svg>"))
    };
    let decoy =
        |text: &str| format!("<metadata><![CDATA[{}]]></metadata>", element(text).replace("]]>", "]]&gt;"));
    let with_entity = format!(
        "<!DOCTYPE svg [<!ENTITY name \"Surgery\">]>{OPEN}<openbadges:credential>{}</openbadges:credential></svg>",
        sound.replace("Peer review", "&name;")
    );
    let foreign = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://forger.example/ob/v3p0\">{}</svg>",
        element(&sound)
    );
    vec![
        svg(
            "svg-with-two-credentials",
            "Two good badges in one drawing.",
            element(&sound) + &element(&other),
        )
        .fails(READABLE, "svg-two-credentials")
        .unreadable(),
        forged("svg-with-entities", "sound-svg", "An entity stands where a name was signed.")
            .file("badge.svg", with_entity)
            .fails(READABLE, "svg-dtd-refused")
            .unreadable(),
        svg(
            "svg-with-a-good-decoy",
            "A good badge stands in other text; the element holds an altered one.",
            decoy(&sound) + &element(&altered),
        )
        .fails(SIGNATURE, "signature-does-not-match")
        .hides("Surgery"),
        svg(
            "svg-with-an-altered-decoy",
            "An altered badge stands in other text, and is not what is read.",
            decoy(&altered) + &element(&sound),
        )
        .genuine("verified")
        .same_facts()
        .hides("Surgery"),
        svg(
            "svg-with-a-commented-decoy",
            "An altered badge stands in a comment.",
            format!("<!--{}-->", element(&altered).replace("--", "- -")) + &element(&sound),
        )
        .genuine("verified")
        .same_facts()
        .hides("Surgery"),
        forged("svg-in-a-foreign-namespace", "sound-svg", "The element is of somebody else's namespace.")
            .file("badge.svg", foreign)
            .fails(READABLE, "svg-without-credential")
            .unreadable(),
        svg(
            "svg-with-words-drawn-over",
            "The drawing claims more than was signed.",
            element(&sound) + "<text>Surgery</text>",
        )
        .genuine("verified")
        .same_facts()
        .hides("Surgery"),
    ]
}

fn in_links() -> Vec<Case> {
    let link = |name, defect, text: String| forged(name, "sound-did-web", defect).file("link.txt", text);
    let packed = |bytes: &[u8]| {
        format!("https://verify.example/#vc=d.{}", base64url::encode(&compress_to_vec(bytes, 9)))
    };
    vec![
        link("link-altered", "The badge in the link was altered.", packed(altered().as_bytes()))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        link(
            "link-bomb",
            "The link inflates to 20 megabytes.",
            format!("#vc=d.{}", base64url::encode(&baker::bomb(20))),
        )
        .fails(READABLE, "fragment-too-large")
        .unreadable(),
        link(
            "link-to-a-page",
            "The link says it shows a badge; nothing is opened.",
            "https://forger.example/verified/badge".to_owned(),
        )
        .fails(READABLE, "link")
        .unreadable(),
    ]
}
