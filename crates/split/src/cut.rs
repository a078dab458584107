//! What goes where.

use std::collections::{BTreeMap, BTreeSet};

use crate::bodies::calls;
use crate::module::Module;

/// Which functions stay, which go, and how they find each other.
pub(crate) struct Plan {
    /// Functions with a body that stay, in their order.
    pub(crate) stay: Vec<u32>,
    /// Functions that go, in their order.
    pub(crate) go: Vec<u32>,
    /// Where in the table each function stands that goes and can be reached from what stays.
    pub(crate) slots: BTreeMap<u32, u32>,
    /// The functions of `slots` for which there was no place in the table before, in order of place.
    pub(crate) added: Vec<u32>,
    /// The table of functions.
    pub(crate) table: u32,
    /// Functions of the first part, imported ones too, that the second calls; and their names.
    pub(crate) shared: BTreeMap<u32, String>,
}

impl Plan {
    pub(crate) fn new(module: &Module<'_>, stays: impl Fn(&str) -> bool) -> Self {
        let named = module.own().zip(&module.names);
        let (stay, go): (Vec<_>, Vec<_>) = named.partition(|(_, name)| stays(name));
        let numbers = |functions: Vec<(u32, &String)>| -> Vec<u32> {
            functions.into_iter().map(|(function, _)| function).collect()
        };
        let (stay, go) = (numbers(stay), numbers(go));
        let gone: BTreeSet<u32> = go.iter().copied().collect();
        let table = module.elements.first().map_or(0, |elements| elements.table);

        let mut slots = BTreeMap::new();
        for elements in &module.elements {
            for (place, function) in (elements.offset..).zip(&elements.functions) {
                if gone.contains(function) {
                    slots.insert(*function, place);
                }
            }
        }
        let called: BTreeSet<u32> = stay.iter().flat_map(|from| calls(module, *from)).collect();
        let exported = module.exports.iter().filter_map(|export| match export.kind {
            wasmparser::ExternalKind::Func => Some(export.index),
            _ => None,
        });
        let wanted: BTreeSet<u32> = called.into_iter().chain(exported).collect();
        let added: Vec<u32> = wanted
            .into_iter()
            .filter(|function| gone.contains(function) && !slots.contains_key(function))
            .collect();
        let end = module.tables.get(table as usize).map_or(0, |table| table.ty.initial);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        slots.extend(added.iter().copied().zip(end..));

        let used: BTreeSet<u32> = go.iter().flat_map(|from| calls(module, *from)).collect();
        let shared = used
            .into_iter()
            .filter(|function| !gone.contains(function))
            .enumerate()
            .map(|(number, function)| (function, short(number)))
            .collect();
        Self { stay, go, slots, added, table, shared }
    }
}

/// A name that nothing else has.
pub(crate) fn short(mut number: usize) -> String {
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
