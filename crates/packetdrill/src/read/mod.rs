//! A script's text, read event by event. What is wrong with one does not keep the next from being
//! read, so that all that is wrong is said at once.

mod arguments;
mod calls;
mod cursor;
mod options;
mod packet;
mod settings;
mod sockets;
mod time;

use cursor::{Cursor, Fail, Read};

use crate::{Direction, Does, Event, Fault, Place, Script, Settings};

/// A script may be this long, in octets.
const LONGEST: usize = 1 << 20;

/// So many faults are told; who has more begins with these.
const MOST_FAULTS: usize = 50;

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// All that is wrong with it, and all that is outside of what a simulation can mean, in order.
    pub fn from_text(text: &str) -> Result<Self, Vec<Fault>> {
        let mut places = Places { text, at: 0, place: Place { line: 1, column: 1 } };
        if text.len() > LONGEST {
            let what = format!("the script has over {LONGEST} octets, which nobody wrote");
            return Err(vec![Fault { place: places.place, what, is_outside: false }]);
        }
        let mut cursor = Cursor::new(text);
        let mut script = Self { settings: Settings::default(), events: Vec::new() };
        let mut faults = Vec::new();
        let mut fail = |fail: Fail, cursor: &mut Cursor<'_>| {
            let place = places.of(fail.at);
            faults.push(Fault { place, what: fail.what, is_outside: fail.is_outside });
            cursor.go_to_next_event(fail.at);
            faults.len() < MOST_FAULTS
        };
        let mut goes_on = true;
        while goes_on && let Some(read) = settings::next(&mut cursor, &mut script.settings) {
            if let Err(wrong) = read {
                goes_on = fail(wrong, &mut cursor);
            }
        }
        while goes_on && let Some(read) = event(&mut cursor) {
            match read {
                Ok(event) => script.events.push(event),
                Err(wrong) => goes_on = fail(wrong, &mut cursor),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        // The places of events are those of their octets, and these are in order.
        let mut places = Places { text, at: 0, place: Place { line: 1, column: 1 } };
        for event in &mut script.events {
            event.place = places.of(event.span.start);
        }
        Ok(script)
    }
}

/// The next event; `None` at the end.
fn event(cursor: &mut Cursor<'_>) -> Option<Read<Event>> {
    if let Err(fail) = cursor.skip_blanks() {
        return Some(Err(fail));
    }
    if cursor.is_at_end() {
        return None;
    }
    let start = cursor.at();
    let nowhere = Place { line: 1, column: 1 };
    let read = no_machine(cursor).and_then(|()| {
        let when = time::when(cursor)?;
        cursor.skip_blanks()?;
        no_machine(cursor)?;
        let at = cursor.at();
        let does = if cursor.takes("<") {
            packet::line(cursor, Direction::Injected)?
        } else if cursor.takes(">") {
            packet::line(cursor, Direction::Expected)?
        } else {
            let (call, returns) = calls::call(cursor)?;
            Does::Call(call, returns)
        };
        time::fits(when, &does, at)?;
        Ok(Event { place: nowhere, span: start..cursor.end(), when, does })
    });
    Some(read)
}

/// What runs on a machine, and has none here.
fn no_machine(cursor: &mut Cursor<'_>) -> Read<()> {
    let at = cursor.at();
    for (opening, closing, what, why) in [
        (
            "`",
            "`",
            "a shell command",
            "there is no machine that it could change; `--tcp={…}` sets up the TCP",
        ),
        (
            "%{",
            "}%",
            "a block of code",
            "it asks a kernel for its variables; `tcpscope drive` tells those of our TCP",
        ),
    ] {
        if cursor.takes(opening) {
            if !cursor.takes_up_to(closing) {
                let what = format!("{what} that does not end: `{closing}` is missing");
                return Err(Fail::wrong(at, what));
            }
            return Err(Fail::outside(at, what, why));
        }
    }
    Ok(())
}

/// The places of octets, asked for in their order.
struct Places<'a> {
    text: &'a str,
    at: usize,
    place: Place,
}

impl Places<'_> {
    fn of(&mut self, offset: usize) -> Place {
        if offset < self.at {
            (self.at, self.place) = (0, Place { line: 1, column: 1 });
        }
        for letter in self.text.get(self.at..offset).unwrap_or_default().chars() {
            if letter == '\n' {
                self.place = Place { line: self.place.line + 1, column: 1 };
            } else {
                self.place.column += 1;
            }
        }
        self.at = offset;
        self.place
    }
}
