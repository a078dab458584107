//! Which locals are still wanted: their values may be read before they are written anew.

use wasmparser::Operator;

use crate::flow::Flow;

/// A set of locals.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Locals(Vec<u64>);

impl Locals {
    fn insert(&mut self, local: u32) {
        let word = local as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
    }

    pub(crate) fn contains(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

/// The locals that are wanted before each instruction of a function; after the last, none.
pub(crate) struct Wanted<'f, 'a> {
    flow: &'f Flow<'a>,
    before: Vec<Locals>,
}

impl<'f, 'a> Wanted<'f, 'a> {
    pub(crate) fn of(flow: &'f Flow<'a>) -> Self {
        let mut wanted = Self { flow, before: vec![Locals::default(); flow.ops.len() + 1] };
        // What a loop's begin wants is known only after what follows it: once more until all agree.
        loop {
            let mut changed = false;
            for at in (0..flow.ops.len()).rev() {
                let before = wanted.found_before(at);
                if wanted.before[at] != before {
                    wanted.before[at] = before;
                    changed = true;
                }
            }
            if !changed {
                return wanted;
            }
        }
    }

    /// What an instruction and all that follows want.
    pub(crate) fn before(&self, at: usize) -> &Locals {
        &self.before[at]
    }

    /// What a branch to a frame wants.
    pub(crate) fn at_label(&self, frame: usize) -> &Locals {
        let frame = &self.flow.frames[frame];
        match frame.open {
            Some(open) if frame.is_loop => &self.before[open + 1],
            _ => &self.before[frame.end + 1],
        }
    }

    fn found_before(&self, at: usize) -> Locals {
        let flow = self.flow;
        let label = |depth: u32| self.at_label(flow.target(at, depth));
        let mut then = self.before[at + 1].clone();
        match &flow.ops[at] {
            Operator::Br { relative_depth } => return label(*relative_depth).clone(),
            Operator::BrIf { relative_depth } => then.add(label(*relative_depth)),
            Operator::BrTable { targets } => {
                then = label(targets.default()).clone();
                for depth in targets.targets().flatten() {
                    then.add(label(depth));
                }
            }
            Operator::Return | Operator::Unreachable => return Locals::default(),
            Operator::If { .. } => {
                // The frame that it opens is that of the next instruction.
                let frame = &flow.frames[flow.within[at + 1]];
                then.add(&self.before[frame.middle.unwrap_or(frame.end) + 1]);
            }
            Operator::Else => return self.before[flow.frames[flow.within[at]].end].clone(),
            Operator::LocalGet { local_index } => then.insert(*local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                then.remove(*local_index);
            }
            _ => {}
        }
        then
    }
}
