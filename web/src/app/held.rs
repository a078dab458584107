//! Another run is not shown while a round, a review or a set waits for an answer, unless the question is
//! given up.

use tcpscope_quiz::Quiz;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::App;
use crate::browser;
use crate::store::{Action, Notice, NoticeKind, Pose, Run, Wanted};

impl App {
    /// Whether another run has to wait for the answer to a question; then that is said.
    pub(super) fn holds(&self, wanted: Wanted) -> bool {
        if !self.store.read().is_held() {
            return false;
        }
        self.store.act(Action::Pose(Pose::Want(Some(wanted))));
        let notice = Notice { kind: NoticeKind::Held, detail: String::new() };
        self.store.act(Action::Tell(Some(notice)));
        self.show_chosen();
        true
    }

    /// The question is given up, and what was wanted is shown.
    pub(super) fn give_up_for_wanted(&self) {
        let wanted = self.store.read().posing.wanted.clone();
        self.give_up_all();
        self.store.act(Action::Pose(Pose::Want(None)));
        self.store.act(Action::Tell(None));
        match wanted {
            Some(Wanted::Scenario(id)) => self.load(id),
            Some(Wanted::Seed(seed)) => self.reseed(seed),
            Some(Wanted::Changed) | None => browser::focus("stage"),
        }
    }

    /// Every open question is given up, those of a set too: they stay without an answer.
    pub(super) fn give_up_all(&self) {
        self.taking(|taking| {
            let Some(timeline) = taking.timeline.clone() else { return };
            let first = taking.step().map_or(0, |step| step.first);
            for asked in taking.asked.iter_mut().filter(|asked| asked.is_open()) {
                let quiz = Quiz::of(&timeline).with_numbers(asked.numbers);
                *asked = asked.given_up(&quiz);
                taking.given_up.push(first + asked.place);
            }
        });
        self.give_up();
    }

    /// The controls that choose a run show the one that is shown.
    fn show_chosen(&self) {
        let session = self.store.read();
        let Some(run) = &session.run else { return };
        let id = run.scenario().id();
        let control = |id: &str| browser::element(id);
        if let Some(select) = control("scenario").and_then(|it| it.dyn_into().ok()) {
            HtmlSelectElement::set_value(&select, id);
        }
        if let Some(input) = control("seed").and_then(|it| it.dyn_into().ok()) {
            HtmlInputElement::set_value(&input, &Run::seed(run).to_string());
        }
    }
}
