//! The next and the previous record of a kind: what is sought stands between the two buttons.

use super::command::Command;
use super::element::{El, classed};
use super::icons::{self, icon_button};
use super::picture::Picture;
use super::topbar::picker;
use crate::store::{Direction, Goal};

/// The ways to the next and the previous record of a kind.
pub(super) fn seek(picture: &Picture<'_>) -> El {
    let words = &picture.messages.seek;
    let goal = picture.session.shell.goal;
    let named = || Goal::ALL.into_iter().zip(words.goals);
    let chosen = named().find(|(known, _)| *known == goal).map_or("", |(_, name)| name);
    let option = |(goal, name): (Goal, &str)| {
        // Closed, the picker shows the glyph alone.
        (goal.name().to_owned(), format!("{}  {name}", goal.glyph()))
    };
    let options = named().map(option).collect();
    let way = |path, direction, command| {
        let phrase = match direction {
            Direction::On => &words.next,
            Direction::Back => &words.previous,
        };
        let key = match direction {
            Direction::On => "]",
            Direction::Back => "[",
        };
        let from = picture.record;
        let there = goal.from(picture.trace, from, direction, picture.session.selection).is_some();
        let name = phrase.fill([chosen]);
        icon_button(path, "", key, command)
            .write("title", format!("{name} ({key})"))
            .write("aria-label", name)
            .when(!there, "disabled", "")
    };
    classed("span", "seek")
        .set("role", "group")
        .set("aria-label", words.label)
        .add(way(icons::PREVIOUS, Direction::Back, Command::SeekBack(goal)))
        .add(
            picker("goal", options, goal.name())
                .set("aria-label", words.label)
                .set("title", chosen),
        )
        .add(way(icons::NEXT, Direction::On, Command::SeekOn(goal)))
}
