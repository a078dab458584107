//! The part that comes first; and the whole module, where it tells of what is reached.

use std::borrow::Cow;
use std::collections::BTreeMap;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemorySection, RefType, StartSection, TableSection, TableType,
};
use wasmparser::{ExternalKind, ValType};

use crate::caller::without;
use crate::data::{self, Linked, Run};
use crate::error::Error;
use crate::list::List;
use crate::look::watched;
use crate::module::Module;
use crate::number::number;
use crate::order::{Likeness, by_likeness};
use crate::plan::{Plan, Staying};
use crate::region::Which;
use crate::rest::{Rest, Shared};
use crate::writer::{Through, Writer, Written};

/// The import, module and name, by which the first part asks for the second. It takes and gives
/// nothing, and is not called again once it has come back.
pub const BRING: (&str, &str) = ("r", "b");

/// Writes the first part without this data; it exports what is shared.
pub(crate) fn first(
    module: &Module<'_>,
    plan: &Plan<'_>,
    rest: &Rest,
    data: &[Run],
) -> Result<Vec<u8>, Error> {
    Ok(write(module, plan, &rest.shared, data, false)?)
}

/// Writes the whole module, which calls [`BRING`] with the number of each watched place that is
/// reached.
pub(crate) fn counting(module: &Module<'_>) -> Result<Vec<u8>, Error> {
    let plan = Plan::new(module, &List::default(), Which::Worthwhile)?;
    Ok(write(module, &plan, &[], &[], true)?)
}

/// What is known of the first part once it has been put together.
pub(crate) struct Survey {
    /// The order of the functions that stay in which it compresses well.
    pub(crate) order: Vec<usize>,
    /// The data that nothing in it reads, where it is known how the module was linked.
    pub(crate) data: Vec<Run>,
}

/// Looks at what stays.
pub(crate) fn survey(
    module: &Module<'_>,
    plan: &Plan<'_>,
    linked: Option<&Linked>,
    likeness: Likeness,
) -> Result<Survey, Error> {
    let mut writer = numbered(module, plan);
    let body = |Staying { flow, regions, .. }: &Staying<'_>| {
        let function = without(&mut writer, flow, regions, &BTreeMap::new(), module.imported);
        function.map(Function::into_raw_body)
    };
    let bodies = plan.stay.iter().map(body).collect::<Written<Vec<_>>>()?;
    // Numbers stand there, too.
    globals(module, &mut writer)?;
    elements(module, &mut writer)?;
    let data = linked.map(|linked| linked.going(&module.data, &writer.numbers)).unwrap_or_default();
    Ok(Survey { order: by_likeness(&bodies, likeness), data })
}

fn globals(module: &Module<'_>, writer: &mut Writer<'_, '_>) -> Written<GlobalSection> {
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        writer.parse_global(&mut globals, global.clone())?;
    }
    Ok(globals)
}

fn elements(module: &Module<'_>, writer: &mut Writer<'_, '_>) -> Written<ElementSection> {
    let mut elements = ElementSection::new();
    for element in &module.elements {
        writer.parse_element(&mut elements, element.clone())?;
    }
    Ok(elements)
}

/// Gives functions their numbers in the first part: those that are imported, what asks for the second
/// part and what sees to it that this is there, those that stay, and stubs.
fn numbered<'m, 'a>(module: &'m Module<'a>, plan: &'m Plan<'a>) -> Writer<'m, 'a> {
    let mut writer = Writer::new(module, &plan.places);
    let bring = module.imported;
    let own = bring + 1 + u32::from(plan.size > 0);
    writer.functions = (0..bring).map(|function| (function, function)).collect();
    let stay = plan.stay.iter().map(|staying| staying.function);
    writer.functions.extend(stay.chain(plan.stubs.iter().copied()).zip(own..));
    // Until the second part comes, anything stands where only that looks.
    writer.functions.extend(plan.late.iter().map(|function| (*function, bring)));
    writer.through = Through { once: Some(bring + 1), table: number(module.tables.len()) };
    writer
}

fn write(
    module: &Module<'_>,
    plan: &Plan<'_>,
    shared: &[Shared],
    runs: &[Run],
    counting: bool,
) -> Written<Vec<u8>> {
    let mut writer = numbered(module, plan);
    let number_of_place: &[ValType] = if counting { &[ValType::I32] } else { &[] };
    // Once to see which types are used most, and once more with short numbers for them.
    functions(module, plan, counting, &mut writer)?;
    writer.types = std::mem::take(&mut writer.types).by_use();
    let (functions, code) = functions(module, plan, counting, &mut writer)?;
    let mut imports = ImportSection::new();
    for import in &module.imports {
        writer.parse_import(&mut imports, *import)?;
    }
    let nothing = writer.types.number((number_of_place, &[]));
    imports.import(BRING.0, BRING.1, EntityType::Function(nothing));

    let mut tables = TableSection::new();
    for table in &module.tables {
        writer.parse_table(&mut tables, table.clone())?;
    }
    let mut memories = MemorySection::new();
    for memory in &module.memories {
        memories.memory(writer.memory_type(*memory)?);
    }
    let mut globals = globals(module, &mut writer)?;
    if plan.places() > 0 {
        tables.table(table_of_places(plan));
    }
    if plan.size > 0 {
        let val_type = wasm_encoder::ValType::I32;
        let here = GlobalType { val_type, mutable: true, shared: false };
        globals.global(here, &ConstExpr::i32_const(0));
    }
    let mut exports = ExportSection::new();
    for export in &module.exports {
        let index = match export.kind {
            ExternalKind::Func => writer.function_index(export.index)?,
            _ => export.index,
        };
        exports.export(export.name, writer.export_kind(export.kind)?, index);
    }
    for Shared { kind, index, name } in shared {
        let index = match kind {
            wasm_encoder::ExportKind::Func => writer.function_index(*index)?,
            _ => *index,
        };
        exports.export(name, *kind, index);
    }
    let mut elements = elements(module, &mut writer)?;
    if !plan.shared.is_empty() {
        let mut called: Vec<_> = plan.shared.iter().map(|(one, place)| (place, one)).collect();
        called.sort_unstable();
        let called = called.into_iter().map(|(_, one)| writer.functions[one]).collect();
        let places = ConstExpr::i32_const(plan.size.cast_signed());
        let table = writer.through.table;
        let table = (table != 0).then_some(table);
        elements.active(table, &places, Elements::Functions(Cow::Owned(called)));
    }
    let mut all = DataSection::new();
    for segment in &module.data {
        match data::base(segment) {
            Some(base) if !runs.is_empty() => {
                let place = ConstExpr::i32_const(base.cast_signed());
                all.active(0, &place, data::without(base, segment.data, runs));
            }
            _ => writer.parse_data(&mut all, segment.clone())?,
        }
    }

    let mut out = wasm_encoder::Module::new();
    out.section(&writer.types.section()?).section(&imports).section(&functions).section(&tables);
    out.section(&memories).section(&globals).section(&exports);
    if let Some(start) = module.start {
        out.section(&StartSection { function_index: writer.function_index(start)? });
    }
    out.section(&elements);
    if let Some(count) = module.data_count {
        out.section(&DataCountSection { count });
    }
    out.section(&code).section(&all);
    Ok(out.finish())
}

/// The table through which the parts call each other.
pub(crate) fn table_of_places(plan: &Plan<'_>) -> TableType {
    let size = u64::from(plan.places());
    TableType {
        element_type: RefType::FUNCREF,
        minimum: size,
        maximum: Some(size),
        table64: false,
        shared: false,
    }
}

/// Writes all functions: what brings the second part, if there is one; those that stay; for those that
/// go and are named, stubs.
fn functions(
    module: &Module<'_>,
    plan: &Plan<'_>,
    counting: bool,
    writer: &mut Writer<'_, '_>,
) -> Written<(FunctionSection, CodeSection)> {
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    let bring = module.imported;
    if plan.size > 0 {
        functions.function(writer.types.number((&[ValType::I32], &[ValType::I32])));
        code.function(&once(bring, number(module.globals.len())));
    }
    let mut next = 0;
    for Staying { function, flow, regions } in &plan.stay {
        let mut tell = BTreeMap::new();
        if counting {
            tell = watched(flow, next);
            next += number(tell.len());
        }
        functions.function(writer.types.number(module.signature(*function)));
        code.function(&without(writer, flow, regions, &tell, bring)?);
    }
    for function in &plan.stubs {
        let kinds = module.signature(*function);
        let kind = writer.types.number(kinds);
        functions.function(kind);
        let mut body: Vec<_> = (0..number(kinds.0.len())).map(Instruction::LocalGet).collect();
        writer.call(plan.places[function], kind, &mut body);
        body.push(Instruction::End);
        code.function(&writer.body(&[], &body)?);
    }
    Ok((functions, code))
}

/// Asks for the second part, if it has not come before. Takes a place of the table, and gives it
/// back, so that it can stand between the place and the call of what is there.
fn once(bring: u32, here: u32) -> Function {
    let mut body = Function::new([]);
    body.instructions().global_get(here).i32_eqz().if_(wasm_encoder::BlockType::Empty);
    body.instructions().call(bring).i32_const(1).global_set(here).end();
    body.instructions().local_get(0).end();
    body
}
