//! The numbers that were put into a rule, each under its name.
//!
//! They are those that fill the gaps of the rule's sentence: so the list says no other numbers than
//! the sentence does, and a rule that is new has its list with its sentence.

use std::cell::RefCell;

use tcpscope_sim::Why;

use super::template::{Gap, said};
use super::texts::texts;
use super::{Context, why_text};
use crate::Locale;
use crate::words::messages::{Measures, messages};

/// A number that was put into a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name: as the RFC writes it where it is one of the RFC's variables.
    pub name: &'static str,
    /// The value before, where the rule changes it.
    pub before: Option<String>,
    /// The value.
    pub value: String,
}

/// The numbers that were put into a rule, in the order of its sentence's gaps.
#[must_use]
pub fn variables(locale: Locale, why: &Why, context: &Context<'_>) -> Vec<Variable> {
    let texts = texts(locale);
    let names = &messages(locale).measure;
    let found: RefCell<Found> = RefCell::default();
    let collect = |_: &'static str, gaps: &[Gap<'_>]| {
        let mut found = found.borrow_mut();
        for (gap, value) in gaps {
            if let Some(name) = name_of(names, gap, why.rule()) {
                found.take(gap, name, said(*value, texts, context.bases));
            }
        }
        String::new()
    };
    why_text(texts, why, &collect);
    found.into_inner().list
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    list: Vec<Variable>,
}

impl Found {
    /// Takes a number up: where two are the value before and after, they are one variable.
    fn take(&mut self, gap: &str, name: &'static str, value: String) {
        let known = self.list.iter_mut().find(|known| known.name == name);
        match known {
            Some(known) if known.value == value => {}
            Some(known) if gap == "from" => known.before = Some(value),
            Some(known) if gap == "to" => {
                known.before = Some(std::mem::replace(&mut known.value, value));
            }
            Some(_) | None => self.list.push(Variable { name, before: None, value }),
        }
    }
}

/// The variable that fills a gap of a rule's sentence; `None` for words.
fn name_of(names: &'static Measures, gap: &str, rule: &str) -> Option<&'static str> {
    Some(match gap {
        "from" | "to" => return changed_by(rule),
        "rcv_nxt" => "RCV.NXT",
        "rcv_wnd" => "RCV.WND",
        "rcv_up" => "RCV.UP",
        "snd_una" => "SND.UNA",
        "snd_nxt" => "SND.NXT",
        "snd_up" => "SND.UP",
        "wnd" => "SND.WND",
        "max_wnd" => "MAX.SND.WND",
        "wl1" => "SND.WL1",
        "wl2" => "SND.WL2",
        "iss" => "ISS",
        "irs" => "IRS",
        "seq" => "SEG.SEQ",
        "ack" => "SEG.ACK",
        "len" => "SEG.LEN",
        "mss" => "MSS",
        "mtu" => "MTU",
        "cwnd" => "cwnd",
        "ssthresh" => "ssthresh",
        "flight" => "FlightSize",
        "pipe" => "pipe",
        "recover" => "recover",
        "w_max" => "W_max",
        "snd_shift" => "Snd.Wind.Shift",
        "rcv_shift" => "Rcv.Wind.Shift",
        "rto" => "RTO",
        "rtt" => "RTT",
        "srtt" => "SRTT",
        "rttvar" => "RTTVAR",
        "msl" => "MSL",
        "twice" => "2 MSL",
        "recent" => "TS.Recent",
        "value" if rule.starts_with("paws") || rule.starts_with("timestamp") => "SEG.TSval",
        "octets" => names.octets,
        "segments" => names.segments,
        "state" => names.state,
        "attempt" => names.attempt,
        "unsent" => names.unsent,
        "unread" => names.unread,
        "room" => names.room,
        "usable" => names.usable,
        "waited" => names.waited,
        "announced" => names.announced,
        "ours" => names.ours,
        "duplicates" | "count" => names.duplicates,
        "left" => names.left,
        "right" => names.right,
        "blocks" => names.blocks,
        "kept" => names.kept,
        "cut" => names.cut,
        "after" => names.after,
        "idle" => names.idle,
        "since" => names.since,
        "elapsed" => names.elapsed,
        "allowed" => names.allowed,
        "delivered" => names.delivered,
        "sent" => names.sent,
        "backlog" => names.backlog,
        "shift" => names.shift,
        "limit" => names.limit,
        "loss" => names.loss,
        "share" => names.share,
        "by" => names.by,
        "until" => names.until,
        "most" => names.most,
        "lasts" => names.lasts,
        "target" => names.target,
        "bit" => names.bit,
        "fragments" => names.fragments,
        "offset" => names.offset,
        _ => return None,
    })
}

/// The variable that a rule moves.
fn changed_by(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "ack-advances" => "SND.UNA",
        "window-taken" | "window-shrinks" | "window-closed" => "SND.WND",
        "window-update" => "RCV.WND",
        "rto-backs-off" => "RTO",
        "slow-start"
        | "congestion-avoidance"
        | "cubic-grows"
        | "cubic-reno-friendly"
        | "restart-after-idle" => "cwnd",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::template::Value;
    use super::super::tests::{CONTEXT, reasons};
    use super::*;
    use tcpscope_tcp::{Reason, SeqNumber};

    fn listed(reason: Reason, locale: Locale) -> Vec<String> {
        let shown = |variable: Variable| match variable.before {
            Some(before) => format!("{} {before} → {}", variable.name, variable.value),
            None => format!("{} {}", variable.name, variable.value),
        };
        variables(locale, &Why::Tcp(reason), &CONTEXT).into_iter().map(shown).collect()
    }

    #[test]
    fn a_change_is_one_variable_with_what_it_was() {
        let base = CONTEXT.bases.send;
        let una = |number: u32| SeqNumber::new(base.value().wrapping_add(number));
        let advances = Reason::AckAdvances { from: una(1), to: una(1001), octets: 1000 };
        assert_eq!(listed(advances, Locale::En), ["SND.UNA 1 → 1001", "text 1000 octets"]);
        assert_eq!(listed(advances, Locale::ZhCn), ["SND.UNA 1 → 1001", "数据 1000 字节"]);
    }

    #[test]
    fn every_number_of_a_sentence_has_a_name() {
        for locale in Locale::ALL {
            let texts = texts(locale);
            let names = &messages(locale).measure;
            for reason in reasons() {
                let why = Why::Tcp(reason);
                let check = |sentence: &'static str, gaps: &[Gap<'_>]| {
                    for (gap, value) in gaps {
                        let name = name_of(names, gap, why.rule());
                        let is_words = matches!(value, Value::Text(_));
                        assert!(
                            is_words || name.is_some_and(|name| !name.is_empty()),
                            "{gap}: {sentence}"
                        );
                    }
                    String::new()
                };
                why_text(texts, &why, &check);
            }
        }
    }
}
