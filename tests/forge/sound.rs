//! What the forger starts from: credentials that are in order.

use verify_credential::codec::json::Value;

use super::scene::{
    DID, METHOD, OB, REVOCATIONS, V2, badge, badge_v1, badge_with_rubric, badge_with_status, entry, ours,
    signed, with,
};
use super::{Case, sound};
use crate::baker;
use crate::own::edit::{pretty, string, value};
use crate::own::signer::Suite;

pub fn cases() -> Vec<Case> {
    let (did_key, key_method) = ours().did_key();
    let png = baker::bake_png(pretty(&signed(&badge(DID))).as_bytes());
    let svg = baker::bake_svg(&pretty(&signed(&badge(DID))));
    let set = {
        let whole = badge(DID);
        let second = [("created", string("2026-02-15T09:00:00Z"))];
        let proofs = [
            ours().proof(&whole, Suite::Rdfc, METHOD, &[]),
            ours().proof(&whole, Suite::Jcs, METHOD, &second),
        ];
        with(whole, &[("proof", Value::Array(proofs.to_vec()))])
    };
    let text_order = [("@context", value(&format!(r#"["{V2}", "{OB}"]"#)))];
    vec![
        sound("sound-did-web", "Nothing: the key is published by the issuer's domain.", "verified")
            .json(&signed(&badge(DID)))
            .domain("issuer.example"),
        sound("sound-did-key", "Nothing: the issuer is its key.", "genuine-issuer-unconfirmed")
            .json(&ours().sign(&badge(&did_key), Suite::Rdfc, &key_method, &[])),
        sound("sound-jcs", "Nothing: the text itself is signed.", "verified").json(&ours().sign(
            &badge(DID),
            Suite::Jcs,
            METHOD,
            &text_order,
        )),
        sound("sound-2020", "Nothing: VCDM 1.1 under the older suite.", "verified").json(&ours().sign(
            &badge_v1(),
            Suite::Of2020,
            METHOD,
            &[],
        )),
        sound("sound-status", "Nothing: a list says that it was not revoked.", "verified")
            .json(&signed(&badge_with_status(entry(REVOCATIONS, "7"))))
            .check("status.revocation", "pass", "status-not-set"),
        sound("sound-rubric", "Nothing: a result on a rubric, whose order no RDF proof signs.", "verified")
            .json(&signed(&badge_with_rubric()))
            .positions(0),
        sound("sound-rubric-in-text", "Nothing: a result on a rubric, whose order is signed.", "verified")
            .json(&ours().sign(&badge_with_rubric(), Suite::Jcs, METHOD, &text_order))
            .positions(1),
        sound("sound-proof-set", "Nothing: two proofs, each good.", "verified").json(&set),
        sound("sound-png", "Nothing: a badge baked into a PNG.", "verified").file("badge.png", png),
        sound("sound-svg", "Nothing: a badge baked into an SVG.", "verified").file("badge.svg", svg),
        sound("sound-vouched", "Nothing: the caller vouches for the key.", "genuine-issuer-unconfirmed")
            .json(&ours().sign(&badge("https://issuer.example/profile"), Suite::Rdfc, &key_method, &[]))
            .vouching("https://issuer.example/profile", &ours().multikey()),
    ]
}
