//! Cuts a WebAssembly module in two: what is needed at first, and what can follow.
//!
//! The first part is a module like any other, which calls what was cut away through a table of its
//! own. The table is empty until the second part comes: that imports the table, and what it needs of
//! memory, tables, globals and functions, all from the first part, and puts its functions in. Whoever
//! calls one of them before then makes the first part call the host, as [`BRING`], which has to
//! instantiate the second part before it returns.
//!
//! What goes is said by a [`List`]: whole functions, and stretches of functions, each of which becomes
//! a function of its own. Whatever the list says, the two parts do together what the module did. One
//! thing is different: the stack of calls is a little deeper.
//!
//! ```
//! # fn main() -> Result<(), tcpscope_split::Error> {
//! # let octets = wat::parse_str("(module (func $rare (export \"rare\") unreachable))").unwrap();
//! use tcpscope_split::{List, Module, Which, cut};
//!
//! let module = Module::read(&octets)?;
//! let parts = cut(&module, &List::read("rare\n")?, Which::Worthwhile, None)?;
//! assert!(parts.first.starts_with(b"\0asm") && parts.rest.starts_with(b"\0asm"));
//! # Ok(())
//! # }
//! ```

mod alone;
mod caller;
mod data;
mod error;
mod first;
mod flow;
mod list;
mod locals;
mod look;
mod module;
mod names;
mod number;
mod order;
mod plan;
mod region;
mod rest;
mod wanted;
mod writer;

use std::collections::BTreeSet;

pub use data::Linked;
pub use error::Error;
pub use first::BRING;
pub use list::List;
pub use module::Module;
pub use region::Which;
pub use rest::FIRST;

use order::Likeness;

/// A module in two parts.
pub struct Parts {
    /// What comes first: it exports and imports what the module does, and more.
    pub first: Vec<u8>,
    /// What follows: it imports from the first part only.
    pub rest: Vec<u8>,
}

/// Cuts a module: what the list names goes into the second part, all else into the first. Where it is
/// known how the module was linked, data that only the second part reads goes with it.
///
/// # Errors
///
/// Where the module names something that it does not have, which [`Module::read`] rules out.
pub fn cut(
    module: &Module<'_>,
    list: &List,
    which: Which,
    linked: Option<&Linked>,
) -> Result<Parts, Error> {
    cut_in_order(module, list, which, linked, Likeness::ALL[0])
}

/// As [`cut`], several times, each time with the functions of the first part in another order: one
/// of them compresses best, and only who has compressed them knows which.
///
/// # Errors
///
/// As [`cut`].
pub fn cut_in_each_order(
    module: &Module<'_>,
    list: &List,
    which: Which,
    linked: Option<&Linked>,
) -> impl Iterator<Item = Result<Parts, Error>> {
    Likeness::ALL.into_iter().map(move |it| cut_in_order(module, list, which, linked, it))
}

fn cut_in_order(
    module: &Module<'_>,
    list: &List,
    which: Which,
    linked: Option<&Linked>,
    likeness: Likeness,
) -> Result<Parts, Error> {
    let mut plan = plan::Plan::new(module, list, which)?;
    let survey = first::survey(module, &plan, linked, likeness)?;
    if let Some(linked) = linked {
        plan.leave(module, &linked.unmeant(&module.data, &survey.data))?;
    }
    plan.arrange(&survey.order);
    let rest = rest::Rest::new(module, &plan)?;
    let first = first::first(module, &plan, &rest, &survey.data)?;
    Ok(Parts { first, rest: rest.with(&survey.data) })
}

/// What stays of each function, in the order of the first part: its name, its octets, those of them
/// that go.
///
/// # Errors
///
/// As [`cut`].
pub fn weigh(
    module: &Module<'_>,
    list: &List,
    which: Which,
) -> Result<Vec<(String, u64, u64)>, Error> {
    let plan = plan::Plan::new(module, list, which)?;
    let weight = |staying: &plan::Staying<'_>| {
        let flow = &staying.flow;
        let gone = staying.regions.iter().map(|(region, _)| flow.octets(region.begin, region.end));
        let name = module.names[(staying.function - module.imported) as usize].clone();
        (name, flow.octets(0, flow.ops.len()), gone.sum())
    };
    Ok(plan.stay.iter().map(weight).collect())
}

/// The whole module, which calls [`BRING`] with a number at each place in the code that is reached.
///
/// # Errors
///
/// As [`cut`].
pub fn count(module: &Module<'_>) -> Result<Vec<u8>, Error> {
    first::counting(module)
}

/// What goes, where only the places of these numbers were reached.
///
/// # Errors
///
/// As [`cut`].
pub fn unreached(
    module: &Module<'_>,
    reached: &BTreeSet<u32>,
    which: Which,
) -> Result<List, Error> {
    List::of_unreached(module, reached, which)
}
