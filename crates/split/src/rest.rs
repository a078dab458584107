//! The part that follows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    FunctionSection, ImportSection,
};

use crate::alone::alone;
use crate::caller::without;
use crate::data::Run;
use crate::error::Error;
use crate::first::table_of_places;
use crate::module::Module;
use crate::names::short;
use crate::number::number;
use crate::plan::{Plan, listed};
use crate::writer::{Writer, Written};

/// The module that the second part imports everything from: the first part's exports.
pub const FIRST: &str = "f";

/// What the second part imports from the first.
pub(crate) struct Shared {
    pub(crate) kind: ExportKind,
    /// Its number in the module.
    pub(crate) index: u32,
    pub(crate) name: String,
}

/// The second part, up to its data.
pub(crate) struct Rest {
    module: wasm_encoder::Module,
    /// What it imports from the first.
    pub(crate) shared: Vec<Shared>,
}

impl Rest {
    pub(crate) fn new(module: &Module<'_>, plan: &Plan<'_>) -> Result<Self, Error> {
        Ok(write(module, plan)?)
    }

    /// The second part with the data that goes into it.
    pub(crate) fn with(mut self, runs: &[Run]) -> Vec<u8> {
        if !runs.is_empty() {
            let mut data = DataSection::new();
            for (place, octets) in runs {
                let place = ConstExpr::i32_const(place.cast_signed());
                data.active(0, &place, octets.iter().copied());
            }
            self.module.section(&data);
        }
        self.module.finish()
    }
}

fn write(module: &Module<'_>, plan: &Plan<'_>) -> Written<Rest> {
    let mut writer = Writer::new(module, &plan.shared);
    writer.used = Some(Vec::new());
    if !module.memories.is_empty() {
        // The first is the one that data may go into.
        writer.memory_index(0)?;
    }
    if plan.places() > 0 {
        writer.through.table = writer.table_index(number(module.tables.len()))?;
    }
    let own = plan.go.iter().chain(&plan.copies);
    let go = own.clone().map(|(function, _)| *function);
    writer.functions = plan.declared.iter().copied().chain(go).zip(0..).collect();

    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for (function, flow) in own {
        functions.function(writer.types.number(module.signature(*function)));
        code.function(&without(&mut writer, flow, &[], &BTreeMap::new(), 0)?);
    }
    for (flow, region) in plan.regions() {
        let (takes, gives) = region.kinds(flow);
        functions.function(writer.types.number((&takes, &gives)));
        code.function(&alone(&mut writer, flow, region)?);
    }

    let mut elements = ElementSection::new();
    if plan.size > 0 {
        let table = writer.through.table;
        let stretches = number(writer.functions.len())..;
        let placed = plan.places.keys().map(|function| writer.functions[function]);
        let placed = placed.chain(stretches).take(plan.size as usize).collect();
        let table = (table != 0).then_some(table);
        elements.active(table, &ConstExpr::i32_const(0), Elements::Functions(Cow::Owned(placed)));
    }
    for (entry, function) in listed(module)? {
        if plan.late.contains(&function) {
            let table = writer.table_index(0)?;
            let function = Elements::Functions(Cow::Owned(vec![writer.functions[&function]]));
            let entry = ConstExpr::i32_const(entry.cast_signed());
            elements.active((table != 0).then_some(table), &entry, function);
        }
    }
    if !plan.declared.is_empty() {
        let declared = plan.declared.iter().map(|function| writer.functions[function]).collect();
        elements.declared(Elements::Functions(Cow::Owned(declared)));
    }

    let mut imports = ImportSection::new();
    let taken: BTreeSet<&str> = module.exports.iter().map(|export| export.name).collect();
    let things = plan.declared.iter().map(|function| (ExportKind::Func, *function));
    let things = things.chain(writer.used.take().unwrap_or_default());
    let shared: Vec<Shared> = things
        .zip(short(taken))
        .map(|((kind, index), name)| Shared { kind, index, name })
        .collect();
    for Shared { kind, index, name } in &shared {
        imports.import(FIRST, name, entity(module, plan, &mut writer, *kind, *index)?);
    }
    let mut out = wasm_encoder::Module::new();
    out.section(&writer.types.section()?).section(&imports).section(&functions);
    out.section(&elements).section(&code);
    Ok(Rest { module: out, shared })
}

/// The type of something that is shared.
fn entity(
    module: &Module<'_>,
    plan: &Plan<'_>,
    writer: &mut Writer<'_, '_>,
    kind: ExportKind,
    index: u32,
) -> Written<EntityType> {
    let place = index as usize;
    Ok(match kind {
        ExportKind::Memory => EntityType::Memory(writer.memory_type(module.memories[place])?),
        ExportKind::Global => EntityType::Global(writer.global_type(module.globals[place].ty)?),
        ExportKind::Table => EntityType::Table(match module.tables.get(place) {
            Some(table) => writer.table_type(table.ty)?,
            None => table_of_places(plan),
        }),
        // Nothing else is shared.
        ExportKind::Func | ExportKind::Tag => {
            EntityType::Function(writer.types.number(module.signature(index)))
        }
    })
}
