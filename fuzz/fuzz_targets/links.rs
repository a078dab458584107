//! `cargo fuzz run links`: see `tcpscope_peers::fuzz::links`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::links(data));
