//! The table of a connection's variables.

use tcpscope_sim::HostId;
use tcpscope_view::{TcbGroup, TcbRow, tcb};
use yew::prelude::*;

use crate::ui::context::Picture;

/// The variables of `host`; what the present step changed is marked.
pub(super) fn tcb_table(picture: &Picture<'_>, host: HostId) -> Html {
    let words = &picture.messages().tcb;
    let preferences = picture.session.preferences;
    let trace = picture.run.trace();
    let groups = tcb(trace, host, picture.record(), preferences.locale, preferences.numbers);
    html! {
        <section class="block">
            <h3 class="label">{ words.label }</h3>
            <table class="tcb">
                <thead class="sr">
                    <tr><th scope="col">{ words.variable }</th><th scope="col">{ words.value }</th></tr>
                </thead>
                { for groups.iter().map(group) }
            </table>
        </section>
    }
}

fn group(group: &TcbGroup) -> Html {
    html! {
        <tbody key={group.title}>
            <tr key="title"><th class="label" scope="rowgroup" colspan="2">{ group.title }</th></tr>
            { for group.rows.iter().map(row) }
        </tbody>
    }
}

fn row(row: &TcbRow) -> Html {
    let before = row.before.as_deref().map(|before| html! { <span class="was">{ before }</span> });
    html! {
        <tr key={row.name} data-changed={row.before.is_some().to_string()} title={row.hint}>
            <th scope="row">{ row.name }</th>
            <td>{ before }{ &row.value }</td>
        </tr>
    }
}
