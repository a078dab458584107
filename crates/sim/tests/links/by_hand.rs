//! What people do to single packets.

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, Edit, Fate, Intervention, LinkSetup, PacketId, RecordKind, Step, Timeline, Wait, Want,
};

use crate::streams::*;

fn three() -> Timeline {
    sent(3, ms(1), |_| {})
}

fn id(run: &Timeline, name: &str) -> PacketId {
    let packet = run.trace().packet_named(name).unwrap_or_else(|| panic!("{name} is sent"));
    run.trace().packet(packet).id
}

fn edit(run: &mut Timeline, what: Intervention) {
    run.edit(Edit::Packet(what)).expect("it can be done");
}

fn order(run: &Timeline) -> Vec<u32> {
    arrivals(run).iter().map(|(number, _)| *number).collect()
}

#[test]
fn a_packet_is_doubled_and_its_copy_goes_by_itself() {
    let mut run = three();
    let packet = id(&run, "client:udp:2+972");
    edit(&mut run, Intervention::Duplicate { packet, by: ms(30) });
    assert_eq!(order(&run), [1, 2, 3, 2]);
    let copy = id(&run, "client:udp:2+972*2");
    let arrived = run.trace().packet(run.trace().find_packet(copy).expect("it is there"));
    assert_eq!((arrived.fate, arrived.ends), (Fate::Duplicate, at(2) + DELAY + ms(30)));
    // What is done to the packet is not done to its copy, nor the other way round.
    edit(&mut run, Intervention::Drop(packet));
    assert_eq!(order(&run), [1, 3, 2]);
    edit(&mut run, Intervention::Drop(copy));
    assert_eq!(order(&run), [1, 3]);
    assert!(run.undo() && run.undo() && run.undo());
    assert_eq!(run.trace(), three().trace());
}

#[test]
fn two_copies_have_two_names() {
    let mut run = three();
    let packet = id(&run, "client:udp:1+972");
    edit(&mut run, Intervention::Duplicate { packet, by: ms(4) });
    edit(&mut run, Intervention::Duplicate { packet, by: ms(8) });
    assert_eq!(order(&run), [1, 2, 3, 1, 1]);
    let later = id(&run, "client:udp:1+972*3");
    edit(&mut run, Intervention::Drop(later));
    assert_eq!(order(&run), [1, 2, 3, 1]);
}

#[test]
fn a_held_packet_comes_when_it_is_let_go() {
    let mut run = three();
    let packet = id(&run, "client:udp:1+972");
    edit(&mut run, Intervention::Hold { packet, until: at(300) });
    assert_eq!(order(&run), [2, 3, 1]);
    assert_eq!(arrivals(&run).last(), Some(&(1, 300_000)));
    // Let go before it could be there, it comes as it would have.
    let mut run = three();
    edit(&mut run, Intervention::Hold { packet, until: at(2) });
    assert_eq!(arrivals(&run), arrivals(&three()));
}

#[test]
fn two_packets_change_places() {
    for (packet, with) in [(1_u32, 2), (2, 1), (1, 3)] {
        let mut run = three();
        let [a, b] = [packet, with].map(|number| id(&run, &format!("client:udp:{number}+972")));
        edit(&mut run, Intervention::Swap { packet: a, with: b });
        let expected = if with == 3 { [2, 3, 1] } else { [2, 1, 3] };
        assert_eq!(order(&run), expected);
        // The second comes when it would, and the first right after it.
        let (_, last) = arrivals(&run)[if with == 3 { 2 } else { 1 }];
        assert_eq!(last, 1000 * u64::from(packet.max(with)) + DELAY.as_micros());
    }
}

#[test]
fn one_of_two_does_not_wait_for_ever() {
    let mut run = three();
    let packet = id(&run, "client:udp:1+972");
    let never = PacketId { seq: 9, ..packet };
    edit(&mut run, Intervention::Swap { packet, with: never });
    assert_eq!(order(&run), [2, 3, 1]);
    let patience = Intervention::PATIENCE.as_micros();
    assert_eq!(arrivals(&run).last(), Some(&(1, 1_000 + DELAY.as_micros() + patience)));
    // Nor for one that is lost: then it comes when that is lost.
    let mut run = three();
    let second = id(&run, "client:udp:2+972");
    edit(&mut run, Intervention::Swap { packet, with: second });
    edit(&mut run, Intervention::Drop(second));
    assert_eq!(order(&run).len(), 2);
    assert!(arrivals(&run).iter().any(|(number, at)| *number == 1 && *at < 30_000));
}

/// A client that sends 100 octets, and a server that reads them.
fn exchange(no_checksum: bool) -> Timeline {
    let step = |wait, call| Step { wait, call };
    let client = vec![
        step(Wait::Nothing, AppCall::Open { active: true }),
        step(Wait::Connected, AppCall::Send(Bytes::from_static(&[b'a'; 100]))),
        step(Wait::Nothing, AppCall::Close),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
    ];
    let server = vec![
        step(Wait::Nothing, AppCall::Open { active: false }),
        step(Wait::Connected, AppCall::Receive(Want::All)),
        step(Wait::Nothing, AppCall::Close),
    ];
    let mut setup = two(client, server, |_: &mut LinkSetup| {});
    for host in &mut setup.hosts {
        host.config.variant.no_checksum = no_checksum;
    }
    run(setup)
}

/// Bit 3 of the first octet of text, behind two headers of 20 octets.
const IN_THE_TEXT: u32 = 40 * 8 + 3;

#[test]
fn the_checksum_finds_a_flipped_bit_and_the_segment_comes_again() {
    let mut run = exchange(false);
    let packet = id(&run, "client:data:1+100");
    edit(&mut run, Intervention::Corrupt { packet, bit: IN_THE_TEXT });
    let damaged = run.trace().packet(run.trace().find_packet(packet).expect("it was sent"));
    assert_eq!((damaged.fate, damaged.flipped_bits()), (Fate::Corrupted, &[IN_THE_TEXT][..]));
    assert_eq!(ruled(&run, "tcp-checksum"), 1);
    assert_eq!(count(&run, |packet| packet.retransmission && packet.segment.text_len() == 100), 1);
    assert_eq!(delivered(&run), 100);
    // In the IPv4 header, that one's checksum finds it.
    let mut run = exchange(false);
    edit(&mut run, Intervention::Corrupt { packet, bit: 70 });
    assert_eq!(ruled(&run, "ip-checksum"), 1);
    assert_eq!(delivered(&run), 100);
}

#[test]
fn without_checksums_the_flipped_bit_reaches_the_application() {
    let mut run = exchange(true);
    let packet = id(&run, "client:data:1+100");
    edit(&mut run, Intervention::Corrupt { packet, bit: IN_THE_TEXT });
    assert_eq!(ruled(&run, "tcp-checksum"), 0);
    assert_eq!(count(&run, |packet| packet.retransmission), 0, "nothing comes again");
    assert_eq!(delivered(&run), 100);
}

#[test]
fn a_bit_that_is_flipped_twice_is_as_it_was_and_two_are_two() {
    let mut run = exchange(false);
    let packet = id(&run, "client:data:1+100");
    edit(&mut run, Intervention::Corrupt { packet, bit: IN_THE_TEXT });
    edit(&mut run, Intervention::Corrupt { packet, bit: IN_THE_TEXT });
    let twice = run.trace().packet(run.trace().find_packet(packet).expect("it was sent"));
    assert_eq!(twice.fate, Fate::Delivered);
    edit(&mut run, Intervention::Corrupt { packet, bit: 400 });
    edit(&mut run, Intervention::Corrupt { packet, bit: 401 });
    let two = run.trace().packet(run.trace().find_packet(packet).expect("it was sent"));
    assert_eq!(two.flipped_bits(), [400, 401]);
}

fn delivered(run: &Timeline) -> u32 {
    let records = run.trace().records().iter();
    records
        .map(|record| match record.kind {
            RecordKind::Deliver { octets } => octets,
            _ => 0,
        })
        .sum()
}
