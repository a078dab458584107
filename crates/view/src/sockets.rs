//! A socket as `ss -tin` of iproute2 prints it: its names and units, in its order. What only a
//! kernel knows is left out, as `ss` leaves out what a kernel does not tell.

mod counts;
mod figures;

use tcpscope_sim::{HostSetup, Moment};
use tcpscope_tcp::{CongestionControl, State, Status};

use crate::End;
use crate::queues::queues;
use crate::windows::has_tcb;
use counts::Counts;
use figures::{bits, millis};

/// A socket, as a tool prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketText {
    /// The state, as `ss` writes it.
    pub state: &'static str,
    /// `Recv-Q`: octets that wait to be read; of a listener, connections that wait for `accept`.
    pub recv_q: u64,
    /// `Send-Q`: octets that are not acknowledged; of a listener, its backlog.
    pub send_q: u64,
    /// The local socket.
    pub local: String,
    /// The remote socket; `0.0.0.0:*` of a listener.
    pub peer: String,
    /// What is known of the connection, item by item: the second line.
    pub info: Vec<String>,
}

/// The headings of what `ss -tn` prints.
pub const SOCKET_HEAD: [&str; 5] =
    ["State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port"];

/// The socket of one end at a moment, if there is one: a connection in CLOSED is none.
#[must_use]
pub fn socket_text(end: End<'_>, setup: &HostSetup, moment: Moment) -> Option<SocketText> {
    let record = moment.record;
    let status = end.status(record);
    let info = end.info(record)?;
    let state = state_name(status.state)?;
    if info.listens {
        let queues = queues(end, setup, record)?;
        return Some(SocketText {
            state,
            recv_q: queues.accept.waiting.len() as u64,
            // The queue is full when one more waits than the backlog says.
            send_q: u64::from(queues.accept.limit.saturating_sub(1)),
            local: info.local.to_string(),
            peer: "0.0.0.0:*".to_owned(),
            info: Vec::new(),
        });
    }
    let outstanding = status.flight.saturating_add(status.unsent);
    Some(SocketText {
        state,
        // Of a connection in TIME-WAIT a kernel keeps but its name.
        recv_q: if status.state == State::TimeWait { 0 } else { status.unread.into() },
        send_q: outstanding.into(),
        local: info.local.to_string(),
        peer: info.remote.to_string(),
        info: if tells_more(status.state) {
            details(end, &status, setup, moment)
        } else {
            Vec::new()
        },
    })
}

impl SocketText {
    /// The text that `ss -tin` prints.
    #[must_use]
    pub fn to_text(&self) -> String {
        let (recv_q, send_q) = (self.recv_q.to_string(), self.send_q.to_string());
        let cells = [self.state, &recv_q, &send_q, &self.local, &self.peer];
        let mut lines = [String::new(), String::new()];
        for (heading, cell) in SOCKET_HEAD.iter().zip(cells) {
            let width = heading.len().max(cell.len()) + 2;
            for (line, text) in lines.iter_mut().zip([*heading, cell]) {
                line.push_str(text);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(text.len())));
            }
        }
        let mut text = String::new();
        for line in &lines {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if !self.info.is_empty() {
            text.push_str("\t ");
            text.push_str(&self.info.join(" "));
            text.push('\n');
        }
        text
    }
}

/// The state as `ss` writes it.
const fn state_name(state: State) -> Option<&'static str> {
    Some(match state {
        State::Closed => return None,
        State::Listen => "LISTEN",
        State::SynSent => "SYN-SENT",
        State::SynReceived => "SYN-RECV",
        State::Established => "ESTAB",
        State::FinWait1 => "FIN-WAIT-1",
        State::FinWait2 => "FIN-WAIT-2",
        State::CloseWait => "CLOSE-WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST-ACK",
        State::TimeWait => "TIME-WAIT",
    })
}

/// Whether a kernel has more to tell: of an opening and in TIME-WAIT it keeps hardly anything.
const fn tells_more(state: State) -> bool {
    has_tcb(state) && !matches!(state, State::SynReceived | State::TimeWait)
}

/// The second line.
fn details(end: End<'_>, status: &Status, setup: &HostSetup, moment: Moment) -> Vec<String> {
    let counts = Counts::of(end, status, moment);
    let mut info = Info(Vec::new());
    let agreed = status.agreed;
    info.word(agreed.timestamps, "ts");
    info.word(agreed.sack, "sack");
    info.word(agreed.ecn, "ecn");
    match setup.config.congestion {
        CongestionControl::NewReno => info.word(true, "reno"),
        CongestionControl::Cubic => info.word(true, "cubic"),
        CongestionControl::None => {}
    }
    if let Some((theirs, ours)) = agreed.shifts {
        info.text("wscale:", format!("{theirs},{ours}"));
    }
    info.text("rto:", millis(status.rto));
    info.count("backoff:", u64::from(status.retransmissions));
    if let (Some(srtt), Some(variation)) = (status.srtt, status.rttvar) {
        info.text("rtt:", format!("{}/{}", millis(srtt), millis(variation)));
    }
    let answered = status.irs.is_some();
    let mss = if answered { status.mss } else { 0 };
    info.count("mss:", mss.into());
    info.count("advmss:", setup.config.mss.into());
    let segments = |octets: u32| u64::from(octets.checked_div(mss).unwrap_or(0));
    if status.cwnd < u32::MAX {
        info.count("cwnd:", segments(status.cwnd));
    }
    if status.ssthresh < u32::MAX {
        info.count("ssthresh:", segments(status.ssthresh));
    }
    info.count("bytes_sent:", counts.bytes_sent);
    info.count("bytes_retrans:", counts.bytes_retrans);
    info.count("bytes_acked:", counts.bytes_acked);
    info.count("bytes_received:", counts.bytes_received);
    info.count("segs_out:", counts.segs_out);
    info.count("segs_in:", counts.segs_in);
    info.count("data_segs_out:", counts.data_segs_out);
    info.count("data_segs_in:", counts.data_segs_in);
    if let Some(srtt) = status.srtt.filter(|srtt| srtt.as_micros() > 0 && status.cwnd < u32::MAX) {
        let rate = u64::from(status.cwnd / mss.max(1)) * u64::from(mss) * 8_000_000;
        info.0.push(format!("send {}bps", bits(rate / srtt.as_micros())));
    }
    info.age("lastsnd:", counts.last_sent, moment);
    info.age("lastrcv:", counts.last_received, moment);
    info.age("lastack:", counts.last_ack, moment);
    info.count("unacked:", counts.unacked);
    if counts.retrans_now > 0 || counts.retrans > 0 {
        info.text("retrans:", format!("{}/{}", counts.retrans_now, counts.retrans));
    }
    info.count("lost:", counts.lost);
    info.count("sacked:", counts.sacked);
    info.count("notsent:", status.unsent.into());
    if let Some(least) = status.min_rtt {
        info.text("minrtt:", millis(least));
    }
    info.count("snd_wnd:", if answered { status.snd_wnd.into() } else { 0 });
    info.count("rcv_wnd:", status.rcv_wnd.into());
    info.0
}

/// Items of the second line, as they come together.
struct Info(Vec<String>);

impl Info {
    fn word(&mut self, is_so: bool, word: &str) {
        if is_so {
            self.0.push(word.to_owned());
        }
    }

    fn text(&mut self, name: &str, mut value: String) {
        value.insert_str(0, name);
        self.0.push(value);
    }

    /// `ss` leaves out what is zero.
    fn count(&mut self, name: &str, value: u64) {
        if value > 0 {
            self.text(name, value.to_string());
        }
    }

    /// Whole milliseconds since then.
    fn age(&mut self, name: &str, since: Option<tcpscope_tcp::Instant>, moment: Moment) {
        if let Some(since) = since {
            self.count(name, moment.at.since(since).as_micros() / 1000);
        }
    }
}
