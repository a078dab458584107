//! A stretch that goes, and how its place calls it.
//!
//! As a function, a stretch takes what lies on the stack where it begins, and locals. It gives back
//! what travels to where control goes on; which of its ways out that is, if there are several; and
//! locals that it may have changed.

use std::collections::BTreeSet;

use wasmparser::{Operator, ValType};

use crate::error::Error;
use crate::flow::Flow;
use crate::look::{Stretch, stretches};
use crate::module::Module;
use crate::wanted::Wanted;

/// Which of the stretches that are listed go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// Those that are clearly longer than the call that takes their place.
    Worthwhile,
    /// All that can.
    All,
}

impl Which {
    /// What is shorter than this, in octets, is never worth it.
    const LEAST: u64 = 12;

    /// Whether a stretch may go, for all that its length says.
    pub(crate) fn takes(self, flow: &Flow<'_>, stretch: Stretch) -> bool {
        let Stretch { begin, end, .. } = stretch;
        begin < end && (self == Self::All || flow.octets(begin, end) >= Self::LEAST)
    }

    /// Whether a stretch goes.
    fn is_worth(self, flow: &Flow<'_>, region: &Region) -> bool {
        self == Self::All || flow.octets(region.begin, region.end) >= region.cost()
    }
}

/// A stretch that goes, and how its place calls it.
pub(crate) struct Region {
    /// Its first instruction.
    pub(crate) begin: usize,
    /// The `end` or `else` that follows its last.
    pub(crate) end: usize,
    /// What lies on the stack where it begins, and is passed.
    pub(crate) stack: Vec<ValType>,
    /// The locals that are passed.
    pub(crate) passed: Vec<u32>,
    /// The locals that are given back.
    pub(crate) given: Vec<u32>,
    /// All locals that it touches.
    pub(crate) touched: Vec<u32>,
    /// Where it may go on. Where there are several, it gives back a number among these.
    pub(crate) ways: Vec<Way>,
    /// What travels with it wherever it goes on: what the way takes that takes most.
    pub(crate) carried: Vec<ValType>,
}

/// Where a stretch may go on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// After its end.
    After,
    /// Where a branch to a frame goes, which it is in.
    To(usize),
}

/// The stretches of a function that are listed.
pub(crate) fn regions(
    module: &Module<'_>,
    function: u32,
    flow: &Flow<'_>,
    listed: &BTreeSet<u64>,
    which: Which,
) -> Result<Vec<Region>, Error> {
    let stacks = module.stacks(function, flow)?;
    let wanted = Wanted::of(flow);
    let mut found: Vec<Region> = Vec::new();
    for stretch in stretches(flow) {
        let free = found.last().is_none_or(|last| last.end <= stretch.begin);
        if free
            && listed.contains(&stretch.look)
            && which.takes(flow, stretch)
            && let Some(region) = Region::of(flow, stretch, &stacks, &wanted)
            && which.is_worth(flow, &region)
        {
            found.push(region);
        }
    }
    Ok(found)
}

impl Region {
    /// How a stretch is called; `None` where it cannot be.
    fn of(
        flow: &Flow<'_>,
        stretch: Stretch,
        stacks: &[Option<Vec<ValType>>],
        wanted: &Wanted<'_, '_>,
    ) -> Option<Self> {
        let Stretch { begin, end, .. } = stretch;
        let stack = stacks[begin].clone()?;
        let (mut touched, mut written) = (BTreeSet::new(), BTreeSet::new());
        let mut ways: BTreeSet<Way> = BTreeSet::new();
        if stacks[end].is_some() {
            ways.insert(Way::After);
        }
        for at in begin..end {
            match &flow.ops[at] {
                Operator::LocalGet { local_index } => {
                    touched.insert(*local_index);
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    touched.insert(*local_index);
                    written.insert(*local_index);
                }
                Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                    ways.extend(way(flow, begin, at, *relative_depth));
                }
                Operator::BrTable { targets } => {
                    for depth in targets.targets().chain([Ok(targets.default())]) {
                        let way = way(flow, begin, at, depth.ok()?);
                        if way.is_some_and(|way| !label(flow, begin, way).is_empty()) {
                            // Rust has none of these: it is not worth learning.
                            return None;
                        }
                        ways.extend(way);
                    }
                }
                Operator::Return => {
                    ways.insert(to(flow, begin, 0));
                }
                op if !can_go(op) => return None,
                _ => {}
            }
        }
        let mut after = match ways.first() {
            Some(Way::After) => wanted.before(end).clone(),
            _ => Default::default(),
        };
        for way in &ways {
            if let Way::To(frame) = way {
                after.add(wanted.at_label(*frame));
            }
        }
        let before = wanted.before(begin);
        let mut passed: Vec<u32> =
            touched.iter().copied().filter(|local| before.contains(*local)).collect();
        let mut given: Vec<u32> =
            written.into_iter().filter(|local| after.contains(*local)).collect();
        // In an order of types: so fewer types are needed.
        for locals in [&mut passed, &mut given] {
            locals.sort_by_key(|local| order(flow.locals[*local as usize]));
        }
        let region = Self {
            begin,
            end,
            stack,
            passed,
            given,
            touched: touched.into_iter().collect(),
            carried: carried(flow, begin, &ways)?,
            ways: ways.into_iter().collect(),
        };
        Some(region)
    }

    /// Which way a branch goes that leaves the stretch: its number, and what travels.
    pub(crate) fn way<'f>(
        &self,
        flow: &'f Flow<'_>,
        at: usize,
        depth: u32,
    ) -> Option<(usize, &'f [ValType])> {
        let way = way(flow, self.begin, at, depth)?;
        let number = self.ways.iter().position(|known| *known == way)?;
        Some((number, label(flow, self.begin, way)))
    }

    /// What travels on a way.
    pub(crate) fn label<'f>(&self, flow: &'f Flow<'_>, way: Way) -> &'f [ValType] {
        label(flow, self.begin, way)
    }

    /// What its function takes and gives.
    pub(crate) fn kinds(&self, flow: &Flow<'_>) -> (Vec<ValType>, Vec<ValType>) {
        let local = |local: &u32| flow.locals[*local as usize];
        let mut takes = self.stack.clone();
        takes.extend(self.passed.iter().map(local));
        let mut gives = self.carried.clone();
        if self.ways.len() > 1 {
            gives.push(ValType::I32);
        }
        gives.extend(self.given.iter().map(local));
        (takes, gives)
    }

    /// How many octets stay in its place, about: those of the call, and those that pass, take back and
    /// choose a way. (Less than they are: one call looks like another, and compresses well.)
    fn cost(&self) -> u64 {
        let words = 6 + 2 * (self.passed.len() + self.given.len()) + 4 * self.ways.len();
        words as u64
    }
}

/// Which locals pass first.
pub(crate) fn order(kind: ValType) -> u8 {
    match kind {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(_) => 5,
    }
}

/// The way of a branch from `at` in a stretch that begins at `begin`; `None` where it stays inside.
fn way(flow: &Flow<'_>, begin: usize, at: usize, depth: u32) -> Option<Way> {
    let frame = flow.target(at, depth);
    let outside = flow.frames[frame].open.is_none_or(|open| open < begin);
    outside.then(|| to(flow, begin, frame))
}

/// The way to a frame around a stretch.
fn to(flow: &Flow<'_>, begin: usize, frame: usize) -> Way {
    if frame == flow.within[begin] && !flow.frames[frame].is_loop {
        Way::After
    } else {
        Way::To(frame)
    }
}

fn label<'f>(flow: &'f Flow<'_>, begin: usize, way: Way) -> &'f [ValType] {
    match way {
        Way::After => flow.frames[flow.within[begin]].results(),
        Way::To(frame) => flow.frames[frame].label(),
    }
}

/// What travels on all ways, if each finds its own on top of it. After the stretch nothing else may
/// be left there.
fn carried(flow: &Flow<'_>, begin: usize, ways: &BTreeSet<Way>) -> Option<Vec<ValType>> {
    let labels = || ways.iter().map(|way| (*way, label(flow, begin, *way)));
    let most = labels().map(|(_, label)| label).max_by_key(|label| label.len()).unwrap_or_default();
    let fits = labels().all(|(way, label)| match way {
        Way::After => label == most || label.is_empty(),
        Way::To(_) => most.ends_with(label),
    });
    fits.then(|| most.to_vec())
}

/// Whether an instruction does the same in the other part. Data and elements that the module copies
/// from stay in the first.
pub(crate) fn can_go(op: &Operator<'_>) -> bool {
    !matches!(
        op,
        Operator::MemoryInit { .. }
            | Operator::DataDrop { .. }
            | Operator::TableInit { .. }
            | Operator::ElemDrop { .. }
    )
}
