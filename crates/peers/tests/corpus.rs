//! The cases that fuzzing found worth keeping, run again without a fuzzer.

use std::fs;
use std::path::Path;

use tcpscope_peers::fuzz;

/// Every case of every target: none panics, and what must always hold does.
#[test]
fn the_kept_cases_of_each_target_hold() {
    let targets = [
        ("arriving_octets", fuzz::arriving_octets as fn(&[u8])),
        ("options", fuzz::options),
        ("events", fuzz::events),
        ("captures", fuzz::captures),
        ("conversations", fuzz::conversations),
        ("links", fuzz::links),
        ("scripts", fuzz::scripts),
    ];
    for (name, target) in targets {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
        let cases = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .flatten();
        let mut count = 0;
        for case in cases {
            let octets = fs::read(case.path()).expect("a case can be read");
            target(&octets);
            count += 1;
        }
        assert!(count > 0, "{name} has no cases");
    }
}
