//! Our lines, and tcpdump's of the same capture.

use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::HostId;

use crate::common::{files, trace_of};
use crate::{File, output};

#[test]
#[ignore = "needs tcpdump; `cargo xtask test` brings it"]
fn our_lines_are_tcpdump_s() {
    for path in files() {
        let trace = trace_of(&path);
        for vantage in [Vantage::Host(HostId(0)), Vantage::Host(HostId(1)), Vantage::Link] {
            let capture = Capture::of(&trace, vantage);
            let file = File::written("lines.pcap", |file| capture.to_pcap(file).expect("written"));
            let theirs = output("tcpdump", &["-n", "-r", file.path()]);
            let ours: Vec<String> = capture.lines().collect();
            for (ours, theirs) in ours.iter().zip(theirs.lines()) {
                // What it makes of the text follows the length: `length 48: HTTP: GET /log.txt`.
                let theirs = theirs.split_inclusive(", length ").collect::<Vec<_>>();
                let length = theirs.last().and_then(|rest| rest.split(':').next());
                let theirs = theirs[..theirs.len() - 1].concat() + length.unwrap_or_default();
                assert_eq!(*ours, theirs, "{} at {vantage:?}", path.display());
            }
            assert_eq!(ours.len(), theirs.lines().count(), "{}", path.display());
        }
    }
}
