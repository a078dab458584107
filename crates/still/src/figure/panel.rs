//! An endpoint: its state and its place in the diagram, its windows, its timers, its variables.

use tcpscope_tcp::SeqNumber;
use tcpscope_view::{
    Anchor, End, Label, Messages, Point, Rect, Ribbon, RibbonScale, SMALL_HEIGHT, SMALL_WIDTH,
    Span, SpanKind, Svg, TcbRow, draw_ribbon, draw_small_diagram, duration_text, host_title,
    messages, prose_lines, prose_width, receive_window, ribbon_height, send_window, small_diagram,
    tcb, timers,
};

use super::sheet::Block;
use super::{GAP, Still};

/// How wide a panel is.
pub(super) const WIDTH: f64 = SMALL_WIDTH;
/// How wide both are, side by side.
pub(super) const BOTH: f64 = 2.0 * WIDTH + GAP;
/// A line of the table.
const ROW: f64 = 18.0;
/// The size of what is written in it.
const SMALL: f64 = 11.0;

/// What stands for a value that there is not.
const NONE: &str = "—";

/// Both panels, side by side.
pub(super) fn both(still: &Still<'_>, width: f64) -> Block {
    let gap = (width - 2.0 * WIDTH).max(GAP);
    Block::beside(still.ends().map(|end| panel(still, end)), gap)
}

/// The panel of an end.
pub(super) fn panel(still: &Still<'_>, end: End<'_>) -> Block {
    let mut panel = Panel { svg: Svg::fragment(), y: 0.0, words: messages(still.locale) };
    panel.heading(still, end);
    panel.svg.open_at("states", Point::new(0.0, panel.y));
    draw_small_diagram(&mut panel.svg, &small_diagram(end, still.present().record));
    panel.svg.close();
    panel.y += SMALL_HEIGHT + 14.0;
    panel.windows(still, end);
    panel.timers(still, end);
    panel.variables(still, end);
    Block { width: WIDTH, height: panel.y, marks: panel.svg.into_marks() }
}

/// A panel that is being drawn, downwards.
struct Panel {
    svg: Svg,
    y: f64,
    words: &'static Messages,
}

impl Panel {
    fn heading(&mut self, still: &Still<'_>, end: End<'_>) {
        let record = still.present().record;
        let state = end.status(record).state;
        let host = still.trace.host(end.host());
        let title = host_title(still.locale, &host.name);
        let address = end.info(record).map_or(host.address, |info| info.local).to_string();
        self.svg.text("prose heading", Point::new(0.0, 8.0), Anchor::Start, 16.0, &title);
        self.svg.text("said", Point::new(0.0, 28.0), Anchor::Start, SMALL, &address);
        let wide = Label::width_of(state.name(), 13.0) + 16.0;
        let chip = Rect { x: WIDTH - wide, y: 0.0, width: wide, height: 24.0 };
        let class = ["chip ", tcpscope_view::phase(state)].concat();
        self.svg.rect(&class, chip, 4.0);
        self.svg.text("heading", chip.center(), Anchor::Middle, 13.0, state.name());
        self.y = 46.0;
    }

    /// What stands above a part of the panel.
    fn part(&mut self, title: &str) {
        self.svg.text("prose quiet", Point::new(0.0, self.y + 5.0), Anchor::Start, SMALL, title);
        self.y += 14.0;
    }

    fn windows(&mut self, still: &Still<'_>, end: End<'_>) {
        let record = still.present().record;
        let scale = RibbonScale::of(end, record);
        let bases = end.bases(record, still.numbers);
        let words = self.words;
        let send = send_window(end, record, &scale);
        self.window(words.window.send, &send, bases.send);
        let receive = receive_window(end, record, &scale);
        self.window(words.window.receive, &receive, bases.receive);
    }

    fn window(&mut self, title: &str, ribbon: &Ribbon, base: SeqNumber) {
        self.part(title);
        if ribbon.spans.is_empty() {
            for line in prose_lines(self.words.window.none_yet, SMALL, WIDTH) {
                let at = Point::new(0.0, self.y + 8.0);
                self.svg.text("prose said", at, Anchor::Start, SMALL, &line);
                self.y += 16.0;
            }
            self.y += 10.0;
            return;
        }
        self.svg.open_at("ribbon", Point::new(0.0, self.y));
        draw_ribbon(&mut self.svg, ribbon, base, WIDTH);
        self.svg.close();
        self.y += ribbon_height(ribbon) + 4.0;
        self.legend(ribbon);
    }

    /// Which octets are what, and how many.
    fn legend(&mut self, ribbon: &Ribbon) {
        let mut x = 0.0;
        for (kind, count) in counted(ribbon.spans.iter().chain(&ribbon.queued)) {
            let text = [kind.in_words(self.words).0, " ", &count].concat();
            let wide = 14.0 + prose_width(&text, 10.5);
            if x > 0.0 && x + wide > WIDTH {
                (x, self.y) = (0.0, self.y + 16.0);
            }
            let swatch = Rect { x, y: self.y + 1.0, width: 9.0, height: 9.0 };
            self.svg.rect(&["span ", kind.name()].concat(), swatch, 1.0);
            self.svg.rect(&["over ", kind.name()].concat(), swatch, 1.0);
            let at = Point::new(x + 13.0, self.y + 6.0);
            self.svg.text("prose said", at, Anchor::Start, 10.5, &text);
            x += wide + 10.0;
        }
        self.y += 26.0;
    }

    fn timers(&mut self, still: &Still<'_>, end: End<'_>) {
        let words = self.words;
        let running = timers(end, still.present());
        if running.is_empty() {
            return;
        }
        self.part(words.timer.label);
        for timer in running {
            let y = self.y + 8.0;
            let name = words.timer.name(timer.timer);
            self.svg.text("prose said", Point::new(0.0, y), Anchor::Start, SMALL, name);
            let left = words.timer.left.fill([&duration_text(timer.remaining)]);
            self.svg.text("", Point::new(WIDTH, y), Anchor::End, SMALL, &left);
            let bar = Rect { x: 0.0, y: y + 8.0, width: WIDTH, height: 3.0 };
            self.svg.rect("bar", bar, 1.5);
            let part = f64::from(1_000_u16.saturating_sub(timer.elapsed_permille)) / 1_000.0;
            self.svg.rect("bar rest", Rect { width: WIDTH * part, ..bar }, 1.5);
            self.y += 24.0;
        }
        self.y += 6.0;
    }

    /// The variables that a reader of a book looks for; what the step changed is marked.
    fn variables(&mut self, still: &Still<'_>, end: End<'_>) {
        const SHOWN: [&str; 13] = [
            "ISS",
            "SND.UNA",
            "SND.NXT",
            "SND.WND",
            "IRS",
            "RCV.NXT",
            "RCV.WND",
            "SRTT",
            "RTO",
            "cwnd",
            "ssthresh",
            "FlightSize",
            "pipe",
        ];
        let groups = tcb(end, still.present().record, still.locale, still.numbers);
        let mut shown: Vec<Vec<TcbRow>> = Vec::new();
        for group in groups {
            let mut rows = group.rows;
            rows.retain(|row| SHOWN.contains(&row.name));
            if rows.iter().any(|row| row.value != NONE || row.before.is_some()) {
                shown.push(rows);
            }
        }
        if shown.is_empty() {
            return;
        }
        self.part(self.words.tcb.label);
        for rows in shown {
            let (left, right) = (Point::new(0.0, self.y), Point::new(WIDTH, self.y));
            self.svg.line("rule", left, right);
            for row in rows {
                self.variable(&row, still.moment.is_some());
            }
        }
    }

    fn variable(&mut self, row: &TcbRow, marks: bool) {
        let y = self.y + ROW / 2.0;
        self.svg.text("said", Point::new(0.0, y), Anchor::Start, SMALL, row.name);
        let changed = row.before.as_deref().filter(|_| marks);
        let class = if changed.is_some() { "changed" } else { "" };
        self.svg.text(class, Point::new(WIDTH, y), Anchor::End, SMALL, &row.value);
        if let Some(before) = changed.filter(|before| *before != NONE) {
            let x = WIDTH - Label::width_of(&row.value, SMALL) - 10.0;
            self.svg.text("was", Point::new(x, y), Anchor::End, SMALL, before);
        }
        self.y += ROW;
    }
}

/// How many octets there are of each standing, in the order in which they come.
fn counted<'a>(spans: impl Iterator<Item = &'a Span>) -> Vec<(SpanKind, String)> {
    let mut counted: Vec<(SpanKind, u32, bool)> = Vec::new();
    for span in spans.filter(|span| span.len > 0) {
        match counted.iter_mut().find(|(kind, ..)| *kind == span.kind) {
            Some((_, all, goes_on)) => {
                *all = all.saturating_add(span.len);
                *goes_on |= span.goes_on;
            }
            None => counted.push((span.kind, span.len, span.goes_on)),
        }
    }
    let plus = |goes_on| if goes_on { "+" } else { "" };
    counted
        .into_iter()
        .map(|(kind, all, goes_on)| (kind, all.to_string() + plus(goes_on)))
        .collect()
}
