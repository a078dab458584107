//! A captured conversation, in English.

use crate::words::messages::observed::{CauseWords, MarkWords, Observed, RemarkWords, ReplayWords};
use crate::words::table::Phrase;

pub(super) const OBSERVED: Observed = Observed {
    title: Phrase::new("conversation {0}: {1} segment{1:s}"),
    beyond: Phrase::new("{0} more segment{0:s} are not looked at"),
    or: " or ",
    state: Phrase::new("{0} is in {1}: {2}"),
    cause: CauseWords {
        begins: "before the first segment",
        sends_syn: "it sends a SYN",
        sends_syn_ack: "it answers a SYN with its own",
        sends_fin: "it sends a FIN",
        sends_rst: "it sends a RST",
        shows: "what it sends shows what has reached it",
        may_have_syn: "a SYN is on its way to it; whether it has arrived does not show yet",
        may_have_fin: "a FIN is on its way to it; whether it has arrived does not show yet",
        may_have_rst: "a RST is on its way to it; whether it has arrived does not show yet",
        may_have_ack: "an acknowledgment is on its way to it; whether it has arrived does not show yet",
    },
    mark: MarkWords {
        lost_segment: Phrase::new(
            "its number is {0}, and {1} was next: what lies between did not pass here before it",
        ),
        ack_lost_segment: Phrase::new("it acknowledges up to {0}, and not all of that passed here"),
        duplicate_ack: Phrase::new("duplicate ACK {0}: {1} is still missing"),
        window_update: Phrase::new("nothing is new but the window: {0} octet{0:s}"),
        window_update_unscaled: Phrase::new(
            "nothing is new but the window: {0}, whose scale is not known",
        ),
        zero_window: "it leaves no window: its peer may send nothing",
        window_full: "it fills the window of its peer to the edge",
        zero_window_probe: "one octet into a closed window: a probe",
        zero_window_probe_ack: "the answer to a window probe: the window is still closed",
        keep_alive: "a keep-alive: it begins one number before the next, so that it has to be answered",
        keep_alive_ack: "the answer to a keep-alive",
        fast_retransmission: "a fast retransmission: duplicate ACKs asked for it just before",
        retransmission: "sent again: it passed here before, and was not acknowledged yet",
        spurious: "sent again without need: all of it was acknowledged already",
        lost_before: "it fills a gap and was sent after what lies beyond: an earlier one was lost before it came here",
        out_of_order: "it fills a gap and was sent before what lies beyond: it was overtaken",
        unsure: "it fills a gap: whether it was overtaken or is sent again does not show",
        repeats: Phrase::new("it carries sequence numbers of frame {0} again"),
        repeats_after: Phrase::new("it carries sequence numbers of frame {0} again, {1} after it"),
        repeated: Phrase::new("sequence numbers of it are sent again in frame {0}"),
        repeated_after: Phrase::new(
            "sequence numbers of it are sent again in frame {0}, {1} later",
        ),
        round_trip: Phrase::new("{0} after frame {1}, which it acknowledges"),
    },
    remark: RemarkWords {
        title: "What can be known from here, and what cannot:",
        near_client: Phrase::new(
            "The capture was taken at the client, or near it: from here a round trip to the client takes {0}, one to the server {1}.",
        ),
        near_server: Phrase::new(
            "The capture was taken at the server, or near it: from here a round trip to the client takes {0}, one to the server {1}.",
        ),
        between: Phrase::new(
            "Where the capture was taken does not show: from here a round trip to the client takes {0}, one to the server {1}.",
        ),
        nowhere: "Where the capture was taken does not show: there is not a round trip to each end.",
        no_opening: "The opening is not in the capture: who opened is a guess, by the ports.",
        no_syn: "A SYN is not in the capture: numbers count from the first that was captured.",
        scale_unknown: "Not both SYNs are in the capture: the scale of windows is not known, and they are given as they stand in the header.",
        unseen: Phrase::new(
            "{1} octet{1:s} of the {0} never passed here, and were acknowledged: the capture missed them, or they went another way.",
        ),
        offload: Phrase::new(
            "The {0} sends up to {1} octets in a segment where its peer takes {2}: they were captured before the network card cut them up.",
        ),
        open_end: "The capture ends before the connection does.",
        calls: "The states of an end are those as of its last segment that passed here: what it did since, a CLOSE for example, shows once it is sent.",
        arrivals: "Arrivals do not show: a segment that passed here may be lost after it.",
    },
    replay: ReplayWords {
        title: Phrase::new("What our TCP does for {0} and {1}"),
        summary: Phrase::new(
            "Each application sends and closes as it did in a capture, on our TCP of today. A round trip takes {0}, as it did there at the least. {1} of {2} losses happen to the same octets.",
        ),
        too_much: Phrase::new(
            "the conversation has {0} octet{0:s} of text; a scenario may send {1}",
        ),
        no_text: "nothing of the conversation tells what its applications did",
        refused: Phrase::new("no scenario can be made of it: {0}"),
    },
};
