//! Another TCP as the peer: the kernel's own, over a TUN device. `kernel/bridge.py` is the test;
//! this runs it.

use std::path::Path;
use std::process::Command;

/// What the script exits with where the machine lacks what it needs.
const SKIPPED: i32 = 77;

#[test]
#[ignore = "in real time, and needs root, /dev/net/tun and python3: cargo test -p tcpscope-cli --test kernel -- --ignored --nocapture"]
fn the_kernels_tcp_and_ours_understand_each_other() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kernel/bridge.py");
    let ran = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_tcpscope"))
        .status();
    match ran.map(|status| status.code()) {
        Ok(Some(0)) => {}
        Ok(Some(SKIPPED)) => println!("skipped, as said above"),
        Ok(code) => panic!("the bridge failed ({code:?}): its output says where"),
        Err(error) => println!("skipped: python3 does not start: {error}"),
    }
}
