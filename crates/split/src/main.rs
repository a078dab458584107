//! Cuts the page's WebAssembly module in two.
//!
//! The first part is a module like any other, in which whatever was cut away is a stub: it asks for
//! the second part and goes on there. The second part imports memory, tables, globals and functions
//! of the first, and puts its own functions into the stubs' places in the table.
//!
//! ```text
//! tcpscope-split count  IN OUT               OUT tells the host of each place in the code that is reached
//! tcpscope-split list   IN CALLED            what was not reached; CALLED holds numbers, one a line
//! tcpscope-split cut    IN LIST FIRST REST   what LIST names goes into REST, all else into FIRST
//! ```
//!
//! What the list does not know stays: so an old list makes the first part larger than it need be, and
//! nothing worse.

mod bodies;
mod cut;
mod first;
mod flow;
mod list;
mod module;
mod outline;
mod regions;
mod rest;

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use cut::Plan;
use list::List;
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
    let called: BTreeSet<u32> = text(called)?
        .lines()
        .map(|line| line.parse().map_err(|_| format!("{called}: `{line}` is no number")))
        .collect::<Result<_, _>>()?;
    let list = List::of_unreached(&module, &called).map_err(|error| error.to_string())?;
    print!("{}", list.write());
    Ok(())
}

fn cut(module: &str, list: &str, first: &str, rest: &str) -> Result<(), String> {
    let octets = read(module)?;
    let module = Module::read(&octets)?;
    let list = List::read(&text(list)?).map_err(|error| format!("{list}: {error}"))?;
    let plan = Plan::new(&module, &list).map_err(|error| error.to_string())?;
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
