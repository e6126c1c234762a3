//! Layer 1. The JSON-LD contexts that are part of this program, byte for byte.
//!
//! A context decides what a signature covers, so none is ever fetched by this crate and none is
//! taken from a package that might reformat it: each file is pinned by its SHA-256 in a test. Where
//! other content has been seen in the wild under the same address, that *variant* is embedded too.
//! The files are listed with source and licence in `contexts/NOTICE.md`.

/// The content of the context at `url`: what is customary there, or with `variant` the other
/// content that has been seen there. `None` where nothing (of that kind) is embedded.
pub fn embedded(url: &str, variant: bool) -> Option<&'static [u8]> {
    TABLE.iter().find(|row| row.variant == variant && row.url == url).map(|row| row.bytes)
}

/// Whether a second content is embedded for `url`.
pub fn has_variant(url: &str) -> bool {
    TABLE.iter().any(|row| row.variant && row.url == url)
}

/// All addresses with an embedded context, variants included.
pub fn addresses() -> impl Iterator<Item = (&'static str, bool)> {
    TABLE.iter().map(|row| (row.url, row.variant))
}

struct Row {
    url: &'static str,
    variant: bool,
    bytes: &'static [u8],
}

macro_rules! row {
    ($url:literal, $file:literal) => {
        Row { url: $url, variant: false, bytes: include_bytes!(concat!("contexts/", $file)) }
    };
    ($url:literal, $file:literal, variant) => {
        Row { url: $url, variant: true, bytes: include_bytes!(concat!("contexts/", $file)) }
    };
}

static TABLE: &[Row] = &[
    row!("https://www.w3.org/2018/credentials/v1", "w3c/credentials-v1.json"),
    row!("https://www.w3.org/ns/credentials/v2", "w3c/credentials-v2.json"),
    row!("https://www.w3.org/2018/credentials/examples/v1", "w3c/credentials-examples-v1.json"),
    row!("https://www.w3.org/ns/credentials/examples/v2", "w3c/credentials-examples-v2.json"),
    row!("https://www.w3.org/ns/credentials/undefined-terms/v2", "w3c/credentials-undefined-terms-v2.json"),
    row!("https://www.w3.org/ns/credentials/status/v1", "w3c/status-v1.json"),
    row!("https://w3id.org/vc/status-list/2021/v1", "w3c/status-list-2021-v1.json"),
    row!("https://w3id.org/vc-revocation-list-2020/v1", "w3c/revocation-list-2020-v1.json"),
    row!("https://www.w3.org/ns/did/v1", "security/did-v1.json"),
    row!("https://w3id.org/did/v1", "security/did-v1.json"),
    row!("https://w3id.org/security/multikey/v1", "security/multikey-v1.json"),
    row!("https://w3id.org/security/multikey/v1", "security/variants/multikey-v1.older.json", variant),
    row!("https://w3id.org/security/data-integrity/v2", "security/data-integrity-v2.json"),
    row!("https://w3id.org/security/data-integrity/v1", "security/data-integrity-v1.json"),
    row!("https://w3id.org/security/suites/ed25519-2020/v1", "security/ed25519-2020-v1.json"),
    row!("https://w3id.org/security/suites/ed25519-2018/v1", "security/ed25519-2018-v1.json"),
    row!("https://w3id.org/security/suites/jws-2020/v1", "security/jws-2020-v1.json"),
    row!("https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json", "security/jws-2020-v1.json"),
    row!("https://w3id.org/security/suites/secp256k1-2019/v1", "security/secp256k1-2019-v1.json"),
    row!("https://w3id.org/security/suites/x25519-2020/v1", "security/x25519-2020-v1.json"),
    row!("https://w3id.org/security/suites/x25519-2019/v1", "security/x25519-2019-v1.json"),
    row!("https://w3id.org/security/bbs/v1", "security/bbs-v1.json"),
    row!("https://w3id.org/security/v1", "security/security-v1.json"),
    row!("https://w3id.org/security/v2", "security/security-v2.json"),
    row!("https://www.w3.org/ns/odrl.jsonld", "w3c/odrl.json"),
    row!("https://w3id.org/citizenship/v4rc1", "w3c/citizenship-v4rc1.json"),
    row!("https://w3id.org/citizenship/v3", "w3c/citizenship-v3.json"),
    row!("https://w3id.org/vdl/v1", "w3c/vdl-v1.json"),
    row!("https://purl.imsglobal.org/spec/ob/v3p0/context.json", "openbadges/ob-v3p0-context.json"),
    row!("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld", "openbadges/ob-v3p0-context.json"),
    row!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "openbadges/ob-v3p0-context-3.0.1.json"
    ),
    row!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "openbadges/ob-v3p0-context-3.0.2.json"
    ),
    row!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "openbadges/ob-v3p0-context-3.0.3.json"
    ),
    row!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "openbadges/variants/ob-v3p0-context-3.0.3.2025-04.json",
        variant
    ),
    row!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "openbadges/ob-v3p0-extensions.json"),
    row!(
        "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json",
        "openbadges/jff-plugfest-1-context.json"
    ),
    row!(
        "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html",
        "openbadges/jff-plugfest-1-context.json"
    ),
    row!("https://purl.imsglobal.org/spec/clr/v2p0/context.json", "clr/clr-v2p0-context.json"),
    row!("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr/clr-v2p0-context-2.0.1.json"),
    row!("https://w3id.org/openbadges/v2", "openbadges/ob-v2p0-context.json"),
    row!("https://openbadgespec.org/v2/context.json", "openbadges/ob-v2p0-context.json"),
    row!(
        "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
        "openbadges/ob-v2-applylink-extension.json"
    ),
    row!(
        "https://w3id.org/openbadges/extensions/exampleExtension/context.json",
        "openbadges/ob-v2-example-extension.json"
    ),
    row!("https://ctx.learncard.com/boosts/1.0.0.json", "vendors/learncard-boosts-1.0.0.json"),
    row!("https://ctx.learncard.com/boosts/1.0.1.json", "vendors/learncard-boosts-1.0.1.json"),
    row!("https://ctx.learncard.com/boosts/1.0.2.json", "vendors/learncard-boosts-1.0.2.json"),
    row!("https://ctx.learncard.com/boosts/1.0.3.json", "vendors/learncard-boosts-1.0.3.json"),
    row!("https://ctx.learncard.com/boostIDs/1.0.0.json", "vendors/learncard-boostIDs-1.0.0.json"),
    row!("https://ctx.learncard.com/delegates/1.0.0.json", "vendors/learncard-delegates-1.0.0.json"),
    row!("https://ctx.learncard.com/wrappers/obv2/1.0.0.json", "vendors/learncard-wrappers-obv2-1.0.0.json"),
    row!("https://credentials.andamio.io/context/v1.jsonld", "vendors/andamio-v1.json"),
    row!("https://credentials.andamio.io/context/v0.jsonld", "vendors/andamio-v0.json"),
    row!("https://w3id.org/dcc/v1", "vendors/dcc-v1.json"),
    row!("https://w3id.org/blockcerts/v2", "vendors/blockcerts-v2.0.json"),
    row!("https://w3id.org/blockcerts/schema/2.0/context.json", "vendors/blockcerts-v2.0.json"),
    row!("https://w3id.org/blockcerts/v2.1", "vendors/blockcerts-v2.1.json"),
    row!("https://w3id.org/blockcerts/schema/2.1/context.json", "vendors/blockcerts-v2.1.json"),
    row!("https://w3id.org/blockcerts/v3.0-alpha", "vendors/blockcerts-v3.0-alpha.json"),
    row!("https://w3id.org/blockcerts/schema/3.0-alpha/context.json", "vendors/blockcerts-v3.0-alpha.json"),
    row!("https://w3id.org/blockcerts/v3.0-beta", "vendors/blockcerts-v3.0-beta.json"),
    row!("https://w3id.org/blockcerts/schema/3.0-beta/context.json", "vendors/blockcerts-v3.0-beta.json"),
    row!("https://w3id.org/blockcerts/v3", "vendors/blockcerts-v3.0.json"),
    row!("https://w3id.org/blockcerts/schema/3.0/context.json", "vendors/blockcerts-v3.0.json"),
    row!("https://w3id.org/blockcerts/v3.1", "vendors/blockcerts-v3.1.json"),
    row!("https://w3id.org/blockcerts/schema/3.1/context.json", "vendors/blockcerts-v3.1.json"),
    row!("https://w3id.org/blockcerts/v3.2", "vendors/blockcerts-v3.2.json"),
    row!("https://w3id.org/blockcerts/schema/3.2/context.json", "vendors/blockcerts-v3.2.json"),
    row!("https://w3id.org/security/suites/merkle-2019/v1", "vendors/blockcerts-merkleproof2019.json"),
    row!(
        "https://w3id.org/blockcerts/schema/3.0/merkleProof2019Context.json",
        "vendors/blockcerts-merkleproof2019.json"
    ),
    row!("https://w3id.org/security/suites/chained-2021/v1", "vendors/blockcerts-chainedproof2021.json"),
];

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn every_file_has_the_pinned_content() {
        assert_eq!(addresses().filter(|(_, variant)| *variant).count(), 2);
        for (url, variant) in addresses() {
            let bytes = embedded(url, variant).unwrap_or_default();
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(PINNED.contains(&(url, variant, hash.as_str())), "{url} (variant: {variant}) has {hash}");
        }
        assert_eq!(PINNED.len(), TABLE.len());
    }

    #[test]
    fn addresses_are_exact_and_named_once() {
        assert_eq!(embedded("https://www.w3.org/ns/credentials/v2/", false), None);
        assert_eq!(embedded("", false), None);
        for (url, variant) in addresses() {
            assert_eq!(TABLE.iter().filter(|row| row.url == url && row.variant == variant).count(), 1);
            assert_eq!(has_variant(url), embedded(url, true).is_some());
        }
    }

    const PINNED: &[(&str, bool, &str)] = &[
        (
            "https://www.w3.org/2018/credentials/v1",
            false,
            "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
        ),
        (
            "https://www.w3.org/ns/credentials/v2",
            false,
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        ),
        (
            "https://www.w3.org/2018/credentials/examples/v1",
            false,
            "2070ae4e75bc3b4c2cfe2b8b6e86ec45119672bbb5da283f0399ea96c60a0104",
        ),
        (
            "https://www.w3.org/ns/credentials/examples/v2",
            false,
            "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
        ),
        (
            "https://www.w3.org/ns/credentials/undefined-terms/v2",
            false,
            "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581",
        ),
        (
            "https://www.w3.org/ns/credentials/status/v1",
            false,
            "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
        ),
        (
            "https://w3id.org/vc/status-list/2021/v1",
            false,
            "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4",
        ),
        (
            "https://w3id.org/vc-revocation-list-2020/v1",
            false,
            "9fe1e5bd6d2f709e4628947c86455f2d97204e07ed7b7ae51d559e35e5238e9d",
        ),
        (
            "https://www.w3.org/ns/did/v1",
            false,
            "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad",
        ),
        (
            "https://w3id.org/did/v1",
            false,
            "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad",
        ),
        (
            "https://w3id.org/security/multikey/v1",
            false,
            "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
        ),
        (
            "https://w3id.org/security/multikey/v1",
            true,
            "00e1592fd321ed9b843aee80f4f25e23a3fa53e514e73dc9d109fc4e0aaadf1c",
        ),
        (
            "https://w3id.org/security/data-integrity/v2",
            false,
            "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        ),
        (
            "https://w3id.org/security/data-integrity/v1",
            false,
            "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
        ),
        (
            "https://w3id.org/security/suites/ed25519-2020/v1",
            false,
            "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
        ),
        (
            "https://w3id.org/security/suites/ed25519-2018/v1",
            false,
            "166c6abb9e08176cee5f6c87c9c1bbfefa5717da391bcac525e5437f93eab809",
        ),
        (
            "https://w3id.org/security/suites/jws-2020/v1",
            false,
            "d648e05ddc6577827ca2bfd5e931f53e9ebc6e52a57a8da81df4ec8c46ffcd1e",
        ),
        (
            "https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json",
            false,
            "d648e05ddc6577827ca2bfd5e931f53e9ebc6e52a57a8da81df4ec8c46ffcd1e",
        ),
        (
            "https://w3id.org/security/suites/secp256k1-2019/v1",
            false,
            "8452efdde151151539b78d240f55cee7d9cc985bf078123ce310aa7ae04763b4",
        ),
        (
            "https://w3id.org/security/suites/x25519-2020/v1",
            false,
            "b234f84fe7cebb0efef37cad82667eeacb6d414f6c51ac37f5dc803a4a0c728a",
        ),
        (
            "https://w3id.org/security/suites/x25519-2019/v1",
            false,
            "d032497b819ad21259daaa11a1e0ce1153592fb58877751944d6b48768c0bf33",
        ),
        (
            "https://w3id.org/security/bbs/v1",
            false,
            "65f03b15242ee97861039faec7a73297da4dd6880257fe4fd18edf1fc363a58d",
        ),
        (
            "https://w3id.org/security/v1",
            false,
            "abaf97e107d1925503c433dcaf3ffd2831697cacc1ed2a293e1bc8030d5bcb47",
        ),
        (
            "https://w3id.org/security/v2",
            false,
            "611bd81151d5efe53ec9aed78f5a813e577287bc9451ee26d6879b1b8b46bc3b",
        ),
        (
            "https://www.w3.org/ns/odrl.jsonld",
            false,
            "a83cb98005bce546531131d4042318d8267aff71b1451f53cc926587fcef42c6",
        ),
        (
            "https://w3id.org/citizenship/v4rc1",
            false,
            "a89b0bc00b1848ac3dfdf956c7dd5de8567e755351c07ec6a1c2b4a08b67953b",
        ),
        (
            "https://w3id.org/citizenship/v3",
            false,
            "5a4855907ef40afdb50a51af131d7a883c62e891478ebbb81f5ecb9a5a9b99d7",
        ),
        (
            "https://w3id.org/vdl/v1",
            false,
            "5e61aa138bc6a1bf92299edd01408df52f20c24057b9dbea72ccaeef5b792010",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            false,
            "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",
            false,
            "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            false,
            "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            false,
            "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            false,
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            true,
            "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
            false,
            "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
        ),
        (
            "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json",
            false,
            "3bc63c2ac768b6c3ae9a1beeb2564b3156b47c4a3ffae1ae49b553d3664f2749",
        ),
        (
            "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html",
            false,
            "3bc63c2ac768b6c3ae9a1beeb2564b3156b47c4a3ffae1ae49b553d3664f2749",
        ),
        (
            "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
            false,
            "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
        ),
        (
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            false,
            "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
        ),
        (
            "https://w3id.org/openbadges/v2",
            false,
            "393a890d7d95eb3a86f5f12309648a64c2d0676e5270e2967b5341a2dcea13d2",
        ),
        (
            "https://openbadgespec.org/v2/context.json",
            false,
            "393a890d7d95eb3a86f5f12309648a64c2d0676e5270e2967b5341a2dcea13d2",
        ),
        (
            "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
            false,
            "3c842aeaac338b4fad942337e809e4c740da2ebda53466f960e0799e2c6cae98",
        ),
        (
            "https://w3id.org/openbadges/extensions/exampleExtension/context.json",
            false,
            "5827540679c457f11ff12697f3009287dcd193db34c87c5faf922a4a21055fff",
        ),
        (
            "https://ctx.learncard.com/boosts/1.0.0.json",
            false,
            "6f8e96263e9cf535ac975daea5920bc3333db39940267003d157689220379379",
        ),
        (
            "https://ctx.learncard.com/boosts/1.0.1.json",
            false,
            "6200ca4131ecfc2f551e59da8d1166ed903b56eb5e3de1cb2ea4c8398c0879ee",
        ),
        (
            "https://ctx.learncard.com/boosts/1.0.2.json",
            false,
            "6f5a115f036cace53844876c0c8611d06058a68fa55cb812517c44d8193e1883",
        ),
        (
            "https://ctx.learncard.com/boosts/1.0.3.json",
            false,
            "66965be33f3a0bb5d781bb180bd0287ef9cc3016b13356c20fa092e9c81b691a",
        ),
        (
            "https://ctx.learncard.com/boostIDs/1.0.0.json",
            false,
            "e0c2f93e000d39335b930a9bf2d9f9f5dbe7d2c884311631fa6723ae7a9c751f",
        ),
        (
            "https://ctx.learncard.com/delegates/1.0.0.json",
            false,
            "40416a8232097009754d9481359f8345c8d49de815d49a3e98564391852dc472",
        ),
        (
            "https://ctx.learncard.com/wrappers/obv2/1.0.0.json",
            false,
            "786eb3d7b109f8e144e7d0bc042d00a87d6e8655d2a4813a48494a98adb5c5f2",
        ),
        (
            "https://credentials.andamio.io/context/v1.jsonld",
            false,
            "1823b3d6fe67dc271b702e899f53db6cbd0a3171baa50cb1336706768ab6932d",
        ),
        (
            "https://credentials.andamio.io/context/v0.jsonld",
            false,
            "1823b3d6fe67dc271b702e899f53db6cbd0a3171baa50cb1336706768ab6932d",
        ),
        (
            "https://w3id.org/dcc/v1",
            false,
            "1543695325471b0d23e839a28166ba4ea445cca294ac46fe034ca584cbfc6077",
        ),
        (
            "https://w3id.org/blockcerts/v2",
            false,
            "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
        ),
        (
            "https://w3id.org/blockcerts/schema/2.0/context.json",
            false,
            "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
        ),
        (
            "https://w3id.org/blockcerts/v2.1",
            false,
            "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
        ),
        (
            "https://w3id.org/blockcerts/schema/2.1/context.json",
            false,
            "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
        ),
        (
            "https://w3id.org/blockcerts/v3.0-alpha",
            false,
            "1f1a02a0322ad28d9376dced3b81b909e0ea39dca2f963ec8308926d0aaf6acb",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.0-alpha/context.json",
            false,
            "1f1a02a0322ad28d9376dced3b81b909e0ea39dca2f963ec8308926d0aaf6acb",
        ),
        (
            "https://w3id.org/blockcerts/v3.0-beta",
            false,
            "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.0-beta/context.json",
            false,
            "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
        ),
        (
            "https://w3id.org/blockcerts/v3",
            false,
            "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.0/context.json",
            false,
            "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
        ),
        (
            "https://w3id.org/blockcerts/v3.1",
            false,
            "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.1/context.json",
            false,
            "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
        ),
        (
            "https://w3id.org/blockcerts/v3.2",
            false,
            "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.2/context.json",
            false,
            "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
        ),
        (
            "https://w3id.org/security/suites/merkle-2019/v1",
            false,
            "953b934ec954fab06c3d48e524ac66f0f66531b86fa91330f66e8fc4ba536ff4",
        ),
        (
            "https://w3id.org/blockcerts/schema/3.0/merkleProof2019Context.json",
            false,
            "953b934ec954fab06c3d48e524ac66f0f66531b86fa91330f66e8fc4ba536ff4",
        ),
        (
            "https://w3id.org/security/suites/chained-2021/v1",
            false,
            "d92de480e9478a76ba64a67209e15b4746758e0f28f074a4b5dc5ac8a684073d",
        ),
    ];
}
