//! One conversation of a capture, segment by segment.

use std::io::{self, Write};

use serde::Serialize;
use tcpscope_dissect::{
    End, Gathered, Observed, StateChange, StateSet, change_in_words, end_in_words,
    finding_in_words, remarks_in_words, segment_in_words, span_text,
};
use tcpscope_tcp::State;
use tcpscope_view::{Locale, messages};

use super::{Format, Request};

/// What is printed of a conversation.
pub(super) struct Printed<'a> {
    number: usize,
    gathered: &'a Gathered,
    observed: Observed,
}

/// A segment. Times are nanoseconds, the first one since 1970 began; numbers are relative.
#[derive(Serialize)]
struct Line {
    frame: u64,
    at_ns: Option<i64>,
    from: &'static str,
    seq: u32,
    ack: Option<u32>,
    text_octets: u32,
    segment: String,
    window: Option<u32>,
    in_flight: Option<u32>,
    marks: Vec<String>,
    repeat: Option<&'static str>,
    repeats_frame: Option<u64>,
    repeated_by_frame: Option<u64>,
    round_trip_ns: Option<i64>,
    acknowledges_frame: Option<u64>,
    client: Vec<&'static str>,
    server: Vec<&'static str>,
    text: Vec<String>,
}

impl<'a> Printed<'a> {
    pub(super) fn of(number: usize, gathered: &'a Gathered) -> Self {
        Self { number, gathered, observed: Observed::of(gathered) }
    }

    pub(super) fn print(&self, request: &Request, out: &mut impl Write) -> io::Result<()> {
        match request.format {
            Format::Table | Format::Svg => self.table(request.locale, out),
            Format::Json => self.json(request.locale, out),
        }
    }

    fn json(&self, locale: Locale, out: &mut impl Write) -> io::Result<()> {
        let mut states = [StateSet::default(); 2];
        let mut changes = self.observed.states.each_ref().map(|list| list.iter().peekable());
        for (place, seen) in self.gathered.segments.iter().enumerate() {
            for (states, changes) in states.iter_mut().zip(&mut changes) {
                while let Some(change) = changes.next_if(|change| change.since <= Some(place)) {
                    *states = change.states;
                }
            }
            let names = states.map(|set| set.states().map(State::name).collect());
            let finding = &self.observed.findings[place];
            let [client, server] = names;
            let of = seen.from.other();
            let frame = |of: usize| self.gathered.segments.get(of).map(|seen| seen.frame);
            let line = Line {
                frame: seen.frame,
                at_ns: seen.at.map(tcpscope_dissect::Time::nanos),
                from: match seen.from {
                    End::Client => "client",
                    End::Server => "server",
                },
                seq: self.observed.relative(seen.from, seen.seq),
                ack: seen.ack.map(|ack| self.observed.relative(of, ack)),
                text_octets: seen.text_len,
                segment: segment_in_words(&self.observed, seen),
                window: finding.window,
                in_flight: finding.in_flight,
                marks: finding.marks.names().collect(),
                repeat: finding.repeat.map(tcpscope_dissect::Repeat::name),
                repeats_frame: finding.repeats.and_then(frame),
                repeated_by_frame: finding.repeated_by.and_then(frame),
                round_trip_ns: finding.round_trip,
                acknowledges_frame: finding.acknowledges.and_then(frame),
                client,
                server,
                text: finding_in_words(self.gathered, &self.observed, place, locale),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn table(&self, locale: Locale, out: &mut impl Write) -> io::Result<()> {
        let words = &messages(locale).observed;
        let Gathered { conversation, segments, beyond } = self.gathered;
        let count = segments.len().to_string();
        writeln!(out, "{}", words.title.fill([&self.number.to_string(), &count]))?;
        for end in End::BOTH {
            writeln!(out, "  {}: {}", end_in_words(end, locale), conversation.ends[end.index()])?;
        }
        if *beyond > 0 {
            writeln!(out, "{}", words.beyond.fill([&beyond.to_string()]))?;
        }
        writeln!(out, "{}", words.remark.title)?;
        for remark in remarks_in_words(self.gathered, &self.observed, locale) {
            writeln!(out, "  {remark}")?;
        }
        writeln!(out)?;
        self.states(None, locale, out)?;
        let began = segments.iter().find_map(|seen| seen.at);
        for (place, seen) in segments.iter().enumerate() {
            let at = seen.at.zip(began).map(|(at, began)| span_text(at.since(began)));
            let arrow = match seen.from {
                End::Client => "→",
                End::Server => "←",
            };
            let segment = segment_in_words(&self.observed, seen);
            writeln!(out, "{:>6}  {:>11}  {arrow} {segment}", seen.frame, at.unwrap_or_default())?;
            for told in finding_in_words(self.gathered, &self.observed, place, locale) {
                writeln!(out, "{INDENT}{told}")?;
            }
            self.states(Some(place), locale, out)?;
        }
        Ok(())
    }

    /// What changes of the states with this segment.
    fn states(&self, since: Option<usize>, locale: Locale, out: &mut impl Write) -> io::Result<()> {
        for end in End::BOTH {
            let changes: &[StateChange] = &self.observed.states[end.index()];
            let first = changes.partition_point(|change| change.since < since);
            for change in changes[first..].iter().take_while(|change| change.since == since) {
                writeln!(out, "{INDENT}{}", change_in_words(end, change, locale))?;
            }
        }
        Ok(())
    }
}

/// Where sentences stand that tell of the row above.
const INDENT: &str = "                       ";
