//! Stretches of a function that were never reached: each goes from a place that control may not come
//! to, up to the end of the frame that it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use wasmparser::{Operator, ValType};

use crate::flow::{Flow, Locals};
use crate::module::Module;

/// A call through the table, with what it passes and takes back, is so many octets at the least:
/// what is not clearly longer stays where it is.
const LEAST: u64 = 40;

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
    /// Where it may go on: first after its end, then to these frames.
    pub(crate) exits: Vec<usize>,
    /// What travels with it wherever it goes on: so many of each type as any exit needs.
    pub(crate) carried: Vec<ValType>,
}

/// Places after which control may be elsewhere than before: where one looks whether it ever came.
pub(crate) fn is_watched(flow: &Flow<'_>, at: usize) -> bool {
    at == 0
        || matches!(
            flow.ops[at - 1],
            Operator::If { .. } | Operator::Else | Operator::BrIf { .. } | Operator::End
        )
}

/// The end of the stretch that begins at an instruction.
fn end_of(flow: &Flow<'_>, begin: usize) -> usize {
    let frame = &flow.frames[flow.within[begin]];
    match frame.middle {
        Some(middle) if begin <= middle => middle,
        _ => frame.end,
    }
}

/// The stretches that begin at places that are watched: their ends, and how they are told from all
/// others of the function. A stretch is known by what it looks like, and by how many looked so before
/// it.
fn stretches(flow: &Flow<'_>) -> Vec<(usize, usize, u64)> {
    let prints = Prints::of(flow);
    let mut alike: BTreeMap<u64, u64> = BTreeMap::new();
    (1..flow.ops.len())
        .filter(|at| is_watched(flow, *at))
        .map(|at| {
            let end = end_of(flow, at);
            let look = prints.of_range(at, end);
            let before = alike.entry(look).or_insert(0);
            *before += 1;
            (at, end, look.wrapping_add(*before))
        })
        .collect()
}

/// What stretches look like, whatever the numbers in them are: those of functions, types and places
/// in memory change with each change anywhere.
struct Prints(Vec<u64>);

impl Prints {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    fn of(flow: &Flow<'_>) -> Self {
        let mut prints = vec![0_u64];
        let mut sum = 0_u64;
        for op in &flow.ops {
            let mut hasher = DefaultHasher::new();
            match op {
                Operator::LocalGet { .. }
                | Operator::LocalSet { .. }
                | Operator::LocalTee { .. }
                | Operator::Br { .. }
                | Operator::BrIf { .. } => format!("{op:?}").hash(&mut hasher),
                _ => {
                    let text = format!("{op:?}");
                    text.split([' ', '{']).next().hash(&mut hasher);
                }
            }
            sum = sum.wrapping_mul(Self::BASE).wrapping_add(hasher.finish());
            prints.push(sum);
        }
        Self(prints)
    }

    fn of_range(&self, begin: usize, end: usize) -> u64 {
        let power = Self::BASE.wrapping_pow(u32::try_from(end - begin).unwrap_or(u32::MAX));
        self.0[end].wrapping_sub(self.0[begin].wrapping_mul(power))
    }
}

/// The stretches of a function that were never reached, the widest only; and those that were.
pub(crate) fn sorted(flow: &Flow<'_>, reached: &dyn Fn(usize) -> bool) -> (Vec<u64>, Vec<u64>) {
    let (mut never, mut once) = (Vec::new(), Vec::new());
    let mut past = 0;
    for (begin, end, look) in stretches(flow) {
        if begin < past {
            continue;
        }
        if reached(begin) {
            once.push(look);
        } else {
            past = end;
            if long_enough(flow, begin, end) {
                never.push(look);
            }
        }
    }
    (never, once)
}

fn long_enough(flow: &Flow<'_>, begin: usize, end: usize) -> bool {
    flow.places[end] - flow.places[begin] >= LEAST
}

/// The stretches of a function that are listed.
pub(crate) fn regions(
    module: &Module<'_>,
    function: u32,
    flow: &Flow<'_>,
    listed: &BTreeSet<u64>,
) -> wasmparser::Result<Vec<Region>> {
    let stacks = module.stacks(function, flow)?;
    let wanted = flow.wanted();
    let mut found: Vec<Region> = Vec::new();
    for (begin, end, look) in stretches(flow) {
        let free = found.last().is_none_or(|last| last.end <= begin);
        if free
            && listed.contains(&look)
            && long_enough(flow, begin, end)
            && let Some(region) = shape(flow, begin, end, &stacks, &wanted)
        {
            found.push(region);
        }
    }
    Ok(found)
}

/// How a stretch is called, if it can be and is worth it.
fn shape(
    flow: &Flow<'_>,
    begin: usize,
    end: usize,
    stacks: &[Option<Vec<ValType>>],
    wanted: &[Locals],
) -> Option<Region> {
    let stack = stacks[begin].clone()?;
    let (mut touched, mut written) = (BTreeSet::new(), BTreeSet::new());
    let mut exits: BTreeSet<usize> = BTreeSet::new();
    let own = flow.within[begin];
    let outside = |frame: usize| flow.frames[frame].open.is_none_or(|open| open < begin);
    for at in begin..end {
        let mut leave = |frame: usize| {
            if outside(frame) && (frame != own || flow.frames[frame].is_loop) {
                exits.insert(frame);
            }
        };
        match &flow.ops[at] {
            Operator::LocalGet { local_index } => {
                touched.insert(*local_index);
            }
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                touched.insert(*local_index);
                written.insert(*local_index);
            }
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                leave(flow.target(at, *relative_depth));
            }
            Operator::BrTable { targets } => {
                leave(flow.target(at, targets.default()));
                for depth in targets.targets() {
                    leave(flow.target(at, depth.ok()?));
                }
            }
            Operator::Return if own != 0 => leave(0),
            _ => {}
        }
    }
    let exits: Vec<usize> = exits.into_iter().collect();
    if flow.frames[own].takes || exits.iter().any(|frame| flow.frames[*frame].takes) {
        return None;
    }
    // After a loop's end or a function's, a stretch goes on like after any other.
    let mut after = wanted[end].clone();
    for exit in &exits {
        after.add(&flow.wanted_at(*exit, wanted));
    }
    let passed: Vec<u32> =
        touched.iter().copied().filter(|local| wanted[begin].contains(*local)).collect();
    let given: Vec<u32> = written.into_iter().filter(|local| after.contains(*local)).collect();
    let mut carried: Vec<ValType> = Vec::new();
    for frame in std::iter::once(own).chain(exits.iter().copied()) {
        let mut free: Vec<ValType> = carried.clone();
        for kind in label(flow, frame, frame == own) {
            match free.iter().position(|known| *known == kind) {
                Some(place) => drop(free.remove(place)),
                None => carried.push(kind),
            }
        }
    }
    let octets = flow.places[end] - flow.places[begin];
    let words = stack.len() + passed.len() + 2 * given.len() + 2 * carried.len() + 8 * exits.len();
    let worth = octets >= LEAST + 3 * words as u64;
    let touched = touched.into_iter().collect();
    worth.then_some(Region { begin, end, stack, passed, given, touched, exits, carried })
}

/// What a branch to a frame brings along; at a frame's own end its results.
pub(crate) fn label(flow: &Flow<'_>, frame: usize, at_end: bool) -> Vec<ValType> {
    let frame = &flow.frames[frame];
    if frame.is_loop && !at_end { Vec::new() } else { frame.results.clone() }
}

/// The places among those carried that a list of types takes.
pub(crate) fn places(carried: &[ValType], kinds: &[ValType]) -> Vec<usize> {
    let mut free: Vec<usize> = (0..carried.len()).collect();
    let mut taken = Vec::new();
    for kind in kinds {
        if let Some(index) = free.iter().position(|place| carried[*place] == *kind) {
            taken.push(free.remove(index));
        }
    }
    taken
}
