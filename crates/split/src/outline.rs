//! Writes a function without its stretches, and each stretch as a function of its own.
//!
//! A stretch takes what lies on the stack, the locals that it is passed, and its own place in the
//! table (for the stub that stands there at first). It gives back where to go on, what travels there,
//! and the locals that have other values.

use std::collections::BTreeMap;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{Function, Instruction, ValType};
use wasmparser::Operator;

use crate::bodies::Renumber;
use crate::flow::Flow;
use crate::regions::{Region, label, places};

type Failed = wasm_encoder::reencode::Error<String>;

impl Region {
    /// The type of its function.
    pub(crate) fn signature(
        &self,
        flow: &Flow<'_>,
    ) -> (Vec<wasmparser::ValType>, Vec<wasmparser::ValType>) {
        let local = |local: &u32| flow.locals[*local as usize];
        let mut takes = self.stack.clone();
        takes.extend(self.passed.iter().map(local));
        takes.push(wasmparser::ValType::I32);
        let mut gives = Vec::new();
        if !self.exits.is_empty() {
            gives.push(wasmparser::ValType::I32);
        }
        gives.extend(&self.carried);
        gives.extend(self.given.iter().map(local));
        (takes, gives)
    }

    /// The number of a way out.
    fn exit(&self, flow: &Flow<'_>, frame: usize) -> usize {
        let own = flow.within[self.begin];
        if frame == own && !flow.frames[own].is_loop {
            return 0;
        }
        self.exits.iter().position(|exit| *exit == frame).map_or(0, |place| place + 1)
    }

    /// What travels at a way out.
    fn label(&self, flow: &Flow<'_>, exit: usize) -> Vec<usize> {
        let own = flow.within[self.begin];
        let kinds = match exit.checked_sub(1) {
            None => label(flow, own, true),
            Some(exit) => label(flow, self.exits[exit], false),
        };
        places(&self.carried, &kinds)
    }
}

/// Writes a function that calls its stretches, which stand with their places in the table and their
/// types. At the places of `tell` it calls `told` with a number.
pub(crate) fn without(
    renumber: &mut Renumber,
    parameters: usize,
    flow: &Flow<'_>,
    regions: &[(Region, u32, u32)],
    tell: &BTreeMap<usize, u32>,
    told: u32,
) -> Result<Function, Failed> {
    let mut locals = flow.locals[parameters..].to_vec();
    let mut spare: BTreeMap<(String, usize), u32> = BTreeMap::new();
    // Where what a stretch carries lies for a moment, one local for each of a type.
    let mut lay = |kind: wasmparser::ValType, number: usize| -> u32 {
        *spare.entry((format!("{kind}"), number)).or_insert_with(|| {
            locals.push(kind);
            u32::try_from(parameters + locals.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let mut body = Vec::new();
    let mut at = 0;
    let mut coming = regions.iter();
    let mut next = coming.next();
    while at < flow.ops.len() {
        if let Some(number) = tell.get(&at) {
            body.push(Instruction::I32Const(number.cast_signed()));
            body.push(Instruction::Call(told));
        }
        if let Some((region, place, kind)) = next
            && region.begin == at
        {
            for local in &region.passed {
                body.push(Instruction::LocalGet(*local));
            }
            body.push(Instruction::I32Const(place.cast_signed()));
            body.push(Instruction::I32Const(place.cast_signed()));
            body.push(Instruction::CallIndirect { type_index: *kind, table_index: renumber.table });
            for local in region.given.iter().rev() {
                body.push(Instruction::LocalSet(*local));
            }
            if !region.exits.is_empty() {
                let mut seen: Vec<wasmparser::ValType> = Vec::new();
                let mut laid = Vec::new();
                for carried in &region.carried {
                    let number = seen.iter().filter(|kind| *kind == carried).count();
                    laid.push(lay(*carried, number));
                    seen.push(*carried);
                }
                for local in laid.iter().rev() {
                    body.push(Instruction::LocalSet(*local));
                }
                let way = lay(wasmparser::ValType::I32, 1000);
                let one = region.exits.len() == 1;
                if !one {
                    body.push(Instruction::LocalSet(way));
                }
                for (number, exit) in (1..).zip(&region.exits) {
                    if !one {
                        body.push(Instruction::LocalGet(way));
                        body.push(Instruction::I32Const(number));
                        body.push(Instruction::I32Eq);
                    }
                    body.push(Instruction::If(wasm_encoder::BlockType::Empty));
                    for place in region.label(flow, number.unsigned_abs() as usize) {
                        body.push(Instruction::LocalGet(laid[place]));
                    }
                    if flow.frames[*exit].open.is_none() {
                        body.push(Instruction::Return);
                    } else {
                        body.push(Instruction::Br(depth(flow, flow.within[at], *exit) + 1));
                    }
                    body.push(Instruction::End);
                }
                for place in region.label(flow, 0) {
                    body.push(Instruction::LocalGet(laid[place]));
                }
            }
            at = region.end;
            next = coming.next();
        } else {
            renumber.op(&flow.ops[at], &mut body)?;
            at += 1;
        }
    }
    write(renumber, &locals, &body)
}

/// Writes a stretch as a function.
pub(crate) fn alone(
    renumber: &mut Renumber,
    flow: &Flow<'_>,
    region: &Region,
) -> Result<Function, Failed> {
    let (takes, _) = region.signature(flow);
    let mut locals: Vec<wasmparser::ValType> = Vec::new();
    let mut count = u32::try_from(takes.len()).unwrap_or(u32::MAX);
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    for (number, local) in (region.stack.len()..).zip(&region.passed) {
        numbers.insert(*local, u32::try_from(number).unwrap_or(u32::MAX));
    }
    let mut new = |kind: wasmparser::ValType, locals: &mut Vec<wasmparser::ValType>| {
        locals.push(kind);
        count += 1;
        count - 1
    };
    for local in &region.touched {
        if !numbers.contains_key(local) {
            numbers.insert(*local, new(flow.locals[*local as usize], &mut locals));
        }
    }
    let carried: Vec<u32> = region.carried.iter().map(|kind| new(*kind, &mut locals)).collect();
    let way = new(wasmparser::ValType::I32, &mut locals);
    let test = new(wasmparser::ValType::I32, &mut locals);

    let mut body = vec![Instruction::Block(wasm_encoder::BlockType::Empty)];
    for number in 0..u32::try_from(region.stack.len()).unwrap_or(0) {
        body.push(Instruction::LocalGet(number));
    }
    // What is done on a way out, `inside` so many frames.
    let leave = |exit: usize, inside: u32, body: &mut Vec<Instruction<'_>>| {
        for place in region.label(flow, exit).into_iter().rev() {
            body.push(Instruction::LocalSet(carried[place]));
        }
        if !region.exits.is_empty() {
            body.push(Instruction::I32Const(i32::try_from(exit).unwrap_or(0)));
            body.push(Instruction::LocalSet(way));
        }
        body.push(Instruction::Br(inside));
    };
    let own = flow.within[region.begin];
    let mut inside = 0_u32;
    for at in region.begin..region.end {
        let local = |local: &u32| numbers.get(local).copied().unwrap_or(0);
        let outer = |depth: u32| {
            let frame = flow.target(at, depth);
            (flow.frames[frame].open.is_none_or(|open| open < region.begin))
                .then(|| region.exit(flow, frame))
        };
        let op = &flow.ops[at];
        let out = match op {
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                outer(*relative_depth)
            }
            _ => None,
        };
        match op {
            Operator::LocalGet { local_index } => {
                body.push(Instruction::LocalGet(local(local_index)));
            }
            Operator::LocalSet { local_index } => {
                body.push(Instruction::LocalSet(local(local_index)));
            }
            Operator::LocalTee { local_index } => {
                body.push(Instruction::LocalTee(local(local_index)));
            }
            Operator::Return => {
                leave(if own == 0 { 0 } else { region.exit(flow, 0) }, inside, &mut body);
            }
            Operator::Br { .. } if out.is_some() => leave(out.unwrap_or(0), inside, &mut body),
            Operator::BrIf { .. } if out.is_some() => {
                let exit = out.unwrap_or(0);
                let places = region.label(flow, exit);
                if !places.is_empty() {
                    // What travels stays on the stack where the branch is not taken.
                    body.push(Instruction::LocalSet(test));
                    for place in places.iter().rev() {
                        body.push(Instruction::LocalSet(carried[*place]));
                    }
                    for place in &places {
                        body.push(Instruction::LocalGet(carried[*place]));
                    }
                    body.push(Instruction::LocalGet(test));
                }
                body.push(Instruction::If(wasm_encoder::BlockType::Empty));
                for place in &places {
                    body.push(Instruction::LocalGet(carried[*place]));
                }
                leave(exit, inside + 1, &mut body);
                body.push(Instruction::End);
            }
            Operator::BrTable { targets } => {
                let mut depths: Vec<u32> = targets.targets().collect::<wasmparser::Result<_>>()?;
                depths.push(targets.default());
                let mut outs: Vec<usize> =
                    depths.iter().filter_map(|depth| outer(*depth)).collect();
                outs.sort_unstable();
                outs.dedup();
                if outs.iter().any(|exit| !region.label(flow, *exit).is_empty()) {
                    return Err(Failed::UserError("a table of branches that carries".to_owned()));
                }
                body.push(Instruction::LocalSet(test));
                for _ in &outs {
                    body.push(Instruction::Block(wasm_encoder::BlockType::Empty));
                }
                body.push(Instruction::LocalGet(test));
                let shift = u32::try_from(outs.len()).unwrap_or(0);
                let moved = |depth: &u32| match outer(*depth) {
                    Some(exit) => {
                        u32::try_from(outs.iter().position(|out| *out == exit).unwrap_or(0))
                            .unwrap_or(0)
                    }
                    None => depth + shift,
                };
                let mut depths: Vec<u32> = depths.iter().map(moved).collect();
                let default = depths.pop().unwrap_or(0);
                body.push(Instruction::BrTable(depths.into(), default));
                for (number, out) in (1..).zip(&outs) {
                    body.push(Instruction::End);
                    leave(*out, inside + shift - number, &mut body);
                }
                if outs.is_empty() {
                    continue;
                }
                body.push(Instruction::Unreachable);
            }
            _ => {
                match op {
                    Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                        inside += 1;
                    }
                    Operator::End => inside = inside.saturating_sub(1),
                    _ => {}
                }
                renumber.op(op, &mut body)?;
            }
        }
    }
    leave(0, 0, &mut body);
    body.push(Instruction::End);
    if !region.exits.is_empty() {
        body.push(Instruction::LocalGet(way));
    }
    body.extend(carried.iter().map(|local| Instruction::LocalGet(*local)));
    for local in &region.given {
        body.push(Instruction::LocalGet(numbers.get(local).copied().unwrap_or(0)));
    }
    body.push(Instruction::End);
    write(renumber, &locals, &body)
}

/// How many frames lie between two.
fn depth(flow: &Flow<'_>, from: usize, to: usize) -> u32 {
    let mut frame = from;
    let mut depth = 0;
    while frame != to && frame != 0 {
        frame = flow.frames[frame].parent;
        depth += 1;
    }
    depth
}

fn write(
    renumber: &mut Renumber,
    locals: &[wasmparser::ValType],
    body: &[Instruction<'_>],
) -> Result<Function, Failed> {
    let kinds: Vec<ValType> =
        locals.iter().map(|kind| renumber.val_type(*kind)).collect::<Result<_, _>>()?;
    let mut function = Function::new_with_locals_types(kinds);
    for instruction in body {
        function.instruction(instruction);
    }
    Ok(function)
}
