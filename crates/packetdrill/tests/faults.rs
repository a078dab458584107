//! What is wrong with a script is said: what, where, and what would be right.

use proptest::prelude::*;
use tcpscope_packetdrill::Script;

/// All faults of a script, as lines.
fn faults(text: &str) -> Vec<String> {
    match Script::from_text(text) {
        Ok(script) => panic!("nothing is wrong with {script}"),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (line, place, said) in [
        ("soon close(3) = 0", "1:1", "`soon`; here should be a time"),
        ("+.1", "1:4", "the script ends; here should be `<` or `>` and a segment, or a call"),
        ("0.0000001 close(3) = 0", "1:1", "finer than a microsecond"),
        ("100000 close(3) = 0", "1:1", "beyond a day"),
        ("0.2~0.1 > S 0:0(0)", "1:4", "the later of the two times is before the earlier"),
        ("+0~1 > S 0:0(0)", "1:4", "write `+` before both or before none"),
        ("* < S 0:0(0) win 1", "1:3", "say when this does"),
        ("0...1 > S 0:0(0)", "1:7", "a segment takes no time"),
        ("0 < X 0:0(0) win 1", "1:5", "`X` is no flag; those are F S R P U E W and `.`"),
        ("0 < S 0:10(9) win 1", "1:7", "0 and 9 octets of text end at 9, not at 10"),
        ("0 < S 0:65496(65496) win 1", "1:7", "65495 at most"),
        ("0 < S 0:0(0)", "1:13", "`win` and a window: the peer announces one"),
        ("0 < . 0:0(0) win 1", "1:5", "`.` among the flags and `ack NUMBER` go together"),
        ("0 < S 0:0(0) ack 1 win 1", "1:5", "`.` among the flags and `ack NUMBER` go together"),
        ("0 < S 0:0(0) win 65536", "1:18", "65536 is too large for a window, which has 16 bits"),
        ("0 < S 0:0(0) win 1 <...>", "1:5", "what the peer sends has to be said"),
        ("0 < S 0:0(0) win 1 <mss 1,mss 2>", "1:27", "the option is there twice"),
        ("0 < S 0:0(0) win 1 <nonce 1>", "1:21", "this is no option; there are mss N, sackOK"),
        ("0 < S 0:0(0) win 1 <sack 1:2 3:4 5:6 7:8 9:10>", "1:21", "room for four blocks"),
        ("0 < S 0:0(0) win 1 <TS val 1 ecr 2,sack 1:2 3:4 5:6 7:8>", "1:21", "40 octets"),
        (
            "0 < icmp unreachable frag_needed [1:2(1)]",
            "1:5",
            "`icmp unreachable frag_needed` is none",
        ),
        ("0 listen(3) = 0", "1:3", "listen() has 2 arguments, not 1"),
        ("0 listen(3, 1)", "1:15", "what comes of the call, as in `listen(3, 1) = 0`"),
        ("0 dup(3) = 4", "1:3", "there is no call `dup`"),
        ("0 write(3, ..., 99999999) = 1", "1:17", "a call has 0 to 16777216"),
        ("0 read(3, ..., 1) = -1", "1:23", "after -1 the error is said"),
        ("0 read(3, ..., 1) = 1 EAGAIN", "1:23", "EAGAIN goes with -1, not with 1"),
        ("0 setsockopt(3, SOL_SOCKET, SO_LINGER, [1], 4) = 0", "1:40", "{onoff=1, linger=0}"),
        ("0 bind(3, {sin_port = htons(70000)}, ...) = 0", "1:23", "a port is 0 to 65535"),
        ("0 shutdown(3, 7) = 0", "1:15", "here is 0, or SHUT_RD, SHUT_WR, SHUT_RDWR"),
        ("/* never", "1:1", "a comment that does not end"),
        ("0 `never", "1:3", "a shell command that does not end"),
        ("--local_ip=here", "1:12", "`here` is not an IPv4 address"),
        ("--tcp={\"mss\":0}", "1:7", "mss"),
        ("--tcp={\"mss\":1", "1:7", "`--tcp` is an object"),
        ("--mtu=67", "1:7", "an MTU is 68 to 65535"),
    ] {
        let found = faults(line);
        let first = &found[0];
        assert!(
            first.starts_with(&format!("{place}: ")) && first.contains(said),
            "{line}\n{first}"
        );
    }
}

#[test]
fn what_is_outside_is_named_by_line_and_nothing_is_left_out() {
    let text = "\
--ip_version=ipv6
--send_omit_free
0 `sysctl -q net.ipv4.tcp_sack=0`
+0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
+0 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, IPPROTO_TCP, TCP_CORK, [1], 4) = 0
+0 getsockopt(3, IPPROTO_TCP, TCP_INFO, [0], [104]) = 0
+0 sendmsg(3, {}, 0) = 5
+0 send(3, ..., 5, MSG_MORE) = 5
+0 read(3, ..., 5) = -1 EINTR (Interrupted system call)
+0 < udp (10)
+0 < [tos 4] S 0:0(0) win 1
+0 > icmp unreachable port_unreachable [0:0(0)]
+0 < S 0:0(0) win 1 <md5 00>
+0 %{ assert tcpi_snd_cwnd == 10 }%
+0 listen(3, 1) = 0
";
    let Err(found) = Script::from_text(text) else { panic!("nothing is outside") };
    let lines: Vec<usize> = found.iter().map(|fault| fault.place.line).collect();
    assert_eq!(lines, (1..=15).collect::<Vec<_>>());
    let wrong: Vec<_> = found.iter().filter(|fault| !fault.is_outside).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let said = "is outside of what a simulation can mean: ";
    assert!(found.iter().all(|fault| fault.what.contains(said)), "{found:?}");
}

#[test]
fn a_script_is_read_again_as_it_was_written() {
    let text = "\
--tcp={\"base\":\"modern\",\"mss\":1000}
--local_ip=192.0.2.7
--remote_ip=198.51.100.9
--bind_port=80
--connect_port=443
--tolerance_usecs=0
--tcp_ts_tick_usecs=1000

0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0
+0 setsockopt(3, IPPROTO_TCP, TCP_USER_TIMEOUT, [1500], 4) = 0
+0 bind(3, {sa_family = AF_INET, sin_port = htons(81)}, ...) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
.5~1 > SEW 0:0(0) <mss 1000,sackOK,TS val 1 ecr 0,nop,wscale 6,FO >
+.000001 < [ce] SE. 0:0(0) ack 1 win 5 <sack 1:2 4294967295:5,eol>
* > PU. 1:3(2) ack 1 win 7 urg 2 <...>
+1 < icmp unreachable frag_needed mtu 1200 [1:3(2)]
+0...+1.25 recv(3, ..., 9, MSG_PEEK) = 0
+0 < - 0:0(0) win 0
";
    let script = Script::from_text(text).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(script.to_string(), text.replace("\n.5~1 >", "\n0.5~1 >"));
    let places: Vec<usize> = script.events.iter().map(|event| event.place.line).collect();
    assert_eq!(places, (9..=19).collect::<Vec<_>>());
}

/// Blanks, ends of lines and comments mean nothing.
#[test]
fn an_event_may_take_several_lines() {
    let text = "0 // first\n  > S. 0:0(0) /* a\ncomment */ ack 1\n   # and\n  <mss 1000,\n   nop>\n1 close(3) = 0";
    let script = Script::from_text(text).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(script.to_string(), "0 > S. 0:0(0) ack 1 <mss 1000,nop>\n1 close(3) = 0\n");
    assert_eq!(script.events[1].place.line, 7);
}

proptest! {
    /// Scripts with octets taken out, put in and doubled: read or refused, and never a panic.
    #[test]
    fn whatever_is_read_is_read_or_refused(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), "[ -~\n]{0,4}", 0..8_usize), 1..8),
    ) {
        let mut text = include_str!("scripts/modern.pkt").to_owned();
        for (place, put, taken) in cuts {
            let from = place.index(text.len());
            let to = (from + taken).min(text.len());
            text.replace_range(from..to, &put);
        }
        match Script::from_text(&text) {
            Ok(script) => {
                let _ = tcpscope_packetdrill::play(&script);
                prop_assert!(Script::from_text(&script.to_string()).is_ok());
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
