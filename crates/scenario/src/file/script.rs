//! The lines of a script: which fields go with which call.

use bytes::Bytes;
use tcpscope_sim::{AppCall, Step, Wait, Want};
use tcpscope_tcp::{Duration, Instant, State};

use super::path::{Path, Wrong, within};
use super::pattern::pattern;
use super::{CallFile, ModeFile, StepFile, WhenFile};
use crate::error::quoted;
use crate::{MAX_SENT_OCTETS, Misuse, Problem};

/// One line; `sent` counts the octets that all lines up to it send.
pub(super) fn step(path: &Path<'_>, file: &StepFile, sent: &mut u64) -> Result<Step, Wrong> {
    let StepFile { when, call, mode, text, octets, all } = file;
    let wait = when.as_ref().map_or(Ok(Wait::Nothing), |when| wait(&path.key("when"), when))?;
    let no = |what, field, there: bool| {
        let problem = Problem::Misuse(Misuse::HasNo { what, field });
        if there { Err(path.key(field).wrong(problem)) } else { Ok(()) }
    };
    let needs = |what, field| path.wrong(Problem::Misuse(Misuse::Needs { what, field }));
    let call = match call {
        CallFile::Open => {
            no("open", "text", text.is_some())?;
            no("open", "octets", octets.is_some())?;
            no("open", "all", all.is_some())?;
            match mode {
                Some(ModeFile::Active) => AppCall::Open { active: true },
                Some(ModeFile::Passive) => AppCall::Open { active: false },
                None => return Err(needs("open", "mode, active or passive")),
            }
        }
        CallFile::Send => {
            no("send", "mode", mode.is_some())?;
            no("send", "all", all.is_some())?;
            let left = MAX_SENT_OCTETS - *sent;
            let data = match (text, octets) {
                (Some(text), None) => Bytes::from(text.clone().into_bytes()),
                (None, Some(octets)) => {
                    let octets = within(&path.key("octets"), *octets, 1..=left)?;
                    pattern(usize::try_from(octets).unwrap_or(0))
                }
                (Some(_), Some(_)) => {
                    return Err(path.key("octets").wrong(Problem::Misuse(Misuse::HasNo {
                        what: "send with text",
                        field: "octets",
                    })));
                }
                (None, None) => return Err(needs("send", "text or octets")),
            };
            let octets = u64::try_from(data.len()).unwrap_or(u64::MAX);
            *sent += within(&path.key("text"), octets, 1..=left)?;
            AppCall::Send(data)
        }
        CallFile::Receive => {
            no("receive", "mode", mode.is_some())?;
            no("receive", "text", text.is_some())?;
            AppCall::Receive(match (octets, all) {
                (Some(octets), None) => {
                    Want::Octets(within(&path.key("octets"), *octets, 1..=MAX_SENT_OCTETS)?)
                }
                (None, Some(true)) => Want::All,
                (Some(_), Some(_)) => {
                    return Err(path.key("all").wrong(Problem::Misuse(Misuse::HasNo {
                        what: "receive with octets",
                        field: "all",
                    })));
                }
                (None, Some(false) | None) => {
                    return Err(needs("receive", "octets, or all with true"));
                }
            })
        }
        CallFile::Close => {
            alone(&no, "close", file)?;
            AppCall::Close
        }
        CallFile::Abort => {
            alone(&no, "abort", file)?;
            AppCall::Abort
        }
    };
    Ok(Step { wait, call })
}

/// Checks that a call that takes nothing is given nothing.
fn alone(
    no: &impl Fn(&'static str, &'static str, bool) -> Result<(), Wrong>,
    call: &'static str,
    file: &StepFile,
) -> Result<(), Wrong> {
    no(call, "mode", file.mode.is_some())?;
    no(call, "text", file.text.is_some())?;
    no(call, "octets", file.octets.is_some())?;
    no(call, "all", file.all.is_some())
}

fn wait(path: &Path<'_>, when: &WhenFile) -> Result<Wait, Wrong> {
    Ok(match when {
        WhenFile::Connected => Wait::Connected,
        WhenFile::PeerClosed => Wait::PeerClosed,
        WhenFile::Acknowledged => Wait::Acknowledged,
        WhenFile::Until(us) => Wait::Until(Instant::from_micros(*us)),
        WhenFile::After(us) => Wait::For(Duration::from_micros(*us)),
        WhenFile::State(text) => {
            let state = State::ALL.into_iter().find(|state| state.name() == text);
            let unknown = || Problem::UnknownState { text: quoted(text) };
            Wait::State(state.ok_or_else(|| path.key("state").wrong(unknown()))?)
        }
    })
}
