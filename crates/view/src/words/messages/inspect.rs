//! The words of the inspector: layers, checksums, fragments.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// A packet taken apart: its layers, checksums and fragments.
#[derive(Debug)]
@later pub struct Inspect {
    /// Names of layers.
    pub ethernet: &'static str,
    pub trailer: &'static str,
    pub udp: &'static str,
    pub icmp: &'static str,
    /// What goes from layer to layer.
    pub segment: &'static str,
    pub datagram: &'static str,
    pub message: &'static str,
    pub beginning: &'static str,
    pub packet: &'static str,
    pub fragment: &'static str,
    pub frame: &'static str,
    /// The layers of the two models, from above.
    pub four_layers: [&'static str; 4],
    pub seven_layers: [&'static str; 4],
    pub four_model: &'static str,
    pub seven_model: &'static str,
    /// Fields that are in no other table.
    pub mac_destination: &'static str,
    pub mac_destination_is: &'static str,
    pub mac_source: &'static str,
    pub mac_source_is: &'static str,
    pub ether_type_is: &'static str,
    pub frame_padding_is: &'static str,
    pub fcs_is: &'static str,
    pub length: &'static str,
    pub udp_length_is: &'static str,
    pub udp_no_checksum: &'static str,
    pub icmp_type: &'static str,
    pub icmp_code: &'static str,
    pub icmp_unused: &'static str,
    pub icmp_mtu: &'static str,
    pub icmp_code_is: &'static str,
    pub icmp_checksum_is: &'static str,
    pub icmp_mtu_is: &'static str,
    /// Destination unreachable, source quench, time exceeded, parameter problem, another.
    pub icmp_kinds: [&'static str; 5],
    pub continued: &'static str,
    pub quoted: &'static str,
    pub data_offset_short: &'static str,
    pub reserved_short: &'static str,
    pub option_kind: &'static str,
    pub option_length: &'static str,
    pub left_edge: &'static str,
    pub right_edge: &'static str,
    /// Sizes.
    pub octets: Phrase<1>,
    pub at_most: Phrase<2>,
    pub too_long: Phrase<2>,
    pub padding: Phrase<1>,
    pub frame_note: &'static str,
    /// How a value is reckoned with.
    pub counted_from: Phrase<3>,
    pub eights_are: Phrase<2>,
    pub scaled: Phrase<3>,
    /// Headings.
    pub layers: &'static str,
    pub diagram: Phrase<1>,
    pub diagram_help: &'static str,
    pub hex_help: &'static str,
    pub whole_frame: &'static str,
    pub folded_octets: Phrase<1>,
    pub no_data: &'static str,
    /// As sent, as it arrives.
    pub seen: &'static str,
    pub seen_sent: &'static str,
    pub seen_arrived: &'static str,
    pub flipped: Phrase<1>,
    pub marked: &'static str,
    pub was: Phrase<1>,
    /// Fragments.
    pub fragments: &'static str,
    pub fragments_are: Phrase<3>,
    pub fragments_lost: Phrase<2>,
    pub whole_packet: &'static str,
    pub fragment_number: Phrase<1>,
    pub fragment_octets: Phrase<2>,
    pub fragment_offset: Phrase<2>,
    pub fragment_lost: &'static str,
    pub fragment_checksum: &'static str,
    /// The checksum.
    pub checksum_of: Phrase<2>,
    pub checksum_help: &'static str,
    pub pseudo_header: &'static str,
    pub zero_protocol: &'static str,
    pub sum_part: Phrase<2>,
    pub sum_octets: &'static str,
    pub sum_what: &'static str,
    pub sum_word: &'static str,
    pub sum_running: &'static str,
    pub sum_folded: Phrase<2>,
    pub sum_carry: &'static str,
    pub counts_as_zero: &'static str,
    pub sent_as: Phrase<1>,
    pub complement: Phrase<2>,
    pub equal: Phrase<1>,
    pub equal_though_damaged: Phrase<1>,
    pub different: Phrase<3>,
    pub no_checksum: &'static str,
    pub unchecked: &'static str,
}
}
