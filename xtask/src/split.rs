//! Cuts a wasm module into the core, which every page loads, and parts that are loaded when they are asked for.
//!
//! All are one program with one memory and one table of functions. A function belongs to a part of [`PARTS`]
//! where it can be reached through the gates of that part only; the core asks whether a part is there before
//! it calls one. Calls from one into another go through the table: each fills the slots of those of its
//! functions that others call. The texts between a part's marks move as well; all other data stays in the core.

mod core;
mod homes;
mod part;
mod plan;
mod program;
#[cfg(test)]
mod sample;
mod table;
mod texts;

use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

use homes::Homes;
use plan::Plan;
use program::Program;
pub use table::{PARTS, Part};

/// What one module was cut into.
pub struct Cut {
    /// Loaded by every page.
    pub core: Vec<u8>,
    /// Loaded on demand into the same memory and table, in the order of the table of parts.
    pub parts: Vec<Vec<u8>>,
}

/// Cuts `wasm`, which must still have the names of its functions, at the gates of `parts`. Nothing that comes
/// out has names any more.
pub fn split(wasm: &[u8], parts: &[Part]) -> Result<Cut, String> {
    let program = Program::read(wasm).map_err(unreadable)?;
    let homes = Homes::find(&program, parts)?;
    let plan = Plan::new(&program, &homes)?;
    let written = (0..parts.len()).map(|part| part::write(&plan, part, parts));
    Ok(Cut { core: core::write(&plan, wasm, parts)?, parts: written.collect::<Result<_, _>>()? })
}

/// `wasm` without the names of its functions.
pub fn without_names(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(unreadable)?;
        if let (Some((id, range)), false) = (payload.as_section(), is_for_the_build(&payload)) {
            module.section(&RawSection { id, data: bytes(wasm, &range)? });
        }
    }
    Ok(module.finish())
}

/// Whether nobody but the build reads it. What the module asks of a browser stays.
fn is_for_the_build(payload: &Payload) -> bool {
    matches!(payload, Payload::CustomSection(section) if section.name() != FEATURES)
}

fn bytes<'a>(wasm: &'a [u8], range: &std::ops::Range<u64>) -> Result<&'a [u8], String> {
    let place = |place: u64| usize::try_from(place).map_err(|error| error.to_string());
    wasm.get(place(range.start)?..place(range.end)?).ok_or_else(|| "a section out of bounds".into())
}

fn unreadable(error: wasmparser::Error) -> String {
    format!("the module cannot be read: {error}")
}

/// The entry of a list that a number in the module leads to.
fn at<T>(list: &[T], number: u32) -> Result<&T, String> {
    let place = usize::try_from(number).map_err(|error| error.to_string())?;
    list.get(place).ok_or_else(|| format!("number {number} leads nowhere"))
}

/// Where the compiler says which features of WebAssembly it used.
const FEATURES: &str = "target_features";
/// The names by which the parts import what they share with the core.
const MODULE: &str = "core";
const MEMORY: &str = "memory";
const TABLE: &str = "table";
const STACK: &str = "stack";
/// The linker's stack pointer is the first global.
const STACK_POINTER: u32 = 0;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::sample::{Sample, TEXTS_AT, part};
    use super::*;

    /// The slots that a module fills, with its own numbers of the functions.
    fn filled(wasm: &[u8]) -> BTreeMap<u32, u32> {
        Program::read(wasm).expect("a module").slots
    }

    #[test]
    fn core_and_part_meet_in_the_table() {
        let wasm = Sample::RUST_LISTED.write();
        let cut = split(&wasm, &[part("more", &["a::gate*"], None)]).expect("two modules");
        let [more] = &cut.parts[..] else { panic!("one part") };
        // 1 is `listed`, whose slot waits; 2 is `gate`, which `start` enters; 3 is `shared`, which `gate` calls.
        assert_eq!(filled(&cut.core), BTreeMap::from([(3, 3)]));
        assert_eq!(filled(more), BTreeMap::from([(1, 2), (2, 0)]));
        let (core, more) = (Program::read(&cut.core), Program::read(more));
        let (core, more) = (core.expect("a module"), more.expect("a module"));
        assert_eq!(core.table.map(|table| table.initial), Some(4));
        assert_eq!((core.bodies.len(), more.bodies.len()), (5, 3), "numbers in the core stay");
        assert!(core.names.is_empty() && more.names.is_empty());
        let exported: Vec<&str> = core.exports.iter().map(|export| export.name).collect();
        assert_eq!(exported, ["memory", "start", TABLE, STACK]);
    }

    #[test]
    fn texts_move_to_the_part_that_their_marks_name() {
        let texts = &["kept", "\u{1}one\na\u{1}end\n", "\u{1}two\nb\u{1}end\n"];
        let parts = [part("one", &["a::gate"], None), part("two", &["a::listed"], None)];
        let cut = split(&Sample { texts, ..Sample::RUST }.write(), &parts).expect("three modules");
        let data = |wasm: &[u8]| -> Vec<(i32, Vec<u8>)> {
            let program = Program::read(wasm).expect("a module");
            program.data.iter().map(|(address, bytes)| (*address, bytes.to_vec())).collect()
        };
        assert_eq!(data(&cut.core), [(TEXTS_AT, [&b"kept"[..], &[0; 22]].concat())]);
        assert_eq!(data(&cut.parts[0]), [(TEXTS_AT + 4, b"\x01one\na\x01end\n".to_vec())]);
        assert_eq!(data(&cut.parts[1]), [(TEXTS_AT + 15, b"\x01two\nb\x01end\n".to_vec())]);
    }

    #[test]
    fn what_only_scripts_would_call_is_left_out() {
        // `invoke` stands in the table; nothing else leads to it and to `below`.
        let names = &["start", "wasm_bindgen::convert::closures::_::invoke", "below"];
        let sample = Sample { names, calls: &[&[], &[2], &[]], listed: &[1], texts: &[] };
        let whole = sample.write();
        let core = split(&whole, &[]).expect("a module").core;
        assert_eq!(filled(&core), BTreeMap::new());
        let program = Program::read(&core).expect("a module");
        assert_eq!(program.calls(1), Ok(Vec::new()), "an empty body keeps its number");
        let other = Sample { names: &["start", "a::invoke", "below"], ..sample }.write();
        let core = split(&other, &[]).expect("a module").core;
        assert_eq!(filled(&core), BTreeMap::from([(1, 1)]));
    }

    #[test]
    fn a_part_calls_the_one_that_it_requires_through_the_table() {
        // start enters both gates; both lead to `below`.
        let sample = Sample {
            names: &["start", "one", "two", "below"],
            calls: &[&[1, 2], &[3], &[3], &[]],
            listed: &[],
            texts: &[],
        };
        let parts = [part("more", &["one"], None), part("older", &["two"], Some("more"))];
        let cut = split(&sample.write(), &parts).expect("three modules");
        let [more, older] = &cut.parts[..] else { panic!("two parts") };
        // New slots begin at 1: `one` and `below` of the first part, then `two` of the second.
        assert_eq!(filled(&cut.core), BTreeMap::new());
        assert_eq!(filled(more), BTreeMap::from([(1, 0), (2, 1)]));
        assert_eq!(filled(older), BTreeMap::from([(3, 0)]));
    }
}
