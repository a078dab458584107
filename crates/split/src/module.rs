//! A module, read as far as cutting needs it.

use wasmparser::{
    CompositeInnerType, ConstExpr, Data, ElementItems, ElementKind, Export, FuncToValidate,
    FunctionBody, Global, Import, KnownCustom, MemoryType, Name, Operator, Parser, Payload,
    SubType, Table, TypeRef, ValType, ValidPayload, Validator, ValidatorResources,
};

use crate::flow::Flow;

/// A module as it was read. Functions are counted with the imported ones first, as WebAssembly does.
pub(crate) struct Module<'a> {
    /// Types, one after another; the groups that they stand in hold one each.
    pub(crate) types: Vec<SubType>,
    pub(crate) imports: Vec<Import<'a>>,
    /// How many of the functions are imported.
    pub(crate) imported: u32,
    /// The type of each function.
    pub(crate) function_types: Vec<u32>,
    pub(crate) tables: Vec<Table<'a>>,
    pub(crate) memories: Vec<MemoryType>,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: Vec<Export<'a>>,
    pub(crate) start: Option<u32>,
    pub(crate) elements: Vec<Elements>,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    /// What each body is checked against.
    checks: Vec<FuncToValidate<ValidatorResources>>,
    /// The name of each body, as Rust writes it, without hashes.
    pub(crate) names: Vec<String>,
    pub(crate) data: Vec<Data<'a>>,
    pub(crate) data_count: Option<u32>,
}

/// Functions that stand in a table from the beginning.
pub(crate) struct Elements {
    pub(crate) table: u32,
    pub(crate) offset: u32,
    pub(crate) functions: Vec<u32>,
}

impl<'a> Module<'a> {
    /// Reads a module of the kind that Rust makes.
    pub(crate) fn read(octets: &'a [u8]) -> Result<Self, String> {
        Self::parse(octets).map_err(|error| format!("this is no module that can be cut: {error}"))
    }

    fn parse(octets: &'a [u8]) -> wasmparser::Result<Self> {
        let mut module = Module {
            types: Vec::new(),
            imports: Vec::new(),
            imported: 0,
            function_types: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            elements: Vec::new(),
            bodies: Vec::new(),
            checks: Vec::new(),
            names: Vec::new(),
            data: Vec::new(),
            data_count: None,
        };
        let mut names = Vec::new();
        let mut validator = Validator::new();
        for payload in Parser::new(0).parse_all(octets) {
            let payload = payload?;
            if let ValidPayload::Func(check, _) = validator.payload(&payload)? {
                module.checks.push(check);
            }
            match payload {
                Payload::TypeSection(section) => {
                    for group in section {
                        module.types.extend(group?.into_types());
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        if let TypeRef::Func(kind) = import.ty {
                            module.function_types.push(kind);
                            module.imported += 1;
                        }
                        module.imports.push(import);
                    }
                }
                Payload::FunctionSection(section) => {
                    for kind in section {
                        module.function_types.push(kind?);
                    }
                }
                Payload::TableSection(section) => {
                    module.tables = section.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::MemorySection(section) => {
                    module.memories = section.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::GlobalSection(section) => {
                    module.globals = section.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::ExportSection(section) => {
                    module.exports = section.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::StartSection { func, .. } => module.start = Some(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        module.elements.extend(elements(&element?)?);
                    }
                }
                Payload::CodeSectionEntry(body) => module.bodies.push(body),
                Payload::DataCountSection { count, .. } => module.data_count = Some(count),
                Payload::DataSection(section) => {
                    module.data = section.into_iter().collect::<wasmparser::Result<_>>()?;
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
                _ => {}
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

    /// A function that has a body, taken apart.
    pub(crate) fn flow(&self, function: u32) -> wasmparser::Result<Flow<'a>> {
        let (takes, gives) = self.signature(self.function_types[function as usize]);
        let types = |number: u32| {
            let (takes, gives) = self.signature(number);
            (!takes.is_empty(), gives.to_vec())
        };
        Flow::read(&self.bodies[(function - self.imported) as usize], takes, gives, &types)
    }

    /// What lies on the stack before each of a function's instructions.
    pub(crate) fn stacks(
        &self,
        function: u32,
        flow: &Flow<'a>,
    ) -> wasmparser::Result<Vec<Option<Vec<ValType>>>> {
        let place = (function - self.imported) as usize;
        let FuncToValidate { resources, index, ty, features } = &self.checks[place];
        let check = FuncToValidate {
            resources: resources.clone(),
            index: *index,
            ty: *ty,
            features: *features,
        };
        flow.stacks(check, &self.bodies[place])
    }

    /// What a type of functions takes and gives.
    pub(crate) fn signature(&self, kind: u32) -> (&[ValType], &[ValType]) {
        match &self.types[kind as usize].composite_type.inner {
            CompositeInnerType::Func(function) => (function.params(), function.results()),
            _ => (&[], &[]),
        }
    }

    /// All functions that have a body.
    pub(crate) fn own(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported..u32::try_from(self.function_types.len()).unwrap_or(u32::MAX)
    }
}

/// A name without the hashes of crates, `core[1f2e]::fmt`, which differ from compiler to compiler.
fn plain(name: &str) -> String {
    let mut left = String::with_capacity(name.len());
    let mut parts = name.split('[');
    left.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(']') {
            Some((hash, after))
                if hash.len() > 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) =>
            {
                left.push_str(after);
            }
            _ => {
                left.push('[');
                left.push_str(part);
            }
        }
    }
    left
}

/// Functions that a segment puts into a table; `None` for what only declares.
fn elements(element: &wasmparser::Element<'_>) -> wasmparser::Result<Option<Elements>> {
    let ElementKind::Active { table_index, ref offset_expr } = element.kind else {
        return Ok(None);
    };
    let table = table_index.unwrap_or(0);
    let offset = constant(offset_expr)?;
    let functions = match element.items.clone() {
        ElementItems::Functions(items) => items.into_iter().collect::<wasmparser::Result<_>>()?,
        ElementItems::Expressions(_, items) => {
            let mut functions = Vec::new();
            for item in items {
                let mut reader = item?.get_operators_reader();
                if let Operator::RefFunc { function_index } = reader.read()? {
                    functions.push(function_index);
                }
            }
            functions
        }
    };
    Ok(Some(Elements { table, offset, functions }))
}

fn constant(expression: &ConstExpr<'_>) -> wasmparser::Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Ok(0),
    }
}
