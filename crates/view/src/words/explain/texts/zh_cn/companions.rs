//! RFC 9293 的伴随规范：选项、恢复、计时器、主机。

use super::super::{
    Acknowledging, Hosting, Icmp, Marking, MoreChecks, MoreCongestion, MoreSending, MoreTimers,
    Options, Recovery,
};

pub(super) const OPTIONS: Options = Options {
    window_scale_agreed: "双方的 SYN 都带窗口扩大选项：{peer}的窗口左移{snd_shift}位，{host}的\
                          左移{rcv_shift}位，16 位的字段就能通告超过 65535 字节的窗口。",
    window_scale_too_large: "{peer}要求左移{shift}位，而 14 位是上限，{host}按 14 位算。",
    sack_agreed: "双方的 SYN 都带 SACK-Permitted：此后 ACK 可以用选择确认 SACK 说明缺口之后收到\
                  了什么。",
    timestamps_agreed: "双方的 SYN 都带时间戳选项，此后每个报文段都带。它占 12 字节，留给数据的\
                        是{mss}。",
    ecn_agreed: "SYN 请求使用 ECN，回答表示同意：路由器可以给分组做标记，而不必丢弃。",
    not_agreed: "{host}愿意使用{option}，但{peer}的 SYN 没有提出。只有一方懂的不能用。",
    ecn_setup_withdrawn: "请求 ECN 的 SYN 没有得到回答，而有的网络会丢弃这样的 SYN：第{attempt}\
                          次重传不再请求。",
    fast_open_cookie_asked: "SYN 向{peer}索取 Fast Open 的 Cookie。有了它，下一条连接可以在 \
                             SYN 里带数据。",
    fast_open_cookie_given: "SYN 索取 Fast Open 的 Cookie，{host}给{peer}一个，长{octets}。",
    fast_open_sent: "{host}有{peer}在先前的连接里给的 Cookie，所以 SYN 带上{octets}的数据。",
    fast_open_accepted: "Cookie 正确：握手还没有完成，{host}就交付 SYN 里的{octets}。",
    fast_open_refused: "SYN 没有带来{host}认可的 Cookie，其中{octets}的数据不收下。握手之后\
                        {peer}会重传。",
    window_scaling: "窗口扩大",
    sack: "选择确认",
    timestamps: "时间戳",
    ecn: "ECN",
};

pub(super) const MORE_SENDING: MoreSending = MoreSending {
    send_urgent: "SEND 把{snd_up}之前的数据标为紧急：SND.UP 指向那里，从它之前开始的报文段都带 \
                  URG。",
    limited_transmit: "第{duplicates}个重复的 ACK 说明有一个报文段离开了网络，{host}可以发一个\
                       新的：{what}。它引来的 ACK 有助于分清丢失与晚到。",
    retransmit_sack: "SACK 显示有空缺。pipe 是估计还在网络里的量，为{pipe}，cwnd 为{cwnd}：还有\
                      余地，{host}重传{what}。",
    rescue_retransmit: "最后发送的也可能丢失，而它后面没有别的，SACK 显示不出来。{host}重传\
                        {what}，一次恢复里只做一回。",
    tail_loss_probe: "好一阵没有 ACK，最后发送的可能丢了。{host}发送新数据，即{what}，好引出一\
                      个说明情况的 ACK。",
    tail_loss_probe_again: "好一阵没有 ACK，最后发送的可能丢了。没有新数据可发，{host}重传\
                            {what}，好引出一个说明情况的 ACK。",
    retransmission_off: "这个 TCP 什么都不重传：从序号{seq}起丢失的不会再发。",
    flow_control_off: "这个 TCP 不理会{peer}的窗口（{wnd}），超出它发送{octets}。",
    restart_after_idle: "已有{idle}没有发送，超过 RTO：cwnd 对网络的了解已经过时，从{from}降为\
                         {to}。",
};

pub(super) const ACKNOWLEDGING: Acknowledging = Acknowledging {
    ack_delay_starts: "对{rcv_nxt}的确认先等一等，最多{after}：其间若有数据要发，可以捎带；若再\
                       来一个报文段，可以一并确认。这是延迟确认。",
    ack_delay_ends: "对{rcv_nxt}的确认没有等到可以捎带它的数据，时间已到，单独发出。",
    ack_second_segment: "每两个带数据的报文段至少确认一次。这是第二个，立即发出确认号为\
                         {rcv_nxt}的 ACK。",
    ack_fills_gap: "这个报文段补上了缺口，立即发出确认号为{rcv_nxt}的 ACK，让{peer}知道补到了哪\
                    里。",
    ack_rides_along: "对{rcv_nxt}的确认等到了：正好有报文段要发，由它捎带。",
    sack_reports: "选择确认 SACK 告诉{peer}缺口之后收到了什么。最新的一块从{left}起，到{right}\
                   之前；这个 ACK 里共有{blocks}块。",
    dsack_reports: "从{left}起、{right}之前的数据又到了一次。第一个 SACK 块说明这一点，称为 D-SACK：\
                    {peer}由此知道那次是多发的。",
};

pub(super) const MORE_CHECKS: MoreChecks = MoreChecks {
    paws_rejects: "时间戳是{value}，比{host}见过的{recent}还旧：这是一个旧的重复报文段。丢弃它，\
                   并回一个 ACK。这是 PAWS。",
    paws_outdated: "连接空闲了 24 天以上。{host}保存的时间戳{recent}本身可能已经过时，所以不作\
                    比较。",
    timestamp_missing: "双方约定每个报文段都带时间戳，序号为{seq}的这个却没有：丢弃它。",
    timestamp_kept: "{host}把{peer}的时间戳{value}存为 TS.Recent，下次发送时回送：{peer}据此可\
                     以测量往返时间。",
    challenge_ack_limited: "{host}每秒最多发{limit}个质询 ACK，所以这个不发：不能让人借{host}淹\
                            没网络。",
    window_shrinks: "{peer}收回了已通告窗口的一部分：SND.WND 从{from}缩为{to}。不该这样做，但\
                     {host}必须承受。",
    text_unwanted: "在{state}状态又到达{octets}的数据，而{host}的应用程序已经离开，没有人读了。\
                    连接复位，让{peer}知道数据丢了。",
    rst_ignored_in_time_wait: "在 TIME-WAIT 状态收到序号为{seq}的 RST。若提前结束，旧的报文段就\
                               可能混进新的连接，所以丢弃它。",
    time_wait_reopens: "SYN 的序号{seq}比旧连接的一切都新，旧连接在{rcv_nxt}之前结束：不必等 \
                        TIME-WAIT 到期，重新打开连接。",
    time_wait_skipped: "这个 TCP 没有 TIME-WAIT：连接立即消失。若最后的 ACK 丢失，就没有人再确\
                        认{peer}的 FIN。",
    two_way_opening: "这个 TCP 不等第三个报文段：把自己的 SYN（序号{iss}）当作已得到确认。于是\
                      单凭一个旧的 SYN 就能打开连接。",
    fixed_isn: "这个 TCP 的每条连接都从同一个序号{iss}开始：谁都猜得到，旧的报文段也可能混进新\
                的连接。",
    syn_text_kept: "SYN 带来{octets}的数据。{host}先存着，等连接建立。",
    connection_over: "{state}等的就是它：连接结束，删除 TCB。",
};

pub(super) const MARKING: Marking = Marking {
    congestion_marked: "路由器快要装不下了。它没有丢弃序号为{seq}的分组，只做了标记，所以每个 \
                        ACK 都带 ECE，直到{peer}有所反应。",
    congestion_heard: "ECE 说明{host}的分组被做了标记。在途{flight}时，像丢失一样减小窗口，每个\
                       往返时间一次：ssthresh 为{ssthresh}，cwnd 为{cwnd}。",
    cwr_sent: "序号为{seq}的报文段带 CWR：{peer}由此知道窗口已经减小，不必再发 ECE。",
    cwr_received: "序号为{seq}的报文段带 CWR：{peer}已经减小窗口，{host}的 ACK 不再带 ECE。",
};

pub(super) const RECOVERY: Recovery = Recovery {
    sack_taken: "SACK 说明从{left}起、{right}之前的数据{peer}已有，尽管前面还有缺失：这{octets}\
                 不必重传。",
    sack_ignored: "从{left}起、{right}之前的 SACK 块说的不是在途的数据，不予理会。",
    dsack_taken: "D-SACK 说明从{left}起、{right}之前的数据{peer}收到了两次：那次重传是多余的。",
    lost_by_sack: "在它之后已有三个报文段到达，或同样多的数据：{what}视为丢失。",
    lost_by_rack: "后发的已经到达，而且过了{elapsed}，就算网络会打乱次序，{allowed}也该够了：\
                   {what}视为丢失。",
    reordering_seen: "序号为{seq}的报文段没有重传过，只是到得晚：网络会打乱次序。此后{host}多等\
                      一会儿，再把报文段视为丢失。",
    reordering_timer_starts: "后发的已经到达，但缺的也许只是晚到：再等{after}。",
    reordering_timer_expires: "留给晚到者的时间已过：仍缺的视为丢失。",
    probe_timer_starts: "若{after}内没有 ACK，就发一个探测去引出它：比等重传计时器到期快。",
    reordering_timer_stops: "没有什么还可能只是晚到：停止失序计时器。",
    probe_timer_stops: "不再需要探测：停止尾部探测计时器。",
    probe_timer_expires: "没有等到 ACK。最后发送的可能丢了，而后面没有别的报文段能显示这一点。",
    probe_repaired_loss: "{peer}只收到一次序号为{seq}的探测，可见它补上了空缺。丢失即使由探测补上，\
                          也意味着拥塞：减小 cwnd。",
    sack_recovery_begins: "有报文段丢失：在途{flight}时网络过载。ssthresh 为{ssthresh}，cwnd 为\
                           {cwnd}。快恢复持续到{recover}得到确认，由 SACK 指出重传什么。",
    proportional_rate: "又有{delivered}到达{peer}。按窗口减小的比例，{host}可以再发{sent}：\
                        pipe 为{pipe}，cwnd 为{cwnd}。",
    f_rto_begins: "这次超时也许是虚假的，ACK 可能只是晚到。{host}先发新数据，看随后的 ACK 确认\
                   到哪里；超时之前发到{recover}。这是 F-RTO。",
    f_rto_spurious: "这个 ACK 确认了没有重传过的内容：什么都没丢，超时是虚假的。cwnd 恢复为\
                     {cwnd}，ssthresh 恢复为{ssthresh}。",
    f_rto_genuine: "确认号是{ack}，没有覆盖只发过一次的内容：超时是真的，在途的一切视为丢失。",
};

pub(super) const MORE_CONGESTION: MoreCongestion = MoreCongestion {
    cubic_grows: "CUBIC：距上次减小{since}，cwnd 沿三次曲线增长，曲线在当时的窗口{w_max}附近最\
                  平缓。cwnd 从{from}增加到{to}。",
    cubic_reno_friendly: "CUBIC 的曲线在这里比 Reno 还慢，所以 cwnd 照 Reno 的办法增长：从\
                          {from}到{to}。",
    cubic_reduces: "CUBIC 记下丢失时的窗口{w_max}，以便回到那里。ssthresh 取在途量的 0.7，至少\
                    两个报文段：{ssthresh}。",
    cwnd_not_used: "在途的只有{flight}，没有用满 cwnd（{cwnd}）：不知道网络能否承受更多，所以 \
                    cwnd 不增长。",
};

pub(super) const MORE_TIMERS: MoreTimers = MoreTimers {
    rto_after_syn: "SYN 重传过，还不知道往返时间：此后的 RTO 从{rto}重新开始。",
    keep_alive_starts: "连接空闲。若{after}内没有收到任何报文段，{host}就问{peer}是否还在。",
    keep_alive_stops: "不再需要保活，停止保活计时器。",
    keep_alive_probe: "{host}发出第{attempt}个保活探测。它的序号{seq}是{peer}早已确认过的：\
                       {peer}若还在，必须回答。",
    keep_alive_gives_up: "第{attempt}个保活探测也没有得到回答：{peer}已经不在，{host}结束连接。",
    user_timeout_starts: "{host}发送的内容若{after}内得不到确认，就放弃连接。",
    user_timeout_stops: "没有什么还在等{peer}，停止用户超时计时器。",
    user_timeout_expires: "{host}发送的内容已有{after}没有得到{peer}的确认：丢弃排队的一切，告\
                           诉应用程序，连接不复存在。",
    fin_wait_2_starts: "{host}的应用程序已经离开，FIN-WAIT-2 不会永远等{peer}的 FIN：最多\
                        {after}。",
    fin_wait_2_expires: "{peer}的 FIN 没有来，{host}不再等：连接不复存在。",
};

pub(super) const HOSTING: Hosting = Hosting {
    foreign_address: "这个分组是给别的地址的：{host}丢弃它。",
    bad_address: "分组的源地址或目的地址是广播或多播地址，而 TCP 只连接两台主机：{host}丢弃它。",
    syn_queue_full: "正在打开的连接已达到监听者允许的数目{backlog}。丢弃这个 SYN，{peer}会重传。",
    accept_queue_full: "已建立的连接达到监听者允许的数目{backlog}，应用程序还没有取走。这一条要\
                        等。",
    syn_cookie_sent: "没有地方再记这次打开，{host}把要记的（例如 MSS 为{mss}）藏进初始序号{iss}。\
                      这是 SYN Cookie。",
    syn_cookie_taken: "确认号{ack}带回了{host}的 Cookie：据此建立连接，MSS 为{mss}。",
    syn_cookie_refused: "确认号{ack}里没有{host}的 Cookie，或者它已经过期：不建立连接。",
    listener_closes: "监听者关闭：还没有被接受的连接都复位。",
    lingers: "SO_LINGER 为零：CLOSE 丢弃排队的一切，并复位连接。",
    icmp_soft: "ICMP 报告：{error}。网络可能恢复，{host}继续下去。",
    icmp_hard: "ICMP 报告：{error}。等下去也不会好转，{host}结束连接。",
    icmp_dropped: "ICMP 报告：{error}。这种报告已经废弃，或者说的不是在途的内容：{host}丢弃它。",
    mtu_reduced: "路上有一条链路最多只能传{mtu}的分组，{host}把报文段改小：最多携带{mss}。",
};

pub(super) const ICMP: Icmp = Icmp {
    network_unreachable: "网络不可达",
    host_unreachable: "主机不可达",
    protocol_unreachable: "协议不可达",
    port_unreachable: "端口不可达",
    fragmentation_needed: "分组太大，下一条链路的 MTU 为{mtu}",
    fragmentation_needed_somewhere: "分组太大，需要分片",
    source_route_failed: "源路由失败",
    source_quench: "要求发送方放慢",
    time_exceeded: "分组超过了规定的时间",
    parameter_problem: "IP 首部的字段有误",
};
