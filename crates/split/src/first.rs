//! The part that comes first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, ImportSection,
    Instruction, MemorySection, StartSection, TableSection, TableType, TypeSection, ValType,
};

use crate::bodies::Renumber;
use crate::cut::{Plan, Staying};
use crate::list::{List, watched};
use crate::module::Module;
use crate::outline::without;

/// The function that a stub calls: it brings the second part.
pub(crate) const BRING: (&str, &str) = ("r", "b");

/// Writes the first part.
pub(crate) fn first(module: &Module<'_>, plan: &Plan<'_>) -> Result<Vec<u8>, String> {
    write(module, plan, false).map_err(|error| error.to_string())
}

/// Writes the whole module, which tells the host of each place that is watched when it is reached.
pub(crate) fn counting(module: &Module<'_>) -> Result<Vec<u8>, String> {
    let plan = Plan::new(module, &List::default()).map_err(|error| error.to_string())?;
    write(module, &plan, true).map_err(|error| error.to_string())
}

fn write(module: &Module<'_>, plan: &Plan<'_>, counting: bool) -> Result<Vec<u8>, Error<String>> {
    let mut same = Same;
    let number = counting.then_some(ValType::I32);
    let types = types(module, plan, number)?;
    let nothing = u32::try_from(module.types.len()).unwrap_or(u32::MAX);
    let kind_of = |function: u32| module.function_types[function as usize];

    let mut imports = ImportSection::new();
    for import in &module.imports {
        same.parse_import(&mut imports, *import)?;
    }
    let bring = module.imported;
    imports.import(BRING.0, BRING.1, EntityType::Function(nothing));

    let mut functions = FunctionSection::new();
    let mut numbers: BTreeMap<u32, u32> = (0..bring).map(|number| (number, number)).collect();
    for (number, staying) in (bring + 1..).zip(&plan.stay) {
        numbers.insert(staying.function, number);
        functions.function(kind_of(staying.function));
    }
    // Stubs in the order of their places, in which neighbours are alike.
    let mut places: Vec<(u32, u32)> =
        plan.slots.iter().map(|(function, place)| (*place, *function)).collect();
    places.sort_unstable();
    for (_, function) in &places {
        numbers.insert(*function, bring + 1 + functions.len());
        functions.function(kind_of(*function));
    }
    // A stretch is passed its place: so one stub does for all of a type.
    let first_kind = nothing + 1;
    let first_stub = bring + 1 + functions.len();
    for (kind, _) in (first_kind..).zip(&plan.kinds) {
        functions.function(kind);
    }

    let mut tables = TableSection::new();
    for (number, table) in (0..).zip(&module.tables) {
        tables.table(grown(same.table_type(table.ty)?, number, plan));
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
    if plan.grown > 0 {
        let mut functions: Vec<u32> = plan.added.iter().map(|number| numbers[number]).collect();
        functions.extend(plan.regions().map(|(_, (_, _, kind))| first_stub + kind - first_kind));
        let table = &module.tables[plan.table as usize];
        let end = u32::try_from(table.ty.initial).unwrap_or(u32::MAX);
        put(&mut elements, plan.table, end, functions);
    }

    let mut code = CodeSection::new();
    let through =
        plan.slots.iter().map(|(function, place)| (*function, (*place, kind_of(*function))));
    let mut renumber =
        Renumber { functions: numbers.clone(), through: through.collect(), table: plan.table };
    let mut next = 0;
    for Staying { function, flow, regions } in &plan.stay {
        let parameters = module.signature(kind_of(*function)).0.len();
        let mut tell = BTreeMap::new();
        if counting {
            tell = watched(flow, next);
            next += u32::try_from(tell.len()).unwrap_or(u32::MAX);
        }
        code.function(&without(&mut renumber, parameters, flow, regions, &tell, bring)?);
    }
    for (place, function) in places {
        let kind = kind_of(function);
        let passed = module.signature(kind).0.len();
        let place = Instruction::I32Const(place.cast_signed());
        code.function(&stub(plan.table, bring, &place, kind, passed));
    }
    for (kind, (takes, _)) in (first_kind..).zip(&plan.kinds) {
        let place = Instruction::LocalGet(u32::try_from(takes.len()).unwrap_or(1) - 1);
        code.function(&stub(plan.table, bring, &place, kind, takes.len()));
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

/// The types of both parts: the module's own, that of the function that brings, and those of the
/// stretches.
pub(crate) fn types(
    module: &Module<'_>,
    plan: &Plan<'_>,
    bring: Option<ValType>,
) -> Result<TypeSection, Error<String>> {
    let mut same = Same;
    let mut types = TypeSection::new();
    for kind in &module.types {
        types.ty().subtype(&same.sub_type(kind.clone())?);
    }
    types.ty().function(bring, []);
    for (takes, gives) in &plan.kinds {
        let mut both = Vec::new();
        for kinds in [takes, gives] {
            both.push(
                kinds.iter().map(|kind| same.val_type(*kind)).collect::<Result<Vec<_>, _>>()?,
            );
        }
        types.ty().function(both[0].clone(), both[1].clone());
    }
    Ok(types)
}

/// A table's type, with the places that it has more.
pub(crate) fn grown(mut table: TableType, number: u32, plan: &Plan<'_>) -> TableType {
    if number == plan.table {
        table.minimum += u64::from(plan.grown);
        table.maximum = table.maximum.map(|maximum| maximum + u64::from(plan.grown));
    }
    table
}

/// Changes nothing.
pub(crate) struct Same;

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
fn stub(table: u32, bring: u32, place: &Instruction<'_>, kind: u32, passed: usize) -> Function {
    let mut body = Function::new([]);
    body.instruction(&Instruction::Call(bring));
    for parameter in 0..u32::try_from(passed).unwrap_or(0) {
        body.instruction(&Instruction::LocalGet(parameter));
    }
    body.instruction(place);
    body.instruction(&Instruction::CallIndirect { type_index: kind, table_index: table });
    body.instruction(&Instruction::End);
    body
}
