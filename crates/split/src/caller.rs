//! Writes a function of the first part, which calls its stretches where they were.

use std::collections::BTreeMap;

use wasm_encoder::{Function, Instruction};
use wasmparser::ValType;

use crate::flow::Flow;
use crate::locals::reorder;
use crate::number::number;
use crate::region::{Region, Way};
use crate::writer::{Writer, Written};

/// Writes a function without its stretches, which stand with their places in the table. At the places
/// of `tell` it calls `told` with a number.
pub(crate) fn without(
    writer: &mut Writer<'_, '_>,
    flow: &Flow<'_>,
    regions: &[(Region, u32)],
    tell: &BTreeMap<usize, u32>,
    told: u32,
) -> Written<Function> {
    let mut locals = flow.locals[flow.parameters..].to_vec();
    // Where the number of a way lies while it is compared.
    let way = number(flow.locals.len());
    if regions.iter().any(|(region, _)| region.ways.len() > 2) {
        locals.push(ValType::I32);
    }
    let mut body = Vec::new();
    let mut at = 0;
    let mut coming = regions.iter().peekable();
    while let Some(op) = flow.ops.get(at) {
        if let Some(number) = tell.get(&at) {
            body.push(Instruction::I32Const(number.cast_signed()));
            body.push(Instruction::Call(told));
        }
        if let Some((region, place)) = coming.next_if(|(region, _)| region.begin == at) {
            call(writer, flow, region, *place, way, &mut body);
            at = region.end;
        } else {
            writer.op(op, &mut body)?;
            at += 1;
        }
    }
    let locals = reorder(flow.parameters, &locals, &mut body);
    writer.body(&locals, &body)
}

/// Calls a stretch, and goes on where it says.
fn call(
    writer: &mut Writer<'_, '_>,
    flow: &Flow<'_>,
    region: &Region,
    place: u32,
    way: u32,
    body: &mut Vec<Instruction<'_>>,
) {
    body.extend(region.passed.iter().map(|local| Instruction::LocalGet(*local)));
    let (takes, gives) = region.kinds(flow);
    let kind = writer.types.number((&takes, &gives));
    writer.call(place, kind, body);
    body.extend(region.given.iter().rev().map(|local| Instruction::LocalSet(*local)));

    let depth = |frame| flow.depth(flow.within[region.begin], frame);
    let Some((otherwise, others)) = region.ways.split_first() else {
        // It never comes back.
        body.push(Instruction::Unreachable);
        return;
    };
    if others.len() > 1 {
        body.push(Instruction::LocalSet(way));
    }
    for (number, other) in (1..).zip(others) {
        if others.len() > 1 {
            body.push(Instruction::LocalGet(way));
            body.push(Instruction::I32Const(number));
            body.push(Instruction::I32Eq);
        }
        // Only the first of the ways may be `After`: that is how they are sorted.
        if let Way::To(frame) = other {
            body.push(Instruction::BrIf(depth(*frame)));
        }
    }
    match otherwise {
        Way::To(frame) => body.push(Instruction::Br(depth(*frame))),
        Way::After => {
            let left = region.carried.len() - region.label(flow, Way::After).len();
            body.extend((0..left).map(|_| Instruction::Drop));
        }
    }
}
