//! The diagram of the eleven states, with both endpoints on it, as SVG.

use tcpscope_sim::HostId;
use tcpscope_view::{
    Anchor, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramEdge, DiagramScene, Label, Node, Token,
    state_diagram,
};
use yew::prelude::*;

use crate::ui::context::Picture;
use crate::ui::panels::phase;

/// The diagram at the present moment.
pub(super) fn diagram(picture: &Picture<'_>) -> Html {
    let trace = picture.run.trace();
    let scene = state_diagram(trace, picture.record());
    let words = &picture.messages().diagram;
    let present = |token: &Token| {
        let name = &trace.host(token.host).name;
        (picture.messages().endpoint.state_is)(name, token.state.name())
    };
    let said: Vec<_> = scene.tokens.iter().map(present).collect();
    let label = format!("{}. {}", words.label, said.join(" "));
    html! {
        <div class="diagram-sheet">
            <svg class="diagram" role="img" aria-label={label}
                viewBox={format!("0 0 {DIAGRAM_WIDTH} {DIAGRAM_HEIGHT}")}>
                { picture_of(&scene, picture) }
            </svg>
            <div class="diagram-words">
                <p>{ words.help }</p>
                <ul>
                    { for scene.tokens.iter().map(|token| html! {
                        <li key={token.host.0}>
                            <svg class="token-key" viewBox="-8 -8 16 16" aria-hidden="true">
                                { mark(token.host) }
                            </svg>
                            <b>{ picture.title(token.host) }</b>{ " " }
                            <span class="chip" data-phase={phase(token.state)}>{ token.state.name() }</span>
                            <p class="quiet">{ picture.messages().state.about(token.state) }</p>
                        </li>
                    }) }
                </ul>
            </div>
        </div>
    }
}

fn picture_of(scene: &DiagramScene, picture: &Picture<'_>) -> Html {
    html! {
        <>
            { for scene.edges.iter().enumerate().map(edge) }
            { for scene.nodes.iter().map(node) }
            { for scene.tokens.iter().map(|token| {
                let Token { host, at, .. } = *token;
                html! {
                    <g key={format!("token{}", host.0)} class="token" data-host={host.0.to_string()}
                        style={format!("transform:translate({}px,{}px)", at.x, at.y)}>
                        <title>{ picture.title(host) }</title>
                        { mark(host) }
                    </g>
                }
            }) }
        </>
    }
}

/// An endpoint's mark: the first is a disc, the second a ring.
pub(crate) fn mark(host: HostId) -> Html {
    let class = if host.0 == 0 { "mark mark-first" } else { "mark mark-second" };
    html! { <circle {class} r="5" /> }
}

fn edge((place, edge): (usize, &DiagramEdge)) -> Html {
    let end = edge.path.end();
    let turn =
        format!("translate({} {}) rotate({})", end.x, end.y, edge.end_angle.to_degrees().round());
    html! {
        <g key={format!("edge{place}")} class="edge" data-noted={(!edge.edge.in_figure).to_string()}
            data-passed={(!edge.taken.is_empty()).to_string()}
            data-now={(!edge.last.is_empty()).to_string()}>
            <path class="way" d={edge.path.to_svg()} />
            <path class="head" d="M0 0L-6 -3V3z" transform={turn} />
            { for edge.events.iter().map(|label| text(label, "edge-label event")) }
            { for edge.actions.iter().map(|label| text(label, "edge-label action")) }
        </g>
    }
}

fn node(node: &Node) -> Html {
    let rect = node.rect;
    html! {
        <g key={node.state.name()} class="state" data-phase={phase(node.state)}
            data-passed={(!node.visited.is_empty()).to_string()}
            data-now={(!node.here.is_empty()).to_string()}>
            <rect x={rect.x.to_string()} y={rect.y.to_string()} width={rect.width.to_string()}
                height={rect.height.to_string()} rx="4" />
            { text(&node.name, "state-name") }
        </g>
    }
}

/// A line of text where the scene wants it.
fn text(label: &Label, class: &'static str) -> Html {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    html! {
        <text {class} x={label.at.x.to_string()} y={label.at.y.to_string()} text-anchor={anchor}
            font-size={label.size.to_string()}>
            { label.text.clone() }
        </text>
    }
}
