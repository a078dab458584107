//! `cargo fuzz run options`: see `tcpscope_peers::fuzz::options`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::options(data));
