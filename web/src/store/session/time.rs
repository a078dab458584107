//! Moving through time.

use tcpscope_view::Playhead;

use super::super::{Change, Direction, Done, Playback, Shell, playback};
use super::{Refusal, Session};

impl Session {
    pub(super) fn move_through(&mut self, playback: Playback) -> Result<Vec<Change>, Refusal> {
        let (speed, playing) = (self.speed, self.playing);
        let run = self.run_mut()?;
        let (trace, axis, here) = (run.trace(), run.ladder().axis(), run.playhead());
        let to = match playback {
            Playback::Play if playing => return Ok(vec![]),
            Playback::Play => {
                let mut changes = vec![Change::Played];
                if run.is_at_end() {
                    run.go_to(run.first_moment());
                    changes.push(Change::Stepped);
                }
                self.playing = true;
                self.outcome = None;
                self.journal.put(Done::Play(speed));
                self.shell = Shell { menu: None, follows: true, ..self.shell };
                return Ok(changes);
            }
            Playback::Pause => {
                let changes = self.pause();
                if !changes.is_empty() {
                    self.note_moment();
                }
                return Ok(changes);
            }
            Playback::Speed(speed) => {
                let speed = speed.clamp(playback::SLOWEST, playback::FASTEST);
                self.speed = speed;
                self.journal.put(if playing { Done::Play(speed) } else { Done::Speed(speed) });
                self.note_moment();
                return Ok(vec![Change::Sped]);
            }
            Playback::Frame(_) | Playback::Beat if !playing => return Ok(vec![]),
            Playback::Frame(milliseconds) => {
                // The pace is that of the figure as it is drawn.
                playback::play(axis, here.y, milliseconds, speed / run.ladder().zoom())
            }
            Playback::Height(y) => axis.playhead_at(y),
            Playback::Records(by) => axis.playhead(playback::records_on(trace, here.moment, by)),
            Playback::Step(direction) => {
                axis.playhead(playback::step(trace, here.moment, direction))
            }
            Playback::Beat => axis.playhead(playback::step(trace, here.moment, Direction::On)),
            Playback::Seek(at) => axis.playhead(trace.at(at)),
            Playback::Moment(moment) => axis.playhead(run.clamp(moment)),
            Playback::Record(record) => axis.playhead(trace.moment_of(record)),
            Playback::Within(bounds) => {
                run.keep_within(bounds);
                here
            }
        };
        let changes = self.put_playhead(to, goes_on_playing(playback));
        self.note_moment();
        Ok(changes)
    }

    /// Moves the playhead, no further than to the end.
    pub(super) fn put_playhead(&mut self, to: Playhead, goes_on_playing: bool) -> Vec<Change> {
        let Some(run) = &mut self.run else { return vec![] };
        let axis = run.ladder().axis();
        let (start, end) = (axis.playhead(run.first_moment()), axis.playhead(run.last_moment()));
        // The last records of a run may share a height: only the last of them is the end.
        let at_end = to.y >= end.y && to.moment.record >= end.moment.record;
        let too_early = to.moment.record < start.moment.record;
        let before = run.moment().record;
        run.put_playhead(if too_early {
            start
        } else if at_end {
            end
        } else {
            to
        });
        let stepped = run.moment().record != before;
        let mut changes = vec![if stepped { Change::Stepped } else { Change::Moved }];
        if at_end || !goes_on_playing {
            changes.extend(self.pause());
        }
        changes
    }

    /// Notes where the reader has come to rest.
    pub(super) fn note_moment(&mut self) {
        let Some(run) = self.run.as_ref().filter(|_| !self.playing) else { return };
        let (here, latest) = (run.moment(), run.trace().at(run.moment().at));
        let back = latest.record.0.saturating_sub(here.record.0);
        self.journal.put(Done::Moment { at: here.at, back });
        self.outcome = None;
    }

    pub(super) fn pause(&mut self) -> Vec<Change> {
        if std::mem::take(&mut self.playing) { vec![Change::Paused] } else { vec![] }
    }
}

/// Who takes hold of time stops its passing; who only jumps to another time does not.
const fn goes_on_playing(playback: Playback) -> bool {
    match playback {
        Playback::Frame(_) | Playback::Beat | Playback::Seek(_) => true,
        Playback::Play
        | Playback::Pause
        | Playback::Speed(_)
        | Playback::Records(_)
        | Playback::Step(_)
        | Playback::Height(_)
        | Playback::Record(_)
        | Playback::Moment(_)
        | Playback::Within(_) => false,
    }
}
