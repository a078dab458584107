//! `cargo fuzz run captures`: see `tcpscope_peers::fuzz::captures`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::captures(data));
