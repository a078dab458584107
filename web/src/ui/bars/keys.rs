//! The sheet of keys.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::ui::context::use_session;
use crate::ui::icons::{self, icon_button};

/// What the sheet is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct KeysProps {
    /// Whether it is shown.
    pub(crate) shown: bool,
    /// Shows or hides it.
    pub(crate) show: Callback<bool>,
}

/// The sheet of keys.
#[component]
pub(crate) fn Keys(props: &KeysProps) -> Html {
    let context = use_session();
    let dialog = use_node_ref();
    use_effect_with((props.shown, dialog.clone()), |(shown, dialog)| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            match (*shown, dialog.open()) {
                // Shown already, or not in a document: either way there is nothing to do.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                (true, true) | (false, false) => {}
            }
        }
    });
    let words = &context.read().messages().keyboard;
    let keys = [
        (&["Space"] as &[_], words.play_pause),
        (&["→"], words.step_on),
        (&["←"], words.step_back),
        (&["Shift →", "."], words.fine_step_on),
        (&["Shift ←", ","], words.fine_step_back),
        (&["Home"], words.to_start),
        (&["End"], words.to_end),
        (&["−"], words.slower),
        (&["+"], words.faster),
        (&["N"], words.next_segment),
        (&["P"], words.previous_segment),
        (&["Enter"], context.read().messages().packet.menu),
        (&["D"], words.drop),
        (&["L"], words.delay),
        (&["U", "Ctrl Z"], words.undo),
        (&["Shift U", "Ctrl Shift Z"], words.redo),
        (&["A"], words.numbers),
        (&["?"], words.help),
        (&["Esc"], words.dismiss),
    ];
    let hide = props.show.reform(|()| false);
    let onclose = hide.reform(|_: Event| ());
    html! {
        <dialog ref={dialog} aria-labelledby="keys-title" {onclose}>
            <div class="dialog-head">
                <h2 id="keys-title">{ words.open }</h2>
                { icon_button(icons::CLOSE, context.read().messages().app.close, "", false, hide.reform(|_| ())) }
            </div>
            <table class="keys">
                <thead class="sr">
                    <tr><th scope="col">{ words.key }</th><th scope="col">{ words.does }</th></tr>
                </thead>
                <tbody>
                    { for keys.into_iter().map(|(keys, does)| html! {
                        <tr key={does}>
                            <th scope="row">
                                { for keys.iter().map(|key| html! { <><kbd key={*key}>{ *key }</kbd>{ " " }</> }) }
                            </th>
                            <td>{ does }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </dialog>
    }
}
