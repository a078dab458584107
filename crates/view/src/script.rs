//! The applications of a host, as programs would read.

mod calls;
mod code;

use std::ops::Range;

use tcpscope_sim::{AppCall, RecordId, Step, Wait, Want};

use crate::words::{Messages, call_name, peer_of};
use crate::{End, Locale, duration_text, messages};
use calls::{Calls, Outcome};

/// The programs of a host, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// Their lines, one program after another.
    pub lines: Vec<ScriptLine>,
    /// What each of them is about, in a sentence: the host's first, its others, and what is run
    /// for the connection alone.
    pub stands: Vec<String>,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLine {
    /// The call, as C with sockets would write it.
    pub code: String,
    /// What it waits for, as a comment; `None` where it follows at once.
    pub comment: Option<String>,
    /// What the call has returned, as C would: a number, or -1 with the name of the error; so far,
    /// where it has not returned.
    pub value: Option<String>,
    /// How far it is.
    pub progress: Progress,
    /// How many loops it is in.
    pub depth: u8,
    /// Whether another program of the host begins with it.
    pub begins: bool,
}

/// How far a line of the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    /// Done.
    Done,
    /// The present line; what it waits for has not happened yet.
    Waiting,
    /// The present line; its call was made and has not returned.
    Blocked,
    /// Its call was refused.
    Refused,
    /// Never called: the connection failed before.
    Skipped,
    /// Yet to come.
    ToCome,
}

impl Progress {
    /// Whether this is the line where the program stands.
    #[must_use]
    pub const fn is_present(self) -> bool {
        matches!(self, Self::Waiting | Self::Blocked)
    }

    /// The line's class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::Blocked => "blocked",
            Self::Refused => "refused",
            Self::Skipped => "skipped",
            Self::ToCome => "to-come",
        }
    }
}

/// The programs of the host once `record` has happened, and of a server's program the part that is
/// run for this connection. `scripts` are the lines of each ([`tcpscope_sim::HostSetup::scripts`]).
#[must_use]
pub fn programs(
    end: End<'_>,
    scripts: &[Range<usize>],
    record: RecordId,
    locale: Locale,
) -> Programs {
    let words = messages(locale);
    let trace = end.trace();
    let info = trace.host(end.host());
    let peer = trace.host(peer_of(trace, end.host()));
    let calls = Calls::until(end, record);
    let stands = stands(end, scripts, record);
    let mut lines: Vec<ScriptLine> = Vec::new();
    for (line, step) in info.script.iter().enumerate() {
        let stand = stands.iter().rev().find(|stand| stand.lines.contains(&line));
        let present = stand.map_or(0, |stand| stand.line);
        let outcome = calls.of(line);
        lines.push(ScriptLine {
            code: code::code(&step.call, info, peer),
            comment: comment(step, words),
            value: outcome.as_ref().and_then(Outcome::value),
            progress: progress(line, present, outcome),
            depth: depth(&info.script, line),
            begins: scripts.iter().skip(1).any(|script| script.start == line),
        });
    }
    let sentences = stands.iter().map(|stand| {
        let here = info.script.get(stand.line).filter(|_| stand.line < stand.lines.end);
        let blocked = lines.get(stand.line).is_some_and(|line| line.progress == Progress::Blocked);
        match here {
            None => words.side.program_over.to_owned(),
            Some(step) if blocked => blocked_on(&step.call, words),
            Some(step) => words.side.program_waits.fill([
                call_name(&step.call),
                &condition(&step.wait, words).unwrap_or_else(|| words.side.its_turn.to_owned()),
            ]),
        }
    });
    Programs { stands: sentences.collect(), lines }
}

/// Where a program stands.
struct Stand {
    lines: Range<usize>,
    line: usize,
}

/// Where the programs stand: the host's scripts, and what is run for this connection alone.
fn stands(end: End<'_>, scripts: &[Range<usize>], record: RecordId) -> Vec<Stand> {
    let trace = end.trace();
    let others = trace.program_stands(record);
    let connection = end.connection(record);
    let mut stands = Vec::new();
    for (place, lines) in scripts.iter().enumerate() {
        let same = |lines: &Range<usize>, other: &Range<usize>| lines == other;
        let told = others.iter().rev().find(|it| it.host == end.host() && same(&it.lines, lines));
        let line = match (place, told) {
            (0, _) => trace.host(end.host()).line(record),
            (_, Some(told)) => told.line,
            (_, None) => lines.start,
        };
        stands.push(Stand { lines: lines.clone(), line });
    }
    let handler = others.iter().rev().find(|it| {
        it.host == end.host()
            && it.connection.is_some()
            && it.connection == connection
            && !scripts.contains(&it.lines)
    });
    stands.extend(handler.map(|it| Stand { lines: it.lines.clone(), line: it.line }));
    stands
}

fn progress(line: usize, present: usize, outcome: Option<Outcome<'_>>) -> Progress {
    match outcome {
        Some(outcome) if outcome.has_failed() => Progress::Refused,
        Some(_) if line < present => Progress::Done,
        None if line < present => Progress::Skipped,
        // In a loop it has returned the time before.
        Some(outcome) if line == present && !outcome.is_over() => Progress::Blocked,
        Some(_) | None if line == present => Progress::Waiting,
        Some(_) | None => Progress::ToCome,
    }
}

/// How many loops a line is in.
fn depth(script: &[Step], line: usize) -> u8 {
    let begins = |(start, step): (usize, &Step)| match step.call {
        AppCall::Repeat { lines, .. } | AppCall::Serve { lines } => {
            start < line && line <= start.saturating_add(lines)
        }
        _ => false,
    };
    let around = script.iter().enumerate().filter(|it| begins(*it)).count();
    u8::try_from(around).unwrap_or(u8::MAX)
}

/// What a call that has not returned waits for.
fn blocked_on(call: &AppCall, words: &Messages) -> String {
    let words = &words.side;
    match call {
        AppCall::Send(_) | AppCall::Generate { .. } => words.blocked_send.to_owned(),
        AppCall::Type { every, .. } => words.blocked_type.fill([&duration_text(*every)]),
        AppCall::Receive(_) => words.blocked_receive.to_owned(),
        AppCall::Accept | AppCall::Serve { .. } => words.blocked_accept.to_owned(),
        AppCall::Open { .. }
        | AppCall::Close
        | AppCall::Abort
        | AppCall::Connect(_)
        | AppCall::Bind { .. }
        | AppCall::Listen { .. }
        | AppCall::Set(_)
        | AppCall::Shutdown(_)
        | AppCall::Release
        | AppCall::Exit
        | AppCall::Repeat { .. }
        | AppCall::SendTo { .. }
        | AppCall::Forge(_)
        | AppCall::Nothing => words.program_waits.fill([call_name(call), words.its_turn]),
    }
}

fn comment(step: &Step, messages: &Messages) -> Option<String> {
    let words = &messages.program;
    let end = matches!(step.call, AppCall::Receive(Want::All)).then_some(words.until_end_of_stream);
    match (condition(&step.wait, messages), end) {
        (Some(start), Some(end)) => Some(format!("{start}{}{end}", words.and)),
        (Some(start), None) => Some(start),
        (None, end) => end.map(str::to_owned),
    }
}

fn condition(wait: &Wait, messages: &Messages) -> Option<String> {
    let words = &messages.program;
    Some(match wait {
        Wait::Nothing => return None,
        Wait::Until(at) => {
            words.until.fill([&duration_text(at.since(tcpscope_tcp::Instant::ZERO))])
        }
        Wait::For(span) => words.after.fill([&duration_text(*span)]),
        Wait::Connected => words.when_connected.into(),
        Wait::PeerClosed => words.when_peer_closed.into(),
        Wait::State(state) => words.when_in_state.fill([state.name()]),
        Wait::Acknowledged => words.when_acknowledged.into(),
        Wait::Readable(octets) => words.when_readable.fill([&octets.to_string()]),
    })
}
