//! The same scenario otherwise: other numbers, ports, delays, lengths, losses.

use tcpscope_sim::{AppCall, Edit, Intervention, Setup, Timeline, Wait, Want, keyed};
use tcpscope_tcp::Duration;

/// What is drawn.
#[derive(Clone, Copy)]
enum Draw {
    Seed,
    Port,
    Delay,
    Length,
    WhetherLost,
    WhichLost,
}

/// A variation of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variation {
    /// Draws all of it.
    pub seed: u64,
    /// Whether a packet may be lost that the scenario does not lose.
    pub loses: bool,
}

impl Variation {
    fn draw(self, what: Draw, nth: u64, below: u64) -> u64 {
        keyed(self.seed, &[what as u64, nth], below)
    }

    /// The varied run; `None` where the setup cannot be run.
    #[must_use]
    pub fn run(self, setup: &Setup) -> Option<Timeline> {
        // What a scenario's own lengths and times agree on may break: then only the seed is new.
        let varied = Timeline::new(self.setup(setup)).ok();
        let mut timeline = varied.or_else(|| Timeline::new(self.seeded(setup)).ok())?;
        if self.loses && self.draw(Draw::WhetherLost, 0, 2) == 0 {
            self.lose_one(&mut timeline);
        }
        Some(timeline)
    }

    fn lose_one(self, timeline: &mut Timeline) {
        let trace = timeline.trace();
        let all: Vec<_> = trace.packets().iter().filter(|packet| packet.fate.arrives()).collect();
        let drawn = self.draw(Draw::WhichLost, 0, all.len() as u64);
        let drawn = usize::try_from(drawn).ok().and_then(|place| all.get(place));
        if let Some(id) = drawn.map(|packet| packet.id) {
            // It is a packet of this run, so it can be dropped.
            let _ = timeline.edit(Edit::Packet(Intervention::Drop(id)));
        }
    }

    fn seeded(self, setup: &Setup) -> Setup {
        Setup { seed: self.draw(Draw::Seed, 0, u64::MAX), ..setup.clone() }
    }

    /// Another seed, and with it other initial sequence numbers; other ports of clients, delays and
    /// lengths, where nothing in the scenario counts on them.
    pub(crate) fn setup(self, setup: &Setup) -> Setup {
        let mut varied = self.seeded(setup);
        if setup.acts.is_empty() && !forges(setup) {
            self.vary_ports(&mut varied);
            if setup.link_changes.is_empty() {
                self.vary_delays(&mut varied);
            }
        }
        if reads_all(setup) {
            self.vary_lengths(&mut varied);
        }
        varied
    }

    /// Hosts that open actively come from other ports.
    fn vary_ports(self, setup: &mut Setup) {
        for (nth, host) in (0..).zip(&mut setup.hosts) {
            let active = |call: &AppCall| matches!(call, AppCall::Open { active: true });
            let calls = || host.script.iter().map(|step| &step.call);
            let passive = |call: &AppCall| {
                matches!(call, AppCall::Open { active: false } | AppCall::Listen { .. })
            };
            if calls().any(active) && !calls().any(passive) && host.address.port() >= 49152 {
                let port = 49152 + self.draw(Draw::Port, nth, 16_384);
                host.address.set_port(u16::try_from(port).unwrap_or(u16::MAX));
            }
        }
    }

    /// All links take between six tenths and twice as long.
    fn vary_delays(self, setup: &mut Setup) {
        let tenths = 6 + self.draw(Draw::Delay, 0, 15);
        for link in &mut setup.links {
            link.delay = Duration::from_micros(link.delay.times(tenths).as_micros() / 10);
        }
    }

    /// What is sent is shorter, or as long.
    fn vary_lengths(self, setup: &mut Setup) {
        let steps = setup.hosts.iter_mut().flat_map(|host| &mut host.script);
        for (nth, step) in (0..).zip(steps) {
            match &mut step.call {
                AppCall::Send(text) if !text.is_empty() => {
                    let length = 1 + self.draw(Draw::Length, nth, text.len() as u64);
                    text.truncate(usize::try_from(length).unwrap_or(usize::MAX));
                }
                AppCall::Generate { octets } if *octets > 1 => {
                    *octets = *octets / 2 + 1 + self.draw(Draw::Length, nth, *octets / 2);
                }
                _ => {}
            }
        }
    }
}

fn forges(setup: &Setup) -> bool {
    let mut steps = setup.hosts.iter().flat_map(|host| &host.script);
    steps.any(|step| matches!(step.call, AppCall::Forge(_)))
}

/// Whether nobody waits for a number of octets.
fn reads_all(setup: &Setup) -> bool {
    let mut steps = setup.hosts.iter().flat_map(|host| &host.script);
    steps.all(|step| {
        !matches!(step.call, AppCall::Receive(Want::Octets(_)))
            && !matches!(step.wait, Wait::Readable(_))
    })
}
