//! Writes a part: a module of its own, in the memory and the table of the core.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, EntityType, Function, FunctionSection, GlobalType,
    ImportSection, Instruction, MemoryType, Module, TypeSection, ValType,
};
use wasmparser::{FunctionBody, Operator};

use super::plan::Plan;
use super::table::Part;
use super::{FEATURES, MEMORY, MODULE, STACK, STACK_POINTER, TABLE, texts, unreadable};

/// The part at this place of the table of parts, with its own numbers for functions and types.
pub fn write(plan: &Plan, part: usize, parts: &[Part]) -> Result<Vec<u8>, String> {
    let own = plan.program.numbers().filter(|function| plan.homes.of(*function) == Some(part));
    let mut numbers = Numbers { functions: own.zip(0..).collect(), types: Vec::new() };
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for function in numbers.functions.clone().into_keys() {
        functions.function(numbers.of_type(plan.type_of(function)?));
        let body = plan.program.body(function).ok_or("an import cannot move")?;
        code.function(&moved(plan, body, &mut numbers)?);
    }
    let elements = plan.elements(Some(part), |function| numbers.functions.get(&function).copied());
    let texts = data(plan, parts.get(part).ok_or("no such part")?)?;
    let mut module = Module::new();
    module.section(&types(plan, &numbers)?).section(&imports(plan)?).section(&functions);
    module.section(&elements).section(&code).section(&texts);
    module.section(&CustomSection { name: FEATURES.into(), data: plan.program.features.into() });
    Ok(module.finish())
}

/// The types that it uses, in the order of its own numbers.
fn types(plan: &Plan, numbers: &Numbers) -> Result<TypeSection, String> {
    let mut section = TypeSection::new();
    for of in &numbers.types {
        let signature = plan.signature(*of)?.clone();
        section.ty().func_type(&RoundtripReencoder.func_type(signature).map_err(not_encoded)?);
    }
    Ok(section)
}

fn imports(plan: &Plan) -> Result<ImportSection, String> {
    let memory = plan.program.memory.ok_or("the module has no memory")?;
    let memory = MemoryType {
        minimum: memory.initial,
        maximum: memory.maximum,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    let mut section = ImportSection::new();
    section.import(MODULE, MEMORY, EntityType::Memory(memory));
    section.import(MODULE, TABLE, EntityType::Table(plan.table()));
    section.import(MODULE, STACK, EntityType::Global(stack));
    Ok(section)
}

/// Its texts, put where the core left room for them.
fn data(plan: &Plan, part: &Part) -> Result<DataSection, String> {
    let mut section = DataSection::new();
    for (address, bytes) in &plan.program.data {
        for range in texts::of(part.name, bytes) {
            let place = i32::try_from(range.start).map_err(|error| error.to_string())?;
            let text = bytes.get(range).unwrap_or_default();
            section.active(0, &ConstExpr::i32_const(address + place), text.iter().copied());
        }
    }
    Ok(section)
}

/// A body whose calls out of the part go through the table.
fn moved(plan: &Plan, body: &FunctionBody, numbers: &mut Numbers) -> Result<Function, String> {
    let mut function = numbers.new_function_with_parsed_locals(body).map_err(not_encoded)?;
    for operator in body.get_operators_reader().map_err(unreadable)? {
        match operator.map_err(unreadable)? {
            Operator::Call { function_index: called } if !numbers.functions.contains_key(&called) => {
                let type_index = numbers.of_type(plan.type_of(called)?);
                function.instruction(&Instruction::I32Const(plan.slot(called)?));
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

/// The numbers that a part has of its own, by those in the whole.
struct Numbers {
    functions: BTreeMap<u32, u32>,
    /// The types that are used, in their order.
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

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        let number = self.functions.get(&function).copied();
        number.ok_or_else(|| Error::UserError("a call out of the part".into()))
    }

    fn type_index(&mut self, of: u32) -> Result<u32, Error<String>> {
        Ok(self.of_type(of))
    }
}

fn not_encoded(error: Error<impl std::fmt::Debug>) -> String {
    format!("the part cannot be written: {error:?}")
}
