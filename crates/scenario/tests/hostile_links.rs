//! Links that were made to do harm are refused, with a reason, and without taking room for what
//! they claim.

#[path = "common/hostile.rs"]
mod hostile;

use std::fmt::Write as _;

use allocation_counter::measure;
use miniz_oxide::deflate::compress_to_vec_zlib;
use tcpscope_scenario::Link;

use hostile::{bomb, much, of_stream, packed};

/// What reading a link may take: its own text comes on top.
const ROOM: u64 = 10_000_000;

/// Reads a link that is refused: what is said of it. It takes no more room than is promised.
fn refused(name: &str, text: &str) -> String {
    let mut said = None;
    let taken = measure(|| said = Link::from_text(text).err().map(|error| error.to_string()));
    let said = said.unwrap_or_else(|| panic!("{name} is read"));
    assert!(taken.bytes_max < ROOM, "{name}: {} octets: {said}", taken.bytes_max);
    assert!(said.len() < 1000, "{name}: nobody reads {said}");
    said
}

#[test]
fn the_tests_own_packing_is_read() {
    assert!(Link::from_text(&packed("v=1&scenario=lost-syn")).is_ok());
}

#[test]
fn a_link_that_unpacks_to_very_much_is_refused() {
    let bomb = bomb();
    assert!(bomb.len() < 1 << 20, "the link itself is one that may be read");
    let said = refused("bomb", &bomb);
    assert!(said.contains("more than 1048576 octets unpacked"), "{said}");
    // The most that there may be is read.
    let most = format!("v=1&scenario=a&select={}", "x".repeat((1 << 20) - 22));
    assert!(Link::from_text(&packed(&most)).is_ok());
    assert!(Link::from_text(&packed(&(most + "x"))).is_err());
}

#[test]
fn a_link_within_a_link_is_refused() {
    let said = refused("twice", &packed(&packed("v=1&scenario=lost-syn")));
    assert_eq!(said, "the link is packed twice; what is packed is a link of version 1");
    // However often: only the outermost is unpacked.
    let mut deep = "v=1&scenario=lost-syn".to_owned();
    for _ in 0..100 {
        deep = packed(&deep);
    }
    assert_eq!(refused("a hundred times", &deep), said);
}

#[test]
fn a_length_that_lies_is_refused() {
    // A zlib header, then a stored block that says it has 65535 octets (RFC 1951 §3.2.4).
    let header = [0x78, 0x01];
    let stored = |length: u16, complement: u16, text: &[u8]| {
        let [length, complement] = [length.to_le_bytes(), complement.to_le_bytes()];
        of_stream(&[&header, &[1][..], &length, &complement, text].concat())
    };
    let said = refused("a long block of three octets", &stored(0xffff, 0, b"v=1"));
    assert!(said.contains("the end of the link is missing"), "{said}");
    let said = refused("a length and another", &stored(0xffff, 0xffff, b"v=1"));
    assert!(said.contains("its checksum does not fit"), "{said}");
    // A copy from before the beginning.
    let said = refused("a copy of nothing", &of_stream(&[0x78, 0x01, 0x03, 0x02, 0, 0, 0, 0, 1]));
    assert!(said.contains("link"), "{said}");
    let stream = compress_to_vec_zlib(b"v=1&scenario=lost-syn", 9);
    let said = refused("more after the end", &of_stream(&[&stream[..], &[0; 5]].concat()));
    assert_eq!(said, "5 octets follow the end of the packed link; it ends before them");
    let mut other = stream.clone();
    *other.last_mut().expect("a checksum") ^= 1;
    let said = refused("another checksum", &of_stream(&other));
    assert!(said.contains("its checksum does not fit"), "{said}");
}

#[test]
fn whatever_is_lost_of_a_packed_link_is_told() {
    let whole = packed("v=1&scenario=lost-syn&edit=drop,client:syn:0&t=40000");
    for end in "v=2&z=".len()..whole.len() {
        let said = refused("cut off", &whole[..end]);
        assert!(said.contains("the end of the link is missing"), "{end}: {said}");
    }
    for place in "v=2&z=".len()..whole.len() {
        let mut changed = whole.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        refused("changed", std::str::from_utf8(&changed).expect("letters"));
    }
}

#[test]
fn what_is_deep_is_refused() {
    for (open, close) in [("[", "]"), ("{\"hosts\":", "}"), ("{\"a\":[", "]}")] {
        let deep = open.repeat(20_000) + &close.repeat(20_000);
        for text in [format!("v=1&inline={deep}"), packed(&format!("v=1&inline={deep}"))] {
            let said = refused("deep", &text);
            assert!(said.contains("too deep within others (line 1, column"), "{said}");
        }
        let act = format!("v=1&scenario=lost-syn&edit=act,{deep}");
        // What an act says is read when there is a run to do it to; it is kept as it stands.
        let link = Link::from_text(&act).expect("an act");
        let scenario = include_str!("../../../scenarios/lost-syn.json");
        let scenario = tcpscope_scenario::Scenario::from_json(scenario).expect("a scenario");
        let mut said = String::new();
        let taken = measure(|| {
            said = link.edits(&scenario.setup()).expect_err("an act").to_string();
        });
        assert!(said.contains("too deep"), "{said}");
        assert!(taken.bytes_max < ROOM, "{}", taken.bytes_max);
    }
}

#[test]
fn what_is_much_is_refused() {
    for (name, text, says) in much() {
        let said = refused(name, &text);
        assert!(said.contains(says), "{name}: {said}");
    }
}

#[test]
fn a_file_of_many_values_takes_little_room() {
    let quarter = 1 << 18;
    for (name, begin, again, end) in [
        ("numbers", "[", "0,", "0]"),
        ("lists", "[", "[],", "0]"),
        ("objects", "[", "{},", "0]"),
        ("fields", "{", "\"\":0,", "\"\":0}"),
        ("hosts", "{\"format\":2,\"hosts\":[", "{},", "0]}"),
        ("texts", "[", "\"a\",", "0]"),
    ] {
        let times = (quarter - begin.len() - end.len()) / again.len();
        let file = begin.to_owned() + &again.repeat(times) + end;
        refused(name, &format!("v=1&inline={file}"));
        refused(name, &packed(&format!("v=1&inline={file}")));
    }
    // Many keys, all different: none of them is looked for among all the others.
    let mut file = "{".to_owned();
    for key in 0..25_000 {
        let _ = write!(file, "\"{key}\":0,");
    }
    refused("keys", &format!("v=1&inline={file}\"a\":0}}"));
}
