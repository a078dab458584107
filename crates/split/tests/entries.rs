//! A function that only a table names has a stub in the first part, unless nothing that stays can mean
//! its entry there.

#![allow(missing_docs, reason = "this is no library")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Join, Running};
use tcpscope_split::{Linked, List, Module, Parts, Which, cut};
use wasm_encoder::{CustomSection, DataSymbolDefinition, Encode, LinkingSection, SymbolTable};
use wasmparser::{Parser, Payload};

/// Two things in memory, each the entry of a function: `goes` reads the one, `stays` the other.
const MODULE: &str = r#"(module
    (type $f (func (result i32)))
    (memory (export "memory") 1)
    (table 4 4 funcref)
    (elem (i32.const 1) $near $far)
    (data (i32.const 4096) "\02\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00")
    (func $far (result i32) (i32.const 71))
    (func $near (result i32) (i32.const 72))
    (func $goes (export "goes") (result i32) (call_indirect (type $f) (i32.load (i32.const 4096))))
    (func $stays (export "stays") (result i32) (call_indirect (type $f) (i32.load (i32.const 4104)))))"#;

/// Where the things stand in the section of data: after the count of segments, flags, and a place and
/// a length.
const DATA: [u32; 2] = [7, 15];

/// The module's parts, where these numbers in its code and data are written by the linker as entries.
fn parts(in_code: &[u32], in_data: &[u32]) -> Parts {
    let octets = wat::parse_str(MODULE).unwrap();
    let mut linked = octets.clone();
    let mut symbols = SymbolTable::new();
    for (name, offset) in [("one", 0), ("other", 8)] {
        symbols.data(0, name, Some(DataSymbolDefinition { index: 0, offset, size: 8 }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    wasm_encoder::Section::append_to(&linking, &mut linked);
    // Kind, offset, symbol; those of places in memory add nothing.
    let mut code: Vec<Vec<u32>> = vec![vec![3, 0, 0, 0], vec![3, 0, 1, 0]];
    code.extend(in_code.iter().map(|at| vec![1, *at, 0]));
    relocations(&mut linked, "reloc.CODE", &code);
    let data: Vec<Vec<u32>> = in_data.iter().map(|at| vec![2, *at, 0]).collect();
    relocations(&mut linked, "reloc.DATA", &data);

    let list = List::read("far\nnear\ngoes\n").unwrap();
    let (module, linked) = (Module::read(&octets).unwrap(), Linked::read(&linked).unwrap());
    cut(&module, &list, Which::All, Some(&linked)).unwrap()
}

fn relocations(module: &mut Vec<u8>, name: &str, entries: &[Vec<u32>]) {
    let mut section = Vec::new();
    0_u32.encode(&mut section);
    u32::try_from(entries.len()).unwrap().encode(&mut section);
    for number in entries.iter().flatten() {
        number.encode(&mut section);
    }
    wasm_encoder::Section::append_to(
        &CustomSection { name: name.into(), data: section.into() },
        module,
    );
}

/// How many functions the first part has.
fn functions(parts: &Parts) -> u32 {
    let count = |payload| match payload {
        Payload::FunctionSection(functions) => Some(functions.count()),
        _ => None,
    };
    Parser::new(0).parse_all(&parts.first).find_map(|payload| count(payload.unwrap())).unwrap()
}

/// Where an entry's number stands in the code: the first octet that is the same.
fn in_code(entry: u8) -> u32 {
    let octets = wat::parse_str(MODULE).unwrap();
    let code = Parser::new(0).parse_all(&octets).find_map(|payload| match payload.unwrap() {
        Payload::CodeSectionStart { unchecked_range, .. } => Some(unchecked_range),
        _ => None,
    });
    let code = code.unwrap();
    let code = &octets[code.start.try_into().unwrap()..code.end.try_into().unwrap()];
    u32::try_from(code.iter().position(|octet| *octet == entry).unwrap()).unwrap()
}

#[test]
fn what_nothing_can_mean_has_no_stub() {
    // What asks for the rest; `stays`; a stub of `goes`, which is exported, and one of `near`.
    assert_eq!(functions(&parts(&[], &DATA)), 4);
    // Code that stays may mean `far`.
    assert_eq!(functions(&parts(&[in_code(2)], &DATA)), 5);
}

#[test]
fn the_second_part_puts_in_what_the_first_has_not() {
    for join in [Join::WhenAsked, Join::Before] {
        for calls in [["goes", "stays"], ["stays", "goes"]] {
            let mut running = Running::parts(&parts(&[], &DATA), join).unwrap();
            for name in calls {
                let result = if name == "goes" { "71" } else { "72" };
                assert_eq!(running.call(name, &[]), format!("{name}: {result} "));
            }
        }
    }
}
