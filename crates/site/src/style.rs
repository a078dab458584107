//! The style of a figure in a frame: of the page's first sheet, what a figure's first picture wears.

/// What a figure does not show until somebody opens something: by then the whole style is there.
const OF_THE_PAGE: [&str; 30] = [
    ".topbar",
    ".brand",
    ".edits",
    ".scenario-field",
    ".settings",
    ".lessons-button",
    ".drawer",
    ".tabs",
    ".tab-panel",
    ".tablist",
    ".endpoint-",
    ".program",
    ".tcb",
    ".small-states",
    ".last-way",
    ".edge-words",
    ".ribbon",
    ".timers-none",
    ".disclosure",
    ".why",
    ".causes",
    ".chain",
    ".notes",
    ".note-",
    ".about-scenario",
    ".row-button",
    ".network fieldset",
    ".network legend",
    ".network .unit",
    ".skip",
];

/// The rules of a sheet, as it is minified, without those that only dress what is opened later. Theirs is
/// the order of the sheet: the whole of it follows, and says the same again.
pub(crate) fn of_figure(sheet: &str) -> String {
    let mut left = String::new();
    let mut rest = sheet;
    while let Some(open) = rest.find('{') {
        let (head, after) = rest.split_at(open);
        let close = end_of_block(after);
        let (block, next) = after.split_at(close);
        if head.trim_start().starts_with('@') {
            let inner = block.get(1..block.len().saturating_sub(1)).unwrap_or_default();
            let inner = if inner.contains('{') { of_figure(inner) } else { inner.to_owned() };
            left.extend([head, "{", &inner, "}"]);
        } else if !head.split(',').all(is_of_the_page) {
            left.extend([head, block]);
        }
        rest = next;
    }
    left + rest
}

fn is_of_the_page(selector: &str) -> bool {
    OF_THE_PAGE.iter().any(|class| selector.contains(class))
}

/// Where a block ends that begins here.
fn end_of_block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_page_shows_is_left_out_and_nothing_else() {
        for (sheet, left) in [
            (".a{b:c}.topbar{d:e}.f{g:h}", ".a{b:c}.f{g:h}"),
            (".topbar .a,.a{b:c}", ".topbar .a,.a{b:c}"),
            ("@media (x){.drawer{a:b}.c{d:e}}", "@media (x){.c{d:e}}"),
            ("@keyframes k{to{a:b}}@font-face{a:b}", "@keyframes k{to{a:b}}@font-face{a:b}"),
            ("@import \"x\";", "@import \"x\";"),
        ] {
            assert_eq!(of_figure(sheet), left);
        }
    }
}
