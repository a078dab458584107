// tcpscope on a page of yours: <tcp-scope scenario="lost-syn"></tcp-scope>, or create(target, options).
// What it shows is in a frame, which is made when the element comes near the viewport; until it can be
// used a poster stands there. Frame and element talk over a port of their own. See docs/embedding.md.

/** The rules by which element and frame talk. */
const RULES = 1;

/** What the frame's address says besides language and theme. */
const SAID = ["scenario", "lesson", "stop", "t", "seed", "speed", "steps", "controls", "autoplay", "details"];

/** So near to the viewport it is time to make the frame. */
const NEAR = "400px";

const STYLE = `
:host { display: block }
:host([hidden]) { display: none }
div { position: relative; min-height: 360px; border: 1px solid #8886; border-radius: 6px; overflow: hidden }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal }
button { position: absolute; inset: 0; width: 100%; padding: 0; border: 0; font: inherit; color: inherit; background: Canvas; cursor: pointer }
button:focus-visible { outline: 2px solid; outline-offset: -4px }
img, ::slotted(img) { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain }
span { position: relative; padding: 8px 16px; border-radius: 6px; background: Canvas; color: CanvasText; box-shadow: 0 1px 6px #0004 }
[data-live] > button { display: none }
@media print {
  [data-still] { height: auto !important; min-height: 0; border: 0 }
  [data-still] > iframe, [data-still] span { display: none }
  [data-still] > button { display: block; position: static; background: none }
  [data-still] img, ::slotted(img) { position: static; display: block; width: auto; height: auto; max-width: 100%; max-height: 75vh; margin: auto }
}`;

/** One for all that there are. */
let style;

const dark = () => matchMedia("(prefers-color-scheme: dark)");

// Where pages are made before there is a browser, importing this does no harm.
export class TcpScope extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = [...SAID, "link", "base", "sandbox", "poster", "height", "loading", "theme", "lang"];

  #box;
  #frame;
  #port;
  #ready;
  #last = 0;
  #calls = new Map();
  #heard = new Map();
  #ends = [];

  connectedCallback() {
    const inside = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!style) (style = new CSSStyleSheet()).replaceSync(STYLE);
    inside.adoptedStyleSheets = [style];
    const add = (parent, name, set) => parent.appendChild(Object.assign(document.createElement(name), set));
    inside.replaceChildren();
    this.#box = add(inside, "div");
    const height = Number(this.getAttribute("height"));
    if (height) this.#box.style.height = `${height}px`;
    const poster = add(this.#box, "button", { type: "button" });
    const image = this.getAttribute("poster");
    if (image) add(poster, "img", { src: image, alt: "" });
    // Paper shows the still, where there is one.
    const still = () => this.#box?.toggleAttribute("data-still", Boolean(image) || this.children.length > 0);
    still();
    add(poster, "slot", { onslotchange: still });
    add(poster, "span", { textContent: `▶ ${this.#title}` });
    poster.onclick = () => this.play().catch(() => {});
    const when = this.getAttribute("loading");
    if (when === "eager") this.#make();
    else if (when !== "click") this.#wait();
  }

  disconnectedCallback() {
    this.#end();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#box) return;
    if (name === "theme" || name === "lang") this.#follow();
    else {
      this.#end();
      this.connectedCallback();
    }
  }

  get #title() {
    return this.title || `tcpscope: ${this.getAttribute("scenario") ?? this.getAttribute("lesson") ?? "TCP"}`;
  }

  /** Where the files lie: beside this one, or where the element says. */
  get #base() {
    return new URL(this.getAttribute("base") ?? "./", this.hasAttribute("base") ? document.baseURI : import.meta.url);
  }

  /** The page's theme at this place, and its language. */
  get #look() {
    const said = (name) => this.closest(`[${name}]`)?.getAttribute(name);
    const scheme = getComputedStyle(this).colorScheme;
    const own = this.getAttribute("theme") ?? scheme;
    const theme = /^(light|dark)$/.test(own) ? own : dark().matches && (scheme === "normal" || /dark/.test(scheme)) ? "dark" : "light";
    return { theme, lang: /^zh/i.test(said("lang") || navigator.language) ? "zh-CN" : "en" };
  }

  #wait() {
    const watch = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && this.#make(), { rootMargin: NEAR });
    watch.observe(this);
    this.#ends.push(() => watch.disconnect());
  }

  #make() {
    if (this.#frame || !this.#box) return;
    this.#tidy();
    const address = new URL("embed.html", this.#base);
    for (const name of SAID) {
      if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name) || "true");
    }
    for (const [name, value] of Object.entries(this.#look)) address.searchParams.set(name, value);
    if (origin !== "null") address.searchParams.set("host", origin);
    address.hash = this.getAttribute("link")?.replace(/^[^#]*#/, "") ?? "";
    const sandbox = this.getAttribute("sandbox");
    const from = sandbox === null || /allow-same-origin/.test(sandbox) ? address.origin : "null";
    const frame = (this.#frame = document.createElement("iframe"));
    frame.title = this.#title;
    frame.allow = "clipboard-write";
    if (sandbox !== null) frame.setAttribute("sandbox", sandbox);

    let settle;
    this.#ready = new Promise((is, never) => (settle = { is, never }));
    this.#ready.catch(() => {});
    const hear = ({ source, origin: sender, data }) => {
      if (source !== frame.contentWindow || sender !== from || !data?.tcpscope) return;
      if (data.tcpscope !== RULES) return settle.never(new Error(`tcpscope: the frame talks by rules ${data.tcpscope}, this module by ${RULES}`));
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = ({ data: said }) => this.#hear(said, settle);
      // To a frame without an origin only "*" leads; what is sent there is a port to this element.
      frame.contentWindow.postMessage({ tcpscope: RULES }, from === "null" ? "*" : from, [port2]);
    };
    addEventListener("message", hear);
    const follow = () => this.#follow();
    const scheme = dark();
    scheme.addEventListener("change", follow);
    const page = new MutationObserver(follow);
    page.observe(document.documentElement, { attributes: true });
    this.#ends.push(
      () => removeEventListener("message", hear),
      () => scheme.removeEventListener("change", follow),
      () => page.disconnect(),
      () => settle.never(new Error("tcpscope: disposed")),
    );
    frame.src = address;
    this.#box.prepend(frame);
  }

  #hear({ id, result, error, event, state, size, ready }, settle) {
    if (size && !this.hasAttribute("height")) this.#box.style.height = `${size}px`;
    if (ready) {
      settle.is(ready);
      for (const wanted of this.#heard.keys()) this.#port.postMessage({ on: wanted });
    }
    // It has something to say, be it that it cannot go on.
    if (ready || (error && !id)) this.#box.dataset.live = "";
    if (error && !id) settle.never(new Error(error));
    if (event) for (const listener of this.#heard.get(event) ?? []) listener(state);
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    if (error) call.never(new Error(error));
    else call.is(result);
  }

  #follow() {
    this.#port?.postMessage({ look: this.#look });
  }

  async #call(name, ...args) {
    this.#make();
    if (!this.#ready) throw new Error("tcpscope: the element is not in a document");
    await this.#ready;
    if (!this.#port) throw new Error("tcpscope: disposed");
    return new Promise((is, never) => {
      this.#calls.set(++this.#last, { is, never });
      this.#port.postMessage({ id: this.#last, call: name, args });
    });
  }

  #tidy() {
    for (const end of this.#ends.splice(0)) end();
  }

  #end() {
    this.#tidy();
    for (const { never } of this.#calls.values()) never(new Error("tcpscope: disposed"));
    this.#calls.clear();
    this.#port?.close();
    this.#frame?.remove();
    this.shadowRoot?.replaceChildren();
    this.#box = this.#frame = this.#port = this.#ready = undefined;
  }

  play(options) {
    return this.#call("play", options);
  }
  pause() {
    return this.#call("pause");
  }
  step(n) {
    return this.#call("step", n);
  }
  seek(t_us) {
    return this.#call("seek", t_us);
  }
  load(scenario, options) {
    return this.#call("load", scenario, options);
  }
  intervene(what) {
    return this.#call("intervene", what);
  }
  state() {
    return this.#call("state");
  }

  /** Calls `listener` with the state at each such event; gives back what ends it. */
  on(event, listener) {
    const all = this.#heard.get(event) ?? new Set();
    this.#heard.set(event, all.add(listener));
    this.#port?.postMessage({ on: event });
    return () => all.delete(listener);
  }

  /** Takes it off the page; nothing is left behind. */
  dispose() {
    this.#end();
    this.#heard.clear();
    this.remove();
  }
}

/** Puts one into an element, or into the first that a selector finds. */
export function create(target, options = {}) {
  const place = typeof target === "string" ? document.querySelector(target) : target;
  if (!place?.append) throw new TypeError(`tcpscope: there is no element ${target}`);
  const element = document.createElement("tcp-scope");
  for (let [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue;
    if (name === "scenario" && typeof value === "object") [name, value] = ["link", `v=1&inline=${encodeURIComponent(JSON.stringify(value))}`];
    element.setAttribute(name, Array.isArray(value) ? value.join("-") : value);
  }
  place.append(element);
  return element;
}

if (globalThis.customElements && !customElements.get("tcp-scope")) customElements.define("tcp-scope", TcpScope);
