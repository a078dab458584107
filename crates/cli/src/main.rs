//! The command line: see `tcpscope --help`.

fn main() {}
