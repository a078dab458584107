//! The key numbers of a theme: those that the engine has where a scenario says nothing else.

use tcpscope_quiz::Theme;
use tcpscope_tcp::{Config, Duration, KeepAlive};
use tcpscope_view::duration_text;

use crate::store::Session;
use crate::ui::element::{El, classed, el};

/// A number, what it is called, and the section that asks for just this one; where none does, the engine
/// has the usual one.
struct Number {
    name: &'static str,
    value: String,
    rfc: &'static str,
}

/// The numbers of a theme.
pub(super) fn numbers(session: &Session, theme: Theme) -> El {
    let words = &session.messages().crib;
    let mut list = el("dl");
    for Number { name, value, rfc } in of(session, theme) {
        let value = el("dd").add(el("b").text(value)).say(" ").add(el("cite").say(rfc));
        list = list.add(el("div").add(el("dt").say(name)).add(value));
    }
    classed("section", "crib-numbers").add(el("h4").say(words.numbers)).add(list)
}

fn of(session: &Session, theme: Theme) -> Vec<Number> {
    let words = &session.messages().crib;
    let config = Config::default();
    let keep_alive = KeepAlive::default();
    let time = |name, span: Duration, rfc| Number { name, value: duration_text(span), rfc };
    let times =
        |name, count: u32, rfc| Number { name, value: words.times.fill([&count.to_string()]), rfc };
    let octets = |name, octets: u32, rfc| Number {
        name,
        value: words.octets.fill([&octets.to_string()]),
        rfc,
    };
    let segments = words.segments.fill([&config.initial_window_segments.to_string()]);
    let first_rto = || time(words.initial_rto, config.initial_rto, "RFC 6298 §2.1");
    let mss = || octets(words.mss, config.mss.into(), "RFC 9293 §3.7.1");
    let window = || Number { name: words.initial_window, value: segments.clone(), rfc: "RFC 6928" };
    let msl = || time(words.msl, config.msl, "");
    let lasts = || {
        let both = Duration::from_micros(config.msl.as_micros().saturating_mul(2));
        time(words.time_wait, both, "")
    };
    let resent = || times(words.data_retries, config.data_retries, "");
    let delayed = || time(words.delayed_ack, config.delayed_ack, "");
    let idle = || time(words.keep_alive_idle, keep_alive.idle, "RFC 9293 §3.8.4");
    let shift = || Number {
        name: words.window_scale,
        value: config.window_scale.unwrap_or_default().to_string(),
        rfc: "",
    };
    match theme {
        Theme::Opening => {
            vec![first_rto(), times(words.syn_retries, config.syn_retries, ""), mss(), shift()]
        }
        Theme::Closing => {
            vec![msl(), lasts(), time(words.fin_wait_2, config.fin_wait_2_timeout, "")]
        }
        Theme::Loss => {
            vec![first_rto(), time(words.max_rto, config.max_rto, "RFC 6298 §2.5"), resent()]
        }
        Theme::Flow => {
            vec![octets(words.receive_buffer, config.receive_buffer, ""), shift(), delayed(), mss()]
        }
        Theme::Congestion => vec![window(), mss(), first_rto()],
        Theme::Failures => vec![
            idle(),
            time(words.keep_alive_interval, keep_alive.interval, ""),
            times(words.keep_alive_count, keep_alive.count, ""),
            resent(),
        ],
        Theme::Everything => vec![first_rto(), window(), mss(), delayed(), msl(), lasts(), idle()],
    }
}
