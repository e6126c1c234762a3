//! Decides where each function belongs.

use std::collections::BTreeSet;

use wasmparser::ExternalKind;

use super::table::Part;
use super::{Program, at};

/// Where a function belongs: the place of its part in the table of parts; none is the core.
pub type Home = Option<usize>;

/// The home of every function, by its number.
pub struct Homes {
    homes: Vec<Home>,
    /// Whether anything leads to it.
    used: Vec<bool>,
}

impl Homes {
    /// The homes of the functions of `program`.
    ///
    /// A gate belongs to its own part. Any other function belongs where all that lead to it find it: to the
    /// core if the core leads to it, to the part that alone does, and of several parts to the one that they
    /// all require; that is the core where they require none in common.
    pub fn find(program: &Program, parts: &[Part]) -> Result<Homes, String> {
        let required = required(parts)?;
        let gates = gates(program, parts)?;
        let mut calls = Vec::new();
        for function in program.numbers() {
            calls.push(program.calls(function)?);
        }
        let mut leading: Vec<BTreeSet<Home>> = vec![BTreeSet::new(); gates.len()];
        for home in std::iter::once(None).chain((0..parts.len()).map(Some)) {
            let mut pending = match home {
                None => entries(program),
                Some(_) => program.numbers().zip(&gates).filter(|(_, of)| **of == home).map(first).collect(),
            };
            while let Some(function) = pending.pop() {
                let place = usize::try_from(function).map_err(|error| error.to_string())?;
                let gate = at(&gates, function)?;
                let Some(leading) = leading.get_mut(place) else { continue };
                if (gate.is_none() || *gate == home) && leading.insert(home) {
                    pending.extend(at(&calls, function)?);
                }
            }
        }
        let used = leading.iter().map(|leading| !leading.is_empty()).collect();
        // What is imported is imported by the core alone.
        let homes = program.numbers().zip(leading).map(|(function, leading)| {
            let is_own = function >= program.imported;
            leading.into_iter().reduce(|one, two| common(one, two, &required)).flatten().filter(|_| is_own)
        });
        Ok(Homes { homes: homes.collect(), used })
    }

    /// Where `function` belongs.
    pub fn of(&self, function: u32) -> Home {
        at(&self.homes, function).copied().unwrap_or(None)
    }

    /// Whether the body of `function` stays in the core: nothing has to stand for what nothing leads to.
    pub fn stays(&self, function: u32) -> bool {
        self.of(function).is_none() && at(&self.used, function).is_ok_and(|used| *used)
    }
}

fn first<T, U>((one, _): (T, U)) -> T {
    one
}

/// What part each part requires. One that is required stands before those that do, so there is no circle.
fn required(parts: &[Part]) -> Result<Vec<Home>, String> {
    let of = |(place, part): (usize, &Part)| {
        let Some(name) = part.requires else { return Ok(None) };
        let found = parts.iter().take(place).position(|other| other.name == name);
        found
            .map(Some)
            .ok_or_else(|| format!("{} requires {name}, which does not stand before it", part.name))
    };
    parts.iter().enumerate().map(of).collect()
}

/// The last part that both are or require; none where that is only the core.
fn common(mut one: Home, mut two: Home, required: &[Home]) -> Home {
    // Each step leads to a part that stands further ahead, so there is an end to it.
    while let (Some(a), Some(b)) = (one, two)
        && a != b
    {
        if a > b {
            one = required.get(a).copied().flatten();
        } else {
            two = required.get(b).copied().flatten();
        }
    }
    one.and(two)
}

/// The part that each function is a gate of.
fn gates(program: &Program, parts: &[Part]) -> Result<Vec<Home>, String> {
    for gate in parts.iter().flat_map(|part| part.gates) {
        // One that was renamed, or that the compiler put into its caller, would silently cost every page.
        if !program.names.values().any(|name| matches(gate, name)) {
            return Err(format!("no function is called {gate}: is it #[inline(never)]?"));
        }
    }
    let of = |function| {
        let Some(name) = program.names.get(&function) else { return Ok(None) };
        let is_of = |part: &Part| part.gates.iter().any(|gate| matches(gate, name));
        let mut found = parts.iter().enumerate().filter(|(_, part)| is_of(part)).map(first);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(format!("{name} is a gate of two parts")),
            (home, None) => Ok(home),
        }
    };
    program.numbers().map(of).collect()
}

/// Where the program is entered from outside, or through the table.
fn entries(program: &Program) -> Vec<u32> {
    let exported = program.exports.iter().filter(|export| export.kind == ExternalKind::Func);
    let exported = exported.map(|export| export.index);
    exported.chain(program.start).chain(program.slots.values().copied()).collect()
}

/// Whether `gate` names this function: the whole name, or with a star at its end the beginning.
fn matches(gate: &str, name: &str) -> bool {
    match gate.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == gate,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, part};
    use super::*;

    /// The homes of the sample's functions, a digit for each part and a dash for the core.
    fn homes(sample: &Sample, parts: &[Part]) -> Result<String, String> {
        let wasm = sample.write();
        let program = Program::read(&wasm).map_err(|error| error.to_string())?;
        let homes = Homes::find(&program, parts)?;
        let letter = |function| homes.of(function).map_or("-".to_owned(), |part| part.to_string());
        Ok(program.numbers().map(letter).collect())
    }

    #[test]
    fn what_only_gates_lead_to_moves() {
        let (plain, listed) = (Sample::RUST, Sample::RUST_LISTED);
        let more = |gates| [part("more", gates, None)];
        assert_eq!(homes(&plain, &more(&["a::gate"])), Ok("-0---".into()), "`listed` leads to `behind` too");
        assert_eq!(homes(&listed, &more(&["a::gate*"])), Ok("-00-0".into()));
        assert_eq!(homes(&listed, &[]), Ok("-----".into()));
        assert!(homes(&listed, &more(&["a::gone"])).is_err(), "a gate that is not there");
    }

    /// Three gates in a row behind `start`; `both` is behind the first two, `all` behind all three, `far` is
    /// called by `both`.
    const THREE: Sample = Sample {
        names: &["start", "one", "two", "three", "both", "all", "far"],
        calls: &[&[1, 2, 3], &[4, 5], &[4, 5], &[5], &[6], &[], &[]],
        listed: &[],
        texts: &[],
    };

    #[test]
    fn what_two_parts_share_goes_to_what_both_require() {
        let parts =
            |two, three| [part("a", &["one"], None), part("b", &["two"], two), part("c", &["three"], three)];
        assert_eq!(homes(&THREE, &parts(None, None)), Ok("-012---".into()), "nothing in common: the core");
        assert_eq!(homes(&THREE, &parts(Some("a"), None)), Ok("-0120-0".into()));
        assert_eq!(homes(&THREE, &parts(Some("a"), Some("a"))), Ok("-012000".into()));
        assert_eq!(homes(&THREE, &parts(Some("a"), Some("b"))), Ok("-012000".into()), "through another");
        let siblings =
            [part("z", &["one"], None), part("b", &["two"], Some("z")), part("c", &["three"], Some("z"))];
        let two_and_three = Sample { calls: &[&[1, 2, 3], &[], &[4], &[4], &[], &[], &[]], ..THREE };
        assert!(homes(&two_and_three, &siblings).is_ok_and(|homes| homes.starts_with("-0120")));
    }

    #[test]
    fn a_gate_of_another_part_is_not_passed() {
        // `one` calls `two`, which calls `both`.
        let sample = Sample { calls: &[&[1, 3], &[2], &[4], &[], &[], &[], &[]], ..THREE };
        let parts = [part("a", &["one"], None), part("b", &["two"], None)];
        assert!(homes(&sample, &parts).is_ok_and(|homes| homes.starts_with("-01-1")));
    }

    #[test]
    fn a_table_that_cannot_be_meant_is_refused() {
        let refused = |parts: &[Part]| homes(&THREE, parts).is_err();
        assert!(
            refused(&[part("a", &["one"], Some("b")), part("b", &["two"], None)]),
            "required before it stands"
        );
        assert!(refused(&[part("a", &["one"], Some("a"))]), "requires itself");
        assert!(refused(&[part("a", &["one"], None), part("b", &["one"], None)]), "one gate, two parts");
    }
}
