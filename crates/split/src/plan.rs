//! What goes where.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{ConstExpr, ElementItems, ExternalKind, Operator, TableInit};

use crate::error::Error;
use crate::flow::Flow;
use crate::list::List;
use crate::module::Module;
use crate::number::number;
use crate::region::{Region, Which, can_go, regions};

/// So many instructions are short enough to be in both parts.
const SHORT: usize = 70;

/// Which functions stay, which go, and how they find each other: through a table that both parts
/// have. First in it stands everything that goes and can be reached from what stays, then what stays
/// and is called from what goes.
pub(crate) struct Plan<'a> {
    /// Functions that stay, in their order.
    pub(crate) stay: Vec<Staying<'a>>,
    /// Functions that go, in their order.
    pub(crate) go: Vec<(u32, Flow<'a>)>,
    /// The places of functions in the table; those of stretches follow.
    pub(crate) places: BTreeMap<u32, u32>,
    /// Functions among those that must stay functions of the first part, because something else
    /// than a call names them.
    pub(crate) stubs: BTreeSet<u32>,
    /// Short functions that stay, and that what goes calls: it has its own copies of them, which is
    /// less for the first part than places in the table.
    pub(crate) copies: Vec<(u32, Flow<'a>)>,
    /// Other functions that stay, imported ones too, which what goes calls: their places in the table.
    pub(crate) shared: BTreeMap<u32, u32>,
    /// Functions that stay which what goes names otherwise.
    pub(crate) declared: BTreeSet<u32>,
    /// How many places there are for what goes.
    pub(crate) size: u32,
}

/// A function that stays, perhaps without some stretches.
pub(crate) struct Staying<'a> {
    /// Its number.
    pub(crate) function: u32,
    /// Its body.
    pub(crate) flow: Flow<'a>,
    /// The stretches that go, and their places in the table.
    pub(crate) regions: Vec<(Region, u32)>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(module: &Module<'a>, list: &List, which: Which) -> Result<Self, Error> {
        let (mut stay, mut go) = (Vec::new(), Vec::new());
        for (function, name) in module.own().zip(&module.names) {
            let flow = module.flow(function)?;
            // What runs while the first part is instantiated cannot bring the second.
            let starts = module.start == Some(function);
            if list.goes(name) && !starts && flow.ops.iter().all(can_go) {
                go.push((function, flow));
                continue;
            }
            let regions = match list.stretches(name) {
                Some(listed) if !starts => regions(module, function, &flow, listed, which)?,
                _ => Vec::new(),
            };
            stay.push((function, flow, regions));
        }

        let gone: BTreeSet<u32> = go.iter().map(|(function, _)| *function).collect();
        let (mut staying, mut going) = (Used::default(), Used::default());
        staying.named = named(module)?;
        for (_, flow) in &go {
            going.note(&flow.ops);
        }
        for (_, flow, regions) in &stay {
            let mut at = 0;
            for region in regions {
                staying.note(&flow.ops[at..region.begin]);
                going.note(&flow.ops[region.begin..region.end]);
                at = region.end;
            }
            staying.note(&flow.ops[at..]);
        }

        let stubs: BTreeSet<u32> = staying.named.intersection(&gone).copied().collect();
        let reached = staying.called.intersection(&gone).chain(&stubs).copied();
        let reached: BTreeSet<u32> = reached.collect();
        let mut size = number(reached.len());
        let stay = stay
            .into_iter()
            .map(|(function, flow, regions)| {
                let regions: Vec<(Region, u32)> = regions.into_iter().zip(size..).collect();
                size += number(regions.len());
                Staying { function, flow, regions }
            })
            .collect();
        let copies = copies(module, &gone, &going)?;
        for (function, _) in &copies {
            going.called.remove(function);
        }
        Ok(Self {
            stay,
            go,
            copies,
            places: reached.into_iter().zip(0..).collect(),
            stubs,
            shared: going.called.difference(&gone).copied().zip(size..).collect(),
            declared: going.named.difference(&gone).copied().collect(),
            size,
        })
    }

    /// How many places the table has.
    pub(crate) fn places(&self) -> u32 {
        self.size + number(self.shared.len())
    }

    /// All stretches, with the function that each is of, in order of their places.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&Flow<'a>, &Region)> {
        self.stay
            .iter()
            .flat_map(|staying| staying.regions.iter().map(|(region, _)| (&staying.flow, region)))
    }
}

/// Of the functions that are called from what goes, those that stay, are short, and call nothing but
/// what is called from there anyway.
fn copies<'a>(
    module: &Module<'a>,
    gone: &BTreeSet<u32>,
    going: &Used,
) -> wasmparser::Result<Vec<(u32, Flow<'a>)>> {
    let mut copies = Vec::new();
    let Used { called, named } = going;
    let stay = called.difference(gone).filter(|function| **function >= module.imported);
    // What is named is the one function of the first part, and no copy of it.
    for function in stay.filter(|function| !named.contains(function)).copied() {
        let flow = module.flow(function)?;
        let mut used = Used::default();
        used.note(&flow.ops);
        let short = flow.ops.len() <= SHORT && flow.ops.iter().all(can_go);
        let known = used.called.iter().all(|one| called.contains(one) || gone.contains(one));
        if short && known && used.named.is_empty() {
            copies.push((function, flow));
        }
    }
    Ok(copies)
}

/// Functions that instructions use.
#[derive(Default)]
struct Used {
    called: BTreeSet<u32>,
    named: BTreeSet<u32>,
}

impl Used {
    fn note(&mut self, ops: &[Operator<'_>]) {
        for op in ops {
            match op {
                Operator::Call { function_index } => self.called.insert(*function_index),
                Operator::RefFunc { function_index } => self.named.insert(*function_index),
                _ => false,
            };
        }
    }
}

/// Functions that something else than code names.
fn named(module: &Module<'_>) -> wasmparser::Result<BTreeSet<u32>> {
    let exports = module.exports.iter().filter(|export| export.kind == ExternalKind::Func);
    let mut named: BTreeSet<u32> = exports.map(|export| export.index).collect();
    let mut note = |expression: &ConstExpr<'_>| {
        for op in expression.get_operators_reader() {
            if let Operator::RefFunc { function_index } = op? {
                named.insert(function_index);
            }
        }
        wasmparser::Result::Ok(())
    };
    for global in &module.globals {
        note(&global.init_expr)?;
    }
    for table in &module.tables {
        if let TableInit::Expr(expression) = &table.init {
            note(expression)?;
        }
    }
    for element in &module.elements {
        if let ElementItems::Expressions(_, items) = &element.items {
            for item in items.clone() {
                note(&item?)?;
            }
        }
    }
    for element in &module.elements {
        if let ElementItems::Functions(items) = &element.items {
            for item in items.clone() {
                named.insert(item?);
            }
        }
    }
    Ok(named)
}
