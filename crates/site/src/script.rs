//! Scripts for their way to the reader.

/// A script without its indentation and without comments that have lines of their own. Nothing else of
/// it changes: so no text in it may begin a line with `//`, `*` or `/*`.
pub(crate) fn trimmed(script: &str) -> String {
    let mut short = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let comment = ["//", "/*", "* ", "*/"].iter().any(|begin| line.starts_with(begin));
        if !comment && !line.is_empty() {
            short.push_str(line);
            short.push('\n');
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script = "// head\n\n/** What it\n * does. */\nfunction f() {\n  return `a // b` * 2; // why\n}\n";
        assert_eq!(trimmed(script), "function f() {\nreturn `a // b` * 2; // why\n}\n");
    }
}
