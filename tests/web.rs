//! The two sinks draw the same, in a real browser; drawing again keeps what did not change.
#![cfg(target_arch = "wasm32")]

use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::dom;
use verify_credential::render::drop_zone::{NOTICES, drop_zone, notice};
use verify_credential::render::element::Element;
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::verify;
use verify_credential::view::{Wishes, card};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const GENUINE: &[u8] = include_bytes!("vectors/08-open-badges-3/jff-plugfest/plugfest-2-signed.json");
const ALTERED: &[u8] = include_bytes!(
    "vectors/08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json"
);

fn tree(bytes: &[u8], revealed: bool, is_badge: bool) -> Element {
    let policy = Policy { now: 1_795_348_800, ..Policy::default() };
    let report = verify(bytes, "", &Found::default(), &policy);
    let view = if is_badge { View::Badge } else { View::Card };
    let look = Look { view, ..Look::default() };
    draw(&card(&report, Wishes { may_ask: true, revealed, ..Wishes::default() }), &Messages::default(), &look)
}

fn root() -> web_sys::Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    document.create_element("div").expect("an element")
}

#[wasm_bindgen_test]
fn the_page_and_the_text_are_the_same() {
    let root = root();
    let mut trees = vec![
        drop_zone(&Messages::default(), &Look::default(), false),
        drop_zone(&Messages::default(), &Look::default(), true),
    ];
    for bytes in [GENUINE, ALTERED, b"", b"%PDF-"] {
        for (revealed, is_badge) in [(false, false), (true, false), (false, true)] {
            trees.push(tree(bytes, revealed, is_badge));
        }
    }
    trees.extend(NOTICES.iter().map(|(_, kind)| notice(*kind, "a.example", &Messages::default())));
    for tree in trees {
        let html = to_html(&tree);
        dom::draw(&root, tree);
        assert_eq!(normal(&root.inner_html()), normal(&html));
    }
}

/// The browser leaves apostrophes and, in text, quotation marks as they are.
fn normal(html: &str) -> String {
    html.replace("&#39;", "'").replace("&quot;", "\"")
}

#[wasm_bindgen_test]
fn drawing_again_keeps_the_live_region_and_what_the_reader_opened() {
    let root = root();
    dom::draw(&root, tree(ALTERED, false, false));
    let region = root.query_selector("[role=status]").ok().flatten().expect("a live region");
    let checks = root.query_selector("details").ok().flatten().expect("the list of checks");
    checks.set_attribute("open", "").expect("an attribute");
    dom::draw(&root, tree(ALTERED, true, false));
    let again = root.query_selector("[role=status]").ok().flatten().expect("a live region");
    assert!(region.is_same_node(Some(&again)));
    let opened = root.query_selector("details[open]").ok().flatten();
    assert!(opened.is_some(), "the list stays open");
}
