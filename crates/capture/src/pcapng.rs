//! A run as a pcapng file: from several places at once, with what there is to say of each packet.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Duration;

use pcap_file::Endianness;
use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use pcap_file::pcapng::blocks::section_header::{SectionHeaderBlock, SectionHeaderOption};
use tcpscope_sim::{PacketIndex, RecordId, RecordKind, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, mac_address};

use crate::comments::comments;
use crate::{Capture, Captured, Direction, LinkType, PcapError, Vantage};

/// A run, and how it is written as a pcapng file.
#[derive(Clone, Copy, Debug)]
pub struct Pcapng<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// Where it is captured: an interface of the file each, in this order.
    pub vantages: &'a [Vantage],
    /// Which link it is captured from.
    pub link_type: LinkType,
    /// In which language the reasons stand beside each packet, as comments; `None`: nowhere.
    pub comments: Option<Locale>,
}

/// The program that wrote the file.
const APPLICATION: &str = concat!("tcpscope ", env!("CARGO_PKG_VERSION"));

/// Packets are never cut off: as many octets as tcpdump and Wireshark take of each.
const SNAP_LENGTH: u32 = 262_144;

/// Stamps are in units of 10⁻⁶ seconds (draft-ietf-opsawg-pcapng, if_tsresol).
const MICROSECONDS: u8 = 6;

impl Pcapng<'_> {
    /// Writes the file. Its clock begins with the run; packets are in order of time, those of one
    /// instant in the order in which they were sent.
    ///
    /// # Errors
    /// Where `into` cannot be written to.
    pub fn write(&self, into: impl Write) -> Result<(), PcapError> {
        let section = SectionHeaderBlock {
            // The same octets on every machine.
            endianness: Endianness::Little,
            options: vec![SectionHeaderOption::UserApplication(APPLICATION.into())],
            ..SectionHeaderBlock::default()
        };
        let mut writer = PcapNgWriter::with_section_header(into, section).map_err(PcapError)?;
        for vantage in self.vantages {
            writer.write_pcapng_block(self.interface(*vantage)).map_err(PcapError)?;
        }
        let records = records_about(self.trace);
        // Of a packet's fragments, the first that is seen at a place has the comments.
        let mut told = BTreeSet::new();
        for (interface, captured) in self.captured() {
            let is_first = told.insert((interface, captured.packet));
            let records = records.get(&captured.packet).filter(|_| is_first);
            let records = records.map_or(&[][..], Vec::as_slice);
            let block = self.packet(interface, &captured, records);
            writer.write_pcapng_block(block).map_err(PcapError)?;
        }
        Ok(())
    }

    fn interface(&self, vantage: Vantage) -> InterfaceDescriptionBlock<'_> {
        use InterfaceDescriptionOption::{IfDescription, IfIpv4Addr, IfMacAddr, IfName, IfTsResol};
        let mut options = match vantage {
            Vantage::Host(host) => {
                let info = self.trace.host(host);
                let [a, b, c, d] = info.address.ip().octets();
                let address = IfIpv4Addr(vec![a, b, c, d, 255, 255, 255, 255].into());
                vec![
                    IfName(Cow::Borrowed(&info.name)),
                    IfDescription("what the host sends, and what reaches it".into()),
                    address,
                ]
            }
            Vantage::Router(router) => vec![
                IfName(self.trace.place_name(router).unwrap_or("router").into()),
                IfDescription("what the router passes on, as it departs".into()),
            ],
            Vantage::Link => vec![
                IfName("link".into()),
                IfDescription("every packet as it departs, also those that are lost".into()),
            ],
        };
        if let (Vantage::Host(host), LinkType::Ethernet) = (vantage, self.link_type) {
            options.push(IfMacAddr(mac_address(self.trace, host).to_vec().into()));
        }
        options.push(IfTsResol(MICROSECONDS));
        let (linktype, snaplen) = (self.link_type.number(), SNAP_LENGTH);
        InterfaceDescriptionBlock { linktype, snaplen, options }
    }

    /// What is seen at all vantages, with the number of each's interface.
    fn captured(&self) -> Vec<(u32, Captured)> {
        let mut captured: Vec<(u32, Captured)> = (0_u32..)
            .zip(self.vantages)
            .flat_map(|(interface, vantage)| {
                let capture = Capture::of(self.trace, *vantage);
                capture.into_packets().into_iter().map(move |captured| (interface, captured))
            })
            .collect();
        // Stable: what is seen at several places at once is in the order of the places.
        captured.sort_by_key(|(_, captured)| captured.order());
        captured
    }

    fn packet<'b>(
        &self,
        interface: u32,
        captured: &'b Captured,
        records: &[RecordId],
    ) -> EnhancedPacketBlock<'b> {
        let data = self.link_type.octets(self.trace, captured);
        let records = records.iter().filter(|record| self.is_told(captured.direction, **record));
        let mut options: Vec<_> = match self.comments {
            None => Vec::new(),
            Some(locale) => comments(self.trace, records.copied(), locale)
                .into_iter()
                .map(|comment| EnhancedPacketOption::Comment(comment.into()))
                .collect(),
        };
        options.extend(flags(captured.direction).map(EnhancedPacketOption::Flags));
        EnhancedPacketBlock {
            interface_id: interface,
            timestamp: stamp(captured.at),
            original_len: u32::try_from(data.len()).unwrap_or(u32::MAX),
            data,
            options,
        }
    }

    /// Whether a record about a packet is told where the packet goes this way: who sends it knows
    /// why; whom it reaches, what came of it; and what is done to it on the way concerns both.
    fn is_told(&self, direction: Direction, record: RecordId) -> bool {
        let kind = &self.trace.record(record).kind;
        if direction == Direction::Inbound {
            !matches!(kind, RecordKind::Transmit { .. })
        } else {
            !matches!(kind, RecordKind::Arrive { .. })
        }
    }
}

/// The records about each packet, in order.
fn records_about(trace: &Trace) -> BTreeMap<PacketIndex, Vec<RecordId>> {
    let mut about: BTreeMap<PacketIndex, Vec<RecordId>> = BTreeMap::new();
    for record in trace.records() {
        if let Some(packet) = record.kind.packet() {
            about.entry(packet).or_default().push(record.id);
        }
    }
    about
}

/// The word of flags: its two lowest bits say the direction (draft-ietf-opsawg-pcapng, epb_flags).
const fn flags(direction: Direction) -> Option<u32> {
    match direction {
        Direction::Inbound => Some(1),
        Direction::Outbound => Some(2),
        Direction::Passing => None,
    }
}

/// A stamp of the file. pcap-file 2 writes how many nanoseconds a span has, whatever the
/// interface's units are: so each microsecond is given to it as one nanosecond.
const fn stamp(at: Instant) -> Duration {
    Duration::from_nanos(at.as_micros())
}
