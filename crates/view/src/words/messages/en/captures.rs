//! Captures, in English.

use crate::words::messages::captures::{Captures, FlawWords, LeftOutWords};
use crate::words::table::Phrase;

pub(super) const CAPTURES: Captures = Captures {
    client: "client",
    server: "server",
    frames: "frames",
    text: "octets of text",
    begins: "begins",
    lasts: "lasts",
    seen: "seen",
    data: "text",
    summary: Phrase::new("{0} frame{0:s}, {1} TCP conversation{1:s}"),
    none: "The capture holds no TCP conversation.",
    opener_answered: "the SYN is not in the capture, its answer is",
    opener_guessed: "the opening is not in the capture: the higher port is taken for the client's",
    ports_reused: "the same ports as a conversation before",
    left_out: LeftOutWords {
        not_ip: Phrase::new("{0} frame{0:s} left out: not IP"),
        not_tcp: Phrase::new("{0} frame{0:s} left out: IP, but not TCP"),
        fragment: Phrase::new("{0} frame{0:s} left out: fragments of IP packets"),
        cut: Phrase::new(
            "{0} frame{0:s} left out: so little was captured of them that the TCP header is missing",
        ),
        malformed: Phrase::new("{0} frame{0:s} left out: their headers contradict themselves"),
        unknown_link: Phrase::new("{0} frame{0:s} left out: their kind of link is not known"),
    },
    beyond: Phrase::new("{0} frame{0:s} of further conversations: {1} are told apart"),
    damaged: Phrase::new("damaged at octet {0}: {1}; what stands before it was read"),
    flaw: FlawWords {
        not_a_capture: "the file begins as neither pcap nor pcapng does",
        cut_short: Phrase::new(
            "the record needs {0} octet{0:s}, and the file ends after {1} of them",
        ),
        too_long: Phrase::new(
            "the record says that it has {0} octet{0:s}; the most that is believed is {1}",
        ),
        uneven_block: Phrase::new("the block says that it has {0} octet{0:s}, which cannot be"),
        lengths_differ: Phrase::new(
            "the block gives its length as {0} at its beginning and as {1} at its end",
        ),
        overruns_block: Phrase::new(
            "a packet of {0} octet{0:s} does not fit into its block, which has room for {1}",
        ),
        no_such_interface: Phrase::new("a packet is of interface {0}, which was not described"),
        no_byte_order: "a section begins without the number that tells its byte order",
        version: Phrase::new("version {0} of the format is not known"),
        resolution: Phrase::new(
            "an interface counts time in units that are too fine: if_tsresol {0}",
        ),
    },
};
