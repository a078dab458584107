//! The part that follows.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ElementSection, EntityType, ExportKind, FunctionSection, ImportSection,
    TypeSection,
};

use crate::bodies::Renumber;
use crate::cut::Plan;
use crate::first::{put, things};
use crate::module::Module;

/// What the second part imports from: the first one's exports.
const FIRST: &str = "f";

/// Writes the second part.
pub(crate) fn rest(module: &Module<'_>, plan: &Plan) -> Result<Vec<u8>, String> {
    let text = |error: wasm_encoder::reencode::Error| error.to_string();
    let mut same = RoundtripReencoder;
    let mut types = TypeSection::new();
    for kind in &module.types {
        types.ty().subtype(&same.sub_type(kind.clone()).map_err(text)?);
    }

    let mut imports = ImportSection::new();
    let mut numbers = BTreeMap::new();
    for (number, (function, name)) in (0..).zip(&plan.shared) {
        numbers.insert(*function, number);
        let kind = module.function_types[*function as usize];
        imports.import(FIRST, name, EntityType::Function(kind));
    }
    for (kind, index, name) in things(module) {
        let index = index as usize;
        let entity = match kind {
            ExportKind::Memory => {
                EntityType::Memory(same.memory_type(module.memories[index]).map_err(text)?)
            }
            ExportKind::Table => {
                EntityType::Table(same.table_type(module.tables[index].ty).map_err(text)?)
            }
            ExportKind::Global => {
                EntityType::Global(same.global_type(module.globals[index].ty).map_err(text)?)
            }
            ExportKind::Func | ExportKind::Tag => continue,
        };
        // A table's bound is the first part's affair: it has grown by the places for stubs.
        let entity = match entity {
            EntityType::Table(mut table) if table.maximum.is_some() => {
                let added = if index == plan.table as usize { plan.added.len() as u64 } else { 0 };
                table.minimum += added;
                table.maximum = table.maximum.map(|maximum| maximum + added);
                EntityType::Table(table)
            }
            other => other,
        };
        imports.import(FIRST, &name, entity);
    }

    let mut functions = FunctionSection::new();
    let imported = u32::try_from(plan.shared.len()).unwrap_or(u32::MAX);
    for (number, function) in (imported..).zip(&plan.go) {
        numbers.insert(*function, number);
        functions.function(module.function_types[*function as usize]);
    }

    let mut elements = ElementSection::new();
    let mut places: Vec<(u32, u32)> =
        plan.slots.iter().map(|(function, place)| (*place, numbers[function])).collect();
    places.sort_unstable();
    for run in places.chunk_by(|one, next| one.0 + 1 == next.0) {
        put(&mut elements, plan.table, run[0].0, run.iter().map(|(_, number)| *number).collect());
    }

    let mut code = CodeSection::new();
    let mut renumber = Renumber { functions: numbers, through: BTreeMap::new(), table: plan.table };
    for body in plan.go.iter().filter_map(|function| module.body(*function)) {
        renumber.body(&mut code, body, &[])?;
    }
    let mut out = wasm_encoder::Module::new();
    out.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
    Ok(out.finish())
}
