//! Issuers: ids that can be read as somebody else's, and documents of somebody else.

use verify_credential::codec::json::Value;

use super::scene::{DID, badge, did_document, forger, network, network_with, ours, resources, signed, with};
use super::{Case, forged};
use crate::own::edit::{Doc, string, value};
use crate::own::signer::Suite;

const BINDING: &str = "issuer.controls-key";

pub fn cases() -> Vec<Case> {
    let mut other_id = Doc(did_document(DID, &ours(), "assertionMethod"));
    other_id.put("/id", string("did:web:forger.example"));
    let mut cases = vec![
        of_web("did-document-of-another-id", "What stands at the issuer's address is somebody else's.")
            .json(&signed(&badge(DID)))
            .resources(network_with(DID, other_id.0))
            .fails(BINDING, "did-document-other-id"),
        of_web("did-document-that-is-none", "What stands at the issuer's address is no DID document.")
            .json(&signed(&badge(DID)))
            .resources(network_with(DID, value(r#"{"error": "not found"}"#)))
            .unknown(BINDING, "issuer-document-unreachable")
            .not_fully_checked(),
        of_web("did-of-no-known-method", "The issuer is of a DID method that nobody here can look up.")
            .json(&forger().sign(&badge("did:forger:1"), Suite::Rdfc, "did:forger:1#key-1", &[]))
            .unknown(BINDING, "did-method-unsupported")
            .unknown("proof.any-good", "key-not-at-hand")
            .not_fully_checked(),
        of_web("issuer-with-a-borrowed-name", "A did:key calls itself what it likes.")
            .json(&borrowed_name())
            .genuine("genuine-issuer-unconfirmed")
            .domain(""),
        of_web("issuer-key-in-an-https-fragment", "The key is spelled in the fragment of an https method.")
            .json(&https_fragment())
            .fails(BINDING, "key-not-published")
            .unknown("proof.any-good", "key-not-at-hand"),
        of_web("issuer-key-in-a-fragment-unasked", "The same, and nobody asked the issuer yet.")
            .json(&https_fragment())
            .resources(resources(&[], &[]))
            .unknown(BINDING, "issuer-document-not-fetched")
            .unknown("proof.any-good", "key-not-at-hand")
            .not_fully_checked(),
    ];
    cases.extend(look_alikes());
    cases.extend(hosts());
    cases
}

fn of_web(name: &'static str, defect: &'static str) -> Case {
    forged(name, "sound-did-web", defect)
}

fn borrowed_name() -> Value {
    let (did, method) = forger().did_key();
    let issuer = value(&format!(
        r#"{{"id": "{did}", "type": ["Profile"], "name": "issuer.example", "url": "https://issuer.example/"}}"#
    ));
    forger().sign(&with(badge(&did), &[("issuer", issuer)]), Suite::Rdfc, &method, &[])
}

fn https_fragment() -> Value {
    let id = "https://issuer.example/profile";
    forger().sign(&badge(id), Suite::Rdfc, &format!("{id}#{}", forger().multikey()), &[])
}

/// Real domains of the forger's own that look like the issuer's: genuine, and named as what they are.
fn look_alikes() -> Vec<Case> {
    let of = |name, defect, did: &str, domain| {
        of_web(name, defect)
            .json(&forger().sign(&badge(did), Suite::Rdfc, &format!("{did}#key-1"), &[]))
            .resources(network_with(did, did_document(did, &forger(), "assertionMethod")))
            .genuine("verified")
            .domain(domain)
    };
    vec![
        of(
            "domain-that-begins-alike",
            "The issuer's domain stands in front of the forger's.",
            "did:web:issuer.example.forger.example",
            "issuer.example.forger.example",
        )
        .shows("issuer.example.forger.example"),
        of(
            "domain-in-punycode",
            "A letter of the domain is Cyrillic; it is shown as it is registered.",
            "did:web:xn--ssuer-m9d.example",
            "xn--ssuer-m9d.example",
        )
        .shows("xn--ssuer-m9d.example"),
        of(
            "domain-with-a-path",
            "A page below a domain is not the domain.",
            "did:web:issuer.example:people:forger",
            "issuer.example/people/forger",
        )
        .shows("issuer.example/people/forger"),
        of(
            "domain-with-a-port",
            "Another port of the host is another origin.",
            "did:web:issuer.example%3A8443",
            "issuer.example:8443",
        )
        .shows("issuer.example:8443"),
    ]
}

/// Hosts that are none, or could be read as another.
fn hosts() -> Vec<Case> {
    let of = |name, defect, did: &str| {
        of_web(name, defect)
            .json(&forger().sign(&badge(did), Suite::Rdfc, &format!("{did}#key-1"), &[]))
            .resources(at_every_address(did))
            .fails(BINDING, "did-malformed")
    };
    vec![
        of(
            "host-with-an-encoded-slash",
            "An encoded slash ends the host.",
            "did:web:forger.example%2Fissuer.example",
        ),
        of(
            "host-with-a-user",
            "The issuer's domain is the user in front of a host.",
            "did:web:issuer.example%40forger.example",
        ),
        of("host-with-a-homoglyph", "A letter of the host is Cyrillic.", "did:web:\u{456}ssuer.example"),
        of("host-that-is-an-address", "The host is an IP address.", "did:web:127.0.0.1"),
        of("host-that-is-a-number", "The host is an IP address, written as a number.", "did:web:0x7f.1"),
        of("host-of-this-machine", "The host is the reader's own machine.", "did:web:localhost%3A8080"),
        of("host-of-the-local-network", "The host is in the reader's own network.", "did:web:printer.local"),
        of(
            "host-with-dots-in-the-path",
            "The path climbs out of where it is.",
            "did:web:issuer.example:forger:..",
        ),
        of(
            "host-with-an-encoded-path",
            "A slash is hidden in the path.",
            "did:web:issuer.example:a%2F..%2Fforger",
        ),
        of("host-with-no-port", "A colon without a port.", "did:web:issuer.example%3A"),
    ]
}

/// The forger's document under the DID itself and under the addresses that a lax reader might make of it.
fn at_every_address(did: &str) -> Value {
    let document = did_document(did, &forger(), "assertionMethod");
    let sound = network();
    let host = did.strip_prefix("did:web:").expect("a did:web").replace(':', "/");
    let host = host.replace("%2F", "/").replace("%40", "@").replace("%3A", ":");
    let urls = [format!("https://{host}/.well-known/did.json"), format!("https://{host}/did.json")];
    let documents: Vec<(&str, Value)> = urls.iter().map(|url| (url.as_str(), document.clone())).collect();
    let dids = sound.get("dids").and_then(|dids| dids.get(DID)).expect("the sound one").clone();
    with(
        resources(&[(DID, dids), (did, document.clone())], &[]),
        &[("documents", crate::own::edit::object(&documents))],
    )
}
