//! Instructions, with what they name under other numbers.

use std::collections::BTreeMap;

use wasm_encoder::Instruction;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::Operator;

/// The functions that instructions call or name.
pub(crate) fn calls<'o>(ops: &'o [Operator<'_>]) -> impl Iterator<Item = u32> + 'o {
    ops.iter().filter_map(|operator| match operator {
        Operator::Call { function_index }
        | Operator::ReturnCall { function_index }
        | Operator::RefFunc { function_index } => Some(*function_index),
        _ => None,
    })
}

/// Writes instructions in which functions have other numbers.
pub(crate) struct Renumber {
    /// New numbers of functions.
    pub(crate) functions: BTreeMap<u32, u32>,
    /// Functions that are called through the table: their places, and their types.
    pub(crate) through: BTreeMap<u32, (u32, u32)>,
    /// The table of functions.
    pub(crate) table: u32,
}

impl Renumber {
    /// Writes one instruction.
    pub(crate) fn op<'a>(
        &mut self,
        op: &Operator<'a>,
        body: &mut Vec<Instruction<'a>>,
    ) -> Result<(), Error<String>> {
        if let Operator::Call { function_index } = op
            && let Some((place, kind)) = self.through.get(function_index)
        {
            body.push(Instruction::I32Const(place.cast_signed()));
            body.push(Instruction::CallIndirect { type_index: *kind, table_index: self.table });
        } else {
            let written = self.instruction(op.clone())?;
            body.push(written);
        }
        Ok(())
    }
}

impl Reencode for Renumber {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        let unknown = || Error::UserError(format!("function {function} is in neither part"));
        self.functions.get(&function).copied().ok_or_else(unknown)
    }
}
