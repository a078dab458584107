//! Whatever is said to `tcpscope drive`, it answers each line, and does not grow.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io::{self, BufReader, Read, Write};

use proptest::prelude::*;
use serde_json::Value;
use tcpscope_cli::drive::{LONGEST_LINE, Session, drive};

fn answer(session: &mut Session, line: &[u8]) -> Value {
    let mut reply = Vec::new();
    session.answer(line, &mut reply);
    assert!(!reply.contains(&b'\n'), "one line");
    let text = str::from_utf8(&reply).expect("UTF-8");
    assert!(text.starts_with("{\"ok\":"), "{text}");
    serde_json::from_str(text).expect("JSON")
}

/// What the host is, as far as it can be asked.
fn state(session: &mut Session) -> [Value; 2] {
    [answer(session, br#"{"op":"connections"}"#), answer(session, br#"{"op":"info","fd":3}"#)]
}

/// A host that listens, and one connection.
fn busy() -> Session {
    let mut session = Session::default();
    for line in [
        r#"{"op":"init","config":{"iss":1000}}"#,
        r#"{"op":"call","fn":"socket"}"#,
        r#"{"op":"call","fn":"bind","fd":3,"port":80}"#,
        r#"{"op":"call","fn":"listen","fd":3,"backlog":3}"#,
        r#"{"op":"call","fn":"socket"}"#,
        r#"{"op":"call","fn":"connect","fd":4,"to":"192.0.2.1:80"}"#,
    ] {
        answer(&mut session, line.as_bytes());
    }
    session
}

/// Lines that are almost requests.
fn almost() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "init",
            "call",
            "rx",
            "advance",
            "info",
            "connections",
            "socket",
            "listen",
            "accept",
            "send",
            "recv",
            "close",
            "abort",
            "setsockopt",
            "SO_LINGER",
            "TCP_MAXSEG",
            "45",
            "both",
            "192.0.2.1:80",
            "00ff",
            "cubic"
        ])
        .prop_map(|word| format!("\"{word}\"")),
        any::<i64>().prop_map(|number| number.to_string()),
        (0..6_i64).prop_map(|number| number.to_string()),
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("1.5".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
    ];
    let key = prop::sample::select(vec![
        "op", "fn", "fd", "to", "to_us", "until_tx", "packet", "port", "backlog", "data", "max",
        "peek", "push", "how", "name", "value", "config",
    ]);
    proptest::collection::vec((key, word), 0..5).prop_map(|fields| {
        let fields: Vec<_> =
            fields.into_iter().map(|(key, word)| format!("\"{key}\":{word}")).collect();
        format!("{{{}}}", fields.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_wrong_line_changes_nothing(
        lines in proptest::collection::vec(
            prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..60),
                almost().prop_map(String::into_bytes),
                ".{0,40}".prop_map(String::into_bytes),
            ],
            1..20,
        )
    ) {
        let mut session = busy();
        for line in lines {
            let before = state(&mut session);
            let reply = answer(&mut session, &line);
            if reply["error"] == "bad-request" {
                prop_assert!(reply["detail"].is_string());
                prop_assert_eq!(&reply["tx"], &Value::Array(vec![]));
                prop_assert_eq!(state(&mut session), before);
            }
        }
    }

    /// Packets that are right up to some octets.
    #[test]
    fn any_packet_is_survived(
        mut packets in proptest::collection::vec(
            (proptest::collection::vec(any::<u8>(), 20..80), 0..4_u8, any::<u8>()),
            1..30,
        )
    ) {
        let mut session = busy();
        let off = r#"{"op":"init","config":{"verify_checksum":false}}"#;
        let listen = [
            off,
            r#"{"op":"call","fn":"socket"}"#,
            r#"{"op":"call","fn":"bind","fd":3,"port":80}"#,
            r#"{"op":"call","fn":"listen","fd":3,"backlog":3}"#,
        ];
        for line in listen {
            answer(&mut session, line.as_bytes());
        }
        for (packet, how, flags) in &mut packets {
            let header = [
                0x45, 0, 0, u8::try_from(packet.len()).unwrap(), 0, 0, 0x40, 0, 64,
                if *how == 0 { 1 } else { 6 }, 0, 0, 192, 0, 2, 1, 192, 168, 0, 1,
            ];
            packet[..20].copy_from_slice(&header);
            if packet.len() >= 40 && *how > 1 {
                packet[20..24].copy_from_slice(&[0x9c, 0x40, 0, 80]);
                packet[32] = 0x50 | packet[32] & 0xf0;
                packet[33] = *flags;
            }
            let digits: String = packet.iter().map(|octet| format!("{octet:02x}")).collect();
            let line = format!(r#"{{"op":"rx","packet":"{digits}"}}"#);
            prop_assert_eq!(&answer(&mut session, line.as_bytes())["ok"], &Value::Bool(true));
        }
        let end = answer(&mut session, br#"{"op":"advance","to_us":1000000000}"#);
        prop_assert_eq!(&end["ok"], &Value::Bool(true));
    }
}

/// Lines of noise, made as they are read.
struct Noise {
    lines: u32,
    state: u64,
    rest: Vec<u8>,
}

impl Read for Noise {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.lines > 0 {
            self.lines -= 1;
            let (state, rest) = (&mut self.state, &mut self.rest);
            let mut draw = || {
                *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *state >> 33
            };
            let kind = draw() % 8;
            rest.extend_from_slice(match kind {
                0 => b"{\"op\":\"rx\",\"packet\":\"45",
                1 => b"{\"op\":\"call\",\"fn\":\"",
                2 => b"[[[[[",
                _ => b"",
            });
            rest.extend((0..draw() % 100).map(|_| draw().to_le_bytes()[0]).filter(|o| *o != b'\n'));
            rest.push(b'\n');
        }
        let read = self.rest.len().min(room.len());
        room[..read].copy_from_slice(&self.rest[..read]);
        self.rest.drain(..read);
        Ok(read)
    }
}

/// Counts lines, and looks at the last.
#[derive(Default)]
struct Counted {
    lines: u64,
    last: Vec<u8>,
}

impl Write for Counted {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.lines += octets.iter().filter(|octet| **octet == b'\n').count() as u64;
        octets.clone_into(&mut self.last);
        Ok(octets.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn much_noise_is_answered_line_by_line_in_little_room() {
    let measured = allocation_counter::measure(|| {
        let noise = Noise { lines: 200_000, state: 7, rest: Vec::new() };
        let last = &b"{\"op\":\"connections\"}\n"[..];
        let mut counted = Counted::default();
        drive(BufReader::new(noise.chain(last)), &mut counted).unwrap();
        assert_eq!(counted.lines, 200_001);
        assert!(counted.last.starts_with(b"{\"ok\":true"));
    });
    assert!(measured.bytes_max < 1 << 20, "{} octets at most", measured.bytes_max);
}

#[test]
fn a_line_without_measure_is_refused_and_the_next_is_read() {
    let most = u64::try_from(LONGEST_LINE).unwrap();
    let measured = allocation_counter::measure(|| {
        let endless = io::repeat(b'7').take(10 * most);
        let rest = &b"\n{\"op\":\"connections\"}\n"[..];
        let mut counted = Counted::default();
        drive(BufReader::new(endless.chain(rest)), &mut counted).unwrap();
        assert_eq!(counted.lines, 2);
        assert!(counted.last.starts_with(b"{\"ok\":true"));
    });
    assert!(measured.bytes_max < 3 * most, "{} octets at most", measured.bytes_max);
}
