//! The part that comes first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, ImportSection,
    Instruction, MemorySection, StartSection, TableSection, TypeSection, ValType,
};

use crate::bodies::Renumber;
use crate::cut::Plan;
use crate::module::Module;

/// The function that a stub calls: it brings the second part.
pub(crate) const BRING: (&str, &str) = ("r", "b");

/// Writes the first part.
pub(crate) fn first(module: &Module<'_>, plan: &Plan) -> Result<Vec<u8>, String> {
    write(module, plan, false).map_err(|error| error.to_string())
}

/// Writes the whole module, in which each function tells the host first that it is called.
pub(crate) fn counting(module: &Module<'_>) -> Result<Vec<u8>, String> {
    write(module, &Plan::new(module, |_| true), true).map_err(|error| error.to_string())
}

fn write(module: &Module<'_>, plan: &Plan, counting: bool) -> Result<Vec<u8>, Error<String>> {
    let mut same = Same;
    let mut types = TypeSection::new();
    for kind in &module.types {
        types.ty().subtype(&same.sub_type(kind.clone())?);
    }
    let nothing = types.len();
    let number = counting.then_some(ValType::I32);
    types.ty().function(number, []);

    let mut imports = ImportSection::new();
    for import in &module.imports {
        same.parse_import(&mut imports, *import)?;
    }
    let bring = module.imported;
    imports.import(BRING.0, BRING.1, EntityType::Function(nothing));

    let mut functions = FunctionSection::new();
    let mut numbers: BTreeMap<u32, u32> = (0..bring).map(|number| (number, number)).collect();
    for (number, function) in (bring + 1..).zip(&plan.stay) {
        numbers.insert(*function, number);
        functions.function(module.function_types[*function as usize]);
    }
    // Stubs in the order of their places, in which neighbours are alike.
    let mut places: Vec<(u32, u32)> =
        plan.slots.iter().map(|(function, place)| (*place, *function)).collect();
    places.sort_unstable();
    for (_, function) in &places {
        let number = bring + 1 + functions.len();
        numbers.insert(*function, number);
        functions.function(module.function_types[*function as usize]);
    }

    let mut tables = TableSection::new();
    for (number, table) in (0..).zip(&module.tables) {
        let mut kind = same.table_type(table.ty)?;
        if number == plan.table {
            let added = plan.added.len() as u64;
            kind.minimum += added;
            kind.maximum = kind.maximum.map(|maximum| maximum + added);
        }
        tables.table(kind);
    }
    let mut memories = MemorySection::new();
    for memory in &module.memories {
        memories.memory(same.memory_type(*memory)?);
    }
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        same.parse_global(&mut globals, global.clone())?;
    }

    let mut exports = ExportSection::new();
    for export in &module.exports {
        let index = match export.kind {
            wasmparser::ExternalKind::Func => numbers[&export.index],
            _ => export.index,
        };
        exports.export(export.name, same.export_kind(export.kind)?, index);
    }
    for (function, name) in &plan.shared {
        exports.export(name, ExportKind::Func, numbers[function]);
    }
    for (kind, index, name) in things(module) {
        exports.export(&name, kind, index);
    }

    let mut elements = ElementSection::new();
    for segment in &module.elements {
        let functions: Vec<u32> = segment.functions.iter().map(|number| numbers[number]).collect();
        put(&mut elements, segment.table, segment.offset, functions);
    }
    if let Some(begin) = plan.added.first() {
        let functions = plan.added.iter().map(|number| numbers[number]).collect();
        put(&mut elements, plan.table, plan.slots[begin], functions);
    }

    let mut code = CodeSection::new();
    let through = plan
        .slots
        .iter()
        .map(|(function, place)| (*function, (*place, module.function_types[*function as usize])));
    let mut renumber =
        Renumber { functions: numbers.clone(), through: through.collect(), table: plan.table };
    for (number, function) in (0..).zip(&plan.stay) {
        let tell = [Instruction::I32Const(number), Instruction::Call(bring)];
        let before = if counting { &tell[..] } else { &[] };
        if let Some(body) = module.body(*function) {
            renumber.body(&mut code, body, before).map_err(Error::UserError)?;
        }
    }
    for (place, function) in places {
        let kind = module.function_types[function as usize];
        code.function(&stub(module, plan.table, bring, place, kind));
    }

    let mut data = DataSection::new();
    for segment in &module.data {
        same.parse_data(&mut data, segment.clone())?;
    }

    let mut out = wasm_encoder::Module::new();
    out.section(&types).section(&imports).section(&functions).section(&tables);
    out.section(&memories).section(&globals).section(&exports);
    if let Some(start) = module.start {
        out.section(&StartSection { function_index: numbers[&start] });
    }
    out.section(&elements);
    if let Some(count) = module.data_count {
        out.section(&DataCountSection { count });
    }
    out.section(&code).section(&data);
    Ok(out.finish())
}

/// Changes nothing.
struct Same;

impl Reencode for Same {
    type Error = String;
}

/// Memory, tables and globals, which the second part imports under these names.
pub(crate) fn things(module: &Module<'_>) -> Vec<(ExportKind, u32, String)> {
    let list = |kind, letter, many: usize| {
        (0..u32::try_from(many).unwrap_or(0)).map(move |n| (kind, n, format!("{letter}{n}")))
    };
    list(ExportKind::Memory, "_M", module.memories.len())
        .chain(list(ExportKind::Table, "_T", module.tables.len()))
        .chain(list(ExportKind::Global, "_G", module.globals.len()))
        .collect()
}

/// Puts functions into a table, from a place on.
pub(crate) fn put(section: &mut ElementSection, table: u32, offset: u32, functions: Vec<u32>) {
    let table = (table != 0).then_some(table);
    let offset = ConstExpr::i32_const(offset.cast_signed());
    section.active(table, &offset, Elements::Functions(Cow::Owned(functions)));
}

/// Brings the second part, which puts its own function into this one's place, and calls that.
fn stub(module: &Module<'_>, table: u32, bring: u32, place: u32, kind: u32) -> Function {
    let parameters = match &module.types[kind as usize].composite_type.inner {
        wasmparser::CompositeInnerType::Func(function) => function.params().len(),
        _ => 0,
    };
    let mut body = Function::new([]);
    body.instruction(&Instruction::Call(bring));
    for parameter in 0..u32::try_from(parameters).unwrap_or(0) {
        body.instruction(&Instruction::LocalGet(parameter));
    }
    body.instruction(&Instruction::I32Const(place.cast_signed()));
    body.instruction(&Instruction::CallIndirect { type_index: kind, table_index: table });
    body.instruction(&Instruction::End);
    body
}
