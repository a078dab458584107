//! The fields of a header by the names that claims give them.

use crate::{Locale, messages};

/// The name that a header's picture gives to the field that claims call `options.mss`; `None` for what
/// is no field of one, as the length of the text is.
#[must_use]
pub fn header_field_name(claimed: &str, locale: Locale) -> Option<&'static str> {
    const FLAGS: [&str; 8] = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
    let names = &messages(locale).field;
    Some(match claimed {
        "source_port" => names.source_port,
        "destination_port" => names.destination_port,
        "seq" => names.sequence_number,
        "ack" => names.acknowledgment_number,
        "wnd" | "window" => names.window,
        "urgent" => names.urgent_pointer,
        "options.mss" => names.option_mss,
        "options.window_scale" => names.option_window_scale,
        "options.sack_permitted" => names.option_sack_permitted,
        "options.sack" => names.option_sack,
        "options.timestamps" | "options.tsval" | "options.tsecr" => names.option_timestamps,
        // The number is meant by `ack`; a flag by any of the others.
        _ => return FLAGS.into_iter().find(|flag| flag.eq_ignore_ascii_case(claimed)),
    })
}

#[cfg(test)]
mod tests {
    use super::header_field_name;
    use crate::Locale;

    #[test]
    fn a_field_of_a_claim_is_found_in_the_picture_by_its_name_there() {
        for (claimed, english, chinese) in [
            ("seq", Some("Sequence Number"), Some("序号")),
            ("ack", Some("Acknowledgment Number"), Some("确认号")),
            ("options.tsval", Some("Timestamps"), Some("时间戳")),
            ("urg", Some("URG"), Some("URG")),
            ("len", None, None),
            ("flags", None, None),
        ] {
            assert_eq!(header_field_name(claimed, Locale::En), english, "{claimed}");
            assert_eq!(header_field_name(claimed, Locale::ZhCn), chinese, "{claimed}");
        }
    }
}
