//! The part that follows.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ElementSection, EntityType, ExportKind, FunctionSection, ImportSection,
};

use crate::bodies::Renumber;
use crate::cut::Plan;
use crate::first::{Same, grown, put, things, types};
use crate::module::Module;
use crate::outline::{alone, without};

/// What the second part imports from: the first one's exports.
const FIRST: &str = "f";

/// Writes the second part.
pub(crate) fn rest(module: &Module<'_>, plan: &Plan<'_>) -> Result<Vec<u8>, String> {
    write(module, plan).map_err(|error| error.to_string())
}

fn write(module: &Module<'_>, plan: &Plan<'_>) -> Result<Vec<u8>, Error<String>> {
    let mut same = Same;
    let types = types(module, plan, None)?;

    let mut imports = ImportSection::new();
    let mut numbers = BTreeMap::new();
    for (number, (function, name)) in (0..).zip(&plan.shared) {
        numbers.insert(*function, number);
        let kind = module.function_types[*function as usize];
        imports.import(FIRST, name, EntityType::Function(kind));
    }
    for (kind, number, name) in things(module) {
        let index = number as usize;
        let entity = match kind {
            ExportKind::Memory => EntityType::Memory(same.memory_type(module.memories[index])?),
            ExportKind::Table => {
                EntityType::Table(grown(same.table_type(module.tables[index].ty)?, number, plan))
            }
            ExportKind::Global => EntityType::Global(same.global_type(module.globals[index].ty)?),
            ExportKind::Func | ExportKind::Tag => continue,
        };
        imports.import(FIRST, &name, entity);
    }

    let mut functions = FunctionSection::new();
    let imported = u32::try_from(plan.shared.len()).unwrap_or(u32::MAX);
    for (number, (function, _)) in (imported..).zip(&plan.go) {
        numbers.insert(*function, number);
        functions.function(module.function_types[*function as usize]);
    }
    let mut places: Vec<(u32, u32)> =
        plan.slots.iter().map(|(function, place)| (*place, numbers[function])).collect();
    for (_, (_, place, kind)) in plan.regions() {
        places.push((*place, imported + functions.len()));
        functions.function(*kind);
    }

    let mut elements = ElementSection::new();
    places.sort_unstable();
    for run in places.chunk_by(|one, next| one.0 + 1 == next.0) {
        put(&mut elements, plan.table, run[0].0, run.iter().map(|(_, number)| *number).collect());
    }

    let mut code = CodeSection::new();
    let through = BTreeMap::new();
    let mut renumber = Renumber { functions: numbers, through, table: plan.table };
    for (function, flow) in &plan.go {
        let kind = module.function_types[*function as usize];
        let parameters = module.signature(kind).0.len();
        code.function(&without(&mut renumber, parameters, flow, &[], &BTreeMap::new(), 0)?);
    }
    for (flow, (region, ..)) in plan.regions() {
        code.function(&alone(&mut renumber, flow, region)?);
    }
    let mut out = wasm_encoder::Module::new();
    out.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
    Ok(out.finish())
}
