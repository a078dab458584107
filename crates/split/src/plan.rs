//! What goes where.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{
    ConstExpr, Element, ElementItems, ElementKind, ExternalKind, Operator, TableInit,
};

use crate::error::Error;
use crate::flow::Flow;
use crate::list::List;
use crate::module::Module;
use crate::number::number;
use crate::region::{Region, Which, can_go, regions};

/// So many instructions are short enough to be in both parts.
const SHORT: usize = 200;

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
    /// Functions among those that must be functions of the first part, because something else than a
    /// call names them.
    pub(crate) stubs: BTreeSet<u32>,
    /// Functions that only a table of the module names, and nothing of the first part means by their
    /// places there: the second part puts them in.
    pub(crate) late: BTreeSet<u32>,
    /// Functions that go and are called from what stays.
    called: BTreeSet<u32>,
    /// Functions that something else names than a call and the tables.
    named: BTreeSet<u32>,
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
        let listed = listed(module)?;
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

        let all_named = staying.named.iter().chain(listed.iter().map(|(_, function)| function));
        let stubs: BTreeSet<u32> =
            all_named.filter(|function| gone.contains(function)).copied().collect();
        let called: BTreeSet<u32> = staying.called.intersection(&gone).copied().collect();
        let reached: BTreeSet<u32> = called.union(&stubs).copied().collect();
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
            late: BTreeSet::new(),
            called,
            named: staying.named,
            shared: going.called.difference(&gone).copied().zip(size..).collect(),
            declared: going.named.difference(&gone).copied().collect(),
            size,
        })
    }

    /// Leaves out stubs that nothing in the first part can mean, where these entries of the module's
    /// first table are not meant by anything in it.
    pub(crate) fn leave(
        &mut self,
        module: &Module<'_>,
        unmeant: &BTreeSet<u32>,
    ) -> Result<(), Error> {
        let listed = listed(module)?;
        let meant = listed.iter().filter(|(entry, _)| !unmeant.contains(entry));
        let meant: BTreeSet<u32> = meant.map(|(_, function)| *function).collect();
        let stays = |function: &u32| self.named.contains(function) || meant.contains(function);
        self.late = self.stubs.iter().filter(|function| !stays(function)).copied().collect();
        self.stubs.retain(|function| !self.late.contains(function));
        Ok(())
    }

    /// Puts the functions that stay into this order, and gives places of the table in the same: near
    /// each other stand numbers that are near each other.
    pub(crate) fn arrange(&mut self, order: &[usize]) {
        let mut stay: Vec<Option<Staying<'a>>> =
            std::mem::take(&mut self.stay).into_iter().map(Some).collect();
        self.stay = order.iter().filter_map(|place| stay.get_mut(*place)?.take()).collect();
        self.places = self.called.union(&self.stubs).copied().zip(0..).collect();
        self.size = number(self.places.len());
        for (_, place) in self.stay.iter_mut().flat_map(|staying| &mut staying.regions) {
            *place = self.size;
            self.size += 1;
        }
        let stay: BTreeMap<u32, usize> =
            self.stay.iter().zip(0..).map(|(staying, at)| (staying.function, at)).collect();
        // Those that are imported come first.
        let mut shared: Vec<u32> = self.shared.keys().copied().collect();
        shared.sort_by_key(|function| (stay.get(function).copied(), *function));
        self.shared = shared.into_iter().zip(self.size..).collect();
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

/// What the module puts into its first table, by the entries, where these are known.
pub(crate) fn listed(module: &Module<'_>) -> wasmparser::Result<Vec<(u32, u32)>> {
    let mut listed = Vec::new();
    for element in &module.elements {
        if let (Some(first), ElementItems::Functions(items)) =
            (first_entry(element), &element.items)
        {
            for (entry, item) in (first..).zip(items.clone()) {
                listed.push((entry, item?));
            }
        }
    }
    Ok(listed)
}

/// Where in the first table these elements begin.
fn first_entry(element: &Element<'_>) -> Option<u32> {
    let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else {
        return None;
    };
    let mut ops = offset_expr.get_operators_reader();
    match (ops.read(), ops.read()) {
        (Ok(Operator::I32Const { value }), Ok(Operator::End)) => Some(value.cast_unsigned()),
        _ => None,
    }
}

/// Functions that something else names than code and [`listed`].
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
        if let (None, ElementItems::Functions(items)) = (first_entry(element), &element.items) {
            for item in items.clone() {
                named.insert(item?);
            }
        }
    }
    Ok(named)
}
