//! Tokens: headers that choose, keys that come along, claims that disagree, signatures that are none.

use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;
use verify_credential::crypto::sha256;

use super::scene::{
    HTTPS, KEY_SET, badge, https_network, jwks_network, keys, mallory, resources, rs256, token_of, with,
};
use super::{Case, forged, sound};
use crate::baker;
use crate::own::edit::{Doc, object, pretty, string, value};
use crate::own::signer::Issuer;
use crate::own::token::{jwk_with, signing_input, token, weak_rsa};

const BINDING: &str = "issuer.controls-key";
const SIGNATURE: &str = "proof.any-good";
const STRUCTURE: &str = "document.structure";

pub fn cases() -> Vec<Case> {
    let mut cases = in_order();
    cases.extend(keys_of_others());
    cases.extend(published());
    cases.extend(algorithms());
    cases.extend(headers());
    cases.extend(claims());
    cases.extend(spelled());
    cases
}

/// The header of a token by key `kid` of the key set, with `more` members, each with a comma in front.
fn header(kid: &str, algorithm: &str, more: &str) -> String {
    format!(r#"{{"alg":"{algorithm}","kid":"{kid}","typ":"JWT"{more}}}"#)
}

/// The claims of the sound token, with `members` set.
fn payload(members: &[(&str, Value)]) -> String {
    let named = [
        ("iss", string(HTTPS)),
        ("sub", string("did:example:holder")),
        ("jti", string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000001")),
        // 2026-01-15T09:00:00Z and 2030-01-15T09:00:00Z
        ("nbf", value("1768467600")),
        ("exp", value("1894698000")),
    ];
    verify_credential::canon::jcs::canonicalize(&with(with(badge(HTTPS), &named), members))
}

fn eddsa() -> Issuer {
    Issuer::of("issuer.example")
}

/// The sound token.
fn whole() -> String {
    token(&header("key-ed25519", "EdDSA", ""), &payload(&[]), &eddsa())
}

fn of(name: &'static str, defect: &'static str, token: String) -> Case {
    forged(name, "sound-token", defect).file("credential.jwt", token)
}

fn in_order() -> Vec<Case> {
    let sound = |name, what, token: String| sound(name, what, "verified").file("credential.jwt", token);
    let by = |kid: &str, key: &Issuer| token(&header(kid, key.alg(), ""), &payload(&[]), key);
    let jose = r#"{"alg":"EdDSA","kid":"key-ed25519","typ":"vc+jwt","cty":"vc"}"#;
    let png = baker::bake_png(whole().as_bytes());
    let moved = {
        let credential = verify_credential::canon::jcs::canonicalize(&badge(HTTPS));
        format!(
            r#"{{"vc":{credential},"iss":"{HTTPS}","sub":"did:example:holder","jti":"urn:uuid:f0f0f0f0-0000-4000-8000-000000000001","nbf":1768467600,"exp":1894698000}}"#
        )
    };
    vec![
        sound("sound-token", "Nothing: a token with EdDSA.", whole()).domain("issuer.example"),
        sound(
            "sound-token-es256",
            "Nothing: a token with ES256.",
            by("key-p256", &Issuer::p256("issuer.example")),
        ),
        sound(
            "sound-token-es384",
            "Nothing: a token with ES384.",
            by("key-p384", &Issuer::p384("issuer.example")),
        ),
        sound("sound-token-rs256", "Nothing: a token with RS256.", by("key-rsa", &rs256())),
        sound(
            "sound-token-vc",
            "Nothing: a token with the claim vc.",
            token(&header("key-ed25519", "EdDSA", ""), &moved, &eddsa()),
        ),
        sound(
            "sound-token-jose",
            "Nothing: a token whose payload is the credential.",
            token(jose, &pretty(&badge(HTTPS)), &eddsa()),
        ),
        super::sound("sound-token-png", "Nothing: a token baked into a PNG.", "verified")
            .file("badge.png", png),
    ]
}

/// A key that comes with the token proves that somebody has a key.
fn keys_of_others() -> Vec<Case> {
    let forger = Issuer::of("forger.example");
    let jwk = forger.jwk();
    let inside = |kid: &str| {
        let header = format!(r#"{{"alg":"EdDSA",{kid}"jwk":{jwk},"typ":"JWT"}}"#);
        token(&header, &payload(&[]), &forger)
    };
    let by_forger = |header: &str| token(header, &payload(&[]), &forger);
    let far = r#","jku":"https://forger.example/.well-known/jwks.json""#;
    let fragment = format!("{HTTPS}#{}", Issuer::of("forger.example").multikey());
    let (_, did_key) = Issuer::of("forger.example").did_key();
    vec![
        of(
            "token-key-in-its-header",
            "The key comes in the header; the issuer does not publish it.",
            inside(""),
        )
        .fails(BINDING, "key-not-published"),
        of(
            "token-key-in-its-header-unasked",
            "The key comes in the header; nobody asked the issuer yet.",
            inside(""),
        )
        .resources(resources(&[], &[]))
        .unknown(BINDING, "issuer-document-not-fetched")
        .not_fully_checked(),
        of(
            "token-key-under-the-issuers-name",
            "The key comes in the header, under the name of the issuer's.",
            inside(r#""kid":"key-ed25519","#),
        )
        .fails(BINDING, "key-not-published"),
        of(
            "token-key-at-another-host",
            "The header names a key at another host, which publishes it.",
            by_forger(&header("https://forger.example/profile#key-ed25519", "EdDSA", "")),
        )
        .resources(mallory())
        .fails(BINDING, "key-not-published"),
        of(
            "token-key-set-of-the-forger",
            "The header names a key set of the forger's.",
            by_forger(&header("key-ed25519", "EdDSA", far)),
        )
        .fails(SIGNATURE, "signature-does-not-match"),
        of(
            "token-key-in-a-fragment",
            "The key is spelled in the fragment of the issuer's address.",
            by_forger(&header(&fragment, "EdDSA", "")),
        )
        .fails(BINDING, "key-not-published")
        .unknown(SIGNATURE, "key-not-at-hand"),
        of("token-key-is-a-did", "The header names a did:key.", by_forger(&header(&did_key, "EdDSA", "")))
            .fails(BINDING, "key-not-published"),
        of(
            "token-key-without-a-name",
            "The header names no key; the issuer has several.",
            by_forger(r#"{"alg":"EdDSA","typ":"JWT"}"#),
        )
        .fails(BINDING, "key-not-published")
        .unknown(SIGNATURE, "key-not-at-hand"),
        of(
            "token-with-a-certificate",
            "The header brings a certificate of the forger's.",
            by_forger(&header(
                "key-ed25519",
                "EdDSA",
                r#","x5c":["MIIB"],"x5u":"https://forger.example/cert.pem""#,
            )),
        )
        .fails(SIGNATURE, "signature-does-not-match"),
    ]
}

/// What the issuer's host publishes, and what else could stand there.
fn published() -> Vec<Case> {
    let key_of = |more: &str| {
        format!(r#"{{"keys":[{}]}}"#, jwk_with(&eddsa(), &format!(r#""kid":"key-ed25519",{more}"#)))
    };
    let secret = r#""d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","#;
    let weak = format!(r#"{{"keys":[{}]}}"#, jwk_with(&weak_rsa(), r#""kid":"key-rsa","#));
    let off_curve = {
        let jwk = jwk_with(&Issuer::p256("issuer.example"), r#""kid":"key-p256","#);
        let at = jwk.rfind("\"y\":\"").expect("a coordinate") + 5;
        format!(r#"{{"keys":[{}{}{}]}}"#, &jwk[..at], base64url::encode(&[7; 32]), &jwk[at + 43..])
    };
    let p256 = Issuer::p256("issuer.example");
    let query = "https://issuer.example/?profile=forger";
    let echoed = value(&format!(
        r##"{{"id":"{query}","assertionMethod":[{{"id":"#k","publicKeyJwk":{}}}]}}"##,
        Issuer::of("forger.example").jwk()
    ));
    vec![
        of("key-set-for-encryption", "The issuer has this key to encrypt.", whole())
            .resources(jwks_network(&key_of(r#""use":"enc","#)))
            .fails(BINDING, "key-not-for-assertion"),
        of("key-set-with-its-secret", "The key set gives the private key away.", whole())
            .resources(jwks_network(&key_of(secret)))
            .fails(BINDING, "key-malformed"),
        forged("key-set-with-a-weak-key", "sound-token-rs256", "The RSA key has 1,024 bits.")
            .file("credential.jwt", token(&header("key-rsa", "RS256", ""), &payload(&[]), &weak_rsa()))
            .resources(jwks_network(&weak))
            .fails(BINDING, "key-too-weak"),
        forged("key-set-with-no-point", "sound-token-es256", "The EC key is no point of its curve.")
            .file("credential.jwt", token(&header("key-p256", "ES256", ""), &payload(&[]), &p256))
            .resources(jwks_network(&off_curve))
            .fails(SIGNATURE, "key-malformed"),
        of(
            "profile-of-another-id",
            "What stands at the issuer's address is another profile.",
            token(&header("#k", "EdDSA", ""), &payload(&[]), &Issuer::of("forger.example")),
        )
        .resources(https_network(
            &with(echoed.clone(), &[("id", string("https://forger.example/profile"))]),
            r#"{"keys":[]}"#,
        ))
        .fails(BINDING, "did-document-other-id")
        .unknown(SIGNATURE, "key-not-at-hand"),
        of(
            "profile-behind-a-query",
            "The issuer is a page that says what its address asks it to: it is not the domain.",
            token_of(query, &header("#k", "EdDSA", ""), &Issuer::of("forger.example")),
        )
        .resources(object(&[
            ("documents", object(&[(query, echoed)])),
            ("jwks", object(&[(KEY_SET, value(r#"{"keys":[]}"#))])),
        ]))
        .genuine("verified")
        .domain("issuer.example/?profile=forger"),
    ]
}

fn algorithms() -> Vec<Case> {
    let hmac_key = keys().get("keys").and_then(|keys| keys.as_set().last().cloned()).expect("the RSA key");
    let hmac_key = verify_credential::canon::jcs::canonicalize(&hmac_key);
    let unsigned =
        |algorithm: &str| format!("{}.", signing_input(&header("key-ed25519", algorithm, ""), &payload(&[])));
    let (p256, p384) = (Issuer::p256("issuer.example"), Issuer::p384("issuer.example"));
    let by =
        |kid: &str, algorithm: &str, key: &Issuer| token(&header(kid, algorithm, ""), &payload(&[]), key);
    let ecdsa = |name, defect, change: &dyn Fn(&mut Vec<u8>)| {
        let input = signing_input(&header("key-p256", "ES256", ""), &payload(&[]));
        let mut signature = p256.sign_bytes(input.as_bytes());
        change(&mut signature);
        forged(name, "sound-token-es256", defect)
            .file("credential.jwt", format!("{input}.{}", base64url::encode(&signature)))
            .fails(SIGNATURE, "signature-does-not-match")
    };
    vec![
        of("token-alg-none", "The header says that it is not signed.", unsigned("none"))
            .fails(SIGNATURE, "algorithm-forbidden"),
        of("token-alg-none-in-capitals", "The header says so in other letters.", unsigned("nOnE"))
            .fails(SIGNATURE, "algorithm-forbidden"),
        of("token-signature-empty", "The signature is empty.", unsigned("EdDSA"))
            .fails(SIGNATURE, "signature-does-not-match"),
        forged("token-rsa-key-as-hmac", "sound-token-rs256", "The public RSA key is the secret of an HMAC.")
            .file("credential.jwt", hmac(&header("key-rsa", "HS256", ""), hmac_key.as_bytes()))
            .fails(SIGNATURE, "algorithm-forbidden"),
        of(
            "token-alg-of-another-key",
            "The header says RS256, the key is Ed25519.",
            by("key-ed25519", "RS256", &rs256()),
        )
        .fails(SIGNATURE, "algorithm-not-of-key"),
        forged("token-es256-with-p384", "sound-token-es384", "The header says ES256, the key is P-384.")
            .file("credential.jwt", by("key-p384", "ES256", &p384))
            .fails(SIGNATURE, "algorithm-not-of-key"),
        forged("token-es384-with-p256", "sound-token-es256", "The header says ES384, the key is P-256.")
            .file("credential.jwt", by("key-p256", "ES384", &p256))
            .fails(SIGNATURE, "algorithm-not-of-key"),
        forged(
            "token-ps256-with-rs256",
            "sound-token-rs256",
            "The header says PS256, the signature is one of PKCS #1.",
        )
        .file("credential.jwt", by("key-rsa", "PS256", &rs256()))
        .fails(SIGNATURE, "signature-does-not-match"),
        ecdsa("ecdsa-r-is-nought", "r is nought.", &|signature| signature[..32].fill(0)),
        ecdsa("ecdsa-s-is-nought", "s is nought.", &|signature| signature[32..].fill(0)),
        ecdsa("ecdsa-both-are-nought", "r and s are nought.", &|signature| signature.fill(0)),
        ecdsa("ecdsa-r-is-the-order", "r is the order of the group.", &|signature| {
            signature[..32].copy_from_slice(&ORDER)
        }),
        ecdsa("ecdsa-s-out-of-range", "s is larger than the order.", &|signature| signature[32..].fill(0xff)),
        ecdsa("ecdsa-r-and-s-exchanged", "r and s stand in each other's place.", &|signature| {
            signature.rotate_left(32)
        }),
        ecdsa("ecdsa-in-der", "r and s are written in DER.", &|signature| *signature = der(signature)),
        ecdsa("ecdsa-signature-cut", "s lacks a byte.", &|signature| signature.truncate(63)),
    ]
}

fn headers() -> Vec<Case> {
    let by = |header: &str| token(header, &payload(&[]), &eddsa());
    let with_more = |more: &str| by(&header("key-ed25519", "EdDSA", more));
    vec![
        of(
            "token-critical-header",
            "The header demands that a word be understood.",
            with_more(r#","crit":["exp"],"exp":1"#),
        )
        .fails(SIGNATURE, "token-header-critical"),
        of(
            "token-unencoded-payload",
            "The header says that the payload is not encoded.",
            with_more(r#","b64":false"#),
        )
        .fails(SIGNATURE, "token-header-critical"),
        of(
            "token-header-member-twice",
            "The header says the algorithm twice.",
            by(r#"{"alg":"EdDSA","alg":"none","kid":"key-ed25519"}"#),
        )
        .fails("container.readable", "jws-malformed")
        .unreadable(),
        of(
            "token-of-another-kind",
            "It is an access token.",
            by(r#"{"alg":"EdDSA","kid":"key-ed25519","typ":"at+jwt"}"#),
        )
        .fails(STRUCTURE, "token-type-unknown"),
        of(
            "token-of-another-content",
            "It says that its content is another token.",
            with_more(r#","cty":"JWT""#),
        )
        .fails(STRUCTURE, "token-type-unknown"),
    ]
}

fn claims() -> Vec<Case> {
    let says =
        |members: &[(&str, Value)]| token(&header("key-ed25519", "EdDSA", ""), &payload(members), &eddsa());
    let jose = |more: &str| {
        let credential = verify_credential::canon::jcs::canonicalize(&badge(HTTPS));
        let payload = credential.replacen('{', &format!("{{{more}"), 1);
        token(r#"{"alg":"EdDSA","kid":"key-ed25519","typ":"vc+jwt"}"#, &payload, &eddsa())
    };
    let of_jose = |name, defect, more: &str| {
        forged(name, "sound-token-jose", defect).file("credential.jwt", jose(more))
    };
    let disagrees = |name, defect, claim: &str, other: Value| {
        of(name, defect, says(&[(claim, other)])).fails(STRUCTURE, "token-claim-disagrees")
    };
    vec![
        disagrees(
            "token-issuer-disagrees",
            "The claim and the credential name two issuers.",
            "iss",
            string("https://forger.example/profile"),
        ),
        disagrees(
            "token-subject-disagrees",
            "The claim and the credential name two holders.",
            "sub",
            string("did:example:mallory"),
        ),
        disagrees(
            "token-id-disagrees",
            "The claim and the credential have two ids.",
            "jti",
            string("urn:uuid:0"),
        ),
        disagrees(
            "token-start-disagrees",
            "The claim and the credential begin at two times.",
            "nbf",
            value("1768467601"),
        ),
        disagrees(
            "token-end-disagrees",
            "The claim and the credential end at two times.",
            "exp",
            value("1994698000"),
        ),
        of(
            "token-time-with-an-exponent",
            "A time in the future is written so that a reader who stops at the point takes 4.",
            {
                let payload = payload(&[("iat", value("0"))]).replace("\"iat\":0", "\"iat\":4.1e9");
                token(&header("key-ed25519", "EdDSA", ""), &payload, &eddsa())
            },
        )
        .fails(STRUCTURE, "token-claim-malformed"),
        of_jose("token-jose-expired", "The signature was good until before now.", r#""exp":1780000000,"#)
            .fails("proof.expires", "no-longer-in-force")
            .headline("expired"),
        of_jose(
            "token-jose-from-the-future",
            "The signature claims to be made after now.",
            r#""iat":1890000000,"#,
        )
        .fails("proof.created", "proof-from-the-future"),
        of_jose(
            "token-jose-with-a-claim-vc",
            "Another credential stands in a claim that the form forbids.",
            r#""vc":{"name":"Surgery"},"#,
        )
        .fails(STRUCTURE, "token-credential-in-claim")
        .hides("Surgery"),
        of("token-member-twice", "The payload names a member twice.", {
            let payload = payload(&[]).replacen('{', r#"{"name":"Surgery","#, 1);
            token(&header("key-ed25519", "EdDSA", ""), &payload, &eddsa())
        })
        .fails(STRUCTURE, "json-duplicate-member")
        .hides("Surgery"),
    ]
}

/// Nothing of a token but its three parts is signed, and they have one spelling.
fn spelled() -> Vec<Case> {
    let whole = whole();
    let parts: Vec<&str> = whole.split('.').collect();
    let [head, body, signature] = parts[..] else { panic!("a token has three parts") };
    let altered = base64url::encode(payload(&[]).replace("Peer review", "Surgery").as_bytes());
    let sibling =
        token(&header("key-ed25519", "EdDSA", ""), &payload(&[("name", string("Another"))]), &eddsa());
    let theirs = sibling.rsplit('.').next().expect("a signature").to_owned();
    let flattened = object(&[
        ("payload", string(body)),
        ("protected", string(head)),
        ("header", object(&[("name", string("Surgery"))])),
        ("signature", string(signature)),
    ]);
    let beside = with(
        badge(HTTPS),
        &[
            ("name", string("Surgery")),
            ("proof", object(&[("type", string("JwtProof2020")), ("jwt", string(&whole))])),
        ],
    );
    let mut wrapped = Doc(badge(HTTPS));
    wrapped.put("/id", string(&format!("data:application/vc+jwt,{whole}")));
    wrapped.put("/type", string("EnvelopedVerifiableCredential"));
    let last = signature.len() - 1;
    vec![
        of("token-altered", "The payload was altered.", format!("{head}.{altered}.{signature}"))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        of(
            "token-signature-of-a-sibling",
            "The signature was copied from another token of the issuer.",
            format!("{head}.{body}.{theirs}"),
        )
        .fails(SIGNATURE, "signature-does-not-match"),
        of(
            "token-signature-respelled",
            "The signature's last letter has other unused bits.",
            format!("{}{}", &whole[..whole.len() - 1], respelled(&signature[last..])),
        )
        .fails(STRUCTURE, "jws-malformed"),
        of(
            "token-in-json-with-words-beside",
            "The token in JSON, with a header that nobody signed.",
            pretty(&flattened),
        )
        .fails(STRUCTURE, "token-type-unknown")
        .hides("Surgery"),
        of(
            "token-beside-a-credential",
            "A good token stands beside a credential that says more.",
            pretty(&beside),
        )
        .unknown(SIGNATURE, "suite-unsupported")
        .unknown("document.all-terms-defined", "proof-not-evaluated")
        .not_fully_checked(),
        of("token-in-an-envelope", "A good token in an envelope that says more.", pretty(&wrapped.0))
            .fails(STRUCTURE, "envelope-says-more"),
        forged("token-altered-in-a-png", "sound-token-png", "The token in the picture was altered.")
            .file("badge.png", baker::bake_png(format!("{head}.{altered}.{signature}").as_bytes()))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        forged("token-and-a-badge-in-a-png", "sound-token-png", "A token and another badge in one picture.")
            .file(
                "badge.png",
                baker::png(&[
                    baker::badge_chunk(whole.as_bytes()),
                    baker::badge_chunk(pretty(&badge(HTTPS)).as_bytes()),
                ]),
            )
            .fails("container.readable", "png-two-credentials")
            .unreadable(),
    ]
}

/// The letter that decodes to the same bits, and has others that are not used.
fn respelled(letter: &str) -> char {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let at = LETTERS.find(letter).expect("a letter of the alphabet");
    LETTERS.chars().nth(at ^ 1).expect("its neighbour")
}

/// A token under HMAC with SHA-256 ([RFC 2104](https://www.rfc-editor.org/rfc/rfc2104)).
fn hmac(header: &str, secret: &[u8]) -> String {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&sha256(secret));
    let input = signing_input(header, &payload(&[]));
    let inner = sha256(&[&block.map(|byte| byte ^ 0x36)[..], input.as_bytes()].concat());
    let outer = sha256(&[&block.map(|byte| byte ^ 0x5c)[..], &inner].concat());
    format!("{input}.{}", base64url::encode(&outer))
}

/// r and s as OpenSSL writes them.
fn der(signature: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| {
        let sign: &[u8] = if bytes[0] < 0x80 { &[] } else { &[0] };
        let body = [sign, bytes].concat();
        [&[2, u8::try_from(body.len()).expect("it is short")], &body[..]].concat()
    };
    let body = [number(&signature[..32]), number(&signature[32..])].concat();
    [&[0x30, u8::try_from(body.len()).expect("it is short")], &body[..]].concat()
}

/// The order of P-256.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
