//! Interviews, in Chinese.

use crate::words::messages::interviews::Interviews;
use crate::words::table::Phrase;

pub(super) const INTERVIEWS: Interviews = Interviews {
    title: "面试",
    about: "面试官常问的问题。先口头回答，或写下一句话，再与参考答案的要点对照：每个要点都能在一次运行中打开它出现的时刻。",
    themes: "主题",
    all_themes: "全部主题",
    levels: "难度",
    up_to: Phrase::new("不超过“{0}”"),
    count: Phrase::new("{0} 个问题"),
    tab: "面试",
    of: Phrase::new("{0} · {1}"),
    all_questions: "全部问题",
    next: "下一个问题",
    leave: "关闭面试",
    your_answer: "用一句话回答",
    not_graded: "不评分，也不保存。",
    show: "显示参考答案",
    model_answer: "参考答案的要点",
    see_point: "打开这一时刻",
    see_point_again: "回到这一时刻",
    here: Phrase::new("图中 {0}："),
    unreachable: Phrase::new("{0} 的运行没有到达这一时刻。"),
    broken: Phrase::new("问题无法读取：{0}"),
};
