//! A link: one direction of the way between two hosts.

use tcpscope_tcp::{Duration, Instant, Options, Segment};

use crate::HostId;

/// One direction of the way between two hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSetup {
    /// Where it begins.
    pub from: HostId,
    /// Where it ends.
    pub to: HostId,
    /// How long a packet is under way once it has left.
    pub delay: Duration,
    /// Independent loss, in packets per million.
    pub loss_ppm: u32,
    /// Bits per second; packets leave one after another. `None`: they leave at once.
    pub rate_bps: Option<u64>,
}

/// A link under way: packets leave it one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Link {
    free_at: Instant,
}

impl Link {
    /// Takes a segment at `now`: when it begins to move, and when its last bit has left.
    pub(crate) fn send(
        &mut self,
        now: Instant,
        setup: &LinkSetup,
        segment: &Segment,
    ) -> (Instant, Instant) {
        let departs = self.free_at.max(now);
        let bits = 8 * u64::from(packet_octets(segment));
        let taken = setup.rate_bps.map_or(0, |rate| (bits * 1_000_000).div_ceil(rate.max(1)));
        self.free_at = departs + Duration::from_micros(taken);
        (departs, self.free_at)
    }
}

/// The octets of the IPv4 packet that carries a segment: two headers of 20, options and text.
pub(crate) fn packet_octets(segment: &Segment) -> u32 {
    40 + option_octets(&segment.options) + segment.text_len()
}

/// The octets of the options, each filled up to whole words as hosts do today. This crate makes
/// no octets itself; that these are as many as are made is tested where both are known.
fn option_octets(options: &Options) -> u32 {
    let Options { mss, window_scale, sack_permitted, sack, timestamps, fast_open } = options;
    let mss = if mss.is_some() { 4 } else { 0 };
    let window_scale = if window_scale.is_some() { 4 } else { 0 };
    // SACK-Permitted has room in the word that Timestamps begin in.
    let timestamps = match (timestamps, sack_permitted) {
        (Some(_), true | false) => 12,
        (None, true) => 4,
        (None, false) => 0,
    };
    let words = |octets: usize| u32::try_from(octets.div_ceil(4)).unwrap_or(u32::MAX);
    let sack = if sack.is_empty() { 0 } else { 4 * words(4 + 8 * sack.len()) };
    let cookie = fast_open.map_or(0, |cookie| 4 * words(2 + cookie.octets().len()));
    mss + window_scale + timestamps + sack + cookie
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn packets_leave_one_after_another_at_the_links_rate() {
        let mut setup = LinkSetup {
            from: HostId(0),
            to: HostId(1),
            delay: Duration::from_millis(10),
            loss_ppm: 0,
            rate_bps: Some(8_000_000),
        };
        let segment = Segment { payload: Bytes::from_static(&[0; 960]), ..Segment::default() };
        let mut link = Link::default();
        let at = Instant::from_micros;
        assert_eq!(link.send(at(0), &setup, &segment), (at(0), at(1000)));
        assert_eq!(link.send(at(0), &setup, &segment), (at(1000), at(2000)));
        assert_eq!(link.send(at(5000), &setup, &segment), (at(5000), at(6000)));
        setup.rate_bps = None;
        assert_eq!(link.send(at(6000), &setup, &segment), (at(6000), at(6000)));
    }
}
