//! Scripts written from the RFCs: what happens as they say, and what is told where it does not.

use std::fs;
use std::path::Path;

use tcpscope_packetdrill::{Mismatch, Script, play};

/// What every script here begins with: a connection that the peer opens.
const OPEN: &str = "\
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 65535 <mss 1460>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>
+.1 < . 1:1(0) ack 1 win 65535
+0 accept(3, ..., ...) = 4
";

fn script(text: &str) -> Script {
    Script::from_text(text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The first thing that does not happen after [`OPEN`].
fn mismatch(rest: &str) -> Mismatch {
    let played = play(&script(&format!("{OPEN}{rest}\n")));
    *played.mismatch.unwrap_or_else(|| panic!("all of it happens: {rest}"))
}

#[test]
fn scripts_of_the_rfcs_happen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut count = 0;
    for file in fs::read_dir(folder).expect("scripts").flatten() {
        let script = script(&fs::read_to_string(file.path()).expect("a script"));
        let played = play(&script);
        assert_eq!(played.mismatch, None, "{}", file.path().display());
        assert_eq!(played.matched.len(), script.events.len());
        count += 1;
    }
    assert!(count >= 5, "only {count}");
}

#[test]
fn what_does_not_happen_is_told_with_line_column_and_both_packets() {
    let found = mismatch("+.1 < P. 1:11(10) ack 1 win 65535\n+0 > . 1:1(0) ack 12");
    assert_eq!((found.place.line, found.place.column), (9, 1));
    assert_eq!(found.differences, ["ack: expected 12, got 11"]);
    let [expected, got] = [found.expected, found.got].map(|line| line.expect("a packet"));
    assert!(expected.starts_with("00:00:00.200000 IP 192.168.0.1.8080 > 192.0.2.1.49152: "));
    assert!(expected.contains("Flags [.], ack 12, win 65525, length 0"), "{expected}");
    assert!(got.contains("Flags [.], ack 11, win 65525, length 0"), "{got}");
    assert!(!found.why.is_empty());
}

#[test]
fn each_way_to_differ_is_told() {
    let text = "+0 write(4, ..., 100) = 100\n";
    for (rest, said) in [
        ("+0 write(4, ..., 100) = 99", "the call returns something else"),
        ("+0 read(4, ..., 100) = 100", "the call has to wait"),
        ("+0...+.1 read(4, ..., 100) = 100\n+.2 close(4) = 0", "the call still waits"),
        ("+0...+.1 read(4, ..., 9) = 9\n+0 close(4) = 0", "the call of line 8 has not returned"),
        ("+0 read(9, ..., 100) = 100", "got       -1 EBADF"),
        ("+0 > . 1:1(0) ack 1", "nothing will be sent any more"),
        ("+0 ioctl(4, SIOCINQ, [5]) = 0", "the call tells 0"),
        ("0.01 < . 1:1(0) ack 1 win 65535", "time runs backwards: it is 0.1 s already"),
        (&format!("{text}+0 > P. 1:101(100) ack 1 win 9"), "win: expected 9, got 65535"),
        (&format!("{text}+0 > . 1:101(100) ack 1"), "flags: expected ACK, got PSH,ACK"),
        (&format!("{text}+0 > P. 1:100(99) ack 1"), "length: expected 99, got 100"),
        (
            &format!("{text}+0 > P. 1:101(100) ack 1 <nop,nop,sackOK>"),
            "options: expected <sackOK>, got <>",
        ),
        (&format!("{text}+.1 > P. 1:101(100) ack 1"), "time: expected 0.2 s, got 0.1 s"),
        (
            &format!("{text}+.2~+.3 > P. 1:101(100) ack 1"),
            "time: expected 0.3 s to 0.4 s, got 0.1 s",
        ),
        (&format!("{text}+.1 < . 1:1(0) ack 1 win 65535"), "no line expects"),
    ] {
        let told = mismatch(rest).to_string();
        assert!(told.contains(said), "{rest}\n{told}");
    }
}

/// A timeout is a second after the first SYN (RFC 6298 §2.1), and 4 ms are let pass.
#[test]
fn times_may_be_off_by_the_tolerance_and_no_more() {
    let opens = |time: &str, option: &str| {
        play(&script(&format!(
            "{option}\n0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3\n\
             +0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n\
             +0 > S 0:0(0) <...>\n{time} > S 0:0(0) <...>\n"
        )))
        .mismatch
        .is_none()
    };
    for (time, happens) in [
        ("+1", true),
        ("1", true),
        ("+.996", true),
        ("+1.004", true),
        ("+.9959", false),
        ("+1.0041", false),
        ("+.5~+1.5", true),
        ("+1.1~+1.5", false),
        ("*", true),
    ] {
        assert_eq!(opens(time, ""), happens, "{time}");
    }
    assert!(opens("+1", "--tolerance_usecs=0") && !opens("+.999", "--tolerance_usecs=0"));
    assert!(opens("+.9", "--tolerance_usecs=100000"));
}

/// One tick of our clock is a millisecond (RFC 7323 §5.4).
#[test]
fn timestamps_are_names_unless_their_clock_is_said() {
    let stamped = |option: &str, second: u32| {
        let open = OPEN
            .replace("<mss 1460>", "<mss 1460,TS val 1 ecr 0>")
            .replace(
                "win 65535 <mss 1460,TS val 1 ecr 0>\n+.1 < .",
                "<mss 1460,TS val 700 ecr 1>\n+.1 < .",
            )
            .replace("ack 1 win 65535\n+0 accept", "ack 1 win 65535 <TS val 2 ecr 700>\n+0 accept");
        let text = format!(
            "--tcp={{\"timestamps\":true}}\n{option}\n{open}+0 write(4, ..., 9) = 9\n\
             +0 > P. 1:10(9) ack 1 <TS val {second} ecr 2>\n"
        );
        play(&script(&text)).mismatch.map(|mismatch| mismatch.to_string())
    };
    assert_eq!(stamped("", 5), None);
    assert_eq!(stamped("--tcp_ts_tick_usecs=1000", 800), None);
    assert_eq!(stamped("--tcp_ts_tick_usecs=10000", 710), None);
    let wrong = stamped("--tcp_ts_tick_usecs=1000", 810).expect("a mismatch");
    assert!(wrong.contains("expected <TS val 810 ecr 2>"), "{wrong}");
}

/// A window of a gigabyte, and segments of one octet.
#[test]
fn a_write_of_a_million_segments_is_told_and_not_made() {
    let wide = "--tcp={\"window_scale\":14,\"send_buffer\":16777216,\"congestion\":\"none\"}\n";
    let open = OPEN.replace(
        "mss 1460>\n+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>",
        "mss 1,wscale 14>\n+0 > S. 0:0(0) ack 1 <...>",
    );
    let text = format!("{wide}{open}+0 write(4, ..., 16777216) = 16777216\n");
    let told = play(&script(&text)).mismatch.expect("a mismatch").to_string();
    assert!(told.contains("16777216 segments wait to be sent"), "{told}");
}

/// What hardly has an end does not take long.
#[test]
fn a_thousand_hasty_connections_are_stopped() {
    let hasty = "\"min_rto_us\":1,\"max_rto_us\":1,\"initial_rto_us\":1,\"syn_retries\":255";
    let mut text = format!("--tcp={{{hasty}}}\n");
    for fd in 3..503 {
        let socket = "socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP)";
        text += &format!("0 {socket} = {fd}\n0 connect({fd}, ..., ...) = -1 EINPROGRESS\n");
    }
    let told = play(&script(&(text + "1 close(3) = 0"))).mismatch.expect("a mismatch");
    assert!(
        told.to_string().contains("over 100000 timers have run out and segments were sent"),
        "{told}"
    );
}
