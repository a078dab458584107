//! Stretches of a function: each goes from a place that control may not come to, up to the end of the
//! frame that it is in. And what they look like, by which a list tells them apart.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use siphasher::sip::SipHasher13;
use wasmparser::Operator;

use crate::flow::Flow;
use crate::number::number;

/// A stretch of a function.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// Its first instruction.
    pub(crate) begin: usize,
    /// The `end` or `else` that follows its last.
    pub(crate) end: usize,
    /// How it is told from all others of the function: by what it looks like, and by how many looked
    /// so before it.
    pub(crate) look: u64,
}

/// The stretches that begin at places that are watched. Two of them either hold one another or have
/// nothing in common; the wider comes first.
pub(crate) fn stretches(flow: &Flow<'_>) -> Vec<Stretch> {
    let prints = Prints::of(flow);
    let mut alike: BTreeMap<u64, u64> = BTreeMap::new();
    (1..flow.ops.len())
        .filter(|at| is_watched(flow, *at))
        .map(|begin| {
            let end = end_of(flow, begin);
            let look = prints.of_range(begin, end);
            let before = alike.entry(look).or_insert(0);
            *before += 1;
            Stretch { begin, end, look: look.wrapping_add(*before) }
        })
        .collect()
}

/// The watched places of a function, and their numbers from `first` on.
pub(crate) fn watched(flow: &Flow<'_>, first: u32) -> BTreeMap<usize, u32> {
    (0..flow.ops.len()).filter(|at| is_watched(flow, *at)).zip(first..).collect()
}

/// Places after which control may be elsewhere than before: where one looks whether it ever came.
fn is_watched(flow: &Flow<'_>, at: usize) -> bool {
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

/// Sums over the instructions up to each, from which that of a stretch follows.
struct Prints(Vec<u64>);

impl Prints {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    fn of(flow: &Flow<'_>) -> Self {
        let mut prints = vec![0_u64];
        let mut sum = 0_u64;
        for op in &flow.ops {
            sum = sum.wrapping_mul(Self::BASE).wrapping_add(print(op));
            prints.push(sum);
        }
        Self(prints)
    }

    fn of_range(&self, begin: usize, end: usize) -> u64 {
        let power = Self::BASE.wrapping_pow(number(end - begin));
        self.0[end].wrapping_sub(self.0[begin].wrapping_mul(power))
    }
}

/// What an instruction looks like, whatever most of the numbers in it are: those of functions, types
/// and places in memory change with each change anywhere.
fn print(op: &Operator<'_>) -> u64 {
    let text = format!("{op:?}");
    // The same on each machine and with each compiler, as those of the standard library need not be.
    let mut hasher = SipHasher13::new();
    match op {
        Operator::LocalGet { .. }
        | Operator::LocalSet { .. }
        | Operator::LocalTee { .. }
        | Operator::Br { .. }
        | Operator::BrIf { .. } => text.hash(&mut hasher),
        _ => text.split([' ', '{']).next().hash(&mut hasher),
    }
    hasher.finish()
}
