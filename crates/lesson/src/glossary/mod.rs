//! The terms of the curriculum, in both languages, with a sentence each.

/// A term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The id, as in `[[cumulative-ack]]`.
    pub id: &'static str,
    /// The term in English, and what it means.
    pub en: (&'static str, &'static str),
    /// The term in Chinese, and what it means.
    pub zh_cn: (&'static str, &'static str),
}

impl Term {
    /// The term in the language of this tag, and what it means.
    #[must_use]
    pub fn in_locale(&self, tag: &str) -> (&'static str, &'static str) {
        if tag == "zh-CN" { self.zh_cn } else { self.en }
    }
}

/// The term of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.id == id)
}

/// A term's name in the language of this tag; its id, where there is no such term.
#[must_use]
pub fn name<'a>(id: &'a str, tag: &str) -> &'a str {
    find(id).map_or(id, |term| term.in_locale(tag).0)
}

const fn term(
    id: &'static str,
    en: (&'static str, &'static str),
    zh_cn: (&'static str, &'static str),
) -> Term {
    Term { id, en, zh_cn }
}

/// All terms, those that belong together beside each other.
pub const TERMS: &[Term] = &[
    term(
        "segment",
        ("segment", "The unit that TCP sends: a header, and perhaps octets of the stream."),
        ("报文段", "TCP 发送的单位：一个首部，可以带有字节流中的数据。"),
    ),
    term(
        "octet",
        ("octet", "Eight bits; TCP numbers each octet of its stream."),
        ("字节", "八个比特；TCP 为字节流中的每个字节编号。"),
    ),
    term(
        "connection",
        ("connection", "What two TCPs agree on and keep in mind until both have closed."),
        ("连接", "两端 TCP 约定并共同维持的状态，直到双方都关闭。"),
    ),
    term(
        "four-tuple",
        ("four-tuple", "Both addresses and both ports: what tells one connection from all others."),
        ("四元组", "双方的 IP 地址与端口：用来区分不同的连接。"),
    ),
    term(
        "port",
        ("port", "A number of 16 bits that leads to an application on a host."),
        ("端口", "16 位的编号，指向主机上的某个应用程序。"),
    ),
    term(
        "socket",
        (
            "socket",
            "An address and a port; in a program, the handle of a connection or a listener.",
        ),
        ("套接字", "IP 地址加端口；在程序里是连接或监听者的句柄。"),
    ),
    term(
        "tcb",
        ("TCB", "All variables that a TCP keeps of one connection (Transmission Control Block)."),
        ("传输控制块", "TCP 为一条连接保存的全部变量（TCB）。"),
    ),
    term(
        "three-way-handshake",
        ("three-way handshake", "SYN, SYN+ACK, ACK: how a connection is opened."),
        ("三次握手", "SYN、SYN+ACK、ACK：建立连接的过程。"),
    ),
    term(
        "four-way-close",
        ("four-way close", "FIN, ACK, FIN, ACK: how both directions are closed."),
        ("四次挥手", "FIN、ACK、FIN、ACK：双方各自关闭一个方向的过程。"),
    ),
    term(
        "active-open",
        ("active OPEN", "To begin a connection by sending a SYN."),
        ("主动打开", "发送 SYN 以发起连接。"),
    ),
    term(
        "passive-open",
        ("passive OPEN", "To wait for a SYN, in LISTEN."),
        ("被动打开", "在 LISTEN 状态等待 SYN。"),
    ),
    term(
        "simultaneous-open",
        ("simultaneous open", "Both sides send a SYN before the other's arrives."),
        ("同时打开", "双方在收到对方的 SYN 之前各自发出 SYN。"),
    ),
    term(
        "active-close",
        ("active close", "To send the first FIN; whoever does goes through TIME-WAIT."),
        ("主动关闭", "先发送 FIN；主动关闭的一方要经过 TIME-WAIT。"),
    ),
    term(
        "half-close",
        ("half-close", "One direction is closed, the other still carries data."),
        ("半关闭", "一个方向已经关闭，另一个方向仍可传送数据。"),
    ),
    term(
        "half-open",
        (
            "half-open connection",
            "One side has forgotten the connection, and the other does not know.",
        ),
        ("半打开连接", "一方已经忘记连接，另一方却不知道。"),
    ),
    term(
        "sequence-number",
        ("sequence number", "The number of the first octet that a segment carries."),
        ("序号", "报文段所带第一个字节的编号。"),
    ),
    term(
        "acknowledgment-number",
        (
            "acknowledgment number",
            "The next number that the receiver expects: all before it has arrived.",
        ),
        ("确认号", "接收方期望的下一个序号：在它之前的都已收到。"),
    ),
    term(
        "cumulative-ack",
        (
            "cumulative acknowledgment",
            "An ACK covers everything before its number, whatever became of earlier ACKs.",
        ),
        ("累计确认", "一个 ACK 确认其确认号之前的全部数据，不论先前的 ACK 是否到达。"),
    ),
    term(
        "isn",
        (
            "initial sequence number",
            "The number of a connection's SYN, from which its octets are counted.",
        ),
        ("初始序号", "SYN 所用的序号，之后的字节从它开始编号。"),
    ),
    term(
        "iss",
        ("ISS", "The initial sequence number that a side has chosen for itself."),
        ("ISS", "本端选定的初始序号。"),
    ),
    term(
        "irs",
        ("IRS", "The initial sequence number that the peer has chosen."),
        ("IRS", "对端选定的初始序号。"),
    ),
    term(
        "flag",
        ("flag", "A bit of the header: SYN, ACK, FIN, RST, PSH, URG, ECE or CWR."),
        ("标志位", "首部中的一个比特：SYN、ACK、FIN、RST、PSH、URG、ECE 或 CWR。"),
    ),
    term(
        "syn",
        ("SYN", "The flag that opens a direction; it uses up one sequence number."),
        ("SYN", "打开一个方向的标志位；它占用一个序号。"),
    ),
    term(
        "fin",
        ("FIN", "The flag that closes a direction; it uses up one sequence number."),
        ("FIN", "关闭一个方向的标志位；它占用一个序号。"),
    ),
    term(
        "rst",
        ("RST", "The flag that ends a connection at once; it is never acknowledged."),
        ("RST", "立即终止连接的标志位；它从不被确认。"),
    ),
    term(
        "header",
        ("header", "The 20 to 60 octets before the data of a segment."),
        ("首部", "报文段数据之前的 20 到 60 个字节。"),
    ),
    term(
        "option",
        (
            "option",
            "What follows the fixed 20 octets of a header: MSS, window scale, SACK, timestamps.",
        ),
        ("选项", "首部固定的 20 个字节之后的内容：MSS、窗口扩大、SACK、时间戳等。"),
    ),
    term(
        "checksum",
        ("checksum", "A sum of 16 bits by which damage is noticed."),
        ("校验和", "16 位的和，用来发现传输中的差错。"),
    ),
    term(
        "pseudo-header",
        (
            "pseudo-header",
            "The addresses, protocol and length that the checksum covers besides the segment.",
        ),
        ("伪首部", "校验和额外覆盖的内容：IP 地址、协议号与长度。"),
    ),
    term(
        "mss",
        ("maximum segment size", "The octets of data that a segment may carry at most (MSS)."),
        ("最大报文段长度", "一个报文段最多携带的数据字节数（MSS）。"),
    ),
    term(
        "mtu",
        ("MTU", "The octets that a link carries at most in one packet."),
        ("最大传输单元", "一条链路一次最多能传送的字节数（MTU）。"),
    ),
    term(
        "fragmentation",
        ("fragmentation", "What IP does to a packet that is too long for a link."),
        ("分片", "IP 数据报超过链路的 MTU 时被切成若干片。"),
    ),
    term(
        "msl",
        ("maximum segment lifetime", "As long as a segment may be under way (MSL)."),
        ("最大报文段生存时间", "一个报文段在网络中可能存在的最长时间（MSL）。"),
    ),
    term(
        "time-wait",
        ("TIME-WAIT", "The state in which the active closer waits for two MSL."),
        ("TIME-WAIT", "主动关闭的一方等待 2MSL 的状态。"),
    ),
    term(
        "retransmission",
        ("retransmission", "To send again what was not acknowledged."),
        ("重传", "把未被确认的数据再次发送。"),
    ),
    term(
        "rto",
        (
            "retransmission timeout",
            "How long an ACK is waited for before the segment is sent again (RTO).",
        ),
        ("超时重传时间", "等待 ACK 的时间，超过则重传（RTO）。"),
    ),
    term(
        "rtt",
        ("round-trip time", "From sending a segment to its ACK (RTT)."),
        ("往返时间", "从发送报文段到收到其 ACK 的时间（RTT）。"),
    ),
    term("srtt", ("SRTT", "The smoothed round-trip time."), ("SRTT", "平滑后的往返时间。")),
    term(
        "rttvar",
        ("RTTVAR", "How much the round-trip time varies."),
        ("RTTVAR", "往返时间的变化程度。"),
    ),
    term(
        "back-off",
        ("exponential back-off", "RTO doubles with each timeout in a row."),
        ("指数退避", "每次连续超时，RTO 加倍。"),
    ),
    term(
        "karn",
        (
            "Karn's algorithm",
            "No round trip is measured on what was sent twice: nobody knows which one was acknowledged.",
        ),
        ("Karn 算法", "不对重传过的报文段测量往返时间，因为无法分辨 ACK 对应哪一次发送。"),
    ),
    term(
        "duplicate-ack",
        ("duplicate ACK", "An ACK that says again what the last one said."),
        ("重复确认", "与上一个 ACK 内容相同的 ACK。"),
    ),
    term(
        "fast-retransmit",
        (
            "fast retransmit",
            "Three duplicate ACKs count as a loss: the segment is sent again without waiting for the timer.",
        ),
        ("快速重传", "收到三个重复确认即认为丢失，不等超时就重传。"),
    ),
    term(
        "fast-recovery",
        (
            "fast recovery",
            "After a fast retransmit the sender goes on at half speed, instead of starting anew.",
        ),
        ("快速恢复", "快速重传之后以减半的窗口继续发送，而不是从头开始。"),
    ),
    term(
        "sack",
        ("selective acknowledgment", "An option that tells what has arrived beyond a gap (SACK)."),
        ("选择确认", "告知缺口之后哪些数据已经到达的选项（SACK）。"),
    ),
    term(
        "sliding-window",
        ("sliding window", "What may be sent without an ACK; ACKs move it on."),
        ("滑动窗口", "无需等待 ACK 即可发送的范围；ACK 使它向前滑动。"),
    ),
    term(
        "send-window",
        ("send window", "The octets that the peer allows from SND.UNA on."),
        ("发送窗口", "对端允许从 SND.UNA 起发送的字节范围。"),
    ),
    term(
        "receive-window",
        ("receive window", "The octets that a side allows from RCV.NXT on."),
        ("接收窗口", "本端允许从 RCV.NXT 起接收的字节范围。"),
    ),
    term(
        "flow-control",
        ("flow control", "The receiver says how much it can take."),
        ("流量控制", "由接收方告知还能接收多少。"),
    ),
    term(
        "zero-window",
        ("zero window", "The receiver can take nothing now; the sender probes until it can."),
        ("零窗口", "接收方暂时不能接收；发送方持续探测，直到窗口重新打开。"),
    ),
    term(
        "persist-timer",
        ("persist timer", "The timer that probes a zero window."),
        ("持续计时器", "用于探测零窗口的计时器。"),
    ),
    term(
        "silly-window",
        (
            "silly window syndrome",
            "Many tiny segments, because tiny windows are announced or used.",
        ),
        ("糊涂窗口综合征", "窗口被一点点地通告或使用，导致大量很小的报文段。"),
    ),
    term(
        "nagle",
        ("Nagle's algorithm", "A small segment waits while an earlier one is not acknowledged."),
        ("Nagle 算法", "尚有数据未被确认时，小的报文段先等待。"),
    ),
    term(
        "delayed-ack",
        ("delayed ACK", "An ACK waits a little for data or another segment to go with."),
        ("延迟确认", "ACK 稍作等待，以便与数据或下一个报文段一起发出。"),
    ),
    term(
        "window-scale",
        (
            "window scale",
            "An option of SYNs: windows are shifted, so that they may exceed 65,535 octets.",
        ),
        ("窗口扩大", "SYN 中的选项：窗口按位左移，从而可以超过 65535 字节。"),
    ),
    term(
        "timestamps",
        ("timestamps", "An option that measures round trips and tells old segments from new ones."),
        ("时间戳", "用于测量往返时间、区分新旧报文段的选项。"),
    ),
    term(
        "paws",
        ("PAWS", "A segment with a timestamp older than the last one is thrown away."),
        ("PAWS", "时间戳早于最近一次的报文段会被丢弃。"),
    ),
    term(
        "congestion-window",
        ("congestion window", "What the sender thinks that the network can take (cwnd)."),
        ("拥塞窗口", "发送方估计网络能够承受的数据量（cwnd）。"),
    ),
    term(
        "slow-start",
        ("slow start", "cwnd grows by what is acknowledged, and so doubles with each round trip."),
        ("慢启动", "cwnd 随被确认的数据量增长，每个往返时间大约翻倍。"),
    ),
    term(
        "congestion-avoidance",
        ("congestion avoidance", "cwnd grows by about one segment each round trip."),
        ("拥塞避免", "每个往返时间 cwnd 大约增加一个报文段。"),
    ),
    term(
        "ssthresh",
        ("ssthresh", "Below it slow start, above it congestion avoidance."),
        ("慢启动门限", "cwnd 低于它时慢启动，高于它时拥塞避免（ssthresh）。"),
    ),
    term(
        "bufferbloat",
        ("bufferbloat", "Queues so long that they delay everything."),
        ("缓冲区膨胀", "队列过长，使一切都被延迟。"),
    ),
    term(
        "ecn",
        ("ECN", "A router marks packets instead of dropping them, to tell of congestion."),
        ("ECN", "路由器以标记代替丢弃来告知拥塞。"),
    ),
    term(
        "keep-alive",
        ("keep-alive", "A probe of a connection on which nothing was heard for long."),
        ("保活", "连接长时间没有动静时发送的探测。"),
    ),
    term(
        "syn-queue",
        ("queue of half-open connections", "The openings in SYN-RECEIVED that a listener keeps."),
        ("半连接队列", "监听者保存的、处于 SYN-RECEIVED 的连接。"),
    ),
    term(
        "accept-queue",
        ("accept queue", "Connections that are established and wait for accept()."),
        ("全连接队列", "已经建立、等待 accept() 取走的连接。"),
    ),
    term(
        "syn-flood",
        ("SYN flood", "Many SYNs that nobody means, so that the queue is full for those who do."),
        ("SYN 洪泛", "大量并不打算建立连接的 SYN，占满队列。"),
    ),
    term(
        "syn-cookie",
        ("SYN cookie", "A sequence number that holds what the server would have had to remember."),
        ("SYN cookie", "把服务器本应记住的内容编码进序号之中。"),
    ),
    term(
        "challenge-ack",
        ("challenge ACK", "An ACK that asks whoever sent a doubtful RST or SYN to prove it."),
        ("质询 ACK", "收到可疑的 RST 或 SYN 时，用它要求对方证明。"),
    ),
    term(
        "full-duplex",
        ("full duplex", "Both sides send at the same time."),
        ("全双工", "双方可以同时发送。"),
    ),
];
