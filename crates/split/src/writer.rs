//! Writes what the module has into one of its parts, where things have other numbers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{ExportKind, Function, Instruction, TypeSection};
use wasmparser::{MemArg, Operator, ValType};

use crate::flow::Kinds;
use crate::module::Module;
use crate::number::number;

/// Writing can fail where the module names what it has not.
pub(crate) type Written<T> = Result<T, Error<String>>;

/// Gives things of the module their numbers in one of its parts.
pub(crate) struct Writer<'m, 'a> {
    module: &'m Module<'a>,
    /// The types that this part uses.
    pub(crate) types: Types,
    /// The functions that this part has or imports.
    pub(crate) functions: BTreeMap<u32, u32>,
    /// The functions that it reaches through the table: their places.
    pub(crate) places: &'m BTreeMap<u32, u32>,
    /// How it calls through the table.
    pub(crate) through: Through,
    /// Tables, memories and globals that this part uses, in the order in which it was found to do so;
    /// `None` where it has all of them.
    pub(crate) used: Option<Vec<(ExportKind, u32)>>,
    /// All numbers in what was written that may be places in memory.
    pub(crate) numbers: BTreeSet<u32>,
}

impl<'m, 'a> Writer<'m, 'a> {
    pub(crate) fn new(module: &'m Module<'a>, places: &'m BTreeMap<u32, u32>) -> Self {
        Self {
            module,
            types: Types::default(),
            functions: BTreeMap::new(),
            places,
            through: Through::default(),
            used: None,
            numbers: BTreeSet::new(),
        }
    }

    /// Writes one instruction.
    pub(crate) fn op<'o>(
        &mut self,
        op: &Operator<'o>,
        body: &mut Vec<Instruction<'o>>,
    ) -> Written<()> {
        if let Operator::Call { function_index } = op
            && let Some(place) = self.places.get(function_index)
        {
            let kind = self.types.number(self.module.signature(*function_index));
            self.call(*place, kind, body);
        } else {
            body.push(self.instruction(op.clone())?);
        }
        Ok(())
    }

    /// Calls what stands at a place of the table.
    pub(crate) fn call(&mut self, place: u32, kind: u32, body: &mut Vec<Instruction<'_>>) {
        body.push(Instruction::I32Const(place.cast_signed()));
        body.extend(self.through.once.map(Instruction::Call));
        body.push(Instruction::CallIndirect { type_index: kind, table_index: self.through.table });
    }

    /// Writes a body.
    pub(crate) fn body(
        &mut self,
        locals: &[ValType],
        body: &[Instruction<'_>],
    ) -> Written<Function> {
        let locals = locals.iter().map(|kind| self.val_type(*kind)).collect::<Written<Vec<_>>>()?;
        let mut function = Function::new_with_locals_types(locals);
        for instruction in body {
            function.instruction(instruction);
        }
        Ok(function)
    }

    /// Notes the lower half of a number.
    fn number(&mut self, number: u64) {
        self.numbers.extend(u32::try_from(number & u64::from(u32::MAX)));
    }

    fn thing(&mut self, kind: ExportKind, thing: u32) -> u32 {
        let Some(used) = &mut self.used else { return thing };
        let alike = used.iter().filter(|(known, _)| *known == kind);
        let many = alike.clone().count();
        if let Some(place) = alike.clone().position(|(_, known)| *known == thing) {
            return number(place);
        }
        used.push((kind, thing));
        number(many)
    }
}

impl Reencode for Writer<'_, '_> {
    type Error = String;

    fn instruction<'o>(&mut self, op: Operator<'o>) -> Written<Instruction<'o>> {
        match &op {
            Operator::I32Const { value } => self.number(value.cast_unsigned().into()),
            // Two places may have been put into one number.
            Operator::I64Const { value } => {
                self.number(value.cast_unsigned());
                self.number(value.cast_unsigned() >> 32);
            }
            _ => {}
        }
        utils::instruction(self, op)
    }

    fn mem_arg(&mut self, place: MemArg) -> Written<wasm_encoder::MemArg> {
        self.number(place.offset);
        utils::mem_arg(self, place)
    }

    fn function_index(&mut self, function: u32) -> Written<u32> {
        let unknown = || Error::UserError(format!("it does not know function {function}"));
        self.functions.get(&function).copied().ok_or_else(unknown)
    }

    fn type_index(&mut self, kind: u32) -> Written<u32> {
        Ok(self.types.number(self.module.kinds(kind)))
    }

    fn table_index(&mut self, table: u32) -> Written<u32> {
        Ok(self.thing(ExportKind::Table, table))
    }

    fn memory_index(&mut self, memory: u32) -> Written<u32> {
        Ok(self.thing(ExportKind::Memory, memory))
    }

    fn global_index(&mut self, global: u32) -> Written<u32> {
        Ok(self.thing(ExportKind::Global, global))
    }
}

/// So many types are used often, more or less.
const OFTEN: usize = 64;

/// The types of functions and blocks that a part uses, and how often.
#[derive(Clone, Default)]
pub(crate) struct Types(Vec<(Type, u32)>);

/// What takes and gives this.
type Type = (Vec<ValType>, Vec<ValType>);

impl Types {
    /// The number of a type.
    pub(crate) fn number(&mut self, (takes, gives): Kinds<'_>) -> u32 {
        let known = self.0.iter().position(|((a, b), _)| a == takes && b == gives);
        let place = known.unwrap_or_else(|| {
            self.0.push(((takes.to_vec(), gives.to_vec()), 0));
            self.0.len() - 1
        });
        self.0[place].1 += 1;
        number(place)
    }

    /// The same types, those that are used most with the shortest numbers; of the others, which are many
    /// and used once or twice, those that look alike beside each other.
    pub(crate) fn by_use(mut self) -> Self {
        self.0.sort_by_key(|(_, times)| Reverse(*times));
        if let Some(seldom) = self.0.get_mut(OFTEN..) {
            seldom.sort_by_cached_key(|(kind, _)| format!("{kind:?}"));
        }
        self
    }

    /// Writes them.
    pub(crate) fn section(&self) -> Written<TypeSection> {
        let mut same = RoundtripReencoder;
        let mut section = TypeSection::new();
        for ((takes, gives), _) in &self.0 {
            let [takes, gives] = [takes, gives].map(|kinds| {
                kinds.iter().map(|kind| same.val_type(*kind)).collect::<Result<Vec<_>, _>>()
            });
            let wrong = |_| Error::UserError("a type of values that is not known".to_owned());
            section.ty().function(takes.map_err(wrong)?, gives.map_err(wrong)?);
        }
        Ok(section)
    }
}

/// How a part calls what stands in the table of places.
#[derive(Default)]
pub(crate) struct Through {
    /// In the first part, the function that asks for the second, if it has not come; it takes a
    /// place, and gives it back.
    pub(crate) once: Option<u32>,
    /// The table.
    pub(crate) table: u32,
}
