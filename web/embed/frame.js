// What embed.html does before and beside the page itself: it reads the address, says what is wrong with
// it, and answers the page around the frame. See docs/embedding.md.

/** The rules by which element and frame talk. */
const RULES = 1;

/** What the page around may ask for: calls of the page API. */
const CALLS = "play pause step seek load intervene speed within undo redo state trace duration link locale theme".split(" ");

/** Fields of a link that may stand in the query: more of them than the scenario is told to the page as a link. */
const OF_A_LINK = "inline seed edit t r numbers select plot lesson stop".split(" ");

/** Heights between which a ladder is shown whole. */
const [LEAST, MOST] = [200, 440];

const root = document.documentElement;
const query = new URLSearchParams(location.search);
const given = (name) => query.get(name) ?? undefined;

/** What may stand in the query besides, what it has to look like, and what to say where it does not. */
const WHOLE = { test: /^\d+$/, en: "a whole number", "zh-CN": "非负整数" };
const SWITCH = { test: /^(true|false)$/, en: "true or false", "zh-CN": "true 或 false" };
const NAME = { test: /^[a-z0-9][a-z0-9-]*$/, en: "an id, as in three-way-handshake", "zh-CN": "标识，例如 three-way-handshake" };
const RIGHT = {
  scenario: NAME,
  lesson: NAME,
  stop: NAME,
  t: { ...WHOLE, en: "a time in microseconds, as in 40000", "zh-CN": "以微秒为单位的时刻，例如 40000" },
  seed: WHOLE,
  r: WHOLE,
  speed: { test: { test: (text) => Number(text) >= 0.01 && Number(text) <= 100 }, en: "a number from 0.01 to 100", "zh-CN": "0.01 到 100 之间的数" },
  lang: { test: /^(en|zh)(-[\w-]+)?$/i, en: "en or zh-CN", "zh-CN": "en 或 zh-CN" },
  theme: { test: /^(light|dark|auto)$/, en: "light, dark or auto", "zh-CN": "light、dark 或 auto" },
  controls: SWITCH,
  autoplay: SWITCH,
  details: SWITCH,
  steps: {
    test: { test: (text) => /^\d+-\d+$/.test(text) && Number(text.split("-")[0]) <= Number(text.split("-")[1]) },
    en: "two numbers of records, the smaller first, as in 3-12",
    "zh-CN": "两个记录编号，较小的在前，例如 3-12",
  },
};

const WORDS = {
  en: {
    head: "This figure cannot be shown",
    wrong: (name, value, right) => `${name}=${value}: it has to be ${right}.`,
    unknown: (name, all) => `${name}: there is no such parameter. Those there are: ${all}.`,
    twice: (name) => `${name} is given twice.`,
    none: "scenario is missing: which one is to be shown, as in scenario=three-way-handshake.",
    open: "Open in tcpscope",
  },
  "zh-CN": {
    head: "无法显示此图",
    wrong: (name, value, right) => `${name}=${value}：应为${right}。`,
    unknown: (name, all) => `${name}：没有这个参数。可用的参数：${all}。`,
    twice: (name) => `${name} 重复出现。`,
    none: "缺少 scenario：要显示哪个场景，例如 scenario=three-way-handshake。",
    open: "在 tcpscope 中打开",
  },
};

/** The language that is asked for, or else the first of the reader's that the page speaks. */
function language() {
  const tag = [given("lang"), ...navigator.languages].find((tag) => /^(en|zh)/i.test(tag ?? ""));
  return /^zh/i.test(tag ?? "") ? "zh-CN" : "en";
}

/** All that is wrong with the address, in words. */
function mistakes(words, lang) {
  const known = [...Object.keys(RIGHT), ...OF_A_LINK.filter((name) => !RIGHT[name]), "host"];
  const wrong = [];
  for (const name of new Set(query.keys())) {
    if (!known.includes(name)) wrong.push(words.unknown(name, known.join(", ")));
    else if (query.getAll(name).length > 1 && name !== "edit") wrong.push(words.twice(name));
    else if (RIGHT[name] && !RIGHT[name].test.test(given(name))) wrong.push(words.wrong(name, given(name), RIGHT[name][lang]));
  }
  const any = location.hash.length > 1 || ["scenario", "lesson", "inline"].some((name) => query.has(name));
  return any ? wrong : [...wrong, words.none];
}

/** The same as a link, where it says more than which scenario; else nothing. */
function fragment(first) {
  // What the address says besides counts more than what the link says.
  if (location.hash.length > 1) return location.hash.replace(/&(lang|theme)=[^&]*/g, (field, name) => (query.has(name) ? "" : field));
  const fields = OF_A_LINK.flatMap((name) => query.getAll(name).map((value) => [name, value]));
  // The first picture of this one needs nothing that comes later; of others it may.
  if (fields.length === 0 && !["steps", "details"].some((name) => query.has(name)) && given("scenario") === first) return "";
  if (query.has("scenario")) fields.unshift(["scenario", given("scenario")]);
  if (!query.has("t") && !query.has("lesson")) fields.push(["r", "0"]);
  return `#v=1&${fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

/** What is sent to the page around, once there is a port to it. */
class Line {
  #port;
  #waiting = [];

  say(what) {
    if (this.#port) this.#port.postMessage(what);
    else this.#waiting.push(what);
  }

  /** Says that the frame is there, and takes the port that comes for an answer: from the page around, and
   * from that origin alone which the address names. */
  open(answer) {
    if (parent === window) return;
    const host = given("host");
    addEventListener("message", ({ source, origin, data, ports }) => {
      if (source !== parent || data?.tcpscope !== RULES || !ports[0] || (host && origin !== host)) return;
      this.#port?.close();
      this.#port = ports[0];
      this.#port.onmessage = ({ data }) => answer(data);
      for (const what of this.#waiting.splice(0)) this.say(what);
    });
    parent.postMessage({ tcpscope: RULES }, host ?? "*");
  }
}

/** Says in the place of the figure what is wrong. */
function refuse(line, lang, wrong) {
  root.dataset.boot = "failed";
  const add = (parent, name, text) => parent.appendChild(Object.assign(document.createElement(name), { textContent: text }));
  const main = document.createElement("main");
  main.id = "boot";
  const told = add(main, "div", "");
  told.setAttribute("role", "alert");
  add(told, "h1", WORDS[lang].head);
  const list = add(told, "ul", "");
  for (const one of wrong) add(list, "li", one);
  document.body.replaceChildren(main);
  line.open(() => {});
  line.say({ error: wrong.join(" ") });
}

/** Asks for files that are wanted soon while the module is on its way. */
function expect(files) {
  for (const href of files.filter(Boolean)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href }));
  }
}

/** Answers the page around: one call of the page API after another. */
function answer(line, ready, want) {
  const heard = new Set();
  return async ({ id, call, args = [], on, look }) => {
    try {
      await ready;
      await want();
      const { tcpscope } = window;
      if (look) {
        tcpscope.theme(look.theme);
        tcpscope.locale(look.lang);
      }
      if (on && !heard.has(on)) {
        heard.add(on);
        tcpscope.on(on, (state) => line.say({ event: on, state }));
      }
      if (!call) return;
      if (!CALLS.includes(call)) throw new Error(`there is no call ${call}; the calls are ${CALLS.join(", ")}`);
      line.say({ id, result: await tcpscope[call](...args) });
    } catch (error) {
      if (id) line.say({ id, error: error?.message ?? String(error) });
      else console.error(error);
    }
  };
}

/** Tells the page around how high the figure would like to be: all of the ladder, where that is not too much. */
function tellSize(line) {
  let told;
  const measure = () => {
    const view = document.querySelector(".stage-view");
    const scrubber = document.getElementById("scrubber");
    if (!view || !scrubber) return;
    const ladder = Math.min(MOST, Math.max(LEAST, Number(scrubber.max) + 48));
    const rest = [...document.querySelectorAll(".figure > .notice, .figure > .notices, .centre > :not(.stage), .stage-head")];
    const size = Math.ceil(rest.reduce((sum, part) => sum + part.offsetHeight, ladder));
    if (size !== told) line.say({ size: (told = size) });
  };
  // Called for each once it is laid out, so that nothing has to be laid out for this alone.
  const watch = new ResizeObserver(measure);
  const gather = () => {
    watch.disconnect();
    for (const part of document.querySelectorAll(".figure > *, .centre > *, .stage-head")) watch.observe(part);
  };
  // Parts come and go: notices, the drawer.
  for (const parent of document.querySelectorAll(".figure, .centre")) new MutationObserver(gather).observe(parent, { childList: true });
  gather();
}

/** Where the page itself shows what this frame shows. */
function leadToPage(want) {
  const page = new URL("./", document.baseURI);
  const say = () => want().then(() => {
    const link = document.getElementById("open");
    if (link) link.href = page + new URL(window.tcpscope.link()).hash;
  });
  addEventListener("pointerover", ({ target }) => target.id === "open" && say());
  addEventListener("focusin", ({ target }) => target.id === "open" && say());
}

/** Plays once the figure is in sight. */
function playInSight() {
  const watch = new IntersectionObserver((all) => {
    if (!all.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    window.tcpscope.play();
  });
  watch.observe(document.body);
}

async function begin(line, lang) {
  const { dataset } = document.querySelector('meta[name="tcpscope-module"]');
  const first = dataset.soon?.match(/scenarios\/(?!index\.)([\w-]+)\.json/)?.[1];
  const link = fragment(first);
  if (link) {
    // Refused where the page has no address of its own: then this has the same effect.
    try {
      history.replaceState(null, "", link);
    } catch {
      location.replace(link);
    }
  } else {
    const words = (dataset.words ?? "").split(" ").filter((file) => file.startsWith(`words/${lang.slice(0, 2)}`));
    expect([...words, `scenarios/${given("scenario")}.json`]);
  }
  Object.assign(root.dataset, { embed: link ? "" : given("scenario"), theme: given("theme") ?? "auto", controls: given("controls") ?? "true" });
  if (given("details") === "true") root.dataset.details = "";
  root.lang = lang;

  const ready = new Promise((is) => addEventListener("tcpscope:ready", () => is(), { once: true }));
  const reader = dataset.rest ? new Promise((is) => addEventListener("tcpscope:reader", () => is(), { once: true })) : ready;
  const want = () => {
    dispatchEvent(new Event("tcpscope:sign"));
    return reader;
  };
  line.open(answer(line, ready, want));
  // A wheel scrolls the article, until the reader has taken hold of the figure.
  addEventListener("wheel", (event) => document.hasFocus() || event.ctrlKey || event.stopImmediatePropagation(), { capture: true });
  new MutationObserver(() => {
    if (root.dataset.boot === "failed") line.say({ error: document.body.textContent });
  }).observe(root, { attributeFilter: ["data-boot"] });

  await import(new URL(document.querySelector('link[rel="modulepreload"][data-boot]').href, document.baseURI));
  await ready;
  const { tcpscope } = window;
  if (given("steps")) {
    tcpscope.within(...given("steps").split("-").map(Number));
  }
  tellSize(line);
  leadToPage(want);
  if (given("speed")) want().then(() => tcpscope.speed(Number(given("speed"))));
  if (given("autoplay") === "true") want().then(playInSight);
  root.dataset.live = "";
  line.say({ ready: tcpscope.version });
}

const lang = language();
const line = new Line();
const wrong = mistakes(WORDS[lang], lang);
if (wrong.length > 0) refuse(line, lang, wrong);
else begin(line, lang);
