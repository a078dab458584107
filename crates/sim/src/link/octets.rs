//! How many octets a packet has.

use tcpscope_tcp::{Options, Segment};

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
