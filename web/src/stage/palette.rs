//! The colours of the ladder: the style sheet's, read once a theme.

use tcpscope_sim::PacketKind;
use tcpscope_tcp::State;

use crate::browser::{root, window};
use crate::ui::phase;

/// The colours and the typeface that the painter uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    pub(super) surface: String,
    pub(super) ink: String,
    pub(super) ink_2: String,
    pub(super) ink_3: String,
    pub(super) line: String,
    pub(super) accent: String,
    pub(super) accent_soft: String,
    pub(super) now: String,
    pub(super) lost: String,
    pub(super) mono: String,
    kinds: [String; 5],
    bands: [String; 5],
}

impl Palette {
    /// The palette of the present theme.
    pub(super) fn read() -> Self {
        let style = root().and_then(|root| window().get_computed_style(&root).ok().flatten());
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        Self {
            surface: token("--surface"),
            ink: token("--ink"),
            ink_2: token("--ink-2"),
            ink_3: token("--ink-3"),
            line: token("--line"),
            accent: token("--accent"),
            accent_soft: token("--accent-soft"),
            now: token("--now"),
            lost: token("--lost"),
            mono: token("--mono"),
            kinds: ["--syn", "--data", "--fin", "--ack", "--rst"].map(token),
            bands: [
                "--band-none",
                "--band-opening",
                "--band-open",
                "--band-closing",
                "--band-waiting",
            ]
            .map(token),
        }
    }

    /// The colour of a kind of segment.
    pub(super) fn kind(&self, kind: PacketKind) -> &str {
        let place = match kind {
            PacketKind::Syn => 0,
            PacketKind::Data | PacketKind::Udp => 1,
            PacketKind::Fin => 2,
            PacketKind::Ack => 3,
            PacketKind::Rst => 4,
        };
        &self.kinds[place]
    }

    /// The tint of a state's band.
    pub(super) fn band(&self, state: State) -> &str {
        let place = match phase(state) {
            "opening" => 1,
            "open" => 2,
            "closing" => 3,
            "waiting" => 4,
            _ => 0,
        };
        &self.bands[place]
    }
}
