//! SEND and RECEIVE, as a program goes on with them until all is done; and the text that it makes.

use alloc::format;

use bytes::Bytes;
use tcpscope_tcp::{Call, CallError, Instant, Reply};

use super::calls::On;
use super::process::{Blocked, Process};
use crate::{AppCall, CallResult};

/// So many octets are made at a time.
const PIECE: u64 = 65_536;

impl Process {
    pub(super) fn send(&mut self, on: &mut On<'_>, data: &Bytes) -> CallResult {
        let (result, sent) = self.send_some(on, data);
        let rest = data.slice(sent as usize..);
        if !matches!(result, CallResult::Refused(_)) && !rest.is_empty() {
            self.blocked = Some(Blocked::Send(rest));
        }
        result
    }

    pub(super) fn generate(&mut self, on: &mut On<'_>, octets_left: u64, made: u64) -> CallResult {
        let (result, sent) = self.send_some(on, &text(made, octets_left.min(PIECE)));
        let (octets_left, made) = (octets_left - u64::from(sent), made + u64::from(sent));
        if !matches!(result, CallResult::Refused(_)) && octets_left > 0 {
            self.blocked = Some(Blocked::Generate { octets_left, made });
        }
        result
    }

    pub(super) fn type_next(
        &mut self,
        on: &mut On<'_>,
        octets_left: u64,
        made: u64,
        next: Instant,
        call: &AppCall,
    ) -> CallResult {
        let AppCall::Type { every, .. } = call else { return CallResult::Ok };
        let (result, sent) = self.send_some(on, &text(made, octets_left.min(1)));
        let next = if sent > 0 { next + *every } else { next };
        let (octets_left, made) = (octets_left - u64::from(sent), made + u64::from(sent));
        if !matches!(result, CallResult::Refused(_)) && octets_left > 0 {
            self.blocked = Some(Blocked::Type { octets_left, made, next });
        }
        result
    }

    /// SEND of as much as there is room for: what the call returns, and how many octets were taken.
    fn send_some(&self, on: &mut On<'_>, data: &Bytes) -> (CallResult, u32) {
        let call = Call::Send { data: data.clone(), push: true, urgent: false };
        let sent = match self.ask(on, call) {
            Ok(Reply::Sent { octets }) => octets,
            Ok(_) | Err(CallError::InsufficientResources) => 0,
            Err(error) => return (CallResult::Refused(error), 0),
        };
        let waits = sent == 0 && !data.is_empty();
        (if waits { CallResult::Waits } else { CallResult::Sent(sent) }, sent)
    }

    pub(super) fn receive(&mut self, on: &mut On<'_>, want: u64) -> CallResult {
        let max = u32::try_from(want).unwrap_or(u32::MAX);
        let (result, octets_left) = match self.ask(on, Call::Receive { max }) {
            Ok(Reply::Received { data, .. }) => {
                let octets = u32::try_from(data.len()).unwrap_or(u32::MAX);
                (CallResult::Received(octets), want - u64::from(octets))
            }
            Ok(Reply::EndOfStream) => (CallResult::EndOfStream, 0),
            Ok(_) => (CallResult::Waits, want),
            Err(error) => (CallResult::Refused(error), 0),
        };
        if octets_left > 0 {
            self.blocked = Some(Blocked::Receive { octets_left });
        }
        result
    }
}

/// The message of a datagram: its number, and then text.
pub(crate) fn datagram(number: u32, octets: u32) -> Bytes {
    let mut message = format!("message {number}\n").into_bytes();
    message.extend_from_slice(&text(0, octets.into()));
    message.truncate(usize::try_from(octets).unwrap_or(usize::MAX));
    message.into()
}

/// Octets of a text in which each line tells where it begins, on from the place `from`.
fn text(from: u64, octets: u64) -> Bytes {
    (from..from.saturating_add(octets)).map(octet).collect()
}

fn octet(place: u64) -> u8 {
    const LINE: &[u8; 20] = b"octets from 0000000\n";
    let column = place % 20;
    if !(12..19).contains(&column) {
        return usize::try_from(column).ok().and_then(|at| LINE.get(at)).copied().unwrap_or(0);
    }
    let power = u32::try_from(18 - column).unwrap_or(0);
    let digit = (place - column) / 10_u64.pow(power) % 10;
    u8::try_from(digit).map_or(0, |digit| b'0' + digit)
}
