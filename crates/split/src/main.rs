//! Cuts the page's WebAssembly module in two.
//!
//! The first part is a module like any other, in which whatever was cut away is a stub: it asks for
//! the second part and goes on there. The second part imports memory, tables, globals and functions
//! of the first, and puts its own functions into the stubs' places in the table.
//!
//! ```text
//! tcpscope-split count  IN OUT               each function tells the host its number when it is called
//! tcpscope-split list   IN CALLED            what was not called, by name; CALLED holds numbers, one a line
//! tcpscope-split cut    IN LIST FIRST REST   what LIST names goes into REST, all else into FIRST
//! ```
//!
//! A function that the list does not know stays: so an old list makes the first part larger than it
//! need be, and nothing worse.

mod bodies;
mod cut;
mod first;
mod module;
mod rest;

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use module::Module;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["count", module, out] => read(module).and_then(|octets| {
            let module = Module::read(&octets)?;
            write(out, &first::counting(&module)?)
        }),
        ["list", module, called] => list(module, called),
        ["cut", module, list, first, rest] => cut(module, list, first, rest),
        _ => Err("usage: count IN OUT | list IN CALLED | cut IN LIST FIRST REST".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tcpscope-split: {error}");
            ExitCode::FAILURE
        }
    }
}

fn list(module: &str, called: &str) -> Result<(), String> {
    let octets = read(module)?;
    let module = Module::read(&octets)?;
    let called: BTreeSet<usize> = text(called)?
        .lines()
        .map(|line| line.parse().map_err(|_| format!("{called}: `{line}` is no function's number")))
        .collect::<Result<_, _>>()?;
    for name in uncalled(&module.names, &called) {
        println!("{name}");
    }
    Ok(())
}

/// Names none of whose functions was called: several have the same, where a generic one is there
/// for several types.
fn uncalled<'n>(names: &'n [String], called: &BTreeSet<usize>) -> BTreeSet<&'n str> {
    let were = |was: bool| {
        let chosen =
            names.iter().enumerate().filter(move |(number, _)| called.contains(number) == was);
        chosen.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty())
    };
    let called: BTreeSet<&str> = were(true).collect();
    were(false).filter(|name| !called.contains(name)).collect()
}

fn cut(module: &str, list: &str, first: &str, rest: &str) -> Result<(), String> {
    let octets = read(module)?;
    let module = Module::read(&octets)?;
    let list = text(list)?;
    let go: BTreeSet<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let plan = cut::Plan::new(&module, |name| !go.contains(name));
    write(first, &first::first(&module, &plan)?)?;
    write(rest, &rest::rest(&module, &plan)?)
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{path} cannot be read: {error}"))
}

fn text(path: &str) -> Result<String, String> {
    String::from_utf8(read(path)?).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &str, octets: &[u8]) -> Result<(), String> {
    fs::write(path, octets).map_err(|error| format!("{path} cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_only_when_none_that_has_it_was_called() {
        let names = ["a", "sort", "b", "sort", ""].map(str::to_owned);
        assert_eq!(uncalled(&names, &BTreeSet::from([0, 1])), BTreeSet::from(["b"]));
    }
}
