//! Small programs to cut, in the shape of Rust's.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, Instruction, MemorySection, MemoryType, Module, NameMap,
    NameSection, RefType, TableSection, TableType, TypeSection, ValType,
};

use super::table::Part;

/// A program. Its first function is exported.
#[derive(Clone, Copy)]
pub struct Sample {
    pub names: &'static [&'static str],
    /// The functions that each function calls.
    pub calls: &'static [&'static [u32]],
    /// The functions in the table, from slot 1 on.
    pub listed: &'static [u32],
    /// What stands in memory, one behind the other.
    pub texts: &'static [&'static str],
}

impl Sample {
    /// `start` calls `gate` and `shared`; `gate` calls `behind` and `shared`; `listed` calls `behind` as well.
    pub const RUST: Sample = Sample {
        names: &["a::start", "a[0123456789abcdef]::gate", "a::behind", "a::shared", "a::listed"],
        calls: &[&[1, 3], &[2, 3], &[], &[], &[2]],
        listed: &[4],
        texts: &[],
    };

    /// The same, and `listed` is a gate by its name.
    pub const RUST_LISTED: Sample = Sample {
        names: &["a::start", "a[0123456789abcdef]::gate", "a::behind", "a::shared", "a::gate_too"],
        ..Sample::RUST
    };

    /// The module.
    pub fn write(&self) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for calls in self.calls {
            functions.function(0);
            code.function(&body(calls));
        }
        let mut memories = MemorySection::new();
        memories.memory(MEMORY);
        let mut globals = GlobalSection::new();
        let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(stack, &ConstExpr::i32_const(1024));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("start", ExportKind::Func, 0);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(self.listed.into()));
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(TEXTS_AT), self.texts.concat().into_bytes());
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&self.table()).section(&memories);
        module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
        module.section(&self.named());
        module.finish()
    }

    fn table(&self) -> TableSection {
        let minimum = 1 + self.listed.iter().map(|_| 1).sum::<u64>();
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            minimum,
            maximum: Some(minimum),
            table64: false,
            shared: false,
        });
        tables
    }

    fn named(&self) -> NameSection {
        let mut map = NameMap::new();
        for (index, name) in (0..).zip(self.names) {
            map.append(index, name);
        }
        let mut names = NameSection::new();
        names.functions(&map);
        names
    }
}

/// A part without anything that a test does not ask for.
pub fn part(name: &'static str, gates: &'static [&'static str], requires: Option<&'static str>) -> Part {
    Part { name, gates, requires }
}

/// Calls all of `calls`, one behind the other.
fn body(calls: &[u32]) -> Function {
    let mut body = Function::new([]);
    body.instruction(&Instruction::LocalGet(0));
    for called in calls {
        body.instruction(&Instruction::Call(*called));
    }
    body.instruction(&Instruction::I32Const(1)).instruction(&Instruction::I32Add);
    body.instruction(&Instruction::End);
    body
}

/// Where the texts stand in memory.
pub const TEXTS_AT: i32 = 64;
const MEMORY: MemoryType =
    MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
