//! Functions' bodies, with what they name under other numbers.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Instruction};
use wasmparser::{FunctionBody, Operator};

use crate::module::Module;

/// The functions that a function calls or names.
pub(crate) fn calls(module: &Module<'_>, function: u32) -> Vec<u32> {
    let Some(body) = module.body(function) else { return Vec::new() };
    let Ok(reader) = body.get_operators_reader() else { return Vec::new() };
    reader
        .into_iter()
        .filter_map(|operator| match operator.ok()? {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => Some(function_index),
            _ => None,
        })
        .collect()
}

/// Writes bodies in which functions and types have other numbers.
pub(crate) struct Renumber {
    /// New numbers of functions.
    pub(crate) functions: BTreeMap<u32, u32>,
    /// Functions that are called through the table: their places, and their types' numbers.
    pub(crate) through: BTreeMap<u32, (u32, u32)>,
    /// The table of functions.
    pub(crate) table: u32,
}

impl Renumber {
    /// Writes one body, with these instructions before it.
    pub(crate) fn body(
        &mut self,
        code: &mut CodeSection,
        body: &FunctionBody<'_>,
        before: &[Instruction<'_>],
    ) -> Result<(), String> {
        self.write(code, body, before).map_err(|error| error.to_string())
    }

    fn write(
        &mut self,
        code: &mut CodeSection,
        body: &FunctionBody<'_>,
        before: &[Instruction<'_>],
    ) -> Result<(), Error<String>> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        for instruction in before {
            function.instruction(instruction);
        }
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let operator = reader.read()?;
            if let Operator::Call { function_index } = operator
                && let Some((place, kind)) = self.through.get(&function_index)
            {
                function.instruction(&Instruction::I32Const(place.cast_signed()));
                function.instruction(&Instruction::CallIndirect {
                    type_index: *kind,
                    table_index: self.table,
                });
            } else {
                function.instruction(&self.instruction(operator)?);
            }
        }
        code.function(&function);
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
