//! Every impairment against its distribution, with fixed seeds.

use tcpscope_sim::{Bursts, Edit, Fate, Intervention, Jitter, Reorder};

use crate::streams::*;

const MANY: u32 = 20_000;

#[test]
fn independent_loss_is_as_frequent_as_set_and_comes_singly() {
    for loss_ppm in [0, 1_000, 100_000, 500_000, 1_000_000] {
        let run = sent(MANY, ms(1), |link| link.loss_ppm = loss_ppm);
        let lost = count(&run, |packet| packet.fate == Fate::Lost);
        assert!(is_about(lost, MANY as usize, loss_ppm.into()), "{lost} of {loss_ppm}");
        assert_eq!(ruled(&run, "link-loss"), lost);
        // Two in a row are as frequent as chance alone makes them.
        let fates: Vec<_> = run.trace().packets().iter().map(|packet| packet.fate).collect();
        let pairs = fates.windows(2).filter(|two| two == &[Fate::Lost, Fate::Lost]).count();
        let share = u64::from(loss_ppm) * u64::from(loss_ppm) / 1_000_000;
        assert!(is_about(pairs, MANY as usize, share), "{pairs} pairs of {loss_ppm}");
    }
}

#[test]
fn a_lost_packet_gets_a_quarter_to_three_quarters_of_the_way() {
    let run = sent(5_000, ms(1), |link| link.loss_ppm = 500_000);
    let lost = run.trace().packets().iter().filter(|packet| packet.fate == Fate::Lost);
    let mut sum = 0;
    let mut number = 0;
    for packet in lost {
        assert!((250_000..=750_000).contains(&packet.reached_ppm), "{}", packet.reached_ppm);
        let way = packet.ends.since(packet.departs).as_micros();
        assert_eq!(way * 1_000_000 / DELAY.as_micros(), u64::from(packet.reached_ppm));
        sum += u64::from(packet.reached_ppm);
        number += 1;
    }
    assert!((sum / number).abs_diff(500_000) < 12_000, "{}", sum / number);
}

#[test]
fn bursts_are_as_long_and_as_frequent_as_set() {
    // A datagram in each slot: then a burst is a row of lost datagrams.
    let bursts = Bursts { slot: ms(1), begin_ppm: 10_000, end_ppm: 250_000, loss_ppm: 1_000_000 };
    let run = sent(40_000, ms(1), |link| link.bursts = Some(bursts));
    let lost: Vec<_> =
        run.trace().packets().iter().map(|packet| packet.fate == Fate::Lost).collect();
    let all = lost.iter().filter(|is_lost| **is_lost).count();
    let begun = lost.windows(2).filter(|two| !two[0] && two[1]).count();
    // Bad for 1 in 26 slots, in the long run, and for 4 at a time. The chain remembers: its
    // deviation is about 2.6 times that of independent draws.
    assert!(all.abs_diff(40_000 / 26) < 440, "{all}");
    let length = 100 * all / begun;
    assert!(length.abs_diff(400) < 71, "{length} hundredths");
    assert_eq!(ruled(&run, "link-burst-loss"), all);
    // Were the same share lost independently, rows of four would be one in a hundred thousand or more.
    let rows = lost.windows(4).filter(|four| four.iter().all(|is_lost| *is_lost)).count();
    assert!(rows > 400, "{rows}");

    let half = Bursts { loss_ppm: 500_000, ..bursts };
    let run = sent(40_000, ms(1), |link| link.bursts = Some(half));
    let fewer = count(&run, |packet| packet.fate == Fate::Lost);
    assert!(is_about(fewer, all, 500_000), "{fewer} of {all}");
}

#[test]
fn jitter_stays_in_its_range_and_is_even_there() {
    let up_to = ms(10);
    let run = sent(MANY, ms(20), |link| link.jitter = Some(Jitter { up_to, overtaking: true }));
    let mut sum = 0;
    let mut quarters = [0; 4];
    for packet in run.trace().packets() {
        let more = packet.ends.since(packet.departs).as_micros() - DELAY.as_micros();
        assert!(more <= up_to.as_micros(), "{more}");
        sum += more;
        quarters[usize::try_from(more * 4 / (up_to.as_micros() + 1)).expect("below 4")] += 1;
    }
    // The mean of 20,000 even draws: 5,000 µs, give or take four times 2,887 / 141.
    assert!((sum / u64::from(MANY)).abs_diff(5_000) < 82, "{}", sum / u64::from(MANY));
    for quarter in quarters {
        assert!(is_about(quarter, MANY as usize, 250_000), "{quarters:?}");
    }
}

#[test]
fn jitter_overtakes_or_does_not_as_set() {
    for overtaking in [true, false] {
        let jitter = Jitter { up_to: ms(10), overtaking };
        let run = sent(2_000, ms(1), |link| link.jitter = Some(jitter));
        let order: Vec<_> = arrivals(&run).iter().map(|(number, _)| *number).collect();
        assert_eq!(order.is_sorted(), !overtaking);
        assert_eq!(order.len(), 2_000);
    }
}

#[test]
fn copies_are_as_frequent_as_set_and_packets_of_their_own() {
    let run = sent(MANY, ms(1), |link| link.duplicate_ppm = 30_000);
    let copies = count(&run, |packet| packet.id.copy > 0);
    assert!(is_about(copies, MANY as usize, 30_000), "{copies}");
    assert_eq!(arrivals(&run).len(), MANY as usize + copies);
    for packet in run.trace().packets().iter().filter(|packet| packet.id.copy > 0) {
        assert_eq!(packet.fate, Fate::Duplicate);
        let original = run.trace().packet(packet.copy_of().expect("it is a copy"));
        assert_eq!(original.id.seq, packet.id.seq);
        assert_eq!(original.segment, packet.segment);
        assert_eq!(run.trace().record(packet.sent_by).kind.name(), "copy");
    }
    assert_eq!(ruled(&run, "link-duplicated"), copies);
}

#[test]
fn packets_are_held_back_as_often_and_for_as_long_as_set() {
    let reorder = Reorder { ppm: 20_000, by: ms(5) };
    let run = sent(MANY, ms(1), |link| link.reorder = Some(reorder));
    let held = count(&run, |packet| packet.ends.since(packet.departs) == DELAY + ms(5));
    let usual = count(&run, |packet| packet.ends.since(packet.departs) == DELAY);
    assert_eq!(held + usual, MANY as usize);
    assert!(is_about(held, MANY as usize, 20_000), "{held}");
    assert_eq!(ruled(&run, "link-reordered"), held);
    // Each is overtaken by those of the next five milliseconds.
    let order: Vec<_> = arrivals(&run).iter().map(|(number, _)| *number).collect();
    let late = order.windows(2).filter(|two| two[0] > two[1]).count();
    assert!(late.abs_diff(held) < held / 10, "{late} of {held}");
}

#[test]
fn bits_are_flipped_as_often_as_set_and_anywhere_and_checksums_see_it() {
    let run = sent(MANY, ms(1), |link| link.corrupt_ppm = 50_000);
    let damaged = count(&run, |packet| packet.fate == Fate::Corrupted);
    assert!(is_about(damaged, MANY as usize, 50_000), "{damaged}");
    let mut eighths = [0; 8];
    for packet in run.trace().packets().iter().filter(|packet| packet.fate == Fate::Corrupted) {
        let [bit] = packet.flipped_bits() else { panic!("one bit: {:?}", packet.flipped_bits()) };
        eighths[(bit * 8 / (8 * packet.octets())) as usize] += 1;
    }
    for eighth in eighths {
        assert!(is_about(eighth, damaged, 125_000), "{eighths:?}");
    }
    // What arrives damaged is not delivered.
    let delivered = run.trace().records().iter().filter(|record| record.kind.name() == "deliver");
    assert_eq!(delivered.count(), MANY as usize - damaged);
}

#[test]
fn what_is_done_to_one_packet_draws_nothing_anew_for_another() {
    let base = sent(500, ms(1), |link| {
        link.loss_ppm = 100_000;
        link.duplicate_ppm = 100_000;
        link.corrupt_ppm = 100_000;
        link.jitter = Some(Jitter { up_to: ms(4), overtaking: true });
        link.reorder = Some(Reorder { ppm: 100_000, by: ms(9) });
        link.bursts =
            Some(Bursts { slot: ms(3), begin_ppm: 50_000, end_ppm: 300_000, loss_ppm: 700_000 });
    });
    for number in (1..=500).step_by(23) {
        let name = format!("client:udp:{number}+972");
        let packet = base.trace().packet_named(&name).expect("it was sent");
        let packet = base.trace().packet(packet).id;
        for done in [
            Intervention::Drop(packet),
            Intervention::Delay { packet, by: ms(30) },
            Intervention::Duplicate { packet, by: ms(1) },
            Intervention::Corrupt { packet, bit: 200 },
            Intervention::Hold { packet, until: at(700) },
        ] {
            let mut edited = base.clone();
            edited.edit(Edit::Packet(done)).expect("it was sent");
            for other in base.trace().packets().iter().filter(|other| other.id.seq != number) {
                let same = edited.trace().find_packet(other.id).expect("it is sent all the same");
                let same = edited.trace().packet(same);
                assert_eq!((same.fate, same.ends), (other.fate, other.ends), "{done:?}");
                assert_eq!(same.flipped_bits(), other.flipped_bits());
            }
        }
    }
}
