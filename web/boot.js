// Starts the page's WASM module, and tells the reader in words where it cannot start, or has to stop.
// The names of the module and its glue carry hashes: Trunk writes them into a <meta> (see Trunk.toml).

const CANNOT_START = {
  en: ["tcpscope could not start. It needs a current browser with WebAssembly; if yours is one, reload the page."],
  "zh-CN": ["tcpscope 无法启动。它需要支持 WebAssembly 的较新浏览器；如果您的浏览器符合要求，请重新加载页面。"],
};

const STOPPED = {
  en: [
    "tcpscope has stopped. This is an error in tcpscope, not in what you did. The address still holds the scenario, your changes and the moment, so reloading brings them back. If it stops again, please report the lines below with the address.",
    "Reload the page",
  ],
  "zh-CN": [
    "tcpscope 已停止运行。这是 tcpscope 自身的错误，与您的操作无关。地址栏中仍保存着场景、改动和时刻，重新加载即可恢复。如果再次停止，请把下面的内容连同地址一起反馈给我们。",
    "重新加载页面",
  ],
};

const INCOMPLETE = {
  en: [
    "A part of tcpscope did not arrive, and it cannot go on without it. The address still holds the scenario, your changes and the moment: reload the page when the connection is back.",
    "Reload the page",
  ],
  "zh-CN": [
    "tcpscope 的一部分没有下载成功，无法继续运行。地址栏中仍保存着场景、改动和时刻：网络恢复后请重新加载页面。",
    "重新加载页面",
  ],
};

/** Puts a message in the place of the page, in the page's language if it has one already. */
function tell(id, words, error) {
  if (document.getElementById("crash")) return;
  const add = (parent, name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const main = document.createElement("main");
  main.id = id;
  main.setAttribute("role", "alert");
  add(main, "h1", "tcpscope");
  for (const [lang, [text, reload]] of Object.entries(words)) {
    add(main, "p", text).lang = lang;
    if (!reload) continue;
    const link = add(add(main, "p", ""), "a", reload);
    link.lang = lang;
    link.href = location.href;
    // The address is the page's own: following it alone would load nothing.
    link.onclick = () => location.reload();
  }
  add(main, "pre", error?.stack || error);
  document.body.replaceChildren(main);
}

function fail(error) {
  console.error(error);
  document.documentElement.dataset.boot = "failed";
  tell("boot", CANNOT_START, error);
}

// A panic is a trap: the module has stopped for good.
function watch(error) {
  if (error instanceof WebAssembly.RuntimeError) tell("crash", STOPPED, error);
}
addEventListener("error", (event) => watch(event.error));
addEventListener("unhandledrejection", ({ reason }) => {
  // What the module needs before it can speak at all.
  if (String(reason).startsWith("tcpscope: ")) fail(reason);
  watch(reason);
});

/** The part of the module that the first picture does without. Its functions take their places in a
 * table, which the first part calls through; a call before then asks for them `now`. */
class Rest {
  #url;
  #style;
  #first;
  #coming;
  #module;
  #joined = false;

  /** Whether what calls it need not wait. */
  get here() {
    return this.#joined || this.#module !== undefined;
  }

  constructor({ rest, style }, first) {
    this.#url = new URL(rest, document.baseURI);
    this.#style = style;
    this.#first = first;
  }

  /** Fetches it while the page goes on, with the style of what has to be opened. What does not arrive is
   * asked for again when it is needed. */
  soon() {
    const dressed = this.dress();
    this.#coming ??= fetch(this.#url)
      .then((response) => response.arrayBuffer())
      .then((octets) => WebAssembly.compile(octets))
      .then((module) => (this.#module ??= module))
      .then(() => dressed)
      .catch(() => (this.#coming = undefined));
    return this.#coming;
  }

  /** Links the second style sheet, once. */
  dress() {
    if (!this.#style) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = this.#style;
    this.#style = undefined;
    document.head.append(link);
    return new Promise((done) => {
      link.onload = done;
      link.onerror = () => {
        this.#style = link.getAttribute("href");
        link.remove();
        done();
      };
    });
  }

  /** Joins it to the first part, and fetches it first if need be, while the page waits: whoever calls
   * cannot go on without it. */
  now() {
    if (this.#joined) return;
    this.dress();
    if (!this.#module) {
      const request = new XMLHttpRequest();
      request.open("GET", this.#url, false);
      // Octets as text: a request that waits may answer nothing else.
      request.overrideMimeType("text/plain; charset=x-user-defined");
      request.send();
      if (request.status >= 400) throw new Error(`${this.#url}: ${request.status}`);
      const octets = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
      this.#module = new WebAssembly.Module(octets);
    }
    new WebAssembly.Instance(this.#module, { f: this.#first() });
    this.#joined = true;
  }
}

/** Signs of a reader: whoever does one of these may want more than the first picture. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "focusin", "hashchange", "tcpscope:sign"];

/** Lets a pointer that only passes wait for the rest: what it points at shows as soon as that is here.
 * Else the page would stop for it. */
function holdPointer(rest) {
  let last;
  const hold = (event) => {
    if (rest.here) return removeEventListener(event.type, hold, true);
    event.stopImmediatePropagation();
    last = event;
  };
  addEventListener("pointermove", hold, true);
  return () => {
    if (rest.here && last?.target.isConnected) last.target.dispatchEvent(new PointerEvent(last.type, last));
    last = undefined;
  };
}

/** Fetches the rest in time, and tells the page of a reader. */
async function expectReader(rest, offline) {
  const signed = new Promise((sign) => {
    for (const name of SIGNS) addEventListener(name, sign, { once: true, capture: true, passive: true });
  });
  const letPointerGo = holdPointer(rest);
  const ready = new Promise((is) => addEventListener("tcpscope:ready", is));
  ready.then(() => {
    const { load } = window.tcpscope;
    window.tcpscope.load = (...call) => rest.soon().then(() => load(...call));
  });
  await signed;
  await Promise.all([rest.soon(), ready]);
  letPointerGo();
  dispatchEvent(new Event("tcpscope:reader"));
  // From now on there is time for the next visit, too.
  if (offline) import(new URL(offline, document.baseURI));
}

/** Lets what the module will ask for be under way while the module itself is: its language's words and
 * the first scenario. An address that says more asks for something else. */
function expectFirstPicture({ words = "", soon = "" }) {
  // In a frame, web/embed/frame.js knows what is wanted.
  if (location.hash.length > 1 || "embed" in document.documentElement.dataset) return;
  let kept;
  try {
    kept = localStorage.getItem("tcpscope.locale");
  } catch {
    // Nothing may be kept here.
  }
  const wanted = [kept, ...navigator.languages].find((tag) => /^(en|zh)/i.test(tag ?? "")) ?? "en";
  const begin = `words/${wanted.slice(0, 2).toLowerCase()}`;
  for (const url of [...words.split(" ").filter((file) => file.startsWith(begin)), ...soon.split(" ")]) {
    if (!url) continue;
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.crossOrigin = "anonymous";
    link.href = url;
    document.head.append(link);
  }
}

try {
  const { content: glue, dataset } = document.querySelector('meta[name="tcpscope-module"]');
  expectFirstPicture(dataset);
  const { default: init, whenMissing, first } = await import(new URL(glue, document.baseURI));
  const rest = whenMissing && new Rest(dataset, first);
  // What can wait for the rest asks for it, and is told.
  addEventListener("tcpscope:wants-rest", async () => {
    await rest?.soon();
    if (rest?.here ?? true) dispatchEvent(new Event("tcpscope:rest"));
  });
  if (rest) {
    whenMissing(() => {
      try {
        rest.now();
      } catch (error) {
        tell("crash", INCOMPLETE, error);
        throw error;
      }
    });
    expectReader(rest, dataset.offline);
    // An address that says more than the page's own wants more than its first picture.
    if (location.hash.length > 1) await rest.soon();
  }
  await init({ module_or_path: new URL(dataset.wasm, document.baseURI) });
  document.documentElement.dataset.boot = "started";
} catch (error) {
  fail(error);
}
