//! `cargo fuzz run conversations`: see `tcpscope_peers::fuzz::conversations`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::conversations(data));
