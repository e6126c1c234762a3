//! Reads what of a module is needed to cut it.

use std::collections::BTreeMap;

use wasmparser::{
    BinaryReader, CompositeInnerType, CustomSectionReader, DataKind, ElementItems, ElementKind, FuncType,
    FunctionBody, Name, NameSectionReader, Operator, Parser, Payload, TypeRef, TypeSectionReader,
};

use super::{FEATURES, at, unreadable};

/// One module.
#[derive(Default)]
pub struct Program<'a> {
    pub types: Vec<FuncType>,
    /// The type of every function, the imported ones first.
    pub functions: Vec<u32>,
    pub imported: u32,
    pub table: Option<wasmparser::TableType>,
    pub memory: Option<wasmparser::MemoryType>,
    pub exports: Vec<wasmparser::Export<'a>>,
    pub start: Option<u32>,
    /// The functions in the table, by slot.
    pub slots: BTreeMap<u32, u32>,
    pub bodies: Vec<FunctionBody<'a>>,
    pub names: BTreeMap<u32, String>,
    /// What stands in memory from the start, by address.
    pub data: Vec<(i32, &'a [u8])>,
    /// The custom section [`FEATURES`].
    pub features: &'a [u8],
}

impl<'a> Program<'a> {
    pub fn read(wasm: &'a [u8]) -> wasmparser::Result<Program<'a>> {
        let mut program = Program::default();
        for payload in Parser::new(0).parse_all(wasm) {
            program.take(payload?)?;
        }
        let names = &program.names;
        program.slots.retain(|_, of| !names.get(of).is_some_and(|name| is_for_scripts(name)));
        Ok(program)
    }

    fn take(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(section) => self.take_types(section)?,
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Func(of) = import?.ty {
                        self.functions.push(of);
                        self.imported += 1;
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for of in section {
                    self.functions.push(of?);
                }
            }
            Payload::TableSection(section) => {
                self.table = section.into_iter().last().transpose()?.map(|table| table.ty);
            }
            Payload::MemorySection(section) => self.memory = section.into_iter().last().transpose()?,
            Payload::ExportSection(section) => {
                self.exports = section.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.take_element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    self.take_data(&data?)?;
                }
            }
            Payload::CustomSection(section) => self.take_custom(&section)?,
            _ => {}
        }
        Ok(())
    }

    fn take_types(&mut self, section: TypeSectionReader) -> wasmparser::Result<()> {
        for group in section {
            for one in group?.into_types() {
                if let CompositeInnerType::Func(function) = one.composite_type.inner {
                    self.types.push(function);
                }
            }
        }
        Ok(())
    }

    fn take_element(&mut self, element: wasmparser::Element<'a>) -> wasmparser::Result<()> {
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

    fn take_data(&mut self, data: &wasmparser::Data<'a>) -> wasmparser::Result<()> {
        let DataKind::Active { offset_expr, .. } = &data.kind else { return Ok(()) };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { return Ok(()) };
        self.data.push((value, data.data));
        Ok(())
    }

    fn take_custom(&mut self, section: &CustomSectionReader<'a>) -> wasmparser::Result<()> {
        if section.name() == FEATURES {
            self.features = section.data();
        }
        if section.name() != "name" {
            return Ok(());
        }
        let reader = BinaryReader::new(section.data(), section.data_offset());
        for name in NameSectionReader::new(reader) {
            let Name::Function(functions) = name? else { continue };
            for naming in functions {
                let naming = naming?;
                self.names.insert(naming.index, plain(naming.name));
            }
        }
        Ok(())
    }

    /// The numbers of all functions.
    pub fn numbers(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.functions.len()).unwrap_or(u32::MAX)
    }

    /// What a function does; none for one that is imported.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        at(&self.bodies, function.checked_sub(self.imported)?).ok()
    }

    /// The functions that a function calls by their numbers.
    pub fn calls(&self, function: u32) -> Result<Vec<u32>, String> {
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
}

/// Whether a function stands in the table for scripts alone, which call it by an export where they do: the bindings to
/// all of JavaScript leave one for every function that takes another.
fn is_for_scripts(name: &str) -> bool {
    ["wasm_bindgen::convert::closures::", "js_sys::futures::"].iter().any(|start| name.starts_with(start))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_no_part_of_a_name() {
        assert_eq!(plain("<&a[0123456789abcdef]::b::C>::d"), "a::b::C>::d");
        assert_eq!(plain("a::b[T]"), "a::b[T]");
    }
}
