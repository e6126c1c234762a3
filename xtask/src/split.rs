//! Cuts a wasm module in two: what every page loads, and what is loaded when a credential asks for it.
//!
//! Both parts are one program with one memory and one table of functions. Whatever can be reached only
//! through a function named in [`GATES`] moves into the second part; the core asks
//! `Engines::has_more` before it calls one. Calls from one part into the other go through the table: the
//! core has a slot for each function that it calls in the second part, and the second part fills these
//! slots as it is instantiated. Data stays in the core.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalType, ImportSection, Instruction, MemoryType, Module,
    RawSection, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{
    CompositeInnerType, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, Name,
    NameSectionReader, Operator, Parser, Payload, TypeRef,
};

/// The parts that one module was cut into.
pub struct Parts {
    /// Loaded by every page.
    pub core: Vec<u8>,
    /// Loaded on demand, into the same memory and table.
    pub more: Vec<u8>,
}

/// Cuts `wasm`, which must still have the names of its functions. Neither part has names any more.
pub fn split(wasm: &[u8]) -> Result<Parts, String> {
    split_at(wasm, GATES)
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

fn split_at(wasm: &[u8], gates: &[&str]) -> Result<Parts, String> {
    let program = Program::read(wasm).map_err(|error| format!("the module cannot be read: {error}"))?;
    let moved = program.moved(gates)?;
    let plan = Plan::new(&program, moved)?;
    Ok(Parts { core: plan.core(wasm)?, more: plan.more()? })
}

/// What of a module is needed to cut it.
#[derive(Default)]
struct Program<'a> {
    types: Vec<FuncType>,
    /// The type of every function, the imported ones first.
    functions: Vec<u32>,
    imported: u32,
    table: Option<wasmparser::TableType>,
    memory: Option<wasmparser::MemoryType>,
    globals: Vec<wasmparser::GlobalType>,
    exports: Vec<wasmparser::Export<'a>>,
    start: Option<u32>,
    /// The functions in the table, by slot.
    slots: BTreeMap<u32, u32>,
    bodies: Vec<FunctionBody<'a>>,
    names: BTreeMap<u32, String>,
    /// What stands in memory from the start, by address.
    data: Vec<(i32, &'a [u8])>,
    /// The custom section [`FEATURES`].
    features: &'a [u8],
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> wasmparser::Result<Program<'a>> {
        let mut program = Program::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        for one in group?.into_types() {
                            let CompositeInnerType::Func(function) = one.composite_type.inner else {
                                continue;
                            };
                            program.types.push(function);
                        }
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(of) = import?.ty {
                            program.functions.push(of);
                            program.imported += 1;
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    for of in section {
                        program.functions.push(of?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        program.table = Some(table?.ty);
                    }
                }
                Payload::MemorySection(section) => {
                    for memory in section {
                        program.memory = Some(memory?);
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        program.globals.push(global?.ty);
                    }
                }
                Payload::ExportSection(section) => {
                    program.exports = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::StartSection { func, .. } => program.start = Some(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        program.read_element(element?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => program.bodies.push(body),
                Payload::DataSection(section) => {
                    for data in section {
                        program.read_data(&data?)?;
                    }
                }
                Payload::CustomSection(section) if section.name() == FEATURES => {
                    program.features = section.data();
                }
                Payload::CustomSection(section) if section.name() == "name" => {
                    let reader = wasmparser::BinaryReader::new(section.data(), section.data_offset());
                    for name in NameSectionReader::new(reader) {
                        let Name::Function(functions) = name? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            program.names.insert(naming.index, plain(naming.name));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(program)
    }

    fn read_element(&mut self, element: wasmparser::Element<'a>) -> wasmparser::Result<()> {
        let ElementKind::Active { offset_expr, .. } = element.kind else { return Ok(()) };
        let mut slot = match offset_expr.get_operators_reader().read()? {
            Operator::I32Const { value } => value.cast_unsigned(),
            _ => 0,
        };
        if let ElementItems::Functions(functions) = element.items {
            for function in functions {
                self.slots.insert(slot, function?);
                slot += 1;
            }
        }
        Ok(())
    }

    fn read_data(&mut self, data: &wasmparser::Data<'a>) -> wasmparser::Result<()> {
        let DataKind::Active { offset_expr, .. } = &data.kind else { return Ok(()) };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { return Ok(()) };
        self.data.push((value, data.data));
        Ok(())
    }

    fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        let place = function.checked_sub(self.imported)?;
        self.bodies.get(usize::try_from(place).ok()?)
    }

    fn calls(&self, function: u32) -> Result<Vec<u32>, String> {
        let Some(body) = self.body(function) else { return Ok(Vec::new()) };
        let mut calls = Vec::new();
        let reader = body.get_operators_reader().map_err(unreadable)?;
        for operator in reader {
            match operator.map_err(unreadable)? {
                Operator::Call { function_index } => calls.push(function_index),
                Operator::RefFunc { .. } | Operator::ReturnCall { .. } => {
                    return Err("a function's address is taken in code".into());
                }
                _ => {}
            }
        }
        Ok(calls)
    }

    /// The functions that only gates lead to.
    fn moved(&self, gates: &[&str]) -> Result<BTreeSet<u32>, String> {
        let is_gate = |function: u32| {
            self.names.get(&function).is_some_and(|name| gates.iter().any(|gate| matches(gate, name)))
        };
        for gate in gates {
            // One that was renamed, or that the compiler put into its caller, would silently cost every page.
            if !self.names.values().any(|name| matches(gate, name)) {
                return Err(format!("no function is called {gate}: is it #[inline(never)]?"));
            }
        }
        let exported = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        let mut pending: Vec<u32> = exported.map(|export| export.index).chain(self.start).collect();
        pending.extend(self.slots.values());
        let mut stays = BTreeSet::new();
        while let Some(function) = pending.pop() {
            if !is_gate(function) && stays.insert(function) {
                pending.extend(self.calls(function)?);
            }
        }
        let count = u32::try_from(self.functions.len()).map_err(|error| error.to_string())?;
        Ok((self.imported..count).filter(|function| !stays.contains(function)).collect())
    }
}

/// What goes where.
struct Plan<'a> {
    program: &'a Program<'a>,
    moved: BTreeSet<u32>,
    /// The slot of each function that one part calls in the other.
    slots: BTreeMap<u32, u32>,
    /// The first slot that was not there before.
    first_new: u32,
    /// The moved functions that the core calls: they get the first of the new slots, in this order.
    entered: Vec<u32>,
    /// The functions of the core that the second part calls and that had no slot: they get the rest.
    lent: Vec<u32>,
}

impl<'a> Plan<'a> {
    fn new(program: &'a Program<'a>, moved: BTreeSet<u32>) -> Result<Plan<'a>, String> {
        let count = u32::try_from(program.functions.len()).map_err(|error| error.to_string())?;
        let mut crossed: BTreeSet<u32> = BTreeSet::new();
        for function in program.imported..count {
            let calls = program.calls(function)?.into_iter();
            let is_moved = moved.contains(&function);
            crossed.extend(calls.filter(|called| moved.contains(called) != is_moved));
        }
        let mut slots: BTreeMap<u32, u32> = program.slots.iter().map(|(slot, of)| (*of, *slot)).collect();
        let (entered, lent): (Vec<u32>, Vec<u32>) =
            crossed.into_iter().filter(|of| !slots.contains_key(of)).partition(|of| moved.contains(of));
        let table = program.table.ok_or("the module has no table")?;
        let first_new = u32::try_from(table.initial).map_err(|error| error.to_string())?;
        for (slot, function) in (first_new..).zip(entered.iter().chain(&lent)) {
            slots.insert(*function, slot);
        }
        Ok(Plan { program, moved, slots, first_new, entered, lent })
    }

    fn slot(&self, function: u32) -> Result<i32, String> {
        let slot = self.slots.get(&function).ok_or("a function without a slot")?;
        i32::try_from(*slot).map_err(|error| error.to_string())
    }

    /// How many slots the table has now.
    fn table_size(&self) -> u64 {
        let new = self.entered.len() + self.lent.len();
        u64::from(self.first_new) + u64::try_from(new).unwrap_or(u64::MAX)
    }

    fn type_of(&self, function: u32) -> Result<u32, String> {
        let place = usize::try_from(function).map_err(|error| error.to_string())?;
        self.program.functions.get(place).copied().ok_or_else(|| "a function without a type".into())
    }

    /// The module without the bodies that moved: those that it calls go on through the table.
    fn core(&self, wasm: &[u8]) -> Result<Vec<u8>, String> {
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.map_err(unreadable)?;
            match &payload {
                Payload::FunctionSection(_) => {
                    module.section(&self.core_functions()?);
                }
                Payload::TableSection(_) => {
                    let mut section = TableSection::new();
                    section.table(self.table());
                    module.section(&section);
                }
                Payload::ExportSection(_) => {
                    module.section(&self.core_exports());
                }
                Payload::ElementSection(_) => {
                    module.section(&self.core_elements());
                }
                Payload::CodeSectionStart { .. } => {
                    module.section(&self.core_code(wasm)?);
                }
                Payload::DataSection(_) => {
                    module.section(&self.core_data());
                }
                Payload::CodeSectionEntry(_) => {}
                other if is_for_the_build(other) => {}
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let data = bytes(wasm, &range)?;
                        module.section(&RawSection { id, data });
                    }
                }
            }
        }
        Ok(module.finish())
    }

    /// A body that moved and is never called here may as well be of any type: the one that packs best.
    fn core_functions(&self) -> Result<FunctionSection, String> {
        let mut section = FunctionSection::new();
        let mut last = 0;
        let count = u32::try_from(self.program.functions.len()).map_err(|error| error.to_string())?;
        for function in self.program.imported..count {
            if !self.moved.contains(&function) || self.entered_here(function) {
                last = self.type_of(function)?;
            }
            section.function(last);
        }
        Ok(section)
    }

    fn entered_here(&self, function: u32) -> bool {
        self.moved.contains(&function) && self.slots.contains_key(&function)
    }

    fn table(&self) -> TableType {
        let (minimum, table64) = (self.table_size(), false);
        TableType { element_type: RefType::FUNCREF, minimum, maximum: Some(minimum), table64, shared: false }
    }

    fn core_exports(&self) -> ExportSection {
        let mut section = ExportSection::new();
        for export in &self.program.exports {
            let kind = match export.kind {
                ExternalKind::Memory => ExportKind::Memory,
                ExternalKind::Table => ExportKind::Table,
                ExternalKind::Global => ExportKind::Global,
                _ => ExportKind::Func,
            };
            section.export(export.name, kind, export.index);
        }
        section.export(TABLE, ExportKind::Table, 0);
        section.export(STACK, ExportKind::Global, STACK_POINTER);
        section
    }

    /// Slots of what moved stay empty: to call one too early is a trap, and nothing else.
    fn core_elements(&self) -> ElementSection {
        let mut section = ElementSection::new();
        let mut kept = self.program.slots.clone();
        kept.retain(|_, function| !self.moved.contains(function));
        for (start, functions) in runs(&kept) {
            active(&mut section, start, &functions);
        }
        let entered = u32::try_from(self.entered.len()).unwrap_or(0);
        active(&mut section, self.first_new + entered, &self.lent);
        section
    }

    fn core_code(&self, wasm: &[u8]) -> Result<CodeSection, String> {
        let mut section = CodeSection::new();
        for (function, body) in (self.program.imported..).zip(&self.program.bodies) {
            if !self.moved.contains(&function) {
                section.raw(bytes(wasm, &body.range())?);
                continue;
            }
            let mut stub = Function::new([]);
            if self.entered_here(function) {
                let type_index = self.type_of(function)?;
                let place = usize::try_from(type_index).map_err(|error| error.to_string())?;
                let parameters = self.program.types.get(place).ok_or("no such type")?.params().len();
                for parameter in 0..u32::try_from(parameters).map_err(|error| error.to_string())? {
                    stub.instruction(&Instruction::LocalGet(parameter));
                }
                stub.instruction(&Instruction::I32Const(self.slot(function)?));
                stub.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
            } else {
                stub.instruction(&Instruction::Unreachable);
            }
            stub.instruction(&Instruction::End);
            section.function(&stub);
        }
        Ok(section)
    }

    /// The data without the texts that move: zeros in their place, which pack to nothing.
    fn core_data(&self) -> DataSection {
        let mut section = DataSection::new();
        for (address, bytes) in &self.program.data {
            let mut kept = bytes.to_vec();
            for range in moved_texts(bytes) {
                kept.get_mut(range).unwrap_or_default().fill(0);
            }
            section.active(0, &ConstExpr::i32_const(*address), kept);
        }
        section
    }

    /// The second part: what moved, with its own numbers for functions and types.
    fn more(&self) -> Result<Vec<u8>, String> {
        let mut numbers = Numbers::default();
        for (number, function) in (0..).zip(&self.moved) {
            numbers.functions.insert(*function, number);
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for function in &self.moved {
            functions.function(numbers.of_type(self.type_of(*function)?));
            let body = self.program.body(*function).ok_or("an import cannot move")?;
            code.function(&self.moved_body(body, &mut numbers)?);
        }
        let mut types = TypeSection::new();
        for of in &numbers.types {
            let place = usize::try_from(*of).map_err(|error| error.to_string())?;
            let of = self.program.types.get(place).ok_or("no such type")?;
            types.ty().func_type(&RoundtripReencoder.func_type(of.clone()).map_err(not_encoded)?);
        }
        let mut imports = ImportSection::new();
        let memory = self.program.memory.ok_or("the module has no memory")?;
        imports.import(
            MODULE,
            MEMORY,
            EntityType::Memory(MemoryType {
                minimum: memory.initial,
                maximum: memory.maximum,
                memory64: false,
                shared: false,
                page_size_log2: None,
            }),
        );
        imports.import(MODULE, TABLE, EntityType::Table(self.table()));
        let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        imports.import(MODULE, STACK, EntityType::Global(stack));
        let mut elements = ElementSection::new();
        let entries = self.slots.iter().filter(|(function, _)| self.moved.contains(function));
        let entries = entries.filter_map(|(of, slot)| Some((*slot, *numbers.functions.get(of)?))).collect();
        for (start, functions) in runs(&entries) {
            active(&mut elements, start, &functions);
        }
        let mut texts = DataSection::new();
        for (address, bytes) in &self.program.data {
            for range in moved_texts(bytes) {
                let place = i32::try_from(range.start).map_err(|error| error.to_string())?;
                let text = bytes.get(range).unwrap_or_default();
                texts.active(0, &ConstExpr::i32_const(address + place), text.iter().copied());
            }
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
        module.section(&texts);
        module.section(&CustomSection { name: FEATURES.into(), data: self.program.features.into() });
        Ok(module.finish())
    }

    fn moved_body(&self, body: &FunctionBody, numbers: &mut Numbers) -> Result<Function, String> {
        let mut function = numbers.new_function_with_parsed_locals(body).map_err(not_encoded)?;
        for operator in body.get_operators_reader().map_err(unreadable)? {
            match operator.map_err(unreadable)? {
                Operator::Call { function_index: called } if !self.moved.contains(&called) => {
                    let type_index = numbers.of_type(self.type_of(called)?);
                    function.instruction(&Instruction::I32Const(self.slot(called)?));
                    function.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index }
                    if global_index != STACK_POINTER =>
                {
                    return Err("a global beside the stack pointer is used".into());
                }
                other => {
                    function.instruction(&numbers.instruction(other).map_err(not_encoded)?);
                }
            }
        }
        Ok(function)
    }
}

/// The numbers of the second part.
#[derive(Default)]
struct Numbers {
    functions: BTreeMap<u32, u32>,
    /// The types that are used, by their numbers in the whole.
    types: Vec<u32>,
}

impl Numbers {
    fn of_type(&mut self, whole: u32) -> u32 {
        let known = self.types.iter().position(|of| *of == whole);
        let place = known.unwrap_or_else(|| {
            self.types.push(whole);
            self.types.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

impl Reencode for Numbers {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, wasm_encoder::reencode::Error<String>> {
        let number = self.functions.get(&function).copied();
        number.ok_or_else(|| wasm_encoder::reencode::Error::UserError("a call out of the part".into()))
    }

    fn type_index(&mut self, of: u32) -> Result<u32, wasm_encoder::reencode::Error<String>> {
        Ok(self.of_type(of))
    }
}

fn bytes<'a>(wasm: &'a [u8], range: &std::ops::Range<u64>) -> Result<&'a [u8], String> {
    let place = |place: u64| usize::try_from(place).map_err(|error| error.to_string());
    wasm.get(place(range.start)?..place(range.end)?).ok_or_else(|| "a section out of bounds".into())
}

/// Where the texts are that move: each from its first mark to the end of its last.
fn moved_texts(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let find = |mark: &[u8], from: usize| {
        let rest = bytes.get(from..)?;
        Some(from + rest.windows(mark.len()).position(|window| window == mark)?)
    };
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(start) = find(TEXT_START, from) {
        let Some(end) = find(TEXT_END, start) else { break };
        from = end + TEXT_END.len();
        ranges.push(start..from);
    }
    ranges
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

fn active(section: &mut ElementSection, start: u32, functions: &[u32]) {
    let offset = ConstExpr::i32_const(start.cast_signed());
    section.active(None, &offset, Elements::Functions(functions.into()));
}

/// A name without the hashes that the compiler puts behind crates.
fn plain(name: &str) -> String {
    let mut pieces = name.split('[');
    let mut plain = pieces
        .next()
        .unwrap_or_default()
        .trim_start_matches(['<', '&'])
        .trim_start_matches("mut ")
        .to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => plain.push_str(rest),
            _ => plain.extend(["[", piece]),
        }
    }
    plain
}

/// The compiler leaves out the zeros that a hash begins with.
fn is_hash(text: &str) -> bool {
    text.len() > 8 && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// Whether `gate` names this function: the whole name, or with a star at its end the beginning.
fn matches(gate: &str, name: &str) -> bool {
    match gate.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == gate,
    }
}

fn unreadable(error: wasmparser::Error) -> String {
    format!("the module cannot be read: {error}")
}

fn not_encoded(error: wasm_encoder::reencode::Error<impl std::fmt::Debug>) -> String {
    format!("the part cannot be written: {error:?}")
}

/// The functions behind which the second part begins. The core calls them only where
/// `Engines::has_more` says that they are there.
const GATES: &[&str] = &[
    "verify_credential::check::derived::verify",
    "verify_credential::check::detached::verify",
    "verify_credential::check::integrity::compare",
    "verify_credential::check::open_badge_2::look_into",
    "verify_credential::check::recipient::matches",
    "verify_credential::check::schema::one",
    "verify_credential::check::status_list::examine",
    "md5::*",
    "verify_credential::check::recipient::judge*",
    "verify_credential::check::token::claims",
    "verify_credential::check::token::evaluate",
    "verify_credential::container::compact_jws::unpack",
    "verify_credential::container::data_uri::unpack",
    "verify_credential::container::fragment::unpack",
    "verify_credential::container::svg::unpack",
    "verify_credential::format::open_badge_2::identity",
    "verify_credential::verify::examine_token",
    "verify_credential::credential::properties::of_credential",
    "verify_credential::did::jwt_vc_issuer::published",
    "verify_credential::did::legacy_key::legacy_key",
    "verify_credential::check::certificates::certified",
    "verify_credential::check::detached::verify",
    "verify_credential::render::parts::draw",
    "verify_credential::status::open_more",
    "verify_credential::status::value_of_more",
    "verify_credential::verify::disclosure::examine",
    "verify_credential::verify::newer::stand_in",
    "verify_credential::verify::parts::bind",
    "verify_credential::verify::parts::conclude",
    "verify_credential::verify::parts::held",
    "verify_credential::verify::presented::present",
    "verify_credential::view::parts::lines",
];
/// The names by which the second part imports what it shares with the core.
const MODULE: &str = "core";
const MEMORY: &str = "memory";
const TABLE: &str = "table";
const STACK: &str = "stack";
/// The marks around texts that only the second part shows, as `src/reason.rs` sets them.
const TEXT_START: &[u8] = b"\x01more\n";
const TEXT_END: &[u8] = b"\x01end\n";
/// Where the compiler says which features of WebAssembly it used.
const FEATURES: &str = "target_features";
/// The linker's stack pointer is the first global.
const STACK_POINTER: u32 = 0;

#[cfg(test)]
mod tests {
    use super::*;

    /// A program of five functions in Rust's shape: the exported `start` calls `gate`, which calls `behind` and
    /// `shared`; `shared` is called by `start` too; `listed` is in the table and calls `behind` as well.
    fn program(listed_is_gate: bool) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        // start, gate, behind, shared, listed
        for calls in [&[1, 3][..], &[2, 3], &[], &[], &[2]] {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::LocalGet(0));
            for called in calls {
                body.instruction(&Instruction::Call(*called));
            }
            body.instruction(&Instruction::I32Const(1)).instruction(&Instruction::I32Add);
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut tables = TableSection::new();
        let size = Some(2);
        let funcref = RefType::FUNCREF;
        tables.table(TableType {
            element_type: funcref,
            minimum: 2,
            maximum: size,
            table64: false,
            shared: false,
        });
        let mut memories = wasm_encoder::MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut globals = wasm_encoder::GlobalSection::new();
        let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(stack, &ConstExpr::i32_const(1024));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("start", ExportKind::Func, 0);
        let mut elements = ElementSection::new();
        active(&mut elements, 1, &[4]);
        let mut names = wasm_encoder::NameSection::new();
        let mut map = wasm_encoder::NameMap::new();
        let listed = if listed_is_gate { "a::gate_too" } else { "a::listed" };
        for (index, name) in
            (0..).zip(["a::start", "a[0123456789abcdef]::gate", "a::behind", "a::shared", listed])
        {
            map.append(index, name);
        }
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&memories).section(&globals);
        module.section(&exports).section(&elements).section(&code).section(&names);
        module.finish()
    }

    fn moved(wasm: &[u8], gates: &[&str]) -> Result<Vec<u32>, String> {
        let program = Program::read(wasm).map_err(unreadable)?;
        Ok(program.moved(gates)?.into_iter().collect())
    }

    #[test]
    fn what_only_gates_lead_to_moves() {
        assert_eq!(
            moved(&program(false), &["a::gate"]),
            Ok(vec![1]),
            "`behind` is called from the table too"
        );
        assert_eq!(moved(&program(true), &["a::gate*"]), Ok(vec![1, 2, 4]));
        assert_eq!(moved(&program(true), &[]), Ok(vec![]));
        assert!(moved(&program(true), &["a::gone"]).is_err(), "a gate that is not there");
    }

    #[test]
    fn the_parts_meet_in_the_table() {
        let parts = split_at(&program(true), &["a::gate*"]).expect("two parts");
        let core = Program::read(&parts.core).expect("a module");
        let more = Program::read(&parts.more).expect("a module");
        // 1 is `listed`, whose slot waits; 2 is `gate`, which `start` enters; 3 is `shared`, which `gate` calls.
        assert_eq!(core.slots, BTreeMap::from([(3, 3)]));
        assert_eq!(more.slots, BTreeMap::from([(1, 2), (2, 0)]));
        assert_eq!(core.table.map(|table| table.initial), Some(4));
        assert_eq!((core.bodies.len(), more.bodies.len()), (5, 3), "numbers in the core stay");
        assert!(core.names.is_empty() && more.names.is_empty());
        let exported: Vec<&str> = core.exports.iter().map(|export| export.name).collect();
        assert_eq!(exported, ["memory", "start", TABLE, STACK]);
    }

    #[test]
    fn hashes_are_no_part_of_a_name() {
        assert_eq!(plain("<&a[0123456789abcdef]::b::C>::d"), "a::b::C>::d");
        assert_eq!(plain("a::b[T]"), "a::b[T]");
    }
}
