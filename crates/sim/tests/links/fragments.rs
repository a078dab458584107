//! Packets that are too long for their link (RFC 791 §3.2).

use tcpscope_sim::{Edit, Fate, Intervention, LinkSetup, Mtu, Timeline};
use tcpscope_tcp::Duration;

use crate::streams::*;

fn narrow(octets: u16, fragments: bool) -> impl Fn(&mut LinkSetup) {
    move |link| link.mtu = Some(Mtu { octets, fragments })
}

fn long(count: u32, change: impl Fn(&mut LinkSetup)) -> Timeline {
    run(two(datagrams(count, 3_820, ms(5)), Vec::new(), change))
}

#[test]
fn a_datagram_of_3800_octets_goes_in_three() {
    let run = long(1, narrow(1420, true));
    let [packet] = run.trace().packets() else { panic!("one packet") };
    assert_eq!(packet.fate, Fate::Delivered);
    let pieces: Vec<_> =
        packet.fragments().iter().map(|it| (it.octets, it.offset, it.more)).collect();
    assert_eq!(pieces, [(1400, 0, true), (1400, 175, true), (1000, 350, false)]);
    assert_eq!(ruled(&run, "packet-fragmented"), 1);
}

#[test]
fn fragments_leave_one_after_another_and_the_last_makes_the_whole() {
    let run = long(1, |link| {
        narrow(1420, true)(link);
        link.rate_bps = Some(8_000_000);
    });
    let [packet] = run.trace().packets() else { panic!("one packet") };
    let departs: Vec<_> =
        packet.fragments().iter().map(|it| it.departs.as_micros() - 5_000).collect();
    assert_eq!(departs, [0, 1_420, 2_840]);
    // Each fragment has a header of its own: 3,860 octets in all.
    assert_eq!(packet.ends.since(packet.departs), Duration::from_micros(3_860) + DELAY);
    assert_eq!(packet.fragments().last().map(|it| it.ends), Some(packet.ends));
}

#[test]
fn a_lost_fragment_loses_all() {
    let run = long(5_000, |link| {
        narrow(1420, true)(link);
        link.loss_ppm = 50_000;
    });
    for packet in run.trace().packets() {
        let some_lost = packet.fragments().iter().any(|fragment| fragment.is_lost);
        assert_eq!(packet.fate == Fate::Lost, some_lost);
        assert_eq!(packet.fragments().len(), 3);
    }
    let lost = count(&run, |packet| packet.fate == Fate::Lost);
    // One in twenty for each of three: 1 - 0.95^3.
    assert!(is_about(lost, 5_000, 142_625), "{lost}");
    assert_eq!(ruled(&run, "fragment-lost"), lost);
}

#[test]
fn what_must_not_be_fragmented_falls_into_a_black_hole() {
    let run = long(3, narrow(1420, false));
    assert_eq!(count(&run, |packet| packet.fate == Fate::Lost), 3);
    assert_eq!(ruled(&run, "packet-exceeds-mtu"), 3);
    assert_eq!(count(&run, |packet| packet.reached_ppm == 0), 3);
}

#[test]
fn what_is_done_to_the_whole_is_done_to_all_its_fragments() {
    let mut run = long(1, narrow(1420, true));
    let packet = run.trace().packets()[0].id;
    let before = run.trace().packets()[0].ends;
    run.edit(Edit::Packet(Intervention::Delay { packet, by: ms(7) })).expect("it was sent");
    assert_eq!(run.trace().packets()[0].ends, before + ms(7));
    assert_eq!(run.trace().packets()[0].fragments()[2].ends, before + ms(7));
}
