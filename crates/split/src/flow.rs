//! A function's body as frames of control, what lies on the stack, and which locals are still wanted.

use wasmparser::{BlockType, FuncToValidate, FunctionBody, Operator, ValType, ValidatorResources};

/// A body, taken apart.
pub(crate) struct Flow<'a> {
    /// Its instructions.
    pub(crate) ops: Vec<Operator<'a>>,
    /// Where each begins, in octets; and where the last ends.
    pub(crate) places: Vec<u64>,
    /// Its frames; the first is the function itself.
    pub(crate) frames: Vec<Frame>,
    /// The frame that each instruction stands in. One that opens a frame stands outside of it, one
    /// that closes it, inside.
    pub(crate) within: Vec<usize>,
    /// Where the function's own end is, and thereby how long it is.
    pub(crate) locals: Vec<ValType>,
}

/// What `block`, `loop` and `if` open.
pub(crate) struct Frame {
    /// The instruction that opens it; for the function itself there is none.
    pub(crate) open: Option<usize>,
    pub(crate) is_loop: bool,
    pub(crate) results: Vec<ValType>,
    /// It takes something from the stack: so rare that nothing is done with it.
    pub(crate) takes: bool,
    pub(crate) middle: Option<usize>,
    pub(crate) end: usize,
    pub(crate) parent: usize,
}

/// A set of locals.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Locals(Vec<u64>);

impl Locals {
    pub(crate) fn insert(&mut self, local: u32) {
        let word = local as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    pub(crate) fn remove(&mut self, local: u32) {
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

impl<'a> Flow<'a> {
    /// Takes a body apart. `types` gives the results of a block whose type is a function's, and
    /// whether it has parameters.
    pub(crate) fn read(
        body: &FunctionBody<'a>,
        parameters: &[ValType],
        results: &[ValType],
        types: &dyn Fn(u32) -> (bool, Vec<ValType>),
    ) -> wasmparser::Result<Self> {
        let mut locals = parameters.to_vec();
        for run in body.get_locals_reader()? {
            let (count, kind) = run?;
            locals.extend((0..count).map(|_| kind));
        }
        let mut flow = Flow {
            ops: Vec::new(),
            places: Vec::new(),
            frames: vec![Frame {
                open: None,
                is_loop: false,
                results: results.to_vec(),
                takes: false,
                middle: None,
                end: 0,
                parent: 0,
            }],
            within: Vec::new(),
            locals,
        };
        let mut present = 0;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            flow.places.push(reader.original_position());
            let op = reader.read()?;
            let at = flow.ops.len();
            flow.within.push(present);
            match &op {
                Operator::Block { blockty }
                | Operator::Loop { blockty }
                | Operator::If { blockty } => {
                    let (takes, results) = match *blockty {
                        BlockType::Empty => (false, Vec::new()),
                        BlockType::Type(kind) => (false, vec![kind]),
                        BlockType::FuncType(number) => types(number),
                    };
                    let is_loop = matches!(op, Operator::Loop { .. });
                    let parent = present;
                    present = flow.frames.len();
                    flow.frames.push(Frame {
                        open: Some(at),
                        is_loop,
                        results,
                        takes,
                        middle: None,
                        end: 0,
                        parent,
                    });
                }
                Operator::Else => flow.frames[present].middle = Some(at),
                Operator::End => {
                    flow.frames[present].end = at;
                    present = flow.frames[present].parent;
                }
                _ => {}
            }
            flow.ops.push(op);
        }
        flow.places.push(reader.original_position());
        Ok(flow)
    }

    /// The frame that a branch at an instruction goes to.
    pub(crate) fn target(&self, at: usize, depth: u32) -> usize {
        (0..depth).fold(self.within[at], |frame, _| self.frames[frame].parent)
    }

    /// The locals that are wanted before each instruction; after the last, none.
    pub(crate) fn wanted(&self) -> Vec<Locals> {
        let mut wanted = vec![Locals::default(); self.ops.len() + 1];
        loop {
            let mut changed = false;
            for at in (0..self.ops.len()).rev() {
                let before = self.wanted_before(at, &wanted);
                if wanted[at] != before {
                    wanted[at] = before;
                    changed = true;
                }
            }
            if !changed {
                return wanted;
            }
        }
    }

    /// What a branch to a frame wants.
    pub(crate) fn wanted_at(&self, frame: usize, wanted: &[Locals]) -> Locals {
        let frame = &self.frames[frame];
        match frame.open {
            None => Locals::default(),
            Some(open) if frame.is_loop => wanted[open + 1].clone(),
            Some(_) => wanted[frame.end + 1].clone(),
        }
    }

    fn wanted_before(&self, at: usize, wanted: &[Locals]) -> Locals {
        let label = |depth: u32| self.wanted_at(self.target(at, depth), wanted);
        let mut then = wanted[at + 1].clone();
        match &self.ops[at] {
            Operator::Br { relative_depth } => return label(*relative_depth),
            Operator::BrIf { relative_depth } => then.add(&label(*relative_depth)),
            Operator::BrTable { targets } => {
                then = label(targets.default());
                for depth in targets.targets().flatten() {
                    then.add(&label(depth));
                }
            }
            Operator::Return | Operator::Unreachable => return Locals::default(),
            Operator::If { .. } => {
                // The frame that it opens is that of the next instruction.
                let frame = &self.frames[self.within[at + 1]];
                then.add(&wanted[frame.middle.unwrap_or(frame.end) + 1]);
            }
            Operator::Else => return wanted[self.frames[self.within[at]].end].clone(),
            Operator::LocalGet { local_index } => then.insert(*local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                then.remove(*local_index);
            }
            _ => {}
        }
        then
    }

    /// What lies on the stack before each instruction, above what its frame may touch; `None` where
    /// nothing ever arrives.
    pub(crate) fn stacks(
        &self,
        check: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> wasmparser::Result<Vec<Option<Vec<ValType>>>> {
        let mut check = check.into_validator(wasmparser::FuncValidatorAllocations::default());
        let mut reader = body.get_binary_reader();
        check.read_locals(&mut reader)?;
        let mut stacks = Vec::with_capacity(self.ops.len());
        for (op, place) in self.ops.iter().zip(&self.places) {
            let stack =
                check.get_control_frame(0).filter(|frame| !frame.unreachable).and_then(|frame| {
                    let height = check.operand_stack_height() as usize;
                    let lying = height.checked_sub(frame.height)?;
                    (0..lying).rev().map(|depth| check.get_operand_type(depth).flatten()).collect()
                });
            stacks.push(stack);
            check.op(*place, op)?;
        }
        Ok(stacks)
    }
}
