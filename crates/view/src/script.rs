//! An application's script, as a program would read.

use tcpscope_sim::{
    AppCall, CallResult, HostId, HostInfo, RecordId, RecordKind, Step, Trace, Wait, Want,
};

use crate::words::{Messages, call_name, peer_of};
use crate::{Locale, duration_text, messages};

/// A line of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLine {
    /// The call, as C with sockets would write it.
    pub code: String,
    /// What it waits for, as a comment; `None` where it follows at once.
    pub comment: Option<String>,
    /// How far it is.
    pub progress: Progress,
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

/// The program of `host` once `record` has happened.
#[must_use]
pub fn script(trace: &Trace, host: HostId, record: RecordId, locale: Locale) -> Vec<ScriptLine> {
    let messages = messages(locale);
    let info = trace.host(host);
    let peer = trace.host(peer_of(trace, host));
    let present = info.line(record);
    let results = last_results(trace, host, record);
    info.script
        .iter()
        .zip(results)
        .enumerate()
        .map(|(line, (step, result))| ScriptLine {
            code: code(&step.call, info, peer),
            comment: comment(step, messages),
            progress: progress(line, present, result),
        })
        .collect()
}

/// What came of the last call of each line so far; `None` where it was not called.
fn last_results(trace: &Trace, host: HostId, record: RecordId) -> Vec<Option<CallResult>> {
    let mut results = vec![None; trace.host(host).script.len()];
    for record in trace.records().iter().take_while(|past| past.id <= record) {
        if let (Some(at), RecordKind::Call { line, result }) = (record.host, &record.kind)
            && at == host
            && let Some(slot) = results.get_mut(*line)
        {
            *slot = Some(*result);
        }
    }
    results
}

fn progress(line: usize, present: usize, result: Option<CallResult>) -> Progress {
    match result {
        Some(CallResult::Refused(_) | CallResult::Failed(_)) => Progress::Refused,
        // A program whose connection fails is through: it may have been in the middle of a call.
        Some(_) if line < present => Progress::Done,
        None if line < present => Progress::Skipped,
        Some(_) if line == present => Progress::Blocked,
        None if line == present => Progress::Waiting,
        Some(_) | None => Progress::ToCome,
    }
}

fn code(call: &AppCall, host: &HostInfo, peer: &HostInfo) -> String {
    match call {
        AppCall::Open { active: true } => format!("connect(\"{}\")", peer.address),
        AppCall::Open { active: false } => format!("listen({})", host.address.port()),
        AppCall::Send(data) => format!("send({}, {})", literal(data), data.len()),
        AppCall::Receive(Want::Octets(octets)) => format!("recv(buf, {octets})"),
        AppCall::Receive(Want::All) => "while (recv(buf) > 0)".into(),
        AppCall::Generate { octets } | AppCall::Type { octets, .. } => {
            format!("send(text, {octets})")
        }
        AppCall::Listen { backlog } => format!("listen({}, {backlog})", host.address.port()),
        AppCall::Bind { port } => format!("bind({port})"),
        AppCall::Repeat { times, lines } => format!("for ({times}) // {lines}"),
        AppCall::Close
        | AppCall::Abort
        | AppCall::Connect(_)
        | AppCall::Accept
        | AppCall::Serve { .. }
        | AppCall::Set(_)
        | AppCall::Shutdown(_)
        | AppCall::Release
        | AppCall::Exit
        | AppCall::SendTo { .. }
        | AppCall::Forge(_)
        | AppCall::Nothing => call_name(call).into(),
    }
}

/// As much of a text as a line of code shows.
const SHOWN: usize = 24;

/// The octets as C would write them, cut where they are many.
fn literal(data: &[u8]) -> String {
    let shown: String =
        data.iter().take(SHOWN).flat_map(|octet| octet.escape_ascii()).map(char::from).collect();
    let rest = if data.len() > SHOWN { "…" } else { "" };
    format!("\"{shown}{rest}\"")
}

fn comment(step: &Step, messages: &Messages) -> Option<String> {
    let words = &messages.program;
    let end = matches!(step.call, AppCall::Receive(Want::All)).then_some(words.until_end_of_stream);
    let start = match step.wait {
        Wait::Nothing => None,
        Wait::Until(at) => {
            Some(words.until.fill([&duration_text(at.since(tcpscope_tcp::Instant::ZERO))]))
        }
        Wait::For(span) => Some(words.after.fill([&duration_text(span)])),
        Wait::Connected => Some(words.when_connected.into()),
        Wait::PeerClosed => Some(words.when_peer_closed.into()),
        Wait::State(state) => Some(words.when_in_state.fill([state.name()])),
        Wait::Acknowledged => Some(words.when_acknowledged.into()),
        Wait::Readable(octets) => Some(words.when_readable.fill([&octets.to_string()])),
    };
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("{start}{}{end}", words.and)),
        (Some(start), None) => Some(start),
        (None, end) => end.map(str::to_owned),
    }
}
