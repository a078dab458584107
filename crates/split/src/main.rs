//! Cuts the page's WebAssembly module in two.
//!
//! ```text
//! tcpscope-split count  IN OUT               OUT tells the host of each place in the code that is reached
//! tcpscope-split list   IN CALLED            what was not reached; CALLED holds numbers, one a line
//! tcpscope-split cut    IN LIST FIRST REST   what LIST names goes into REST, all else into FIRST
//! tcpscope-split cut    IN LIST FIRST REST LINKED   so does data that only REST reads
//! ```
//!
//! What the list does not know stays: so an old list makes the first part larger than it need be, and
//! nothing worse.

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;

use tcpscope_split::{Linked, List, Module, Parts, Which, cut_in_each_order};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["count", module, out] => count(module, out),
        ["list", module, called] => list(module, called),
        ["cut", module, list, first, rest] => cut(module, list, [first, rest], None),
        ["cut", module, list, first, rest, linked] => {
            cut(module, list, [first, rest], Some(linked))
        }
        ["weigh", module, list] => weigh(module, list),
        _ => {
            Err("usage: count IN OUT | list IN CALLED | cut IN LIST FIRST REST [LINKED]".to_owned())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tcpscope-split: {error}");
            ExitCode::FAILURE
        }
    }
}

fn count(module: &str, out: &str) -> Result<(), String> {
    let octets = read(module)?;
    let counting = Module::read(&octets).and_then(|module| tcpscope_split::count(&module));
    write(out, &counting.map_err(in_file(module))?)
}

fn list(module: &str, called: &str) -> Result<(), String> {
    let octets = read(module)?;
    let mut reached = BTreeSet::new();
    for (place, line) in (1..).zip(text(called)?.lines()) {
        let number =
            line.parse().map_err(|_| format!("{called}: line {place}: `{line}` is no number"))?;
        reached.insert(number);
    }
    let list = Module::read(&octets)
        .and_then(|module| tcpscope_split::unreached(&module, &reached, Which::Worthwhile));
    print!("{}", list.map_err(in_file(module))?);
    Ok(())
}

fn weigh(module: &str, list: &str) -> Result<(), String> {
    let octets = read(module)?;
    let list = List::read(&text(list)?).map_err(in_file(list))?;
    let weights = Module::read(&octets)
        .and_then(|module| tcpscope_split::weigh(&module, &list, Which::Worthwhile));
    for (name, all, gone) in weights.map_err(in_file(module))? {
        println!("{all}\t{gone}\t{name}");
    }
    Ok(())
}

fn cut(
    module: &str,
    list: &str,
    [first, rest]: [&str; 2],
    linked: Option<&str>,
) -> Result<(), String> {
    let octets = read(module)?;
    let list = List::read(&text(list)?).map_err(in_file(list))?;
    let linked = match linked {
        Some(path) => Some(Linked::read(&read(path)?).map_err(in_file(path))?),
        None => None,
    };
    let read = Module::read(&octets).map_err(in_file(module))?;
    let mut best: Option<(usize, Parts)> = None;
    for parts in cut_in_each_order(&read, &list, Which::Worthwhile, linked.as_ref()) {
        let parts = parts.map_err(in_file(module))?;
        let weight = compressed(&parts.first).map_err(|error| format!("{module}: {error}"))?;
        if best.as_ref().is_none_or(|(least, _)| weight < *least) {
            best = Some((weight, parts));
        }
    }
    let (_, parts) = best.ok_or_else(|| format!("{module}: there is no order to cut it in"))?;
    write(first, &parts.first)?;
    write(rest, &parts.rest)
}

/// What is left of octets on their way to a reader (RFC 7932, at its best).
fn compressed(octets: &[u8]) -> std::io::Result<usize> {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*octets, &mut out, &brotli::enc::BrotliEncoderParams::default())?;
    Ok(out.len())
}

fn in_file(path: &str) -> impl Fn(tcpscope_split::Error) -> String {
    move |error| format!("{path}: {error}")
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
