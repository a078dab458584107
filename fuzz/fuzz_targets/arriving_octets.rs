//! `cargo fuzz run arriving_octets`: see `tcpscope_peers::fuzz::arriving_octets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcpscope_peers::fuzz::arriving_octets(data));
