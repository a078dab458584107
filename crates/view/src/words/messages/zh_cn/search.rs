//! The log's search, in Chinese.

use crate::words::messages::search::Search;
use crate::words::table::Phrase;

pub(super) const SEARCH: Search = Search {
    label: "搜索日志",
    placeholder: "flags.syn、state == ESTABLISHED 或任意文字",
    count: Phrase::new("{0} / {1}"),
    nothing: "没有匹配的记录",
    next: "下一处匹配",
    previous: "上一处匹配",
    clear: "清除搜索",
    only: "只看匹配",
    is_match: "匹配",
    marks: "标记",
    examples: "示例",
    fields: "全部字段",
    any_text: "日志中出现的任意文字",
    key_focus: "搜索日志",
    key_next: "下一处匹配（搜索时）",
    key_previous: "上一处匹配（搜索时）",
    unknown_field: Phrase::new(
        "没有名为“{0}”的字段。问号下列出了全部字段；不是字段的文字应单独出现或放在引号中。",
    ),
    unknown_field_near: Phrase::new("没有名为“{0}”的字段。是否指“{1}”？"),
    missing_test: "这里缺少要找的内容：字段、比较或文字。",
    missing_value: Phrase::new("这里缺少与“{0}”比较的值。"),
    unclosed: "这个括号没有闭合，缺少“)”。",
    unopened: "这个括号没有对应的“(”。删去它，或在前面补上“(”。",
    unclosed_quote: "这个引号没有闭合，缺少后一个引号。",
    not_a_number: Phrase::new("“{0}”是数字，这里应写数字，例如 1001 或 0x3e9。"),
    not_a_time: Phrase::new("“{0}”是时间，这里应写时间，例如 40ms 或 1.5s。"),
    not_a_flag: Phrase::new("“{0}”只有是与否。省去比较，或与 1、0 比较。"),
    not_ordered: Phrase::new("“{0}”没有大小之分，可用 == 或 != 比较。"),
    not_text: Phrase::new("“{0}”不是文字，不能用 contains，可用 == 或 != 比较。"),
    unknown_value: Phrase::new("“{0}”没有这个值。可取的值：{1}。"),
    unexpected: "这里不应出现它。条件之间用 && 或 || 连接。",
    too_deep: "这里的括号嵌套过深。",
};
