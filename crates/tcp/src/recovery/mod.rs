//! Recovery from losses.

pub(crate) mod prr;
