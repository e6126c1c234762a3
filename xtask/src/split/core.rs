//! Writes what every page loads: the module without what belongs to the parts.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection, Instruction,
    Module, RawSection, TableSection,
};
use wasmparser::{ExternalKind, Parser, Payload};

use super::plan::Plan;
use super::table::Part;
use super::{STACK, STACK_POINTER, TABLE, bytes, is_for_the_build, texts, unreadable};

/// The module without the bodies and texts of the parts: what it calls of them goes on through the table.
pub fn write(plan: &Plan, wasm: &[u8], parts: &[Part]) -> Result<Vec<u8>, String> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(unreadable)?;
        match &payload {
            Payload::FunctionSection(_) => {
                module.section(&functions(plan)?);
            }
            Payload::TableSection(_) => {
                let mut section = TableSection::new();
                section.table(plan.table());
                module.section(&section);
            }
            Payload::ExportSection(_) => {
                module.section(&exports(plan));
            }
            Payload::ElementSection(_) => {
                module.section(&plan.elements(None, Some));
            }
            Payload::CodeSectionStart { .. } => {
                module.section(&code(plan, wasm)?);
            }
            Payload::DataSection(_) => {
                module.section(&data(plan, parts));
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
fn functions(plan: &Plan) -> Result<FunctionSection, String> {
    let mut section = FunctionSection::new();
    let mut last = 0;
    for function in plan.program.numbers().skip_while(|function| *function < plan.program.imported) {
        if plan.homes.stays(function) || plan.entered.contains(&function) {
            last = plan.type_of(function)?;
        }
        section.function(last);
    }
    Ok(section)
}

fn exports(plan: &Plan) -> ExportSection {
    let mut section = ExportSection::new();
    for export in &plan.program.exports {
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

fn code(plan: &Plan, wasm: &[u8]) -> Result<CodeSection, String> {
    let mut section = CodeSection::new();
    for (function, body) in (plan.program.imported..).zip(&plan.program.bodies) {
        if plan.homes.stays(function) {
            section.raw(bytes(wasm, &body.range())?);
            continue;
        }
        let mut stub = Function::new([]);
        if plan.entered.contains(&function) {
            let type_index = plan.type_of(function)?;
            for (parameter, _) in (0..).zip(plan.signature(type_index)?.params()) {
                stub.instruction(&Instruction::LocalGet(parameter));
            }
            stub.instruction(&Instruction::I32Const(plan.slot(function)?));
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
fn data(plan: &Plan, parts: &[Part]) -> DataSection {
    let mut section = DataSection::new();
    for (address, bytes) in &plan.program.data {
        let mut kept = bytes.to_vec();
        for range in parts.iter().flat_map(|part| texts::of(part.name, bytes)) {
            kept.get_mut(range).unwrap_or_default().fill(0);
        }
        section.active(0, &ConstExpr::i32_const(*address), kept);
    }
    section
}
