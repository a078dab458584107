//! Two connections over a network that loses, repeats, delays and marks: what must hold whatever it
//! does. Each run is determined by its numbers; nothing here reads a clock.

#[path = "../common/mod.rs"]
mod common;
mod generated;
mod world;

use proptest::prelude::*;
use tcpscope_tcp::{Config, Duration};

use crate::generated::*;
use crate::world::*;

/// Each side's window is full, and each probes the other's; packets are repeated. An ACK that lies
/// beyond the window would be answered by an ACK, that by another, and so on.
#[test]
fn two_that_probe_each_other_do_not_answer_without_end() {
    let network = Network {
        key: 7,
        loss: 0,
        repeats: 20,
        marks: 0,
        delay: Duration::from_micros(100),
        jitter: Duration::ZERO,
        dies_at: None,
    };
    let config = Config { receive_buffer: 500, delayed_ack: Duration::ZERO, ..Config::plain() };
    let program = Program {
        octets: 2000,
        chunk: 2000,
        reads: 500,
        pause: Duration::from_secs(3600),
        manners: Manners::Polite,
    };
    for window_scale in [None, Some(6)] {
        let config = Config { window_scale, ..config.clone() };
        let mut world = World::new(network, &[config.clone(), config], [program, program], false);
        world.run();
        assert!(world.count < 2000, "{} packets for 4000 octets and some probes", world.count);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the network does short of dying: all octets arrive, once and in order, and both
    /// connections come to their end.
    #[test]
    fn what_was_sent_is_what_is_read(
        network in network(false),
        configs in [config(), config()],
        programs in [program(120_000, Manners::Polite), program(60_000, Manners::Polite)],
        both in any::<bool>(),
    ) {
        // So many retries that the network's losses alone end no connection.
        let configs = configs.map(|config| Config {
            data_retries: 60, syn_retries: 30, max_rto: Duration::from_secs(20), ..config
        });
        let mut world = World::new(network, &configs, programs, both);
        world.run();
        for index in [0, 1] {
            let (reader, writer) = (&world.sides[index], &world.sides[1 - index]);
            prop_assert_eq!(writer.sent, writer.program.octets, "all was taken");
            prop_assert_eq!(reader.read, writer.program.octets, "all was read");
        }
    }

    /// Whoever leaves, and however: what is read is the beginning of what was sent, and both
    /// connections come to their end.
    #[test]
    fn whoever_leaves_both_end(
        network in network(false),
        configs in [config(), config()],
        programs in [rude(), rude()],
    ) {
        World::new(network, &configs, programs, false).run();
    }

    /// The network dies: both connections come to their end by themselves.
    #[test]
    fn a_dead_network_ends_both(
        network in network(true),
        configs in [config(), config()],
        programs in [rude(), rude()],
        both in any::<bool>(),
    ) {
        World::new(network, &configs, programs, both).run();
    }
}
