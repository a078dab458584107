//! What is taken along, as the reader has chosen it.

/// What is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct ExportShell {
    /// The figure, by its place in [`tcpscope_still::View::ALL`].
    pub(crate) view: usize,
    /// Whether the whole run is shown, rather than the present.
    pub(crate) whole: bool,
    /// What was saved last; `Some(None)`: it could not be.
    pub(crate) saved: Option<Option<FileKind>>,
}

/// What may be otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportChange {
    View(usize),
    Whole(bool),
    Saved(Option<Option<FileKind>>),
}

impl ExportShell {
    pub(super) const fn change(&mut self, change: ExportChange) {
        match change {
            ExportChange::View(view) => *self = Self { view, saved: None, ..*self },
            ExportChange::Whole(whole) => *self = Self { whole, saved: None, ..*self },
            ExportChange::Saved(saved) => self.saved = saved,
        }
    }
}

/// What a run is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// The figure as a drawing.
    Svg,
    /// The figure as a picture.
    Png,
    /// The ladder, moving.
    Moving,
    /// A sequence diagram of Mermaid.
    Mermaid,
    /// As tcpdump prints it.
    Text,
    /// The log as a table.
    Csv,
    /// The log as objects.
    Json,
}

impl FileKind {
    /// All of them.
    pub(crate) const ALL: [Self; 7] =
        [Self::Svg, Self::Png, Self::Moving, Self::Mermaid, Self::Text, Self::Csv, Self::Json];

    /// How its file's name ends.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Svg => ".svg",
            Self::Png => ".png",
            Self::Moving => "-moving.svg",
            Self::Mermaid => ".mmd",
            Self::Text => ".txt",
            Self::Csv => ".csv",
            Self::Json => ".json",
        }
    }

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Svg | Self::Png | Self::Moving => "image/svg+xml",
            Self::Mermaid | Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}
