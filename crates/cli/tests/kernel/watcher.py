"""Holds each packet of ours to what no TCP may do, whatever else is right."""

import collections
import struct

HALF, CIRCLE = 1 << 31, 1 << 32
FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))


def after(a, b):
    """Whether a comes after b on the circle."""
    return 0 < (a - b) % CIRCLE < HALF


def checksum(octets):
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(f">{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Packet:
    """The fields of an IPv4 packet that carries a segment."""

    def __init__(self, octets):
        header = (octets[0] & 15) * 4
        self.ce = octets[1] & 3 == 3
        self.ect = octets[1] & 3 in (1, 2)
        self.addresses = octets[12:20]
        self.segment = octets[header : struct.unpack(">H", octets[2:4])[0]]
        source, destination, self.seq, self.ack, offset, self.flags, self.wnd, _, _ = struct.unpack(
            ">HHIIBBHHH", self.segment[:20]
        )
        self.ports = {source, destination}
        self.text = self.segment[(offset >> 4) * 4 :]
        self.options = self.segment[20 : (offset >> 4) * 4]
        self.mss = self.shift = self.timestamps = None
        self.sack_permitted, self.sack = False, []
        at = 0
        while at < len(self.options) and self.options[at]:
            kind = self.options[at]
            if kind == 1:
                at += 1
                continue
            length = self.options[at + 1]
            data = self.options[at + 2 : at + length]
            if kind == 2:
                self.mss = struct.unpack(">H", data)[0]
            elif kind == 3:
                self.shift = data[0]
            elif kind == 4:
                self.sack_permitted = True
            elif kind == 5:
                edges = struct.unpack(f">{len(data) // 4}I", data)
                self.sack = list(zip(edges[::2], edges[1::2]))
            elif kind == 8:
                self.timestamps = struct.unpack(">II", data)
            at += length

    def has(self, flag):
        return bool(self.flags & flag)

    def end(self):
        return (self.seq + len(self.text) + self.has(SYN) + self.has(FIN)) % CIRCLE

    def sound(self):
        pseudo = self.addresses + struct.pack(">BBH", 0, 6, len(self.segment))
        return checksum(pseudo + self.segment) == 0

    def __str__(self):
        names = "FIN SYN RST PSH ACK URG ECE CWR".split()
        flags = ",".join(name for bit, name in enumerate(names) if self.flags >> bit & 1)
        return f"<SEQ={self.seq}><ACK={self.ack}><CTL={flags}><WND={self.wnd}> {len(self.text)} octets"


class Watcher:
    def __init__(self, port, config):
        self.port, self.config = port, config
        self.wrong = collections.Counter()
        self.examples = {}
        self.iss = self.our_syn = self.kernel_syn = None
        self.right_edge = self.last_ack = self.their_edge = self.highest = None
        self.last_tsval = None
        self.their_tsvals = set()
        self.octets = {}
        self.arrived = set()
        self.sent = self.again = self.needless = 0
        self.ours_shift = self.their_shift = 0

    def told(self):
        return [f"{what} ({n} times, first {self.examples[what]})" for what, n in self.wrong.items()]

    def summary(self):
        return f"{self.sent} segments of text, {self.again} again, {self.needless} of them needless;"

    def say(self, what, packet, more=""):
        self.wrong[what] += 1
        self.examples.setdefault(what, f"{packet} {more}")

    def ours(self, octets):
        """The packet, if it is one of this connection."""
        if octets[9] == 6:
            packet = Packet(octets)
            if self.port in packet.ports:
                return packet
        return None

    def we_receive(self, octets):
        """A packet of the kernel's comes to us: what it allows us is remembered."""
        packet = self.ours(octets)
        if not packet:
            return
        if packet.has(SYN):
            self.kernel_syn = packet
            self.agree()
        if packet.timestamps:
            self.their_tsvals.add(packet.timestamps[0])
        if packet.has(ACK):
            edge = (packet.ack + (packet.wnd << (0 if packet.has(SYN) else self.their_shift))) % CIRCLE
            if self.their_edge is None or after(edge, self.their_edge):
                self.their_edge = edge

    def kernel_receives(self, octets):
        packet = self.ours(octets)
        if packet and packet.text:
            self.arrived.add((packet.seq, len(packet.text)))

    def agree(self):
        if self.our_syn and self.kernel_syn:
            if self.our_syn.shift is not None and self.kernel_syn.shift is not None:
                self.ours_shift, self.their_shift = self.our_syn.shift, self.kernel_syn.shift

    def we_send(self, octets):
        """A packet of ours leaves."""
        packet = self.ours(octets)
        if not packet:
            return
        if not packet.sound() or checksum(octets[:20]):
            self.say("a wrong checksum", packet)
        if packet.has(RST):
            self.say("a reset that nothing asked for", packet)
            return
        if packet.has(SYN):
            self.our_syn = packet
            self.agree()
            return
        self.check_acknowledging(packet)
        self.check_timestamps(packet)
        self.check_sack(packet)
        self.check_text(packet)

    def check_acknowledging(self, packet):
        if not packet.has(ACK):
            self.say("no ACK once synchronized", packet)
            return
        if self.last_ack is not None and after(self.last_ack, packet.ack):
            self.say("the acknowledgment goes back", packet, f"after {self.last_ack}")
        self.last_ack = packet.ack
        edge = (packet.ack + (packet.wnd << self.ours_shift)) % CIRCLE
        if self.right_edge is not None and after(self.right_edge, edge):
            self.say("the window shrinks from the right", packet, f"by {(self.right_edge - edge) % CIRCLE}")
        if self.right_edge is None or after(edge, self.right_edge):
            self.right_edge = edge

    def check_timestamps(self, packet):
        agreed = self.our_syn and self.our_syn.timestamps and self.kernel_syn and self.kernel_syn.timestamps
        if bool(agreed) != bool(packet.timestamps):
            self.say("timestamps do not follow the handshake", packet)
        if not packet.timestamps:
            return
        value, echo = packet.timestamps
        if self.last_tsval is not None and after(self.last_tsval, value):
            self.say("TSval goes back", packet)
        self.last_tsval = value
        if echo not in self.their_tsvals:
            self.say("TSecr was never a TSval", packet, str(echo))

    def check_sack(self, packet):
        agreed = self.our_syn and self.our_syn.sack_permitted and self.kernel_syn and self.kernel_syn.sack_permitted
        if packet.sack and not agreed:
            self.say("SACK that was not agreed on", packet)
        for number, (left, right) in enumerate(packet.sack):
            if not after(right, left):
                self.say("an empty SACK block", packet, f"{packet.sack}")
            # Only the first may tell of octets that came twice (RFC 2883).
            if number > 0 and not after(left, packet.ack):
                self.say("a SACK block that is acknowledged", packet, f"{packet.sack}")

    def check_text(self, packet):
        if packet.mss is not None:
            self.say("MSS outside a SYN", packet)
        if not packet.text:
            return
        self.sent += 1
        most = min(self.kernel_syn.mss or 536, self.config.get("mtu", 1500) - 40) - len(packet.options)
        if len(packet.text) > most:
            self.say("a segment over the MSS", packet, f"{most} at most")
        if self.their_edge is not None and after(packet.end(), self.their_edge):
            over = (packet.end() - self.their_edge) % CIRCLE
            # A probe of a zero window is one octet; a FIN needs no room.
            if over > 1 + packet.has(FIN):
                self.say("text beyond the window", packet, f"by {over}")
        if self.highest is not None and not after(packet.end(), self.highest):
            self.again += 1
            if any(
                (packet.seq - seq) % CIRCLE < length and (packet.end() - packet.has(FIN) - seq) % CIRCLE <= length
                for seq, length in self.arrived
            ):
                self.needless += 1
        elif self.highest is not None and after(packet.seq, self.highest):
            self.say("a gap in what is sent", packet, f"after {self.highest}")
        if self.highest is None or after(packet.end(), self.highest):
            self.highest = packet.end()
        # The same number is always the same octet.
        for place, octet in enumerate(packet.text):
            if self.octets.setdefault((packet.seq + place) % CIRCLE, octet) != octet:
                self.say("other octets under the same numbers", packet)
                break
