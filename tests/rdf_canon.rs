//! RDFC-1.0 against the W3C suite, and against what that suite leaves open.

mod support;

use std::collections::BTreeSet;

use support::{Outcomes, parse_n_quads, read_json, read_text, text};
use verify_credential::canon::rdfc::{Canonical, Hash, canonicalize};
use verify_credential::codec::json::Value;
use verify_credential::limits::{Budget, LimitReached};

fn canonical(n_quads: &str) -> Result<Canonical, LimitReached> {
    canonicalize(&parse_n_quads(n_quads), Hash::Sha256, &mut Budget::full())
}

fn canonical_text(n_quads: &str) -> String {
    canonical(n_quads).map(|canonical| canonical.n_quads).unwrap_or_else(|limit| panic!("{limit:?}"))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn suite() {
    let manifest = read_json("tests/vectors/04-rdf-canon/manifest.json");
    let mut outcomes = Outcomes::of("rdf-canon");
    for entry in manifest.get("entries").map(Value::as_set).unwrap_or_default() {
        outcomes.note(text(entry, "id"), case(entry));
    }
    outcomes.conclude(56);
}

fn case(entry: &Value) -> Result<(), String> {
    let file = |member: &str| read_text(&format!("tests/vectors/04-rdf-canon/{}", text(entry, member)));
    let hash = match text(entry, "hashAlgorithm") {
        "" | "SHA256" => Hash::Sha256,
        "SHA384" => Hash::Sha384,
        other => return Err(format!("unknown hash {other}")),
    };
    let result = canonicalize(&parse_n_quads(&file("action")), hash, &mut Budget::full());
    match (text(entry, "type"), result) {
        ("rdfc:RDFC10EvalTest", Ok(canonical)) => expect(&canonical.n_quads, &file("result")),
        ("rdfc:RDFC10MapTest", Ok(canonical)) => {
            let expected = read_json(&format!("tests/vectors/04-rdf-canon/{}", text(entry, "result")));
            let members = expected.as_object().map(|object| object.iter()).into_iter().flatten();
            let expected: BTreeSet<(&str, &str)> =
                members.map(|(name, label)| (&**name, label.as_str().unwrap_or_default())).collect();
            let issued = canonical.issued.iter().map(|(name, label)| (&**name, &**label)).collect();
            if expected == issued { Ok(()) } else { Err(format!("{issued:?} is not {expected:?}")) }
        }
        ("rdfc:RDFC10NegativeEvalTest", Err(LimitReached("blank-node-steps"))) => Ok(()),
        (kind, other) => Err(format!("{kind} gave {other:?}")),
    }
}

fn expect(found: &str, expected: &str) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("\n{found}is not\n{expected}")) }
}

/// Two graphs with equal content, as endorsements signed alike have, tie; each mentions its node in
/// three statements. Keeping related nodes in a set passes the whole W3C suite and fails here.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn related_nodes_count_once_for_every_mention() {
    let folder = "tests/vectors/04-rdf-canon/own/every-mention";
    let found = canonical_text(&read_text(&format!("{folder}-in.nq")));
    assert_eq!(found, read_text(&format!("{folder}-rdfc10.nq")));
}

/// n statements that lead to one node cost one permutation, not n!.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn mentions_of_one_node_are_permuted_once() {
    let mut document = String::new();
    for node in ["a", "b"] {
        for number in 0..12 {
            document.push_str(&format!("_:{node}1 <a:{number}> \"v\" _:{node}2 .\n"));
        }
    }
    assert!(canonical(&document).is_ok());
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn labels_do_not_matter_and_neither_does_order_or_repetition() {
    let one = "_:x <a:p> _:y .\n_:y <a:p> _:x .\n_:x <a:q> \"1\" _:g .\n_:g <a:r> _:y .\n";
    let other = "\
_:b1 <a:r> _:b2 .
_:b9 <a:q> \"1\" _:b1 .
_:b2 <a:p> _:b9 .
_:b9 <a:p> _:b2 .
_:b2 <a:p> _:b9 .
";
    assert_eq!(canonical_text(one), canonical_text(other));
    assert_ne!(canonical_text(one), canonical_text(&one.replace("\"1\"", "\"2\"")));
    assert_eq!(canonical_text(""), "");
}

/// Graphs made to be expensive stop at the limit, at once and without deep recursion.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn hostile_graphs_stop_at_the_limit() {
    let ring = |count: usize| -> String {
        (0..count).map(|node| format!("_:n{node} <a:next> _:n{} .\n", (node + 1) % count)).collect()
    };
    assert!(canonical(&ring(100)).is_ok());
    assert_eq!(canonical(&ring(5_000)), Err(LimitReached("blank-node-steps")));
    let clique: String = (0..10)
        .flat_map(|one| (0..10).filter(move |other| *other != one).map(move |other| (one, other)))
        .map(|(one, other)| format!("_:n{one} <a:p> _:n{other} .\n"))
        .collect();
    assert_eq!(canonical(&clique), Err(LimitReached("blank-node-steps")));
    let stars: String = (0..2)
        .flat_map(|hub| (0..3_000).map(move |leaf| format!("_:h{hub} <a:p> _:l{hub}x{leaf} .\n")))
        .collect();
    assert_eq!(canonical(&stars), Err(LimitReached("blank-node-steps")));
}
