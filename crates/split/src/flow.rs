//! A function's body as frames of control, and what lies on the stack.

use wasmparser::{BlockType, FuncToValidate, FunctionBody, Operator, ValType, ValidatorResources};

/// What functions and blocks take and give.
pub(crate) type Kinds<'k> = (&'k [ValType], &'k [ValType]);

/// A body, taken apart.
pub(crate) struct Flow<'a> {
    /// Its instructions.
    pub(crate) ops: Vec<Operator<'a>>,
    /// Where each begins, in octets; and where the last ends.
    places: Vec<u64>,
    /// Its frames; the first is the function itself.
    pub(crate) frames: Vec<Frame>,
    /// The frame that each instruction stands in. One that opens a frame stands outside of it, one
    /// that closes it, inside.
    pub(crate) within: Vec<usize>,
    /// The types of its locals, parameters first.
    pub(crate) locals: Vec<ValType>,
    /// How many of the locals are parameters.
    pub(crate) parameters: usize,
}

/// What `block`, `loop` and `if` open, and the function itself.
pub(crate) struct Frame {
    /// The instruction that opens it; for the function itself there is none.
    pub(crate) open: Option<usize>,
    /// Whether a branch to it goes on at its begin.
    pub(crate) is_loop: bool,
    takes: Vec<ValType>,
    gives: Vec<ValType>,
    /// Its `else`.
    pub(crate) middle: Option<usize>,
    /// Its `end`.
    pub(crate) end: usize,
    parent: usize,
}

impl Frame {
    /// What a branch to it brings along.
    pub(crate) fn label(&self) -> &[ValType] {
        if self.is_loop { &self.takes } else { &self.gives }
    }

    /// What lies on the stack at its end.
    pub(crate) fn results(&self) -> &[ValType] {
        &self.gives
    }
}

impl<'a> Flow<'a> {
    /// Takes a body apart. `kinds` tells what a type of functions takes and gives.
    pub(crate) fn read<'k>(
        body: &FunctionBody<'a>,
        (parameters, results): Kinds<'_>,
        kinds: &dyn Fn(u32) -> Kinds<'k>,
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
                takes: Vec::new(),
                gives: results.to_vec(),
                middle: None,
                end: 0,
                parent: 0,
            }],
            within: Vec::new(),
            locals,
            parameters: parameters.len(),
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
                    let (takes, gives) = match *blockty {
                        BlockType::Empty => (Vec::new(), Vec::new()),
                        BlockType::Type(kind) => (Vec::new(), vec![kind]),
                        BlockType::FuncType(number) => {
                            let (takes, gives) = kinds(number);
                            (takes.to_vec(), gives.to_vec())
                        }
                    };
                    let is_loop = matches!(op, Operator::Loop { .. });
                    let parent = present;
                    present = flow.frames.len();
                    let (open, middle, end) = (Some(at), None, 0);
                    flow.frames.push(Frame { open, is_loop, takes, gives, middle, end, parent });
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

    /// How many frames a branch leaves that goes from one to another, which is around it.
    pub(crate) fn depth(&self, from: usize, to: usize) -> u32 {
        let (mut frame, mut depth) = (from, 0);
        while frame != to && frame != 0 {
            frame = self.frames[frame].parent;
            depth += 1;
        }
        depth
    }

    /// How long instructions are, in octets.
    pub(crate) fn octets(&self, begin: usize, end: usize) -> u64 {
        self.places[end] - self.places[begin]
    }

    /// What lies on the stack before each instruction, above what its frame may not touch; `None`
    /// where nothing ever arrives.
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
                    (0..lying)
                        .rev()
                        .map(|depth| check.get_operand_type(depth).flatten().map(writable))
                        .collect()
                });
            stacks.push(stack);
            check.op(*place, op)?;
        }
        Ok(stacks)
    }
}

/// A type as a module may write it. Of a reference to a function, the check knows which type of
/// function it is; what a module may say is that it is one.
fn writable(kind: ValType) -> ValType {
    match kind {
        ValType::Ref(kind) if kind.is_extern_ref() => ValType::EXTERNREF,
        ValType::Ref(_) => ValType::FUNCREF,
        number => number,
    }
}
