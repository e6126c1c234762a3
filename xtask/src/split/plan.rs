//! Decides by which slots of the table the parts and the core call one another.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{ConstExpr, ElementSection, Elements, RefType, TableType};
use wasmparser::{ExternalKind, FuncType};

use super::homes::{Home, Homes};
use super::{Program, at};

/// What goes where.
pub struct Plan<'a> {
    pub program: &'a Program<'a>,
    pub homes: &'a Homes,
    /// The functions of parts that the core calls, or that are called from outside.
    pub entered: BTreeSet<u32>,
    /// A slot of each function that is called from another home than its own.
    slots: BTreeMap<u32, u32>,
    /// The function in each slot.
    filled: BTreeMap<u32, u32>,
    size: u64,
}

impl<'a> Plan<'a> {
    pub fn new(program: &'a Program<'a>, homes: &'a Homes) -> Result<Plan<'a>, String> {
        let exported = program.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        let mut entered: BTreeSet<u32> =
            exported.map(|export| export.index).filter(|function| homes.of(*function).is_some()).collect();
        let mut crossed = entered.clone();
        for function in program.numbers() {
            let (home, calls) = (homes.of(function), program.calls(function)?);
            let abroad = calls.into_iter().filter(|called| homes.of(*called) != home);
            abroad.for_each(|called| {
                crossed.insert(called);
                if home.is_none() {
                    entered.insert(called);
                }
            });
        }
        let mut filled = program.slots.clone();
        let mut slots: BTreeMap<u32, u32> = filled.iter().map(|(slot, of)| (*of, *slot)).collect();
        // Side by side, so that each home fills one run of them.
        let mut new: Vec<u32> =
            crossed.into_iter().filter(|function| !slots.contains_key(function)).collect();
        new.sort_by_key(|function| homes.of(*function).map_or((1, 0), |part| (0, part)));
        let mut size = program.table.ok_or("the module has no table")?.initial;
        for function in new {
            let slot = u32::try_from(size).map_err(|error| error.to_string())?;
            slots.insert(function, slot);
            filled.insert(slot, function);
            size += 1;
        }
        Ok(Plan { program, homes, entered, slots, filled, size })
    }

    /// The slot by which others call `function`.
    pub fn slot(&self, function: u32) -> Result<i32, String> {
        let slot = self.slots.get(&function).ok_or("a function without a slot")?;
        i32::try_from(*slot).map_err(|error| error.to_string())
    }

    /// The number of the type of `function`.
    pub fn type_of(&self, function: u32) -> Result<u32, String> {
        at(&self.program.functions, function).copied()
    }

    /// The type with this number.
    pub fn signature(&self, of: u32) -> Result<&FuncType, String> {
        at(&self.program.types, of)
    }

    /// The table with room for all.
    pub fn table(&self) -> TableType {
        let (minimum, table64) = (self.size, false);
        TableType { element_type: RefType::FUNCREF, minimum, maximum: Some(minimum), table64, shared: false }
    }

    /// The slots that `home` fills. Those of a part that is not loaded stay empty: to call one too early is a
    /// trap, and nothing else. `number` is what `home` has for a function.
    pub fn elements(&self, home: Home, number: impl Fn(u32) -> Option<u32>) -> ElementSection {
        let own = self.filled.iter().filter(|(_, function)| self.homes.of(**function) == home);
        let own = own.filter_map(|(slot, function)| Some((*slot, number(*function)?))).collect();
        let mut section = ElementSection::new();
        for (start, functions) in runs(&own) {
            let offset = ConstExpr::i32_const(start.cast_signed());
            section.active(None, &offset, Elements::Functions(functions.into()));
        }
        section
    }
}

/// Slots that follow one another, with their functions.
fn runs(slots: &BTreeMap<u32, u32>) -> Vec<(u32, Vec<u32>)> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((start, functions))
                if u32::try_from(functions.len()).is_ok_and(|length| *start + length == *slot) =>
            {
                functions.push(*function);
            }
            _ => runs.push((*slot, vec![*function])),
        }
    }
    runs
}
