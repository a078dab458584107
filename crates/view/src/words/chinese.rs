//! How Chinese is written here: the words of the textbooks, set as in print.

/// What a textbook would mark in red.
pub(crate) const NOT_CHINESE: [&str; 16] = [
    "序列号",
    "顺序号",
    "确认序号",
    "数据包",
    "握手包",
    "报文包",
    "封包",
    "最大段",
    "定时器",
    "滑窗",
    "包丢失",
    "您",
    "你",
    "！",
    "  ",
    "已建立状态",
];

/// What is wrong with a Chinese text, each with what is meant.
#[must_use]
pub fn chinese_faults(text: &str) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for word in NOT_CHINESE {
        if text.contains(word) {
            faults.push((word.to_owned(), format!("`{word}` is not a word of our Chinese")));
        }
    }
    if text.replace("丢包率", "").contains('包') && !text.contains("数据包") {
        let what = "`包` is not a word of our Chinese: a segment is 报文段, a datagram 数据报";
        faults.push(("包".to_owned(), what.to_owned()));
    }
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let characters: Vec<char> = text.chars().collect();
    for pair in characters.windows(2) {
        let [left, right] = *pair else { continue };
        let glued = (han(left) && right.is_ascii_alphanumeric())
            || (left.is_ascii_alphanumeric() && han(right));
        if glued {
            let what = format!("between `{left}` and `{right}` there is a space in Chinese");
            faults.push((format!("{left}{right}"), what));
        }
        if han(left) && ",;:?!()".contains(right) {
            let what = format!("after `{left}` the sign `{right}` is a full-width one in Chinese");
            faults.push((format!("{left}{right}"), what));
        }
    }
    for triple in characters.windows(3) {
        if han(triple[0]) && triple[1] == ' ' && han(triple[2]) {
            let what =
                format!("between `{}` and `{}` there is no space in Chinese", triple[0], triple[2]);
            faults.push((triple.iter().collect(), what));
        }
    }
    faults
}
