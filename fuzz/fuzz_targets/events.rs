//! `cargo fuzz run events`: see `tcpscope_peers::fuzz::events`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::events(data));
