//! How WebAssembly counts.

/// A count of things in a module that was read: there are never more than 32 bits can say.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
