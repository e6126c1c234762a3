//! RFC 8785 against the test data of its author.

mod support;

use support::{json, read, read_text};
use verify_credential::canon::jcs::canonicalize;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn suite() {
    for name in ["arrays", "unicode", "values", "weird"] {
        let input = read(&format!("tests/vectors/06-jcs/input/{name}.json"));
        let Some(value) = json(&input) else { panic!("{name} was not read") };
        let canonical = canonicalize(&value);
        assert_eq!(canonical.as_bytes(), read(&format!("tests/vectors/06-jcs/output/{name}.json")), "{name}");
        let hex: Vec<String> = canonical.bytes().map(|byte| format!("{byte:02x}")).collect();
        let expected = read_text(&format!("tests/vectors/06-jcs/outhex/{name}.txt"));
        assert_eq!(hex, expected.split_whitespace().collect::<Vec<_>>(), "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn canonical_text_is_a_fixed_point_and_bad_input_never_gets_there() {
    for text in ["[]", "[1e21,1e-7,0.000001,-1]", r#"{"":"","a":[{"b":null}]}"#, r#"["\u0000\u001f"]"#] {
        let Some(value) = json(text.as_bytes()) else { panic!("{text} was not read") };
        let once = canonicalize(&value);
        let Some(again) = json(once.as_bytes()) else { panic!("{once} was not read") };
        assert_eq!(canonicalize(&again), once);
    }
    for text in [r#"{"a":1,"a":1}"#, r#""\ud800""#, "1e400", "NaN", ""] {
        assert!(json(text.as_bytes()).is_none(), "{text}");
    }
}
