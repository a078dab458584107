//! Every way out of a stretch, and every kind of function that goes: each case is cut in many ways,
//! and its parts do together what it did whole.

#![allow(missing_docs, reason = "this is no library")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

use common::{Join, Random, Running, hold, list};
use tcpscope_split::{Module, Which, count, cut};
use wasmi::{Val, ValType};

/// What a case's functions may use.
const BEFORE: &str = r#"
    (import "host" "say" (func $say (param i32)))
    (import "host" "ask" (func $ask (param i32) (result i32)))
    (memory (export "memory") 1)
    (global $g (export "g") (mut i32) (i32.const 7))
    (func $stays (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
    (func $goes (param i32) (result i32)
        (call $say (local.get 0)) (i32.add (call $stays (local.get 0)) (global.get $g)))
"#;

/// What a case shows, and its functions; `f` is called with small numbers.
const CASES: &[(&str, &str)] = &[
    (
        "falls through with a value",
        r#"(func $f (export "f") (param i32) (result i32)
            (if (result i32) (local.get 0)
                (then (call $say (i32.const 1)) (i32.add (local.get 0) (call $goes (i32.const 4))))
                (else (i32.const 9))))"#,
    ),
    (
        "stands in an else",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (if (local.get 0)
                (then (local.set $x (i32.const 1)))
                (else (local.set $x (call $goes (i32.const 5))) (global.set $g (local.get $x))))
            (i32.add (local.get $x) (global.get $g)))"#,
    ),
    (
        "branches to an outer block",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (block $out
                (block $in
                    (br_if $in (i32.eqz (local.get 0)))
                    (local.set $x (call $goes (local.get 0)))
                    (br_if $in (i32.eq (local.get 0) (i32.const 1)))
                    (br $out))
                (local.set $x (i32.add (local.get $x) (i32.const 100))))
            (local.get $x))"#,
    ),
    (
        "branches to an outer block with a value",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $out (result i32)
                (block $in
                    (br_if $in (i32.eqz (local.get 0)))
                    (drop (call $goes (local.get 0)))
                    (br $out (i32.const 55)))
                (i32.const 66)))"#,
    ),
    (
        "branches if, with a value, or leaves another",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $out (result i32)
                (i32.add (i32.const 1000)
                    (if (result i32) (local.get 0)
                        (then
                            (drop (br_if $out (call $goes (i32.const 2))
                                (i32.eq (local.get 0) (i32.const 1))))
                            (br_if $out (i32.const 3) (i32.eq (local.get 0) (i32.const 2)))
                            (i32.add (i32.const 1)))
                        (else (i32.const 8))))))"#,
    ),
    (
        "takes a way with a value and goes on without one",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $out (result i32)
                (block $in
                    (br_if $in (i32.eqz (local.get 0)))
                    (drop (br_if $out (call $goes (i32.const 2)) (i32.eq (local.get 0) (i32.const 1))))
                    (call $say (i32.const 77)))
                (i32.const 4)))"#,
    ),
    (
        "has ways that take values of different types",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $out (result i32)
                (i32.wrap_i64 (block $wide (result i64)
                    (if (local.get 0)
                        (then
                            (br_if $wide (i64.const 70) (i32.eq (local.get 0) (i32.const 1))) (drop)
                            (br $out (call $goes (i32.const 1)))))
                    (i64.const 3)))))"#,
    ),
    (
        "has a table of branches to inner and outer blocks",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (block $a (block $b (block $c
                (br_if $c (i32.eq (local.get 0) (i32.const 9)))
                (local.set $x (i32.const 1))
                (block $d (block $e
                    (br_table $e $d $c $b $a $b (local.get 0)))
                    (local.set $x (call $goes (i32.const 2))))
                (local.set $x (i32.add (local.get $x) (i32.const 40))))
                (local.set $x (i32.add (local.get $x) (i32.const 400))))
                (local.set $x (i32.add (local.get $x) (i32.const 4000))))
            (local.get $x))"#,
    ),
    (
        "has a table of branches within itself, with values",
        r#"(func $f (export "f") (param i32) (result i32)
            (if (result i32) (local.get 0)
                (then
                    (block $a (result i32) (i32.add (i32.const 5)
                        (block $b (result i32)
                            (br_table $a $b $a $b (call $goes (i32.const 3)) (local.get 0))))))
                (else (i32.const 0))))"#,
    ),
    (
        "has a table of branches that takes values out: it stays",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $a (result i32)
                (if (local.get 0)
                    (then (br_table $a $a (call $goes (i32.const 3)) (local.get 0))))
                (i32.const 1)))"#,
    ),
    (
        "returns",
        r#"(func $f (export "f") (param i32) (result i32)
            (if (local.get 0) (then
                (if (i32.eq (local.get 0) (i32.const 1)) (then (return (call $goes (i32.const 8)))))
                (call $say (i32.const 12))
                (if (i32.eq (local.get 0) (i32.const 2)) (then (return (i32.const 13))))))
            (i32.const 14))"#,
    ),
    (
        "returns from the function's own end, with more on the stack",
        r#"(func $f (export "f") (param i32) (result i32)
            (block (br_if 0 (local.get 0)) (call $say (i32.const 2)))
            (i32.const 1) (i32.const 2)
            (br_if 0 (call $goes (local.get 0)) (i32.eq (local.get 0) (i32.const 3)))
            (return))"#,
    ),
    (
        "gives several values",
        r#"(func $two (param i32) (result i32 i64)
            (if (local.get 0) (then
                (return (call $goes (local.get 0)) (i64.const 2))))
            (i32.const 3) (i64.const 4))
        (func $f (export "f") (param i32) (result i64 i32) (local $x i64)
            (call $two (local.get 0)) (local.set $x) (local.get $x)
            (if (param i32 i64) (result i64 i32) (local.get 0)
                (then (i64.add (i64.const 5)) (local.set $x) (call $goes) (local.get $x)
                    (if (param i32 i64) (result i64 i32) (i32.eq (local.get 0) (i32.const 1))
                        (then (local.set $x) (drop) (br 1 (local.get $x) (i32.const 31)))
                        (else (drop) (drop) (i64.const 8) (i32.const 32))))
                (else (local.set $x) (drop) (local.get $x) (i32.const 33))))"#,
    ),
    (
        "is the end of a loop that goes on from its start",
        r#"(func $f (export "f") (param i32) (result i32) (local $sum i32)
            (block $done
                (loop $again
                    (br_if $done (i32.eqz (local.get 0)))
                    (local.set $sum (i32.add (local.get $sum) (call $goes (local.get 0))))
                    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                    (br $again)))
            (local.get $sum))"#,
    ),
    (
        "is the end of a loop that goes on, or ends with a value",
        r#"(func $f (export "f") (param i32) (result i32) (local $n i32)
            (loop $again (result i32)
                (if (i32.gt_u (local.get $n) (i32.const 10)) (then (return (i32.const 99))))
                (local.set $n (i32.add (local.get $n) (i32.const 3)))
                (br_if $again (i32.lt_u (local.get $n) (local.get 0)))
                (call $goes (local.get $n))))"#,
    ),
    (
        "is in a loop that takes and gives",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (i32.const 1)
            (loop $again (param i32) (result i32)
                (i32.mul (i32.const 2)) (local.tee $x)
                (if (param i32) (result i32) (local.get 0)
                    (then
                        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                        (i32.add (call $stays (local.get 0)))
                        (br $again)))
                (i32.add (local.get $x))))"#,
    ),
    (
        "begins with values on the stack",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i64)
            (block $out (result i32)
                (i32.const 20) (i64.const 30)
                (block (br_if 0 (local.get 0)) (call $say (i32.const 3)))
                (local.set $x) (i32.add (i32.wrap_i64 (local.get $x)))
                (block (br_if 0 (local.get 0)) (drop (call $goes (i32.const 3))))
                (br_if $out (i32.eq (local.get 0) (i32.const 2)))
                (i32.mul (i32.const 2))))"#,
    ),
    (
        "writes a local on some paths only",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (local.set $x (i32.const 5))
            (if (i32.gt_u (local.get 0) (i32.const 1)) (then
                (if (i32.eq (local.get 0) (i32.const 2)) (then
                    (local.set $x (call $goes (i32.const 1)))))
                (call $say (i32.const 6))))
            (local.get $x))"#,
    ),
    (
        "writes a local that only another way reads",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32) (local $y i32)
            (block $done (block $other
                (local.set $y (i32.const 21))
                (br_if $done (i32.eqz (local.get 0)))
                (local.set $x (call $goes (i32.const 1)))
                (br_if $other (i32.eq (local.get 0) (i32.const 1)))
                (local.set $y (local.get $x))
                (br $done))
                (return (local.get $x)))
            (local.get $y))"#,
    ),
    (
        "alone touches a local, from one turn of a loop to the next",
        r#"(func $f (export "f") (param i32) (result i32) (local $n i32) (local $mine i32)
            (loop $again
                (local.set $n (i32.add (local.get $n) (i32.const 1)))
                (if (i32.and (local.get $n) (local.get 0)) (then
                    (local.set $mine (i32.add (local.get $mine) (i32.const 10)))
                    (call $say (local.get $mine))))
                (br_if $again (i32.lt_u (local.get $n) (i32.const 6))))
            (local.get $n))"#,
    ),
    (
        "reads a local that nobody has written: it is zero",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32) (local $y f64)
            (if (local.get 0) (then
                (local.set $x (i32.add (local.get $x) (i32.const 2)))
                (local.set $y (f64.add (local.get $y) (f64.const 0.5)))))
            (i32.add (local.get $x) (i32.trunc_f64_s (f64.mul (local.get $y) (f64.const 2)))))"#,
    ),
    (
        "holds others",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (if (i32.gt_u (local.get 0) (i32.const 0)) (then
                (local.set $x (i32.const 1))
                (if (i32.gt_u (local.get 0) (i32.const 1)) (then
                    (local.set $x (call $goes (i32.const 2)))
                    (if (i32.gt_u (local.get 0) (i32.const 2)) (then
                        (local.set $x (call $ask (local.get $x)))))
                    (call $say (local.get $x))))
                (i32.store (i32.const 8) (local.get $x))))
            (i32.load (i32.const 8)))"#,
    ),
    (
        "has four ways",
        r#"(func $f (export "f") (param i32) (result i32) (local $x i32)
            (block $a (block $b (block $c (block $d
                (br_if $d (i32.eqz (local.get 0)))
                (local.set $x (call $ask (local.get 0)))
                (br_if $a (i32.eq (local.get 0) (i32.const 1)))
                (br_if $b (i32.eq (local.get 0) (i32.const 2)))
                (br_if $c (i32.eq (local.get 0) (i32.const 3)))
                (if (i32.eq (local.get 0) (i32.const 4)) (then (return (i32.const 44)))))
                (return (i32.const 1)))
                (return (i32.add (local.get $x) (i32.const 2))))
                (return (i32.const 3)))
            (i32.add (local.get $x) (i32.const 4)))"#,
    ),
    (
        "ends where nothing goes on",
        r#"(func $f (export "f") (param i32) (result i32)
            (if (i32.gt_u (local.get 0) (i32.const 2)) (then
                (i32.store (i32.const 0) (local.get 0)) (drop (call $goes (i32.const 1))) unreachable))
            (if (i32.eq (local.get 0) (i32.const 2)) (then
                (drop (i32.load (i32.const -4)))))
            (local.get 0))"#,
    ),
    (
        "has code that nothing reaches",
        r#"(func $f (export "f") (param i32) (result i32)
            (block $out (result i32)
                (if (local.get 0)
                    (then
                        (br $out (call $goes (i32.const 1)))
                        (drop (br_if $out))
                        (block (br 0) (br_if 0) (call $say))
                        (br_table $out $out (i32.const 1) (i32.const 2))))
                (return (i32.const 2))
                (i32.add)
                (if (result i32) (then (i32.const 1)) (else (i32.const 5)))))"#,
    ),
    (
        "calls itself",
        r#"(func $f (export "f") (param i32) (result i32)
            (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
                (then (call $say (local.get 0)) (i32.const 1))
                (else (i32.mul (local.get 0)
                    (call $f (i32.sub (local.get 0) (i32.const 1)))))))"#,
    ),
    (
        "is called through the table, where it stands twice",
        r#"(type $t (func (param i32) (result i32)))
        (table $t (export "t") 6 funcref)
        (elem (table $t) (i32.const 1) func $goes $stays $goes $more)
        (func $more (param i32) (result i32) (i32.sub (call $goes (local.get 0)) (i32.const 1)))
        (func $f (export "f") (param i32) (result i32)
            (i32.add (table.size $t)
                (call_indirect $t (type $t) (i32.const 2) (local.get 0))))"#,
    ),
    (
        "is put into a table, and named by a global",
        r#"(type $t (func (param i32) (result i32)))
        (table $other 3 funcref) (table $t (export "t") 3 funcref)
        (elem declare func $goes $stays)
        (elem $later (table $other) (i32.const 0) func $stays)
        (global $named (export "named") (mut funcref) (ref.func $goes))
        (func $name (result funcref) (ref.func $stays))
        (func $f (export "f") (param i32) (result i32)
            (table.set $t (i32.const 0) (global.get $named))
            (table.set $t (i32.const 1) (call $name))
            (if (local.get 0) (then
                (table.set $t (i32.const 2) (ref.func $goes)) (global.set $named (ref.func $stays))))
            (call_indirect $t (type $t) (i32.const 5) (local.get 0)))"#,
    ),
    (
        "copies what only the first part has: it stays",
        r#"(data $d "abcdef")
        (func $copy (param i32) (memory.init $d (i32.const 16) (local.get 0) (i32.const 3)))
        (func $f (export "f") (param i32) (result i32)
            (if (local.get 0) (then
                (call $copy (local.get 0))
                (memory.copy (i32.const 32) (i32.const 16) (i32.const 8))
                (memory.init $d (i32.const 20) (i32.const 0) (local.get 0))))
            (data.drop $d)
            (i32.load (i32.const 32)))"#,
    ),
    (
        "is exported under a name that the parts would use, and starts",
        r#"(func $begin (if (global.get $g) (then (global.set $g (i32.const 70)))))
        (start $begin)
        (func $one (export "0") (export "1") (result i32) (call $goes (i32.const 1)))
        (func $f (export "f") (param i32) (result i32) (call $goes (local.get 0)))"#,
    ),
];

fn module(case: &str) -> Vec<u8> {
    wat::parse_str(format!("(module {BEFORE} {case})")).unwrap()
}

fn calls(octets: &[u8]) -> Vec<(String, Vec<Val>)> {
    let functions = Running::whole(octets).unwrap().functions();
    let with = |number: i32| {
        functions.iter().map(move |(name, kinds)| {
            let value = |kind: &ValType| match kind {
                ValType::I32 => Val::I32(number),
                other => Val::default_for_ty(*other),
            };
            (name.clone(), kinds.iter().map(value).collect())
        })
    };
    [0, 1, 2, 3, 4, 5, 9, 0].into_iter().flat_map(with).collect()
}

#[test]
fn parts_do_what_the_whole_did() {
    for (name, case) in CASES {
        println!("{name}");
        let octets = module(case);
        let calls = calls(&octets);
        // All functions; all but one place, whichever; and any.
        let all: BTreeSet<u32> = (0..60).collect();
        let but_one = all.iter().map(|place| all.iter().copied().filter(|p| p != place).collect());
        let mut random = Random::new(1);
        let any = (0..30).map(|_| random.some_below(60));
        let mut known = BTreeSet::new();
        for reached in [BTreeSet::new()].into_iter().chain(but_one).chain(any) {
            let list = list(&octets, &reached);
            if known.insert(list.to_string()) {
                hold(&octets, &list, &calls);
            }
        }
    }
}

/// What a case does with one number is what stays; the second part is asked for by other numbers only.
#[test]
fn what_was_reached_stays() {
    for (name, case) in CASES {
        println!("{name}");
        let octets = module(case);
        let counting = count(&Module::read(&octets).unwrap()).unwrap();
        let calls = calls(&octets);
        for only in 0..4 {
            let only: Vec<_> = calls
                .iter()
                .filter(|(_, values)| values.iter().all(|v| v.i32() == Some(only)))
                .collect();
            let mut running = Running::counting(&counting).unwrap();
            for (name, values) in &only {
                running.call(name, values);
            }
            let list = list(&octets, &running.told().reached);
            let parts = hold(&octets, &list, &calls);
            let mut running = Running::parts(&parts, Join::WhenAsked).unwrap();
            for (name, values) in &only {
                running.call(name, values);
            }
            assert_eq!(running.told().asked, 0, "{list}");
        }
    }
}

/// The parts know each other from the first call on: nobody asks twice.
#[test]
fn the_rest_is_asked_for_once() {
    let octets = module(CASES[0].1);
    let parts = hold(&octets, &list(&octets, &BTreeSet::new()), &calls(&octets));
    let mut running = Running::parts(&parts, Join::WhenAsked).unwrap();
    assert_eq!(running.told().asked, 0);
    for (name, values) in calls(&octets) {
        running.call(&name, &values);
        assert_eq!(running.told().asked, 1);
    }
}

/// A stretch that is shorter than the call in its place stays.
#[test]
fn only_what_is_worth_it_goes() {
    let octets = module(CASES[0].1);
    let list = list(&octets, &(0..5).filter(|place| *place != 3).collect());
    assert!(list.to_string().contains("f\t"), "{list}");
    let module = Module::read(&octets).unwrap();
    let all = cut(&module, &list, Which::All, None).unwrap();
    let worth = cut(&module, &list, Which::Worthwhile, None).unwrap();
    assert!(worth.rest.len() < all.rest.len());
}
