//! What the engine asks of the allocator: nothing for a segment in order, little for a connection.

mod shuttle;

use allocation_counter::measure;
use bytes::Bytes;
use shuttle::Shuttle;
use tcpscope_tcp::{Config, CongestionControl, Connection, Duration, Effects};

const MEGABYTE: u64 = 1 << 20;

/// Large buffers, so that much is in flight.
fn bulk(config: &Config) -> Config {
    Config { receive_buffer: 1 << 20, send_buffer: 1 << 20, ..config.clone() }
}

#[test]
fn a_segment_in_order_allocates_nothing() {
    // (what, config, octets of each SEND)
    let default = bulk(&Config::default());
    let cases = [
        ("modern, whole segments", default.clone(), 1448 * 16),
        ("modern, one segment at a time", default.clone(), 1448),
        (
            "NewReno",
            Config { congestion: CongestionControl::NewReno, ..default.clone() },
            1448 * 16,
        ),
        ("ACKs at once", Config { delayed_ack: Duration::ZERO, ..default }, 1448 * 16),
        ("plain", bulk(&Config::plain()), 1460 * 16),
    ];
    for (what, config, octets) in cases {
        let chunk = Bytes::from(vec![7; octets]);
        let mut shuttle = Shuttle::established(&config, Effects::unobserved());
        // Queues and windows reach their size first.
        shuttle.transfer(32 * MEGABYTE, &chunk);
        let before = shuttle.segments;
        let allocations = measure(|| shuttle.transfer(4 * MEGABYTE, &chunk));
        let segments = shuttle.segments - before;
        assert!(segments > 2000, "{what}: {segments} segments");
        assert_eq!(allocations.count_total, 0, "{what}: in {segments} segments, {allocations:?}");
    }
}

#[test]
fn what_lies_across_two_sends_is_copied_once() {
    let chunk = Bytes::from(vec![7; 10_000]);
    let mut shuttle = Shuttle::established(&bulk(&Config::default()), Effects::unobserved());
    shuttle.transfer(32 * MEGABYTE, &chunk);
    let allocations = measure(|| shuttle.transfer(4 * MEGABYTE, &chunk));
    let sends = 4 * MEGABYTE / 10_000;
    assert!(allocations.count_total <= 2 * (sends + 1), "{sends} SENDs, {allocations:?}");
}

#[test]
fn an_idle_connection_takes_two_kilobytes() {
    let chunk = Bytes::from_static(&[7; 1448]);
    let itself = size_of::<Connection>();
    for (what, octets) in [("fresh", 0), ("after a transfer", 8 * MEGABYTE)] {
        let mut shuttle = Shuttle::established(&bulk(&Config::default()), Effects::unobserved());
        shuttle.transfer(octets, &chunk);
        shuttle.rest(Duration::from_secs(1));
        for (end, connection) in ["sender", "receiver"].into_iter().zip(shuttle.into_connections())
        {
            // What dropping it gives back is what it held.
            let heap = -measure(|| drop(connection)).bytes_current;
            let heap = usize::try_from(heap).expect("what was held is given back");
            assert!(itself + heap <= 2048, "{what}, the {end}: {itself} octets and {heap} of heap");
        }
    }
}
