//! What is asked of the sheet from which a run is taken along, as it stands in `data-do`.

use crate::store::FileKind;

/// What a control of the sheet asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportCommand {
    /// Another figure, by its place in [`tcpscope_still::View::ALL`].
    View(usize),
    /// The whole run, or the present.
    Whole(bool),
    /// A file is saved.
    Save(FileKind),
}

impl ExportCommand {
    /// As it stands in `data-do`.
    pub(super) fn to_text(self) -> String {
        match self {
            Self::View(place) => ["export view ", &place.to_string()].concat(),
            Self::Whole(false) => "export now".to_owned(),
            Self::Whole(true) => "export whole".to_owned(),
            Self::Save(kind) => ["export save ", kind.ending()].concat(),
        }
    }

    /// From what stands there.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        match text.strip_prefix("export ")? {
            "now" => Some(Self::Whole(false)),
            "whole" => Some(Self::Whole(true)),
            other => match other.split_once(' ')? {
                ("view", place) => place.parse().ok().map(Self::View),
                ("save", ending) => {
                    let kind = FileKind::ALL.into_iter().find(|kind| kind.ending() == ending);
                    kind.map(Self::Save)
                }
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_and_its_text_mean_the_same() {
        let saves = FileKind::ALL.map(ExportCommand::Save);
        let others =
            [ExportCommand::View(3), ExportCommand::Whole(false), ExportCommand::Whole(true)];
        for command in saves.into_iter().chain(others) {
            assert_eq!(ExportCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["export", "export view", "export save .gif", "export all"] {
            assert_eq!(ExportCommand::from_text(text), None, "{text}");
        }
    }
}
