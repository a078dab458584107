//! Modules that nobody has written, cut anywhere: the parts do together what the module did.

#![allow(missing_docs, reason = "this is no library")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use arbitrary::Unstructured;
use common::{Join, Random, Running, hold, list, named, values};
use wasm_smith::{Config, Module};

const IMPORTS: &str = r#"(module
    (import "host" "a" (func (param i32) (result i32)))
    (import "host" "b" (func (param i64 i32)))
    (import "host" "c" (func (result f32 i32))))"#;

fn module(random: &mut Random) -> Vec<u8> {
    let octets: Vec<u8> = (0..3000).flat_map(|_| random.next().to_le_bytes()).collect();
    let config = Config {
        available_imports: Some(wat::parse_str(IMPORTS).unwrap()),
        min_imports: 1,
        max_imports: 3,
        min_funcs: 2,
        max_funcs: 8,
        max_instructions: 150,
        max_memories: 1,
        max_memory32_bytes: 1 << 17,
        memory_max_size_required: true,
        max_tables: 2,
        table_max_size_required: true,
        max_table_elements: 50,
        max_globals: 6,
        max_types: 12,
        max_element_segments: 6,
        max_data_segments: 3,
        disallow_traps: random.chance(80),
        export_everything: true,
        allow_start_export: random.chance(20),
        compact_imports_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        relaxed_simd_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    };
    let mut module = Module::new(config, &mut Unstructured::new(&octets)).unwrap();
    module.ensure_termination(500).unwrap();
    named(module.to_bytes(), if random.chance(10) { 2 } else { 1 })
}

#[test]
fn parts_do_what_the_module_did() {
    let (mut asked, mut stretches) = (0, 0);
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let octets = module(&mut random);
        let mut calls = Vec::new();
        if let Ok(running) = Running::whole(&octets) {
            for (name, kinds) in running.functions() {
                calls.push((name.clone(), values(&kinds, &mut random)));
                calls.push((name, values(&kinds, &mut random)));
            }
        }
        for _ in 0..2 {
            let list = list(&octets, &random.some_below(600));
            stretches += list.to_string().lines().filter(|line| line.contains('\t')).count();
            let parts = hold(&octets, &list, &calls);
            if let Ok(mut running) = Running::parts(&parts, Join::WhenAsked) {
                for (name, values) in &calls {
                    running.call(name, values);
                }
                asked += running.told().asked;
            }
        }
    }
    // Else this would say nothing.
    assert!(asked > 100 && stretches > 100, "asked {asked} times, {stretches} with stretches");
}
