//! What the splitter says where it cannot do its work; and lists that say little.

#![allow(missing_docs, reason = "this is no library")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use tcpscope_split::{List, Module, Which, cut, unreached};

fn refusal(wat: &str) -> String {
    let octets = wat::parse_str(wat).unwrap();
    Module::read(&octets)
        .err()
        .map_or_else(|| format!("not refused: {wat}"), |error| error.to_string())
}

#[test]
fn modules_are_refused_in_words() {
    let said = Module::read(b"hello").err().unwrap().to_string();
    assert!(
        said.starts_with("this module cannot be cut: ") && said.contains("at offset 0x"),
        "{said}"
    );
    assert_eq!(
        refusal(r#"(module (import "env" "memory" (memory 1)))"#),
        "this module cannot be cut: it imports a memory, `env.memory`; only functions may be imported"
    );
    // Other ways for control to go than the splitter knows.
    for wat in [
        "(module (func $f (return_call $f)))",
        "(module (tag $t) (func (throw $t)))",
        "(module (func (param (ref null func)) (block (br_on_null 0 (local.get 0)) (drop))))",
    ] {
        let said = refusal(wat);
        assert!(said.contains("at offset 0x"), "{said}");
    }
}

#[test]
fn lists_are_read_and_written() {
    let text = "<[u8] as c>::d\t1f 20 ffffffffffffffff\na::b\n";
    assert_eq!(List::read(text).unwrap().to_string(), text);
    let windows = format!("# words\r\n\r\n{}", text.replace('\n', "\r\n"));
    assert_eq!(List::read(&windows).unwrap(), List::read(text).unwrap());
    assert_eq!(List::read("").unwrap(), List::default());
}

#[test]
fn a_line_that_says_nothing_is_named() {
    for (text, said) in [
        ("# words\nf\tx1", "line 2: `x1` is no stretch"),
        ("f\t", "line 1: `` is no stretch"),
        ("f\n\t12", "line 2: no name stands before the tab"),
        ("f\t11111111111111111", "line 1: `11111111111111111` is no stretch"),
    ] {
        assert_eq!(List::read(text).unwrap_err().to_string(), said);
    }
}

#[test]
fn what_a_list_does_not_know_stays() {
    let octets = wat::parse_str(
        r#"(module (func $f (export "f") (param i32) (result i32)
            (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2)))))"#,
    );
    let octets = octets.unwrap();
    let module = Module::read(&octets).unwrap();
    let code = |list: &str| {
        let parts = cut(&module, &List::read(list).unwrap(), Which::All, None).unwrap();
        (parts.first.len(), parts.rest.len())
    };
    assert_eq!(code("g\nf\t1 2 3\nh\t4\n"), code(""));
    assert!(code("f\n").1 > code("").1);
}

/// Functions of one name: what one of them has reached stays for all.
#[test]
fn those_of_one_name_go_together() {
    let octets = wat::parse_str(
        r#"(module
            (func (@name "f") (export "one") (param i32) (if (local.get 0) (then unreachable)))
            (func (@name "f") (export "two") (param i32) (if (local.get 0) (then unreachable))))"#,
    );
    let octets = octets.unwrap();
    let module = Module::read(&octets).unwrap();
    let list = |reached: &[u32]| {
        let reached: BTreeSet<u32> = reached.iter().copied().collect();
        unreached(&module, &reached, Which::All).unwrap().to_string()
    };
    assert_eq!(list(&[]), "f\n");
    assert!(list(&[0]).starts_with("f\t"));
    assert!(list(&[0, 2, 3]).starts_with("f\t"));
    // Places 0 to 2 are the first's, 3 to 5 the second's.
    assert_eq!(list(&[0, 2, 3, 4]), "");
}
