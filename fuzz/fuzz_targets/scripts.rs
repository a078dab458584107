//! `cargo fuzz run scripts`: see `tcpscope_peers::fuzz::scripts`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::scripts(data));
