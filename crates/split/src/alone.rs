//! Writes a stretch as a function of its own.

use std::collections::BTreeMap;

use wasm_encoder::{BlockType, Function, Instruction};
use wasmparser::{BrTable, Operator, ValType};

use crate::flow::Flow;
use crate::number::number;
use crate::region::{Region, Way};
use crate::writer::{Writer, Written};

/// Writes a stretch as a function; see [`Region::kinds`] for what it takes and gives.
///
/// Its instructions stand in a block, after which it gives back. What leaves the stretch leaves that
/// block; what travels is put into locals before.
pub(crate) fn alone(
    writer: &mut Writer<'_, '_>,
    flow: &Flow<'_>,
    region: &Region,
) -> Written<Function> {
    let mut alone = Alone::new(flow, region);
    for at in region.begin..region.end {
        alone.op(writer, at)?;
    }
    match region.ways.first() {
        Some(Way::After) => {
            alone.lay(region.label(flow, Way::After).len());
            alone.choose(0);
        }
        _ => alone.body.push(Instruction::Unreachable),
    }
    let Alone { mut body, locals, numbers, carried, way, .. } = alone;
    body.push(Instruction::End);
    body.extend(carried.iter().map(|local| Instruction::LocalGet(*local)));
    body.extend(way.map(Instruction::LocalGet));
    body.extend(region.given.iter().map(|local| Instruction::LocalGet(numbers[local])));
    body.push(Instruction::End);
    writer.body(&locals, &body)
}

/// A function that is being written.
struct Alone<'f, 'a> {
    flow: &'f Flow<'a>,
    region: &'f Region,
    body: Vec<Instruction<'a>>,
    /// Its locals that are no parameters, and the number of the first of them.
    locals: Vec<ValType>,
    first: u32,
    /// The numbers here of the locals that the stretch touches.
    numbers: BTreeMap<u32, u32>,
    /// Where what travels lies.
    carried: Vec<u32>,
    /// Where the number of the way lies, if there are several.
    way: Option<u32>,
    /// Where the test of a branch lies for a moment.
    test: Option<u32>,
    /// How many frames are open in the stretch.
    inside: u32,
}

impl<'f, 'a> Alone<'f, 'a> {
    fn new(flow: &'f Flow<'a>, region: &'f Region) -> Self {
        let mut body = vec![Instruction::Block(BlockType::Empty)];
        let stack = number(region.stack.len());
        body.extend((0..stack).map(Instruction::LocalGet));
        let mut alone = Self {
            flow,
            region,
            body,
            locals: Vec::new(),
            first: stack + number(region.passed.len()),
            numbers: region.passed.iter().copied().zip(stack..).collect(),
            carried: Vec::new(),
            way: None,
            test: None,
            inside: 0,
        };
        for local in &region.touched {
            if !alone.numbers.contains_key(local) {
                let new = alone.local(flow.locals[*local as usize]);
                alone.numbers.insert(*local, new);
            }
        }
        alone.carried = region.carried.iter().map(|kind| alone.local(*kind)).collect();
        alone.way = (region.ways.len() > 1).then(|| alone.local(ValType::I32));
        alone
    }

    fn local(&mut self, kind: ValType) -> u32 {
        self.locals.push(kind);
        self.first + number(self.locals.len() - 1)
    }

    fn op(&mut self, writer: &mut Writer<'_, '_>, at: usize) -> Written<()> {
        let (flow, region) = (self.flow, self.region);
        let op = &flow.ops[at];
        match op {
            Operator::LocalGet { local_index } => {
                self.body.push(Instruction::LocalGet(self.numbers[local_index]));
            }
            Operator::LocalSet { local_index } => {
                self.body.push(Instruction::LocalSet(self.numbers[local_index]));
            }
            Operator::LocalTee { local_index } => {
                self.body.push(Instruction::LocalTee(self.numbers[local_index]));
            }
            Operator::Return => {
                let depth = flow.depth(flow.within[at], 0);
                self.leave(at, depth);
            }
            Operator::Br { relative_depth } if region.way(flow, at, *relative_depth).is_some() => {
                self.leave(at, *relative_depth);
            }
            Operator::BrIf { relative_depth } => self.leave_if(at, *relative_depth),
            Operator::BrTable { targets } => self.leave_by_table(at, targets)?,
            _ => {
                match op {
                    Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                        self.inside += 1;
                    }
                    Operator::End => self.inside -= 1,
                    _ => {}
                }
                writer.op(op, &mut self.body)?;
            }
        }
        Ok(())
    }

    /// A branch out of the stretch.
    fn leave(&mut self, at: usize, depth: u32) {
        if let Some((way, label)) = self.region.way(self.flow, at, depth) {
            self.lay(label.len());
            self.choose(way);
            self.body.push(Instruction::Br(self.inside));
        }
    }

    /// A branch, perhaps out of the stretch, that is taken where a test says so.
    fn leave_if(&mut self, at: usize, depth: u32) {
        let Some((way, label)) = self.region.way(self.flow, at, depth) else {
            self.body.push(Instruction::BrIf(depth));
            return;
        };
        if !label.is_empty() {
            let test = self.test();
            self.body.push(Instruction::LocalSet(test));
            self.lay(label.len());
            // What would have travelled stays on the stack where the branch is not taken.
            let laid = self.carried[self.carried.len() - label.len()..].iter();
            self.body.extend(laid.map(|local| Instruction::LocalGet(*local)));
            self.body.push(Instruction::LocalGet(test));
        }
        self.body.push(Instruction::If(BlockType::Empty));
        self.choose(way);
        self.body.push(Instruction::Br(self.inside + 1));
        self.body.push(Instruction::End);
    }

    /// A table of branches: those that leave the stretch go to blocks around it, after which each
    /// goes its way. Nothing travels on them.
    fn leave_by_table(&mut self, at: usize, targets: &BrTable<'a>) -> Written<()> {
        let mut depths = targets.targets().collect::<wasmparser::Result<Vec<u32>>>()?;
        depths.push(targets.default());
        let way = |depth: u32| self.region.way(self.flow, at, depth).map(|(way, _)| way);
        let mut ways: Vec<usize> = depths.iter().filter_map(|depth| way(*depth)).collect();
        ways.sort_unstable();
        ways.dedup();
        let moved = |depth: &u32| {
            let block = way(*depth).and_then(|way| ways.iter().position(|known| *known == way));
            block.map_or(depth + number(ways.len()), number)
        };
        let mut depths: Vec<u32> = depths.iter().map(moved).collect();
        let default = depths.pop().unwrap_or(0);
        let table = Instruction::BrTable(depths.into(), default);
        if ways.is_empty() {
            self.body.push(table);
            return Ok(());
        }
        let test = self.test();
        self.body.push(Instruction::LocalSet(test));
        self.body.extend(ways.iter().map(|_| Instruction::Block(BlockType::Empty)));
        self.body.push(Instruction::LocalGet(test));
        self.body.push(table);
        for (way, open) in ways.iter().zip((0..number(ways.len())).rev()) {
            self.body.push(Instruction::End);
            self.choose(*way);
            self.body.push(Instruction::Br(self.inside + open));
        }
        Ok(())
    }

    /// Puts what travels where it lies.
    fn lay(&mut self, many: usize) {
        let places = self.carried[self.carried.len() - many..].iter().rev();
        self.body.extend(places.map(|local| Instruction::LocalSet(*local)));
    }

    /// Says which way to go.
    fn choose(&mut self, way: usize) {
        if let Some(local) = self.way {
            self.body.push(Instruction::I32Const(number(way).cast_signed()));
            self.body.push(Instruction::LocalSet(local));
        }
    }

    fn test(&mut self) -> u32 {
        if let Some(test) = self.test {
            return test;
        }
        let test = self.local(ValType::I32);
        *self.test.insert(test)
    }
}
