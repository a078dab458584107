//! 简体中文的句子。状态名、标志位、变量照原样写；中文与字母、数字之间留一个空格。

mod companions;

use super::{
    Acks, Calls, Checks, Congestion, Hosts, Link, Opening, Permit, Records, Roles, Sending, Text,
    Texts, Timers,
};
use crate::words::table::Phrase;

/// Simplified Chinese.
pub(crate) const ZH_CN: Texts = Texts {
    host: ROLES,
    title: ROLES,
    shown_as: Phrase::new("{0}（显示为 {1}）"),
    octet: "1 字节",
    octets: " 字节",
    segment: "1 个报文段",
    segments: " 个报文段",
    no_limit: "无限制",
    between_scripts: " ",
    opening: Opening {
        passive_open: "被动打开不发送任何东西：{host}建立 TCB，等待 SYN。",
        active_open: "主动打开：选定初始序号{iss}，放在 SYN 里发出去。",
        syn_in_listen: "SYN 到达 LISTEN。它的序号{irs}记为 IRS；SYN 占用一个序号，所以 RCV.NXT \
                        为{rcv_nxt}。{host}选定自己的初始序号{iss}，用一个同时带 SYN 和 ACK \
                        的报文段回答。",
        syn_ack_in_syn_sent: "对{host}的 SYN 的回答里也带着{peer}的 SYN：它的序号{irs}记为 IRS，\
                              RCV.NXT 为下一个序号{rcv_nxt}。ACK 确认了{host}的 SYN，SND.UNA \
                              为{snd_una}。",
        simultaneous_open: "不带 ACK 的 SYN 到达 SYN-SENT：双方同时打开。IRS 为{irs}，RCV.NXT \
                            为{rcv_nxt}。{host}把自己的 SYN（序号{iss}）再发一次，这次带上 ACK。",
        syn_acknowledged: "确认{peer}的 SYN，确认号是它的下一个序号{rcv_nxt}。\
                           这是三次握手的第三个报文段。",
        our_syn_acked: "确认号{ack}覆盖了{host}的 SYN（序号{iss}）。\
                        双方都知道对方已收到自己的初始序号，连接建立。",
        effective_mss: "{peer}能接收{announced}的报文段，{host}能发送{ours}的。取较小者：\
                        一个报文段最多携带{mss}。",
        effective_mss_by_default: "{peer}没有通告 MSS，按默认的 536 字节计，{host}自己的是{ours}：\
                                   一个报文段最多携带{mss}。",
        initial_window: "还不了解网络的情况，{host}从最多{segments}、每个{mss}的拥塞窗口开始：cwnd \
                         为{cwnd}。",
    },
    calls: Calls {
        send_waits: "在{state}状态还不能发送数据。SEND 把{octets}留在发送缓存里，等连接建立。",
        send_taken: "SEND 把{octets}放进发送缓存。缓存里现有{unsent}未发送，还可放{room}。",
        receive_returns: "RECEIVE 把{octets}交给应用程序，还剩{unread}未读。",
        receive_end_of_stream: "应用程序已读完{peer}的 FIN 之前的全部数据，\
                                RCV.NXT（{rcv_nxt}）已越过 FIN：数据流到此结束。",
        receive_waits: "RECEIVE 没有数据可读：下一个序号{rcv_nxt}还没有到达。",
        receive_waits_for_the_first: "RECEIVE 没有数据可读：还什么都没有到达。",
        close: "在{state}状态调用 CLOSE：{host}不再有数据。没有未发送的字节，接下来发送 FIN。",
        close_with_unsent: "在{state}状态调用 CLOSE：{host}不再接受应用程序的数据。\
                            还有{unsent}未发送，FIN 排在它们之后。",
        close_deletes: "在{state}状态调用 CLOSE：连接还没有打开，没有什么要结束，删除 TCB。",
        close_unread: "调用 CLOSE 时还有{unread}未读。这些数据没有人读了，{host}不发 FIN 而发 \
                       RST，让{peer}知道数据丢了。",
        abort: "在{state}状态调用 ABORT：{host}丢弃排队的一切，并用 RST 告诉{peer}。RST \
                不会得到确认。",
        abort_in_silence: "在{state}状态调用 ABORT：没有要告诉的对方。删除 TCB，不发送报文段。",
        flushed: "FLUSH 丢弃{octets}：{peer}的窗口还不允许发送它们。",
        status_asked: "STATUS 给出连接的各个变量，连接处于{state}状态。",
        call_refused: "{state}状态不允许这个调用，返回“{error}”。",
    },
    sending: Sending {
        stretch: "从序号{seq}起的{octets}",
        bare: "序号为{seq}的报文段",
        send_text: "可用窗口为{usable}，{host}发送{what}：{permit}。",
        send_fin: "数据已全部发送，现在发送 FIN。它占用一个序号{seq}。",
        window_full: "{host}留下{unsent}不发：已发送未确认的{flight}用完了允许的量，即 \
                      SND.WND（{wnd}）与 cwnd（{cwnd}）中较小的一个。",
        nagle_waits: "{host}留下{unsent}不发：不足一个{mss}的完整报文段，又有{flight}等待确认。\
                      这是 Nagle 算法。",
        retransmit_after_timeout: "确认没有按时到达，{host}重传最早未确认的内容：{what}。\
                                   这是第{attempt}次重传。",
        retransmit_lost: "超时之后，在途的一切都视为丢失。cwnd 为{cwnd}，允许{host}重传{what}。",
        fast_retransmit: "{duplicates}个重复的 ACK 说明后面的报文段到了，而序号{seq}缺失。\
                          {host}不等计时器到期，立即重传{what}。这是快重传。",
        retransmit_partial: "这个 ACK 没有到达{recover}，即发现丢失时已发送的末尾：还有缺失。\
                             {host}立即重传{what}。",
        window_probe: "{peer}的窗口为零，而打开窗口的 ACK 可能丢失。\
                       第{attempt}次探测在窗口之外发送{what}，让{peer}说出它现在的窗口。",
        retransmit_probe: "{peer}的窗口又打开了，为{wnd}。它没有接受探测带去的内容，\
                           {host}这次在窗口之内发送{what}。",
        window_update: "应用程序读走了数据。{peer}知道的窗口是{from}，远小于现有的空间{to}，\
                        所以发一个确认号为{rcv_nxt}的 ACK 通告新窗口。",
    },
    permit: Permit {
        full_segment: "正好装满一个报文段",
        idle: "这是全部剩余的数据，而且先前发送的都已确认",
        nagle_off: "这是全部剩余的数据，而且 Nagle 算法已关闭",
        last_before_fin: "这是全部剩余的数据，FIN 紧随其后",
        half_window: "达到{peer}通告过的最大窗口的一半",
        waited: "等待更大的窗口已经够久",
    },
    checks: Checks {
        acceptable: "报文段（序号{seq}，长度{len}）落在接收窗口（从{rcv_nxt}起的{rcv_wnd}）之内，\
                     可以接受。",
        not_acceptable: "报文段（序号{seq}，\
                         长度{len}）落在接收窗口（从{rcv_nxt}起的{rcv_wnd}）之外：丢弃它，并用 ACK \
                         说明期望的序号。",
        old_duplicate: "报文段（序号{seq}，长度{len}）没有新内容：{rcv_nxt}之前的都已收到。\
                        丢弃它，并再次确认，因为先前的 ACK 可能丢了。",
        rst_outside_window: "RST 的序号是{seq}，落在接收窗口（从{rcv_nxt}起的{rcv_wnd}）之外：\
                             丢弃它，不回答。",
        rst_accepted: "期望的序号是{rcv_nxt}，RST 的序号是{seq}，有效：连接从{state}立即结束。RST \
                       不会得到确认。",
        rst_accepted_in_syn_sent: "RST 确认了{host}的 SYN，确实出自{peer}：那里没有人要这条连接。",
        rst_challenged: "RST 的序号{seq}在窗口之内，却不是期望的{rcv_nxt}，可能是伪造的。\
                         {host}回一个 ACK；若真是{peer}所发，序号正确的 RST 会随后到来。",
        rst_ignored: "在{state}状态，这个 RST 没有意义，丢弃它。",
        syn_challenged: "序号为{seq}的 SYN 到达已打开的连接：它或是旧的，或是伪造的，\
                         或是{peer}重启过。{host}回一个确认号为{rcv_nxt}的 ACK；\
                         若{peer}真的重启过，随后会有 RST。",
        syn_in_window: "序号为{seq}的 SYN 落在已打开连接的窗口之内。这是错误，连接复位。",
        syn_returns_to_listen: "被动打开还没有完成，又来了一个 SYN（序号{seq}）：{host}回到 \
                                LISTEN。",
        no_connection: "这里没有连接能接收这个报文段，{host}用 RST 回答，\
                        其序号{ack}取自报文段的确认号。",
        no_connection_and_no_ack: "这里没有连接能接收这个报文段（序号{seq}），{host}用 RST 回答。\
                                   报文段不带 ACK，没有确认号可取，所以 RST 的序号为 0，\
                                   并确认这个报文段。",
        not_for_syn_sent: "SYN-SENT 等待的是 SYN。这个报文段既没有 SYN 也没有 RST，丢弃它。",
        not_for_listen: "LISTEN 等待的是 SYN。这个报文段没有 SYN、ACK 或 RST，丢弃它。",
    },
    acks: Acks {
        ack_missing: "在{state}状态，每个报文段都必须带 ACK。这个没有，丢弃它。",
        ack_advances: "{peer}的 ACK 确认了{to}之前的全部内容，SND.UNA 从{from}移到{to}。",
        ack_advances_over_text: "{peer}的 ACK 确认了{to}之前的全部内容，SND.UNA 从{from}移到{to}，\
                                 其中{octets}的数据不必再保留。",
        ack_duplicate: "确认号是{ack}，而 SND.UNA 已是{snd_una}：没有确认新的内容。",
        ack_duplicate_counted: "确认号是{ack}，而 SND.UNA 已是{snd_una}：没有确认新的内容，\
                                算作第{count}个重复的 ACK。",
        ack_of_unsent: "确认号是{ack}，而{host}从{snd_nxt}起还什么都没有发送。丢弃这个报文段，并用 \
                        ACK 说明实际情况。",
        ack_too_old: "确认号{ack}比 SND.UNA（{snd_una}）落后得太多，\
                      超过{peer}通告过的最大窗口{max_wnd}，可能是伪造的：丢弃这个报文段，并回一个 \
                      ACK。",
        ack_refused: "在{state}状态，{host}没有发送过确认号{ack}能确认的东西：报文段属于别的连接。\
                      丢弃它；只要它不是 RST，就用以此为序号的 RST 回答。",
        window_taken: "这个报文段比上次更新窗口的那个新，采用它的窗口：SND.WND 从{from}变为{to}，\
                       SND.WL1 为{wl1}，SND.WL2 为{wl2}。",
        window_closed: "{peer}没有空间了：SND.WND 从{from}变为 0，{host}不能再发送数据。",
        our_fin_acked: "确认号{ack}覆盖了{host}的 FIN：{host}发送的一切{peer}都已收到，\
                        {state}等到了它要等的。",
    },
    text: Text {
        urgent_ahead: "紧急数据一直到{rcv_up}，位于 RCV.NXT（{rcv_nxt}）前方。\
                       通知应用程序尽快读取。",
        text_in_order: "数据从期望的序号{seq}开始：{host}收下{octets}，RCV.NXT 移到{rcv_nxt}。",
        text_fills_gap: "序号{seq}处的数据正是缺失的部分。{host}收下它的{octets}，\
                         连同等在缺口之后的{waited}，RCV.NXT 移到{rcv_nxt}。",
        text_out_of_order: "数据从{seq}开始，而期望的是{rcv_nxt}：前面还有缺失。\
                            {host}先存下{octets}，等缺口补上。",
        fin_out_of_order: "FIN 的序号是{seq}，而期望的是{rcv_nxt}：前面还有缺失。{host}记下 FIN，\
                           等缺口补上。",
        text_beyond_window: "窗口装不下全部数据：{host}留下{kept}，截去{cut}。",
        text_ignored: "在{state}状态，{peer}的 FIN 已收到，其后不会再有数据：{host}忽略{octets}。",
        ack_text: "用 ACK 确认{rcv_nxt}之前的全部内容，这也是{host}期望的下一个序号：\
                   确认是累计的。",
        ack_out_of_order: "序号{seq}的报文段失序到达，{host}立即重复确认号{rcv_nxt}，\
                           让{peer}知道有数据缺失。",
        fin_arrives: "在{state}状态，{peer}的 FIN 按序到达：{peer}不再有数据。FIN 占用一个序号，\
                      RCV.NXT 移到{rcv_nxt}。",
        ack_fin: "确认{peer}的 FIN，确认号是它的下一个序号{rcv_nxt}。",
        fin_again: "{peer}的 FIN（序号{seq}）以前收到过，可见{host}对它的确认丢了。\
                    {host}再次确认{rcv_nxt}。",
    },
    timers: Timers {
        rto_starts: "有内容在途了，启动重传计时器：{rto}内没有确认，它就到期。",
        rto_restarts: "有新的内容得到确认，还有别的在途：重传计时器重新计时，{rto}。",
        rto_stops: "已发送的全部得到确认，停止重传计时器。",
        rto_expires: "等了{rto}没有确认，连续第{attempt}次超时。在途的一切视为丢失。",
        rto_backs_off: "网络可能过载，下一次要等得更久：RTO 从{from}变为{to}。",
        rto_at_its_limit: "RTO 本该加倍，但{to}已是上限。",
        rtt_measured: "从发送到确认用了{rtt}。据此 SRTT 为{srtt}，RTTVAR 为{rttvar}。RTO 取 SRTT + \
                       4 × RTTVAR，并限制在上下限之间：{rto}。",
        karn_skips: "确认号{ack}覆盖的内容发送过不止一次，无从知道它回答的是哪一次，\
                     所以不测量往返时间。这是 Karn 算法。",
        persist_starts: "数据在等更大的窗口，而打开窗口的 ACK 可能丢失，所以启动持续计时器：\
                         {after}后{host}发出探测。",
        persist_expires: "持续计时器到期时，窗口还没有开到够大。这是第{attempt}次探测。",
        persist_stops: "{peer}的窗口打开了，为{wnd}，停止持续计时器。",
        time_wait_starts: "双方都已关闭。TIME-WAIT 持续 2 MSL，MSL 为{msl}，共{twice}：若最后的 \
                           ACK 丢失，来得及再次确认{peer}的 FIN；旧的报文段也会在网络里消失。",
        time_wait_restarts: "{peer}的 FIN 又来了，可见最后的 ACK 丢了。TIME-WAIT 重新计时：2 MSL，\
                             MSL 为{msl}，共{twice}。",
        time_wait_expires: "2 MSL 已过，MSL 为{msl}，共{twice}。网络里不会再有这条连接的报文段，\
                            删除 TCB。",
        timer_dies: "连接不复存在，{timer}随之停止。",
        r1_reached: "连续{attempt}次超时，达到门限 R1：提醒应用程序，{host}继续尝试。",
        r2_reached: "连续第{attempt}次超时，超过门限 R2：{host}放弃，并告诉应用程序。TCP \
                     要么送到，要么说明送不到。",
    },
    congestion: Congestion {
        slow_start: "cwnd 低于 ssthresh（{ssthresh}）时，确认多少就增加多少，每次至多一个报文段：\
                     从{from}到{to}。这是慢开始。",
        congestion_avoidance: "cwnd 达到 ssthresh 之后，每个往返时间约增加一个报文段：\
                               从{from}到{to}。这是拥塞避免。",
        congestion_timeout: "在途{flight}时确认没有按时到达，网络可能过载。ssthresh 取它的一半，\
                             至少两个报文段：{ssthresh}。cwnd 降为一个报文段，即{cwnd}。",
        recovery_begins: "后面的报文段还在到达，只缺一个：在途{flight}时网络略有过载。ssthresh \
                          取它的一半，至少两个报文段：{ssthresh}。cwnd 为 ssthresh 加三个报文段，\
                          即{cwnd}。快恢复持续到{recover}得到确认。",
        recovery_inflates: "又一个重复的 ACK：又有一个报文段离开了网络，cwnd 增加一个报文段，\
                            为{cwnd}。",
        recovery_deflates: "这个 ACK 确认了一部分，cwnd 大约减去同样多，为{cwnd}。",
        recovery_ends: "发现丢失时在途的内容已全部确认：快恢复结束，cwnd 为{cwnd}。",
    },
    options: companions::OPTIONS,
    more_sending: companions::MORE_SENDING,
    acknowledging: companions::ACKNOWLEDGING,
    more_checks: companions::MORE_CHECKS,
    marking: companions::MARKING,
    recovery: companions::RECOVERY,
    more_congestion: companions::MORE_CONGESTION,
    more_timers: companions::MORE_TIMERS,
    hosting: companions::HOSTING,
    icmp: companions::ICMP,
    link: Link {
        loss: "IP 不保证送达。这条链路随机丢失{loss}的分组，这是其中一个。",
        dropped: "有人要丢弃这个分组。没有人通知 TCP，它要自己发现。",
        delayed: "有人让这个分组晚到{by}。IP 不保证何时送达。",
        burst_loss: "这条链路成串地丢失分组。它正处于坏状态，平均持续{lasts}，其间丢失{loss}的分组，\
                     这是其中一个。",
        unplugged: "网线已拔出。线上的一切都丢失，没有人通知。",
        queue_full: "这条链路的队列最多容纳{limit}，已经没有空位：队尾被丢弃。",
        codel_dropped: "这个分组等待了{waited}，而{target}才合适。分组已有一段时间等待过久，于是 \
                        CoDel 不时丢弃一个：发送方察觉后放慢，队列就会变短。",
        codel_marked: "这个分组等待了{waited}，而{target}才合适。它的发送方懂得标记，于是 CoDel \
                       把它标记为遇到拥塞，而不丢弃。",
        queue_marked: "这条链路的队列中已有{limit}或更多。这个分组的发送方懂得标记，于是它被标记为遇到拥塞。",
        randomly_marked: "在可以标记的分组中，这条链路把{share}标记为遇到拥塞，这是其中一个。",
        too_long: "这条链路的一个分组最多{mtu}；这个分组有{octets}，又不允许分片。于是它被丢弃，没有人通知。",
        fragmentation_needed: "这条链路的一个分组最多{mtu}；这个分组有{octets}，又标明不许分片（DF）。于是它被丢弃，\
                               并用 ICMP 消息告诉{host}这条链路能传多大的分组。",
        fragmented: "这条链路的一个分组最多{mtu}；这个分组有{octets}。于是它分成 {fragments} 片发出，\
                     由接收方重组。",
        fragment_lost: "它的 {fragments} 个分片中，从第 {offset} 字节开始的那一片丢失了。缺了它，其余的都没有用：\
                        整个分组丢失。",
        duplicated: "IP 不保证只送达一次。这条链路让{share}的分组到达两次。",
        held_back: "IP 不保证顺序。这条链路让{share}的分组晚到{by}，于是别的分组赶到前面。",
        jitter: "这条链路的延迟有变化：这个分组多用了{by}，最多会多用{most}。",
        bit_flipped: "IP 不保护它携带的内容。这条链路在{share}的分组中翻转一个比特：在这个分组中是第 {bit} 个。",
        changed: "从现在起，从{host}到{peer}的链路的{property}变了。",
        changed_to: "从现在起，从{host}到{peer}的链路的{property}变为{value}。",
        cable_out: "从{host}到{peer}的网线被拔出。线上的一切都丢失，此后发出的也一样。",
        cable_in: "从{host}到{peer}的网线重新插上。没有人得到通知：等待回答的一方要自己再试。",
        duplicated_by_hand: "有人复制了这个分组：副本晚到{by}。",
        bit_flipped_by_hand: "有人翻转了这个分组的第 {bit} 个比特，从 IPv4 首部的第一个比特数起。",
        held_by_hand: "有人扣住这个分组，直到{until}。",
        swapped: "有人调换了两个分组：先发出的后到达。",
        ip_checksum: "IPv4 首部的校验和与到达的内容不符：路上有损坏。{host}不声不响地丢弃这个分组。",
        tcp_checksum: "报文段的校验和与到达的内容不符：路上有损坏。{host}不声不响地丢弃它，就像它丢失了一样。",
        unreadable: "到达的内容已经读不成报文段：路上有损坏。{host}不声不响地丢弃它。",
        datagram_damaged: "数据报的校验和与到达的内容不符：路上有损坏。{host}不声不响地丢弃它，也没有人重传。",
        packets: " 个分组",
        properties: [
            "延迟",
            "抖动",
            "丢失率",
            "成串丢失",
            "重复率",
            "乱序",
            "损坏率",
            "标记率",
            "速率",
            "队列",
            "MTU",
        ],
        no_route: "没有路通向这个分组的目的地址，它到此为止。",
    },
    beside: Hosts {
        crashed: "主机崩溃，TCP 对各连接的所知全部丢失。没有人通知对端。",
        restarted: "重启之后，TCP 对以前的连接一无所知：它们成了半开连接。",
        down: "主机已经崩溃，没有人替它应答。",
        halted: "应用程序停住时什么也不调用，TCP 照常工作。",
        called_by_hand: "有人以应用程序的名义发起这个调用。",
        forged: "这个报文段是有人伪造的。TCP 只能凭其中的号码来判断。",
        replayed: "这是一个滞留在途中的旧分组。网络有可能这样做。",
        datagram_sent: "UDP 把报文装进一个数据报立即发出，不作任何记录。",
        datagram_delivered: "UDP 收到什么就交出什么：不等待，不排序，也不要求重传。",
        reassembly_timeout: "{host}等其余的分片等了 60 秒，不再等下去，丢弃已经到达的分片。",
        reassembly_reported: "第一个分片说明了分组来自谁：用 ICMP 消息告诉发送方，重组超时。",
        datagram_reported: "怎么办，UDP 交给应用程序决定。这个应用程序不过问。",
    },
    record: Records {
        crashes: "{host}崩溃。",
        restarts: "{host}重新启动。",
        halts: "有人让{host}的应用程序停住。",
        goes_on: "有人让{host}的应用程序继续运行。",
        called: "有人在{host}调用{call}。",
        forges: "有人在{host}伪造一个报文段。",
        replays: "有人放出一个滞留在途中的旧分组。",
        call: "{host}的应用程序调用{call}。",
        call_sent: "{host}的应用程序调用{call}，TCP 收下{octets}。",
        call_received: "{host}的应用程序调用{call}，得到{octets}。",
        call_waits: "{host}的应用程序调用{call}，需要等待。",
        call_end_of_stream: "{host}的应用程序调用{call}，得知数据流已结束。",
        call_refused: "{host}的应用程序调用{call}，被拒绝：“{error}”。",
        sends: "{host}发送{segment}。",
        sends_again: "{host}重传{segment}。",
        arrives: "{segment}到达{host}。",
        lost: "{host}的{segment}在去{peer}的路上丢失。",
        dropped: "{host}的{segment}在去{peer}的路上被丢弃。",
        will_be_dropped: "{host}的{segment}将在路上被丢弃。",
        delayed: "{host}的{segment}被延迟{by}。",
        will_be_doubled: "{host}的{segment}将到达两次。",
        will_be_damaged: "{host}的{segment}将在路上损坏：第 {bit} 个比特被翻转。",
        will_be_held: "{host}的{segment}将被扣住，直到{until}。",
        will_be_swapped: "{host}的{segment}与另一个分组调换次序。",
        impaired: "{host}的{segment}在去{peer}的路上发生了变化。",
        copied: "{host}的{segment}在路上被复制，多出一个副本。",
        icmp: "关于{segment}的 ICMP 消息到达{host}。",
        reassembly_timeout: "{host}放弃{segment}的分片。",
        link_changed: "从{host}到{peer}的链路有了变化。",
        enters: "{host}从{from}进入{to}。",
        timer_set: "{host}启动{timer}：{span}。",
        timer_stopped: "{host}停止{timer}。",
        timer_expired: "{host}的{timer}到期。",
        retransmission: "重传计时器",
        persist: "持续计时器",
        time_wait: "2 MSL 计时器",
        delayed_ack: "延迟确认计时器",
        reordering: "失序计时器",
        tail_loss_probe: "尾部探测计时器",
        keep_alive: "保活计时器",
        user_timeout: "用户超时计时器",
        fin_wait_2: "FIN-WAIT-2 计时器",
        deliver: "{host}的应用程序可再读{octets}。",
        connected: "{host}的应用程序得知连接已建立。",
        peer_closed: "{host}的应用程序得知{peer}不再发送数据。",
        close_acknowledged: "{host}的应用程序得知{peer}已收到它发送的一切。",
        reset: "{host}的应用程序得到错误：“connection reset”（连接被复位）。",
        refused: "{host}的应用程序得到错误：“connection refused”（连接被拒绝）。",
        unresponsive: "{host}的应用程序得到提醒：{peer}没有回答。",
        timed_out: "{host}的应用程序得到错误：“connection aborted due to user timeout”（超时，\
                    连接中止）。",
        urgent: "{host}的应用程序得知有紧急数据到来。",
    },
};

/// 常见的角色有中文名，别的名字照原样写。
const ROLES: Roles = Roles {
    client: "客户端",
    server: "服务器",
    sender: "发送方",
    receiver: "接收方",
    router: "路由器",
    neighbours: "各个相邻节点",
};
