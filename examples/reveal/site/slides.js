import Reveal from "./reveal/reveal.mjs";
import "./tcpscope/tcpscope-embed.js";

const deck = new Reveal({ hash: true, transition: "none", width: 1280, height: 800 });

/** Brings the figure of the present slide to the time that its last visible fragment names. */
function follow() {
  const slide = deck.getCurrentSlide();
  const said = [...slide.querySelectorAll(".fragment.visible[data-t]")].at(-1);
  slide.querySelector("tcp-scope")?.seek(Number(said?.dataset.t ?? 0));
}

for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) deck.on(event, follow);
await deck.initialize();
