//! The locals of a function that has become shorter.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::Instruction;
use wasmparser::ValType;

use crate::number::number;
use crate::region::order;

/// Gives the locals that a body still uses the numbers after its parameters, those of a type in a row:
/// so they are declared in fewer words, and one body looks more like another. Returns their types.
pub(crate) fn reorder(
    parameters: usize,
    locals: &[ValType],
    body: &mut [Instruction<'_>],
) -> Vec<ValType> {
    let kind = |local: u32| locals[local as usize - parameters];
    let used: BTreeSet<u32> = body
        .iter_mut()
        .filter_map(|op| local(op).copied())
        .filter(|local| *local >= number(parameters))
        .collect();
    let mut used: Vec<u32> = used.into_iter().collect();
    used.sort_by_key(|local| order(kind(*local)));
    let new: BTreeMap<u32, u32> = used.iter().copied().zip(number(parameters)..).collect();
    for local in body.iter_mut().filter_map(local) {
        *local = new.get(local).copied().unwrap_or(*local);
    }
    used.into_iter().map(kind).collect()
}

/// The local that an instruction names.
fn local<'i>(op: &'i mut Instruction<'_>) -> Option<&'i mut u32> {
    match op {
        Instruction::LocalGet(local)
        | Instruction::LocalSet(local)
        | Instruction::LocalTee(local) => Some(local),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::ValType::{F64, I32, I64};

    #[test]
    fn locals_that_nothing_uses_go_and_those_of_a_type_stand_in_a_row() {
        let mut body = [
            Instruction::LocalGet(0),
            Instruction::LocalTee(2),
            Instruction::LocalSet(5),
            Instruction::LocalGet(4),
            Instruction::LocalGet(1),
            Instruction::LocalGet(2),
        ];
        // Two parameters, 0 and 1; local 3 is not used.
        let locals = reorder(2, &[F64, I32, I64, I32], &mut body);
        assert_eq!(locals, [I32, I64, F64]);
        let numbers: Vec<u32> = body.iter_mut().filter_map(local).map(|local| *local).collect();
        assert_eq!(numbers, [0, 4, 2, 3, 1, 4]);
    }
}
