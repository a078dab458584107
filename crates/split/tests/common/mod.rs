//! Runs a module whole and in two parts, and holds one against the other.

#![allow(dead_code, reason = "each test uses its part of this")]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use tcpscope_split::{BRING, FIRST, List, Module, Parts, Which, cut, unreached};
use wasm_encoder::{NameMap, NameSection};
use wasmi::{
    Caller, Config, Engine, Error, Extern, ExternType, Func, FuncType, Instance, Linker, Store,
    Val, ValType,
};

/// Random numbers that are the same each time.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub(crate) fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// True so many times of a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// A set of numbers below an end, that is a few of them or most.
    pub(crate) fn some_below(&mut self, end: u32) -> BTreeSet<u32> {
        let percent = [5, 30, 60, 90, 97][self.below(5)];
        (0..end).filter(|_| self.chance(percent)).collect()
    }
}

/// When the second part joins the first.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Join {
    WhenAsked,
    Before,
}

/// What the host was told.
#[derive(Default)]
pub(crate) struct Told {
    /// Calls of the module's own imports.
    calls: Vec<String>,
    /// Numbers of places that were reached.
    pub(crate) reached: BTreeSet<u32>,
    /// How often the second part was asked for.
    pub(crate) asked: u32,
}

/// A module that runs.
pub(crate) struct Running {
    store: Store<Told>,
    instance: Instance,
}

impl Running {
    /// The whole module.
    pub(crate) fn whole(octets: &[u8]) -> Result<Self, Error> {
        let linker = linker(octets);
        Self::start(octets, &linker)
    }

    /// The whole module, which counts.
    pub(crate) fn counting(octets: &[u8]) -> Result<Self, Error> {
        let mut linker = linker(octets);
        let told = |mut caller: Caller<'_, Told>, place: i32| {
            caller.data_mut().reached.insert(place.cast_unsigned());
        };
        linker.func_wrap(BRING.0, BRING.1, told).unwrap();
        Self::start(octets, &linker)
    }

    /// Both parts, joined as the page does it.
    pub(crate) fn parts(parts: &Parts, join: Join) -> Result<Self, Error> {
        let mut linker = linker(&parts.first);
        let rest: Arc<[u8]> = Arc::from(parts.rest.as_slice());
        let bring = {
            let rest = Arc::clone(&rest);
            move |mut caller: Caller<'_, Told>| {
                caller.data_mut().asked += 1;
                if join == Join::WhenAsked {
                    let engine = caller.engine().clone();
                    let module = wasmi::Module::new(&engine, &rest)?;
                    let find = |caller: &Caller<'_, Told>, name: &str| caller.get_export(name);
                    let things = wanted(&module, |name| find(&caller, name));
                    Instance::new(&mut caller, &module, &things)?;
                }
                Ok::<(), Error>(())
            }
        };
        linker.func_wrap(BRING.0, BRING.1, bring).unwrap();
        let mut running = Self::start(&parts.first, &linker)?;
        if join == Join::Before {
            let module = wasmi::Module::new(running.store.engine(), &rest)?;
            let find = |name: &str| running.instance.get_export(&running.store, name);
            let things = wanted(&module, find);
            Instance::new(&mut running.store, &module, &things)?;
        }
        Ok(running)
    }

    fn start(octets: &[u8], linker: &Linker<Told>) -> Result<Self, Error> {
        let mut store = Store::new(linker.engine(), Told::default());
        // Far more than any needs: what is cut wrongly may run for ever.
        store.set_fuel(50_000_000)?;
        let module = wasmi::Module::new(linker.engine(), octets)?;
        let instance = linker.instantiate_and_start(&mut store, &module)?;
        Ok(Self { store, instance })
    }

    /// The functions that it exports, with what they take.
    pub(crate) fn functions(&self) -> Vec<(String, Vec<ValType>)> {
        let exports = self.instance.exports(&self.store);
        let functions = exports.filter_map(|export| {
            let function = export.clone().into_func()?;
            Some((export.name().to_owned(), function.ty(&self.store).params().to_vec()))
        });
        functions.collect()
    }

    /// Calls an export: what it gave back, or how it ended, and what the host heard meanwhile.
    pub(crate) fn call(&mut self, name: &str, values: &[Val]) -> String {
        let function: Func = self.instance.get_func(&self.store, name).unwrap();
        let kinds = function.ty(&self.store).results().to_vec();
        let mut results: Vec<Val> = kinds.iter().map(|kind| Val::default_for_ty(*kind)).collect();
        let ended = match function.call(&mut self.store, values, &mut results) {
            Ok(()) => results.iter().map(said).collect::<Vec<_>>().join(" "),
            Err(error) => match error.as_trap_code() {
                Some(trap) => format!("{trap:?}"),
                None => format!("{error}"),
            },
        };
        let calls = std::mem::take(&mut self.store.data_mut().calls);
        format!("{name}: {ended} {}", calls.join(","))
    }

    /// What can be seen of it from outside, by these names.
    pub(crate) fn state(&self, names: &[String]) -> Vec<String> {
        let seen = |name: &String| match self.instance.get_export(&self.store, name).unwrap() {
            Extern::Global(global) => format!("{name} {}", said(&global.get(&self.store))),
            Extern::Memory(memory) => {
                let octets = memory.data(&self.store);
                let mut hasher = DefaultHasher::new();
                octets.hash(&mut hasher);
                format!("{name} {} {:x}", octets.len(), hasher.finish())
            }
            Extern::Table(table) => {
                let size = table.size(&self.store);
                let full = (0..size.min(200)).map(|place| {
                    let there = table.get(&self.store, place).unwrap();
                    if there.is_null() { '-' } else { 'x' }
                });
                format!("{name} {size} {}", full.collect::<String>())
            }
            Extern::Func(_) => name.clone(),
        };
        names.iter().map(seen).collect()
    }

    /// The names of all that it exports.
    pub(crate) fn names(&self) -> Vec<String> {
        self.instance.exports(&self.store).map(|export| export.name().to_owned()).collect()
    }

    pub(crate) fn told(&self) -> &Told {
        self.store.data()
    }
}

fn said(value: &Val) -> String {
    match value {
        Val::I32(value) => format!("{value}"),
        Val::I64(value) => format!("{value}"),
        Val::F32(value) => format!("{:x}", value.to_bits()),
        Val::F64(value) => format!("{:x}", value.to_bits()),
        Val::FuncRef(function) if function.is_null() => "null".to_owned(),
        Val::ExternRef(thing) if thing.is_null() => "null".to_owned(),
        other => format!("{:?}", other.ty()),
    }
}

/// What the second part imports, in its order.
fn wanted(module: &wasmi::Module, find: impl Fn(&str) -> Option<Extern>) -> Vec<Extern> {
    let imports = module.imports().map(|import| {
        assert_eq!(import.module(), FIRST);
        find(import.name()).unwrap_or_else(|| panic!("the first part has no `{}`", import.name()))
    });
    imports.collect()
}

/// A host that has all functions that a module imports, and notes how they are called.
fn linker(octets: &[u8]) -> Linker<Told> {
    let mut config = Config::default();
    config.set_max_recursion_depth(4_000).set_max_stack_height(1 << 24).consume_fuel(true);
    let engine = Engine::new(&config);
    let module = wasmi::Module::new(&engine, octets).unwrap();
    let mut linker = Linker::new(&engine);
    linker.allow_shadowing(true);
    for import in module.imports().filter(|import| import.module() != BRING.0) {
        let ExternType::Func(kind) = import.ty() else { panic!("{import:?}") };
        let kind: FuncType = kind.clone();
        let name = import.name().to_owned();
        let heard = move |mut caller: Caller<'_, Told>, takes: &[Val], gives: &mut [Val]| {
            let takes: Vec<String> = takes.iter().map(said).collect();
            caller.data_mut().calls.push(format!("{name}({})", takes.join(" ")));
            let number = i32::try_from(caller.data().calls.len()).unwrap();
            for value in gives {
                if value.ty() == ValType::I32 {
                    *value = Val::I32(number);
                }
            }
            Ok(())
        };
        linker.func_new(import.module(), import.name(), kind, heard).unwrap();
    }
    linker
}

/// Values of these types, some that are often special and some that are not.
pub(crate) fn values(kinds: &[ValType], random: &mut Random) -> Vec<Val> {
    let value = |kind: &ValType| {
        let number = match random.below(3) {
            0 => random.below(4) as i64,
            1 => -1,
            _ => random.next().cast_signed() >> random.below(63),
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        match kind {
            ValType::I32 => Val::I32(number as i32),
            ValType::I64 => Val::I64(number),
            ValType::F32 => Val::F32((number as f32).into()),
            ValType::F64 => Val::F64((number as f64).into()),
            other => Val::default_for_ty(*other),
        }
    };
    kinds.iter().map(value).collect()
}

/// The calls that a module is tried with.
pub(crate) type Calls = [(String, Vec<Val>)];

/// A line for how the module starts, for each call, and for what can be seen in the end. Where the
/// stack of calls has run out there is nothing to hold against another: the parts need more of it.
pub(crate) fn story(
    running: Result<Running, Error>,
    calls: &Calls,
    names: &[String],
) -> Vec<String> {
    let mut running = match running {
        Ok(running) => running,
        Err(error) => return vec![format!("does not start: {:?}", error.as_trap_code())],
    };
    let mut story = Vec::new();
    for (name, values) in calls {
        let line = running.call(name, values);
        if line.contains("StackOverflow") {
            return story;
        }
        story.push(line);
    }
    story.extend(running.state(names));
    story
}

/// Cuts a module by a list, and holds its parts against the whole. Returns the parts.
pub(crate) fn hold(octets: &[u8], list: &List, calls: &Calls) -> Parts {
    let module = Module::read(octets).unwrap();
    let parts = cut(&module, list, Which::All, None).unwrap();
    let mut check = wasmparser::Validator::new();
    check.validate_all(&parts.first).unwrap_or_else(|error| panic!("first: {error}\n{list}"));
    check.reset();
    check.validate_all(&parts.rest).unwrap_or_else(|error| panic!("rest: {error}\n{list}"));
    let names = Running::whole(octets).map(|running| running.names()).unwrap_or_default();
    let whole = story(Running::whole(octets), calls, &names);
    for join in [Join::WhenAsked, Join::Before] {
        let both = story(Running::parts(&parts, join), calls, &names);
        for (one, other) in whole.iter().zip(&both) {
            assert_eq!(one, other, "whole and parts ({join:?}), where there goes:\n{list}");
        }
    }
    parts
}

/// The list of what is not reached when only these places are.
pub(crate) fn list(octets: &[u8], reached: &BTreeSet<u32>) -> List {
    unreached(&Module::read(octets).unwrap(), reached, Which::All).unwrap()
}

/// Gives each function a name; `same` of them share one.
pub(crate) fn named(mut octets: Vec<u8>, same: u32) -> Vec<u8> {
    let mut check = wasmparser::Validator::new();
    let many = check.validate_all(&octets).unwrap().as_ref().function_count();
    let mut map = NameMap::new();
    for function in 0..many {
        map.append(function, &format!("f{}", function / same));
    }
    let mut names = NameSection::new();
    names.functions(&map);
    let section = wasm_encoder::Encode::encode;
    let mut out = vec![wasm_encoder::Section::id(&names)];
    section(&names, &mut out);
    octets.extend(out);
    octets
}
