//! A captured conversation, in Chinese.

use crate::words::messages::observed::{CauseWords, MarkWords, Observed, RemarkWords, ReplayWords};
use crate::words::table::Phrase;

pub(super) const OBSERVED: Observed = Observed {
    title: Phrase::new("会话 {0}：{1} 个报文段"),
    beyond: Phrase::new("另有 {0} 个报文段没有分析"),
    or: " 或 ",
    state: Phrase::new("{0}处于 {1}：{2}"),
    cause: CauseWords {
        begins: "在第一个报文段之前",
        sends_syn: "它发送 SYN",
        sends_syn_ack: "它用自己的 SYN 应答对方的 SYN",
        sends_fin: "它发送 FIN",
        sends_rst: "它发送 RST",
        shows: "它发送的内容表明什么已经到达",
        may_have_syn: "SYN 正发往它；是否到达还看不出来",
        may_have_fin: "FIN 正发往它；是否到达还看不出来",
        may_have_rst: "RST 正发往它；是否到达还看不出来",
        may_have_ack: "确认正发往它；是否到达还看不出来",
    },
    mark: MarkWords {
        lost_segment: Phrase::new("序号是 {0}，而下一个应是 {1}：中间的部分此前没有经过这里"),
        ack_lost_segment: Phrase::new("确认到 {0}，而其中有的没有经过这里"),
        duplicate_ack: Phrase::new("第 {0} 个重复确认：仍缺 {1}"),
        window_update: Phrase::new("只有窗口是新的：{0} 字节"),
        window_update_unscaled: Phrase::new("只有窗口是新的：{0}，缩放因子未知"),
        zero_window: "窗口为零：对方不能发送",
        window_full: "填满了对方的窗口",
        zero_window_probe: "向关闭的窗口发送一个字节：窗口探测",
        zero_window_probe_ack: "对窗口探测的应答：窗口仍然关闭",
        keep_alive: "保活：序号比下一个小一，对方必须应答",
        keep_alive_ack: "对保活的应答",
        fast_retransmission: "快速重传：刚才的重复确认要求它",
        retransmission: "重传：它经过了这里，还没有得到确认",
        spurious: "不必要的重传：它已全部得到确认",
        lost_before: "填补空缺，且发送晚于空缺之后的部分：之前的一个在到达这里之前丢失",
        out_of_order: "填补空缺，且发送早于空缺之后的部分：在途中被超过",
        unsure: "填补空缺：是被超过还是重传，看不出来",
        repeats: Phrase::new("再次携带第 {0} 帧中的序号"),
        repeats_after: Phrase::new("再次携带第 {0} 帧中的序号，与它相隔 {1}"),
        repeated: Phrase::new("其中的序号在第 {0} 帧中再次发送"),
        repeated_after: Phrase::new("其中的序号在 {1} 之后于第 {0} 帧中再次发送"),
        round_trip: Phrase::new("在它所确认的第 {1} 帧之后 {0}"),
    },
    remark: RemarkWords {
        title: "从这里能知道什么，不能知道什么：",
        near_client: Phrase::new(
            "捕获点在客户端或其附近：从这里到客户端的往返时间是 {0}，到服务器是 {1}。",
        ),
        near_server: Phrase::new(
            "捕获点在服务器或其附近：从这里到客户端的往返时间是 {0}，到服务器是 {1}。",
        ),
        between: Phrase::new(
            "捕获点在哪里看不出来：从这里到客户端的往返时间是 {0}，到服务器是 {1}。",
        ),
        nowhere: "捕获点在哪里看不出来：没有测到两端的往返时间。",
        no_opening: "连接的建立过程不在抓取文件中：谁发起连接，是按端口猜测的。",
        no_syn: "有一端的 SYN 不在抓取文件中：序号从捕获到的第一个数起。",
        scale_unknown: "两端的 SYN 没有都在抓取文件中：窗口的缩放因子未知，窗口按首部中的原值给出。",
        unseen: Phrase::new(
            "{0}的 {1} 字节没有经过这里，却得到了确认：捕获时遗漏，或走了别的路径。",
        ),
        offload: Phrase::new(
            "{0}的报文段最长 {1} 字节，而对方最多接收 {2}：它们在网卡切分之前被捕获。",
        ),
        open_end: "连接还没有结束，抓取就结束了。",
        calls: "每一端的状态以它最后一个经过这里的报文段为准：此后它做了什么，例如 CLOSE，要等发送之后才看得出来。",
        arrivals: "到达是看不出来的：经过这里的报文段之后仍可能丢失。",
    },
    replay: ReplayWords {
        title: Phrase::new("我们的 TCP 在 {0} 与 {1} 之间会怎么做"),
        summary: Phrase::new(
            "两端的应用程序按抓取文件中的时刻发送和关闭，TCP 是我们的现代 TCP。往返时间 {0}，是抓取中的最小值。{2} 次丢失中有 {1} 次发生在相同的字节上。",
        ),
        too_much: Phrase::new("会话有 {0} 字节数据；一个场景最多发送 {1} 字节"),
        no_text: "会话中看不出应用程序做了什么",
        refused: Phrase::new("无法由它生成场景：{0}"),
    },
};
