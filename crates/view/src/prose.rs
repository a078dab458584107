//! How wide prose is, about, and where its lines break. Whoever looks at a figure has other fonts
//! than we: so the widths are those of a wide face.

/// How wide a text is in the face of prose, about.
#[must_use]
pub fn prose_width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// Lines of a text that are no wider than this, as far as it can be broken.
#[must_use]
pub fn prose_lines(text: &str, size: f64, width: f64) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for piece in pieces(text) {
        let room = prose_width(piece.trim_end(), size);
        if used + room > width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            (line, used) = (String::new(), 0.0);
        }
        line.push_str(piece);
        used += prose_width(piece, size);
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A text in pieces between which it may be broken: after spaces, and around Chinese characters,
/// but not before what closes.
fn pieces(text: &str) -> Vec<&str> {
    let mut breaks = vec![0];
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        let Some((at, next)) = letters.peek().copied() else { break };
        let free = letter == ' ' || is_wide(letter) || is_wide(next);
        let closes = "，。；：、？）」》”’%".contains(next) || next == ' ';
        let opens = "（「《“‘".contains(letter);
        if free && !closes && !opens {
            breaks.push(at);
        }
    }
    breaks.push(text.len());
    breaks.windows(2).filter_map(|ends| text.get(ends[0]..ends[1])).collect()
}

/// Whether a character takes the room of a Chinese one.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

fn letter(letter: char) -> f64 {
    match letter {
        _ if is_wide(letter) => 1.0,
        'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}' | 'I' | '·' => {
            0.34
        }
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '→' | '—' | '…' => 0.98,
        'A'..='Z' => 0.72,
        _ => 0.64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_may() {
        let said = "The client sends SYN, then waits.";
        assert_eq!(prose_lines(said, 10.0, 1_000.0), [said]);
        let broken = prose_lines(said, 10.0, 100.0);
        assert_eq!(broken, ["The client sends", "SYN, then waits."]);
        assert_eq!(
            prose_lines("客户端发送 SYN，然后等待。", 10.0, 80.0),
            ["客户端发送", "SYN，然后等", "待。"]
        );
        assert_eq!(prose_lines("", 10.0, 80.0), Vec::<String>::new());
        assert_eq!(prose_lines("retransmission", 10.0, 20.0), ["retransmission"]);
    }
}
