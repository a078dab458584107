//! A run, and the snapshots that it can be replayed from.

use alloc::vec::Vec;

use tcpscope_tcp::{Instant, Outbox};

use crate::edit::Touched;
use crate::world::{Plan, World};
use crate::{PacketId, RecordId, Trace};

/// A run that has come to its end.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) trace: Trace,
    snapshots: Snapshots,
}

impl Run {
    /// Runs a plan from its beginning.
    pub(super) fn new(plan: Plan) -> Self {
        let trace = Trace::new(&plan.setup);
        let mut run = Self { plan, trace, snapshots: Snapshots::default() };
        run.go_on();
        run
    }

    /// Runs another plan, from the last snapshot before the first of what it changes. What it
    /// changes and what is never met changes nothing.
    pub(super) fn replay(&mut self, plan: Plan, touched: impl Iterator<Item = Touched>) {
        self.plan = plan;
        let mut usable = self.snapshots.kept.len();
        let mut is_met = false;
        for one in touched {
            let before = match one {
                Touched::Beginning => Some(0),
                Touched::Packet(id) => self.before_packet(id),
                Touched::Packets(a, b) => {
                    let both = [self.before_packet(a), self.before_packet(b)];
                    both.into_iter().flatten().min()
                }
                Touched::Instant(at) => Some(self.snapshots.before_instant(at)),
            };
            is_met |= before.is_some();
            usable = usable.min(before.unwrap_or(usable));
        }
        if is_met {
            self.snapshots.kept.truncate(usable);
            self.go_on();
        }
    }

    /// How many snapshots stand before the step that sent a packet; `None` where it is never sent.
    fn before_packet(&self, id: PacketId) -> Option<usize> {
        let packet = self.trace.find_packet(id)?;
        Some(self.snapshots.before_step_of(&self.trace, self.trace.packet(packet).sent_by))
    }

    /// Whether what an edit touches is there.
    pub(super) fn meets(&self, touched: Touched) -> bool {
        match touched {
            Touched::Beginning => true,
            Touched::Packet(id) => self.trace.find_packet(id).is_some(),
            Touched::Packets(a, b) => {
                self.trace.find_packet(a).is_some() || self.trace.find_packet(b).is_some()
            }
            Touched::Instant(at) => at <= self.trace.duration(),
        }
    }

    /// Runs to the end, from the last snapshot or from the beginning.
    fn go_on(&mut self) {
        let mut world = match self.snapshots.kept.last() {
            Some(snapshot) => {
                self.trace.truncate(snapshot.before);
                snapshot.world.forget_what_comes(&mut self.trace);
                snapshot.world.clone()
            }
            None => {
                self.trace = Trace::new(&self.plan.setup);
                World::new(&self.plan)
            }
        };
        let mut out = Outbox::recorded();
        let ended = loop {
            self.snapshots.keep(self.trace.next_record(), &world);
            if let Err(ended) = world.step(&self.plan, &mut self.trace, &mut out) {
                break ended;
            }
        };
        self.trace.end(ended);
    }
}

/// The world as it was at some moments, in order.
///
/// They stand at equal distances, the first as far from the beginning, which needs none. When there are many, every second one goes and the distance
/// doubles: so what they take does not grow with the run, and what is replayed in vain is always a
/// small part of it.
#[derive(Clone, Debug)]
struct Snapshots {
    kept: Vec<Snapshot>,
    spacing: usize,
}

/// As many snapshots as are kept.
const MOST: usize = 64;
/// So many records lie between snapshots of a short run. A shorter one has none: it is replayed
/// from its beginning, in no time, and a first picture does without all that copying a world takes.
const FIRST_SPACING: usize = 128;

/// The world before a step.
#[derive(Clone, Debug)]
struct Snapshot {
    /// The record that the step will write first, if it writes any.
    before: RecordId,
    world: World,
}

impl Default for Snapshots {
    fn default() -> Self {
        Self { kept: Vec::new(), spacing: FIRST_SPACING }
    }
}

impl Snapshots {
    /// How many stand before the step that wrote `record`.
    fn before_step_of(&self, trace: &Trace, record: RecordId) -> usize {
        let first = trace.event_of(record).start;
        self.kept.partition_point(|snapshot| snapshot.before.index() <= first)
    }

    /// How many stand before all that happens at `at`.
    fn before_instant(&self, at: Instant) -> usize {
        self.kept.partition_point(|snapshot| snapshot.world.now().is_none_or(|now| now < at))
    }

    fn keep(&mut self, before: RecordId, world: &World) {
        let last = self.kept.last().map_or(0, |last| last.before.index());
        if before.index() < last + self.spacing {
            return;
        }
        if self.kept.len() == MOST {
            let mut nth = 0;
            self.kept.retain(|_| {
                nth += 1;
                nth % 2 == 0
            });
            self.spacing *= 2;
            return self.keep(before, world);
        }
        self.kept.push(Snapshot { before, world: world.clone() });
    }
}

#[cfg(test)]
mod tests {

    use alloc::vec;

    use tcpscope_tcp::{Config, Duration};

    use super::*;
    use crate::{
        AppCall, Edit, HostId, HostSetup, Intervention, LinkSetup, Setup, Step, Timeline, Wait,
    };

    /// So many datagrams from one host to another: three records each, and one more.
    fn datagrams(times: u32) -> Setup {
        let host = |name: &str, address: &str, script| {
            HostSetup::new(name, address.parse().expect("a sound literal"), Config::plain(), script)
        };
        let millis = Duration::from_millis;
        let send = AppCall::SendTo { to: None, port: None, octets: 10 };
        let script = vec![
            Step { wait: Wait::Nothing, call: AppCall::Repeat { times, lines: 1 } },
            Step { wait: Wait::For(millis(1)), call: send },
        ];
        let (a, b) = (HostId(0), HostId(1));
        Setup::new(
            vec![host("a", "192.0.2.1:1", script), host("b", "192.0.2.2:1", Vec::new())],
            vec![LinkSetup::new(a, b, millis(5)), LinkSetup::new(b, a, millis(5))],
        )
    }

    fn run(times: u32) -> Run {
        Run::new(Plan::new(&datagrams(times), &[]))
    }

    #[test]
    fn a_short_run_copies_no_world() {
        let short = run(20);
        let records = short.trace.records().len();
        assert!(records > 50 && records < FIRST_SPACING, "{records}");
        assert!(short.snapshots.kept.is_empty());
    }

    #[test]
    fn snapshots_stand_at_equal_distances_and_there_are_never_more_than_a_few() {
        for times in [100, 1_000, 4_000, 10_000] {
            let run = run(times);
            let (kept, spacing) = (&run.snapshots.kept, run.snapshots.spacing);
            assert!(!kept.is_empty() && kept.len() <= MOST, "{}", kept.len());
            let mut before = 0;
            for snapshot in kept {
                let apart = snapshot.before.index() - before;
                // A step writes a few records at once.
                assert!((spacing..spacing + 20).contains(&apart), "{apart} of {spacing}");
                before = snapshot.before.index();
            }
            assert!(run.trace.records().len() < before + spacing + 20);
        }
    }

    #[test]
    fn an_edit_before_the_first_snapshot_replays_from_the_beginning() {
        for (times, packet) in [(20, 3), (1_000, 3), (1_000, 900), (4_000, 0)] {
            let mut timeline = Timeline::new(datagrams(times)).expect("a sound setup");
            let packet = timeline.trace().packets()[packet].id;
            timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("it is there");
            assert!(*timeline.trace() == timeline.afresh());
            assert!(timeline.undo());
            assert!(*timeline.trace() == run(times).trace);
        }
    }
}
