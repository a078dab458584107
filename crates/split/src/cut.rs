//! What goes where.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::ValType;

use crate::bodies::calls;
use crate::flow::Flow;
use crate::list::List;
use crate::module::Module;
use crate::regions::{Region, regions};

/// Which functions stay, which go, and how they find each other.
pub(crate) struct Plan<'a> {
    /// Functions with a body that stay, in their order.
    pub(crate) stay: Vec<Staying<'a>>,
    /// Functions that go, in their order.
    pub(crate) go: Vec<(u32, Flow<'a>)>,
    /// Where in the table each function stands that goes and can be reached from what stays.
    pub(crate) slots: BTreeMap<u32, u32>,
    /// The functions of `slots` for which there was no place in the table before, in order of place.
    pub(crate) added: Vec<u32>,
    /// How many places the table has more than before: for those, and for stretches after them.
    pub(crate) grown: u32,
    /// The table of functions.
    pub(crate) table: u32,
    /// Functions of the first part, imported ones too, that the second calls; and their names.
    pub(crate) shared: BTreeMap<u32, String>,
    /// Types of stretches, which come after the module's own types and one more.
    pub(crate) kinds: Vec<(Vec<ValType>, Vec<ValType>)>,
}

/// A function that stays, perhaps without some stretches.
pub(crate) struct Staying<'a> {
    pub(crate) function: u32,
    pub(crate) flow: Flow<'a>,
    /// The stretches that go; where in the table each stands, and its type.
    pub(crate) regions: Vec<(Region, u32, u32)>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(module: &Module<'a>, list: &List) -> wasmparser::Result<Self> {
        let (mut stay, mut go) = (Vec::new(), Vec::new());
        for (function, name) in module.own().zip(&module.names) {
            let flow = module.flow(function)?;
            if list.goes(name) {
                go.push((function, flow));
                continue;
            }
            let regions = match list.stretches(name) {
                Some(listed) => regions(module, function, &flow, listed)?,
                None => Vec::new(),
            };
            stay.push((function, flow, regions));
        }
        let gone: BTreeSet<u32> = go.iter().map(|(function, _)| *function).collect();
        let table = module.elements.first().map_or(0, |elements| elements.table);

        let mut slots = BTreeMap::new();
        for elements in &module.elements {
            for (place, function) in (elements.offset..).zip(&elements.functions) {
                if gone.contains(function) {
                    slots.insert(*function, place);
                }
            }
        }
        let mut called = BTreeSet::new();
        let mut used: BTreeSet<u32> = go.iter().flat_map(|(_, flow)| calls(&flow.ops)).collect();
        for (_, flow, regions) in &stay {
            let mut at = 0;
            for region in regions {
                called.extend(calls(&flow.ops[at..region.begin]));
                used.extend(calls(&flow.ops[region.begin..region.end]));
                at = region.end;
            }
            called.extend(calls(&flow.ops[at..]));
        }
        called.extend(module.exports.iter().filter_map(|export| match export.kind {
            wasmparser::ExternalKind::Func => Some(export.index),
            _ => None,
        }));
        let added: Vec<u32> = called
            .into_iter()
            .filter(|function| gone.contains(function) && !slots.contains_key(function))
            .collect();
        let end = module.tables.get(table as usize).map_or(0, |table| table.ty.initial);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        slots.extend(added.iter().copied().zip(end..));

        let mut next = end + u32::try_from(added.len()).unwrap_or(u32::MAX);
        let first_kind = u32::try_from(module.types.len()).unwrap_or(u32::MAX) + 1;
        let mut kinds: Vec<(Vec<ValType>, Vec<ValType>)> = Vec::new();
        let mut placed = |flow: &Flow<'_>, region: Region| {
            let signature = region.signature(flow);
            let known = kinds.iter().position(|kind| *kind == signature);
            let kind = known.unwrap_or_else(|| {
                kinds.push(signature);
                kinds.len() - 1
            });
            next += 1;
            (region, next - 1, first_kind + u32::try_from(kind).unwrap_or(0))
        };
        let stay = stay
            .into_iter()
            .map(|(function, flow, regions)| {
                let regions = regions.into_iter().map(|region| placed(&flow, region)).collect();
                Staying { function, flow, regions }
            })
            .collect();
        let shared = used
            .into_iter()
            .filter(|function| !gone.contains(function))
            .enumerate()
            .map(|(number, function)| (function, short(number)))
            .collect();
        Ok(Self { stay, go, slots, added, grown: next - end, table, shared, kinds })
    }

    /// All stretches, with the function that each is of, in order of their places.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&Flow<'a>, &(Region, u32, u32))> {
        self.stay
            .iter()
            .flat_map(|staying| staying.regions.iter().map(move |region| (&staying.flow, region)))
    }
}

/// A name that nothing else has.
fn short(mut number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut name = String::from("_");
    loop {
        name.push(char::from(DIGITS[number % 36]));
        number /= 36;
        if number == 0 {
            return name;
        }
    }
}
