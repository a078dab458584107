//! The layers of a packet as envelopes: what the application sends in a segment, the segment in a
//! packet, the packet in a frame.

use tcpscope_sim::{PacketIndex, Trace};
use tcpscope_wire::ETHERNET_MTU;

use super::{LayerKind, PacketView};
use crate::Messages;

/// An envelope: a header, what it carries, and perhaps something behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Which.
    pub kind: EnvelopeKind,
    /// What the whole of it is called.
    pub name: &'static str,
    /// Its header: the layer's place in the packet, its name, its octets.
    pub header: Option<(usize, &'static str, usize)>,
    /// The octets that it carries.
    pub carries: usize,
    /// What is behind that: the layer's place in the packet, and the octets of padding and of the
    /// check sequence.
    pub trailer: Option<(usize, usize, usize)>,
    /// The octets of the whole.
    pub total: usize,
    /// The most octets that it may carry or have, and how that limit is called.
    pub limit: Option<(&'static str, usize)>,
    /// The layer's name in the model of four layers.
    pub four: &'static str,
    /// The layers' names in the model of seven, with their numbers.
    pub seven: &'static str,
}

/// Which envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnvelopeKind {
    /// What the application sends.
    Data,
    /// TCP's segment, UDP's datagram, ICMP's message.
    Transport,
    /// The IPv4 packet.
    Internet,
    /// The frame.
    Link,
}

/// What sizes are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest packet of the link.
    pub mtu: u16,
    /// The most text in a segment of this connection.
    pub mss: Option<u32>,
}

impl Limits {
    /// The limits of a packet on a link with this MTU; where it has none, Ethernet's counts.
    #[must_use]
    pub fn of(trace: &Trace, packet: PacketIndex, mtu: Option<u16>) -> Self {
        let packet = trace.packet(packet);
        let mss = trace.status(packet.id.from, packet.sent_by).mss;
        Self { mtu: mtu.unwrap_or(ETHERNET_MTU), mss: (mss > 0).then_some(mss) }
    }
}

/// The envelopes of a packet, the innermost first: each carries the one before it.
#[must_use]
pub fn envelopes(view: &PacketView, limits: Limits, messages: &'static Messages) -> Vec<Envelope> {
    let words = &messages.inspect;
    let [application, transport, internet, link] = words.four_layers;
    let [application_7, transport_7, network_7, link_7] = words.seven_layers;
    let octets = |layer: usize| view.layers.get(layer).map_or(0, |layer| layer.octets.len());
    let header = |layer: usize, name| (layer, name, octets(layer));
    let data = view.layer(LayerKind::Payload).map_or(0, octets);
    let mss = limits.mss.and_then(|mss| usize::try_from(mss).ok());
    let transport_layer = view.layers.iter().position(|layer| layer.kind.is_transport());
    // A later fragment begins in the midst of something: no application put it like that.
    let mut shells = Vec::new();
    let innermost = Envelope {
        kind: EnvelopeKind::Data,
        name: messages.field.data,
        header: None,
        carries: data,
        trailer: None,
        total: data,
        limit: view.layer(LayerKind::Tcp).and(mss).filter(|_| data > 0).map(|mss| ("MSS", mss)),
        four: application,
        seven: application_7,
    };
    if transport_layer.is_some() || view.piece.is_none() {
        shells.push(innermost);
    }
    let mut carries = data;
    if let Some(layer) = transport_layer {
        let (name, protocol) = match view.layers.get(layer).map(|layer| layer.kind) {
            Some(LayerKind::Tcp) => (words.segment, "TCP"),
            Some(LayerKind::Udp) => (words.datagram, "UDP"),
            Some(
                LayerKind::Icmp
                | LayerKind::Ethernet
                | LayerKind::Ipv4
                | LayerKind::Payload
                | LayerKind::Trailer,
            )
            | None => (words.message, "ICMP"),
        };
        let total = carries + octets(layer);
        shells.push(Envelope {
            kind: EnvelopeKind::Transport,
            name: if view.piece.is_some() { words.beginning } else { name },
            header: Some(header(layer, protocol)),
            carries,
            trailer: None,
            total,
            limit: None,
            four: transport,
            seven: transport_7,
        });
        carries = total;
    }
    if let Some(layer) = view.layer(LayerKind::Ipv4) {
        let total = carries + octets(layer);
        shells.push(Envelope {
            kind: EnvelopeKind::Internet,
            name: if view.piece.is_some() { words.fragment } else { words.packet },
            header: Some(header(layer, "IPv4")),
            carries,
            trailer: None,
            total,
            limit: Some(("MTU", limits.mtu.into())),
            four: internet,
            seven: network_7,
        });
        carries = total;
    }
    let trailer = view.layer(LayerKind::Trailer).map(|layer| {
        let padding = octets(layer).saturating_sub(tcpscope_wire::FCS_LEN);
        (layer, padding, octets(layer) - padding)
    });
    if let Some(layer) = view.layer(LayerKind::Ethernet) {
        shells.push(Envelope {
            kind: EnvelopeKind::Link,
            name: words.frame,
            header: Some(header(layer, "Ethernet")),
            carries,
            trailer,
            total: view.octets.len(),
            limit: None,
            four: link,
            seven: link_7,
        });
    }
    shells
}
