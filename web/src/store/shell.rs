//! How the page is arranged: what no link needs to say.

use tcpscope_sim::HostId;

use super::export::ExportShell;
use super::{Goal, Inspecting, PlotShell, Sides};

/// How the page is arranged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shell {
    /// Where things have their place.
    pub(crate) layout: Layout,
    /// What there is room for in the window, presenting or not.
    pub(crate) window: Layout,
    /// How much of the page is shown.
    pub(crate) extent: Extent,
    /// Whether it is shown to a class: large, and without what a class does not need.
    pub(crate) presenting: bool,
    /// Whether a class is to see nothing for a while.
    pub(crate) blank: bool,
    /// Whether a lesson is read, or an interview held: then its sheet comes first.
    pub(crate) teaches: bool,
    /// The sheet of the drawer that is shown.
    pub(crate) tab: Tab,
    /// How much room the drawer takes; `None`: as much as its sheet needs.
    pub(crate) size: Option<Size>,
    /// Where a menu is open.
    pub(crate) menu: Option<(f64, f64)>,
    /// What that menu is of.
    pub(crate) menu_of: MenuOf,
    /// Whether a link that is changed by hand is so from the beginning; else from the present on.
    pub(crate) since_start: bool,
    /// Whether the ladder moves with the playhead.
    pub(crate) follows: bool,
    /// What came of copying the link, until it has been read.
    pub(crate) copied: Option<bool>,
    /// What came of copying calls, until it has been read.
    pub(crate) calls_copied: Option<bool>,
    /// The part of the sandbox that is looked at.
    pub(crate) part: Part,
    /// What the inspector looks at.
    pub(crate) inspecting: Inspecting,
    /// The first row that shows of a long list.
    pub(crate) first_row: usize,
    /// Whether a chain of causes is shown whole.
    pub(crate) unfolded: bool,
    /// Whether a note is on the selected segment, rather than on the present record.
    pub(crate) notes_segment: bool,
    /// Whether what the links do has been opened.
    pub(crate) network: bool,
    /// What is sought, on and back.
    pub(crate) goal: Goal,
    /// The two panels beside the ladder.
    pub(crate) sides: Sides,
    /// The plots.
    pub(crate) plots: PlotShell,
    /// What is taken along.
    pub(crate) export: ExportShell,
}

/// What a menu is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MenuOf {
    /// The selected segment.
    Segment,
    /// A host.
    Host(HostId),
    /// A link, by its place in the setup.
    Link(usize),
}

/// How much of the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Page,
    /// In a frame: the ladder, what moves through time, and a line that tells the present record.
    Figure,
    /// In a frame, with the drawer, since somebody asked for it.
    FigureWithDrawer,
}

/// Where things have their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Ladder in the middle, an endpoint at each side.
    Desk,
    /// Endpoints folded above the ladder.
    Tablet,
    /// The ladder alone, the rest in a sheet from below.
    Phone,
}

/// A sheet of the drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The lesson that is read, or the interview that is held.
    Lesson,
    /// Why the present step happens.
    Why,
    /// An endpoint, where there is no place for it beside the ladder.
    Endpoint(HostId),
    /// Everything that happens.
    Log,
    /// The selected segment, taken apart.
    Segment,
    /// The state diagram.
    States,
    /// The ladder as a table.
    Table,
    /// Two runs side by side.
    Compare,
    /// How the numbers go with time.
    Plots,
    /// What was done to the run.
    Edits,
    /// The same as calls of the page API.
    Console,
    /// Questions about the present moment.
    Ask,
    /// Hosts, links, options and applications, put together.
    Sandbox,
    /// Figures and text to be taken along.
    Export,
}

/// A part of the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A host, by its place.
    Host(usize),
    /// A link, by its place.
    Link(usize),
}

/// How much room the drawer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// The tabs alone.
    Shut,
    /// A few lines.
    Low,
    /// About half of the page.
    Tall,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            layout: Layout::Desk,
            window: Layout::Desk,
            extent: Extent::Page,
            presenting: false,
            blank: false,
            teaches: false,
            tab: Tab::Why,
            size: None,
            menu: None,
            menu_of: MenuOf::Segment,
            since_start: false,
            follows: true,
            copied: None,
            calls_copied: None,
            part: Part::Host(0),
            inspecting: Inspecting::default(),
            first_row: 0,
            unfolded: false,
            network: false,
            notes_segment: true,
            goal: Goal::State,
            sides: Sides::default(),
            plots: PlotShell::default(),
            export: ExportShell::default(),
        }
    }
}

impl Shell {
    /// The sheet that is shown. One that has no place in this layout gives way to the first.
    pub(crate) fn shown_tab(&self) -> Tab {
        if self.tabs().contains(&self.tab) { self.tab } else { Tab::Why }
    }

    /// The sheets that there are, in order.
    pub(crate) const fn tabs(&self) -> &'static [Tab] {
        let all = Tab::all(self.layout);
        match all {
            [_, usual @ ..] if !self.teaches => usual,
            all => all,
        }
    }

    /// A lesson is read or an interview held, or no longer; one that was just opened is shown.
    pub(super) const fn teach(&mut self, reads: bool, opens: bool) {
        self.teaches = reads;
        if opens {
            self.show_drawer();
            self.tab = Tab::Lesson;
            self.size = None;
        }
    }

    /// Whether what leads through the figure shows: the figure makes room for it.
    pub(crate) fn leads(&self) -> bool {
        self.shown_tab() == Tab::Lesson && self.shown_size() != Size::Shut
    }

    /// How much room the drawer takes.
    pub(crate) fn shown_size(&self) -> Size {
        self.size.unwrap_or(if self.shown_tab().is_tall() { Size::Tall } else { Size::Low })
    }

    /// The height of a row of a long list, in pixels: a finger needs more than a mouse.
    pub(crate) const fn row_height(&self) -> usize {
        match self.layout {
            Layout::Desk | Layout::Tablet => 28,
            Layout::Phone => 44,
        }
    }

    /// Shows a sheet; asked for the one that is shown, it shuts the drawer, and opens it again.
    pub(super) fn pick(&mut self, tab: Tab) {
        let shown = self.extent != Extent::Figure;
        let shut = shown && tab == self.shown_tab() && self.shown_size() != Size::Shut;
        self.show_drawer();
        self.size = shut.then_some(Size::Shut);
        self.tab = tab;
        self.first_row = 0;
    }

    /// The window has room for this layout.
    pub(super) fn fit(&mut self, window: Layout) {
        self.window = window;
        self.layout =
            if self.has_no_sides() && window == Layout::Desk { Layout::Tablet } else { window };
    }

    /// Whether the panels beside the ladder fold, however wide the window is.
    fn has_no_sides(&self) -> bool {
        self.presenting || self.extent != Extent::Page
    }

    /// In a frame the drawer comes when it is asked for.
    const fn show_drawer(&mut self) {
        if matches!(self.extent, Extent::Figure) {
            self.extent = Extent::FigureWithDrawer;
        }
    }

    /// Begins to present, or ends.
    pub(super) fn present(&mut self, presenting: bool) {
        self.presenting = presenting;
        self.blank = false;
        self.fit(self.window);
    }

    /// Gives the drawer more room, or less where it has much.
    pub(super) fn resize(&mut self) {
        self.size = Some(match self.shown_size() {
            Size::Tall => Size::Low,
            Size::Low | Size::Shut => Size::Tall,
        });
    }
}

impl Layout {
    /// The name for style sheets.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }
}

impl Tab {
    const DESK: [Self; 13] = [
        Self::Lesson,
        Self::Why,
        Self::Log,
        Self::Segment,
        Self::States,
        Self::Plots,
        Self::Compare,
        Self::Edits,
        Self::Table,
        Self::Console,
        Self::Ask,
        Self::Sandbox,
        Self::Export,
    ];
    const PHONE: [Self; 15] = [
        Self::Lesson,
        Self::Why,
        Self::Endpoint(HostId(0)),
        Self::Endpoint(HostId(1)),
        Self::Log,
        Self::Segment,
        Self::States,
        Self::Plots,
        Self::Compare,
        Self::Edits,
        Self::Table,
        Self::Console,
        Self::Ask,
        Self::Sandbox,
        Self::Export,
    ];

    /// The sheets that a layout may have, in order; that of a lesson comes first.
    pub(crate) const fn all(layout: Layout) -> &'static [Self] {
        match layout {
            Layout::Desk | Layout::Tablet => &Self::DESK,
            Layout::Phone => &Self::PHONE,
        }
    }

    /// The id of its tab.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Lesson => "tab-lesson",
            Self::Why => "tab-why",
            Self::Endpoint(HostId(0)) => "tab-first",
            Self::Endpoint(_) => "tab-second",
            Self::Log => "tab-log",
            Self::Segment => "tab-segment",
            Self::States => "tab-states",
            Self::Table => "tab-table",
            Self::Compare => "tab-compare",
            Self::Plots => "tab-plots",
            Self::Edits => "tab-edits",
            Self::Console => "tab-console",
            Self::Ask => "tab-ask",
            Self::Sandbox => "tab-sandbox",
            Self::Export => "tab-export",
        }
    }

    /// Whether the sheet needs more room than a few lines.
    const fn is_tall(self) -> bool {
        match self {
            Self::Lesson
            | Self::Segment
            | Self::States
            | Self::Plots
            | Self::Compare
            | Self::Ask
            | Self::Sandbox
            | Self::Export
            | Self::Endpoint(_) => true,
            Self::Why | Self::Log | Self::Table | Self::Edits | Self::Console => false,
        }
    }
}

impl Size {
    /// The name for style sheets.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Shut => "shut",
            Self::Low => "low",
            Self::Tall => "tall",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_tab_shuts_the_drawer_and_opens_it_again() {
        let mut shell = Shell::default();
        assert_eq!(shell.shown_size(), Size::Low);
        shell.pick(Tab::Why);
        assert_eq!(shell.shown_size(), Size::Shut);
        shell.pick(Tab::Why);
        assert_eq!(shell.shown_size(), Size::Low);
        shell.pick(Tab::States);
        assert_eq!((shell.shown_tab(), shell.shown_size()), (Tab::States, Size::Tall));
        shell.resize();
        assert_eq!(shell.shown_size(), Size::Low);
    }

    #[test]
    fn whoever_presents_has_the_layout_of_a_smaller_window_and_gets_the_own_one_back() {
        let mut shell = Shell::default();
        shell.present(true);
        assert_eq!(shell.layout, Layout::Tablet);
        shell.fit(Layout::Phone);
        assert_eq!(shell.layout, Layout::Phone);
        shell.fit(Layout::Desk);
        shell.blank = true;
        shell.present(false);
        assert_eq!((shell.layout, shell.blank), (Layout::Desk, false));
    }

    #[test]
    fn in_a_frame_the_drawer_comes_with_the_first_sheet_that_is_asked_for() {
        let mut shell = Shell { extent: Extent::Figure, ..Shell::default() };
        shell.fit(Layout::Desk);
        assert_eq!(shell.layout, Layout::Tablet);
        shell.pick(Tab::Why);
        assert_eq!(shell.extent, Extent::FigureWithDrawer);
        assert_eq!((shell.shown_tab(), shell.shown_size()), (Tab::Why, Size::Low));
        shell.pick(Tab::Why);
        assert_eq!(shell.shown_size(), Size::Shut);
    }

    #[test]
    fn a_sheet_without_a_place_gives_way() {
        let mut shell = Shell { layout: Layout::Phone, ..Shell::default() };
        shell.pick(Tab::Endpoint(HostId(1)));
        assert_eq!(shell.shown_tab(), Tab::Endpoint(HostId(1)));
        shell.layout = Layout::Desk;
        assert_eq!(shell.shown_tab(), Tab::Why);
    }
}
