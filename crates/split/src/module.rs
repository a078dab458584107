//! A module, read as far as cutting needs it.

use wasmparser::{
    CompositeInnerType, Data, Element, Export, FuncToValidate, FuncValidatorAllocations,
    FunctionBody, Global, Import, KnownCustom, MemoryType, Name, Parser, Payload, SubType, Table,
    TypeRef, ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures,
};

use crate::error::Error;
use crate::flow::Flow;
use crate::names::plain;
use crate::number::number;

/// What a module may use: each of these is cut rightly. What came later, such as calls that return or
/// exceptions that are caught, has other ways for control to go.
const KNOWN: WasmFeatures = WasmFeatures::FLOATS
    .union(WasmFeatures::MUTABLE_GLOBAL)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::GC_TYPES)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::MULTI_MEMORY)
    .union(WasmFeatures::EXTENDED_CONST);

/// A module as it was read. Functions are counted with the imported ones first, as WebAssembly does.
#[derive(Default)]
pub struct Module<'a> {
    types: Vec<SubType>,
    pub(crate) imports: Vec<Import<'a>>,
    /// How many functions are imported; nothing else is.
    pub(crate) imported: u32,
    /// The type of each function.
    function_types: Vec<u32>,
    pub(crate) tables: Vec<Table<'a>>,
    pub(crate) memories: Vec<MemoryType>,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: Vec<Export<'a>>,
    pub(crate) start: Option<u32>,
    pub(crate) elements: Vec<Element<'a>>,
    bodies: Vec<FunctionBody<'a>>,
    /// What each body is checked against.
    checks: Vec<FuncToValidate<ValidatorResources>>,
    /// The name of each body, as Rust writes it, without hashes.
    pub(crate) names: Vec<String>,
    pub(crate) data: Vec<Data<'a>>,
    pub(crate) data_count: Option<u32>,
}

impl<'a> Module<'a> {
    /// Reads a module of the kind that Rust makes.
    ///
    /// # Errors
    ///
    /// Where these octets are no sound module, or one that uses what the splitter does not know.
    pub fn read(octets: &'a [u8]) -> Result<Self, Error> {
        let mut module = Module::default();
        let mut names = Vec::new();
        let mut validator = Validator::new_with_features(KNOWN);
        for payload in Parser::new(0).parse_all(octets) {
            let payload = payload?;
            if let ValidPayload::Func(check, body) = validator.payload(&payload)? {
                again(&check)
                    .into_validator(FuncValidatorAllocations::default())
                    .validate(&body)?;
                module.checks.push(check);
                module.bodies.push(body);
            }
            match payload {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        module.import(import?)?;
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(reader) = section.as_known() {
                        for part in reader {
                            if let Name::Function(map) = part? {
                                names = map.into_iter().collect::<wasmparser::Result<_>>()?;
                            }
                        }
                    }
                }
                other => module.section(other)?,
            }
        }
        let mut known = vec![""; module.function_types.len()];
        for naming in names {
            if let Some(place) = known.get_mut(naming.index as usize) {
                *place = naming.name;
            }
        }
        module.names = known[module.imported as usize..].iter().map(|name| plain(name)).collect();
        Ok(module)
    }

    fn import(&mut self, import: Import<'a>) -> Result<(), Error> {
        let other = |kind| Err(Error::Import(kind, format!("{}.{}", import.module, import.name)));
        match import.ty {
            TypeRef::Func(kind) => self.function_types.push(kind),
            TypeRef::Memory(_) => return other("memory"),
            TypeRef::Table(_) => return other("table"),
            TypeRef::Global(_) => return other("global"),
            TypeRef::Tag(_) | TypeRef::FuncExact(_) => return other("thing"),
        }
        self.imported += 1;
        self.imports.push(import);
        Ok(())
    }

    fn section(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    self.types.extend(group?.into_types());
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.function_types.push(kind?);
                }
            }
            Payload::TableSection(section) => {
                self.tables = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::MemorySection(section) => {
                self.memories = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::GlobalSection(section) => {
                self.globals = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::ExportSection(section) => {
                self.exports = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                self.elements = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            Payload::DataCountSection { count, .. } => self.data_count = Some(count),
            Payload::DataSection(section) => {
                self.data = section.into_iter().collect::<wasmparser::Result<_>>()?;
            }
            // Bodies are taken with what they are checked against; nothing else is in a module.
            _ => {}
        }
        Ok(())
    }

    /// A function that has a body, taken apart.
    pub(crate) fn flow(&self, function: u32) -> wasmparser::Result<Flow<'a>> {
        let kinds = |kind| self.kinds(kind);
        Flow::read(self.body(function), self.signature(function), &kinds)
    }

    /// What lies on the stack before each of a function's instructions; see [`Flow::stacks`].
    pub(crate) fn stacks(
        &self,
        function: u32,
        flow: &Flow<'a>,
    ) -> wasmparser::Result<Vec<Option<Vec<ValType>>>> {
        let check = again(&self.checks[(function - self.imported) as usize]);
        flow.stacks(check, self.body(function))
    }

    fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported) as usize]
    }

    /// What a function takes and gives.
    pub(crate) fn signature(&self, function: u32) -> (&[ValType], &[ValType]) {
        self.kinds(self.function_types[function as usize])
    }

    /// What a type of functions takes and gives.
    pub(crate) fn kinds(&self, kind: u32) -> (&[ValType], &[ValType]) {
        match &self.types[kind as usize].composite_type.inner {
            CompositeInnerType::Func(function) => (function.params(), function.results()),
            // The only types there are among what a module may use.
            _ => (&[], &[]),
        }
    }

    /// All functions that have a body.
    pub(crate) fn own(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported..number(self.function_types.len())
    }
}

/// What a body is checked against, for another time.
fn again(check: &FuncToValidate<ValidatorResources>) -> FuncToValidate<ValidatorResources> {
    let FuncToValidate { resources, index, ty, features } = check;
    FuncToValidate { resources: resources.clone(), index: *index, ty: *ty, features: *features }
}
