//! Data goes with what reads it, and only where nothing that stays may read it.

#![allow(missing_docs, reason = "this is no library")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use tcpscope_split::{Linked, List, Module, Which, cut};
use wasm_encoder::{CustomSection, DataSymbolDefinition, Encode, LinkingSection, SymbolTable};

/// What is in memory: eight things of sixteen octets, one after the other from 4096 on.
const THINGS: [&str; 8] = ["aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg", "hhhh"];
const BASE: u32 = 4096;

/// The place of a thing.
fn place(thing: u32) -> u32 {
    BASE + 16 * thing
}

/// What is in memory, where nothing points to anything.
fn memory() -> Vec<u8> {
    THINGS.iter().flat_map(|thing| thing.repeat(4).into_bytes()).collect()
}

/// A module of which `stays` stays and `goes` goes, with these octets at these places.
fn with_data(stays: &str, segments: &[(u32, &[u8])]) -> Vec<u8> {
    let data = segments.iter().map(|(place, octets)| {
        let octets: String = octets.iter().map(|octet| format!("\\{octet:02x}")).collect();
        format!("(data (i32.const {place}) \"{octets}\")")
    });
    let data = data.collect::<String>();
    wat::parse_str(format!(
        r#"(module
            (memory (export "memory") 1)
            {data}
            (func $stays (export "stays") (param i32) (result i32) {stays})
            (func $goes (export "goes") (param i32) (result i32)
                (i32.load8_u (i32.add (local.get 0) (i32.const {BASE})))))"#
    ))
    .unwrap()
}

/// A module of which `stays` stays and `goes` goes, linked so that its code names places by these
/// relocations (a thing, and what is added to its place), and these things begin with a pointer.
fn module(stays: &str, code: &[(u32, i32)], pointers: &[(u32, u32)]) -> Vec<u8> {
    let mut memory = memory();
    for (thing, to) in pointers {
        let at = 16 * *thing as usize;
        memory[at..at + 4].copy_from_slice(&place(*to).to_le_bytes());
    }
    let mut module = with_data(stays, &[(BASE, &memory)]);
    let mut symbols = SymbolTable::new();
    for (number, name) in (0..).zip(THINGS) {
        let definition = DataSymbolDefinition { index: 0, offset: 16 * number, size: 16 };
        symbols.data(0, name, Some(definition));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    wasm_encoder::Section::append_to(&linking, &mut module);
    // In the section of data, what is in memory stands after the count of segments, the place of the
    // only one (flags, `i32.const`, two octets, `end`) and its length of two octets.
    let at = |thing: u32| 1 + 5 + 2 + 16 * thing;
    let code = code.iter().map(|(thing, more)| (3, 0, *thing, *more));
    let pointers = pointers.iter().map(|(thing, to)| (5, at(*thing), *to, 0));
    relocations(&mut module, "reloc.CODE", &code.collect::<Vec<_>>());
    relocations(&mut module, "reloc.DATA", &pointers.collect::<Vec<_>>());
    module
}

fn relocations(module: &mut Vec<u8>, name: &str, entries: &[(u8, u32, u32, i32)]) {
    let mut section = Vec::new();
    0_u32.encode(&mut section);
    u32::try_from(entries.len()).unwrap().encode(&mut section);
    for (kind, offset, symbol, more) in entries {
        section.push(*kind);
        offset.encode(&mut section);
        symbol.encode(&mut section);
        more.encode(&mut section);
    }
    let section = CustomSection { name: name.into(), data: section.into() };
    wasm_encoder::Section::append_to(&section, module);
}

/// The things that are still in the first part.
fn left(octets: &[u8]) -> Vec<u32> {
    left_of(octets, octets)
}

/// The same of a module that was made smaller since it was linked.
fn left_of(octets: &[u8], linked: &[u8]) -> Vec<u32> {
    let (module, linked) = (Module::read(octets).unwrap(), Linked::read(linked).unwrap());
    let list = List::read("goes\n").unwrap();
    let parts = cut(&module, &list, Which::All, Some(&linked)).unwrap();
    let has = |part: &[u8], thing: u32| {
        let end = &THINGS[thing as usize].as_bytes().repeat(3);
        part.windows(end.len()).any(|octets| octets == end)
    };
    let things = 0..u32::try_from(THINGS.len()).unwrap();
    // Nothing is lost, and nothing travels twice.
    assert!(things.clone().all(|thing| has(&parts.first, thing) != has(&parts.rest, thing)));
    things.filter(|thing| has(&parts.first, *thing)).collect()
}

/// All places of things, as the linker writes them.
const PLAIN: [(u32, i32); 8] = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0)];

#[test]
fn what_is_read_stays_and_the_rest_goes() {
    let read = format!("(i32.load8_u (i32.const {}))", place(2));
    assert_eq!(left(&module(&read, &PLAIN, &[])), [2]);
    let read = format!("(i32.load8_u offset={} (local.get 0))", place(3));
    assert_eq!(left(&module(&read, &PLAIN, &[])), [3]);
}

#[test]
fn zeros_that_were_left_out_are_as_they_were() {
    let mut whole = memory();
    whole[16 * 5 - 4..16 * 5].fill(0);
    let read = format!("(i32.load8_u (i32.const {}))", place(2));
    let mut linked = module(&read, &PLAIN, &[]);
    let at = linked.windows(4).position(|octets| octets == b"ffff").unwrap();
    linked[at - 4..at].fill(0);
    let (before, after) = (&whole[..16 * 5 - 4], &whole[16 * 5..]);
    let packed = with_data(&read, &[(BASE, before), (place(5), after)]);
    assert_eq!(left_of(&packed, &linked), [2]);
    // What is not zero is not as it was.
    let packed = with_data(&read, &[(BASE, before), (place(5) - 1, b"e"), (place(5), after)]);
    assert_eq!(left_of(&packed, &linked), [2, 4]);
}

#[test]
fn what_is_pointed_to_stays() {
    let read = format!("(i32.load (i32.load (i32.const {})))", place(6));
    let pointers = [(6, 1), (1, 4), (4, 1), (3, 7)];
    assert_eq!(left(&module(&read, &PLAIN, &pointers)), [1, 4, 6]);
}

#[test]
fn a_table_may_be_named_by_a_place_before_it() {
    // A table that is read from its tenth row on: its place less forty octets lies in another thing.
    let read = format!("(i32.load offset={} (local.get 0))", place(5) - 40);
    let code: Vec<_> = PLAIN.into_iter().chain([(5, -40)]).collect();
    assert_eq!(left(&module(&read, &code, &[])), [2, 5]);
}

#[test]
fn what_lies_near_an_unknown_place_stays() {
    let read = format!("(i32.load8_u (i32.const {}))", place(2) + 5);
    assert_eq!(left(&module(&read, &PLAIN, &[])).len(), THINGS.len());
}

#[test]
fn places_are_found_in_long_numbers() {
    for shift in [0, 32] {
        let number = u64::from(place(1)) << shift;
        let read = format!("(i32.wrap_i64 (i64.const {number}))");
        assert_eq!(left(&module(&read, &PLAIN, &[])), [1]);
    }
}
