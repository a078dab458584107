//! What a hand asks for, as it stands in `data-do`.

/// What a menu, the list of edits or the console asks for. What it is done to is what the menu is
/// of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Opens the menu of a host; asked for by a key, that of the next one.
    NextHost,
    /// Opens the menu of a link, likewise.
    NextLink,
    /// Opens the menu of this host.
    Host(usize),
    /// Opens the menu of this link.
    Link(usize),
    /// Delays the selected segment by as much as was typed.
    DelayTyped,
    /// Duplicates it.
    Duplicate,
    /// Flips the bit that was chosen.
    Corrupt,
    /// Holds it until the moment that was typed.
    Hold,
    /// Lets it go now, where it is held.
    LetGo,
    /// Swaps it with the next one on the same way.
    Swap,
    /// SEND, of as many octets as were typed.
    Send,
    /// RECEIVE.
    Receive,
    /// CLOSE.
    Close,
    /// ABORT.
    Abort,
    /// Stops the host's programs.
    Halt,
    /// Lets them go on.
    Resume,
    /// The host crashes.
    Crash,
    /// It starts again, with its programs.
    Restart,
    /// It starts again, without them.
    RestartIdle,
    /// Sends the forged segment that was put together.
    Forge,
    /// Pulls the cable of this link.
    Pull(usize),
    /// Puts it back.
    Plug(usize),
    /// Goes to what an edit is done to.
    GoToEdit(usize),
    /// Moves an edit up in the list.
    RaiseEdit(usize),
    /// Moves it down.
    LowerEdit(usize),
    /// Takes it out.
    RemoveEdit(usize),
    /// Takes all out.
    ClearEdits,
    /// Copies a call.
    CopyCall(usize),
    /// Copies all calls.
    CopyCalls,
}

/// Those that need nothing said besides.
const PLAIN: [(&str, Hand); 20] = [
    ("next-host", Hand::NextHost),
    ("next-link", Hand::NextLink),
    ("delay-typed", Hand::DelayTyped),
    ("duplicate", Hand::Duplicate),
    ("corrupt", Hand::Corrupt),
    ("hold", Hand::Hold),
    ("let-go", Hand::LetGo),
    ("swap", Hand::Swap),
    ("send", Hand::Send),
    ("receive", Hand::Receive),
    ("close", Hand::Close),
    ("abort", Hand::Abort),
    ("halt", Hand::Halt),
    ("resume", Hand::Resume),
    ("crash", Hand::Crash),
    ("restart", Hand::Restart),
    ("restart-idle", Hand::RestartIdle),
    ("forge", Hand::Forge),
    ("clear-edits", Hand::ClearEdits),
    ("copy-calls", Hand::CopyCalls),
];

/// A name, and what it asks for at a place.
type Placed = (&'static str, fn(usize) -> Hand);

/// Those of a host, a link, an edit, a call, by its place.
const PLACED: [Placed; 9] = [
    ("host-menu", Hand::Host),
    ("link-menu", Hand::Link),
    ("pull", Hand::Pull),
    ("plug", Hand::Plug),
    ("go-to-edit", Hand::GoToEdit),
    ("raise-edit", Hand::RaiseEdit),
    ("lower-edit", Hand::LowerEdit),
    ("remove-edit", Hand::RemoveEdit),
    ("copy-call", Hand::CopyCall),
];

impl Hand {
    /// As it stands in `data-do`.
    pub(crate) fn to_text(self) -> String {
        if let Some((name, _)) = PLAIN.iter().find(|(_, plain)| *plain == self) {
            return (*name).to_owned();
        }
        let place = self.place().unwrap_or_default();
        let named = PLACED.iter().find(|(_, placed)| placed(place) == self);
        named.map_or_else(String::new, |(name, _)| format!("{name} {place}"))
    }

    /// From what stands in `data-do`.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        if let Some((_, plain)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Some(*plain);
        }
        let (name, place) = text.split_once(' ')?;
        let (_, placed) = PLACED.iter().find(|(known, _)| *known == name)?;
        Some(placed(place.parse().ok()?))
    }

    const fn place(self) -> Option<usize> {
        match self {
            Self::Host(place)
            | Self::Link(place)
            | Self::Pull(place)
            | Self::Plug(place)
            | Self::GoToEdit(place)
            | Self::RaiseEdit(place)
            | Self::LowerEdit(place)
            | Self::RemoveEdit(place)
            | Self::CopyCall(place) => Some(place),
            Self::NextHost
            | Self::NextLink
            | Self::DelayTyped
            | Self::Duplicate
            | Self::Corrupt
            | Self::Hold
            | Self::LetGo
            | Self::Swap
            | Self::Send
            | Self::Receive
            | Self::Close
            | Self::Abort
            | Self::Halt
            | Self::Resume
            | Self::Crash
            | Self::Restart
            | Self::RestartIdle
            | Self::Forge
            | Self::ClearEdits
            | Self::CopyCalls => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        let placed = PLACED.iter().map(|(_, placed)| placed(3));
        for hand in PLAIN.iter().map(|(_, plain)| *plain).chain(placed) {
            assert_eq!(Hand::from_text(&hand.to_text()), Some(hand), "{hand:?}");
        }
        for text in ["", "pull", "pull x", "drop 1", "halt 1"] {
            assert_eq!(Hand::from_text(text), None, "{text}");
        }
    }
}
