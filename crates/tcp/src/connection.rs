//! A connection (being written).
/// A TCP connection.
#[derive(Clone, Debug, Default)]
pub struct Connection;
