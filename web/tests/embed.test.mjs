// tcpscope on pages of others: another origin, a strict policy, sandboxes, several at a time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { violations } from "./checks.mjs";
import { brotliCompressSync, constants } from "node:zlib";
import { startHarness } from "./harness.mjs";
import { ARTICLE_CSS, ICON, article, hostPolicy, startHost } from "./hosts.mjs";

const harness = await startHarness();
const origin = new URL(harness.url).origin;
after(() => harness.close());

/** Opens an article with this in it, notes what goes wrong in it and in its frames, and hands it over. */
async function withArticle(body, use, { files = {}, context: options = {}, policy = hostPolicy(origin), ...rest } = {}) {
  const page = article(harness.url, body, rest);
  const host = await startHost({ "/": page, "/article.css": ARTICLE_CSS, "/icon.svg": ICON, ...files }, policy);
  const context = await harness.browser.newContext({ viewport: { width: 1024, height: 768 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(30_000);
  const problems = [];
  const shown = await context.newPage();
  shown.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  shown.on("pageerror", (error) => problems.push(error.message));
  const before = harness.requests.length;
  try {
    await shown.goto(host.url);
    await use(shown, { requests: () => harness.requests.slice(before), host, context, problems });
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
    await host.close();
  }
}

/** The state that an element tells. */
const stateOf = (page, selector = "tcp-scope") => page.locator(selector).evaluate((element) => element.state());

/** The frame of an element, once it can be used. */
async function frameOf(page, selector = "tcp-scope") {
  const frame = page.locator(selector).locator("iframe").contentFrame();
  await frame.locator("html[data-live]").waitFor();
  return frame;
}

test("the module weighs at most 4 KB", () => {
  const module = readFileSync(join(harness.dist, "tcpscope-embed.js"));
  const weight = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  assert.ok(weight <= 4096, `${weight} octets`);
});

test("an element does what the page API does, from another origin and under a strict policy", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    const said = await page.locator("tcp-scope").evaluate(async (element) => {
      const heard = [];
      const off = element.on("step", (state) => heard.push(state.record));
      const start = await element.state();
      await element.step();
      await element.step(2);
      const stepped = await element.state();
      off();
      await element.seek(40_000);
      const sought = await element.state();
      await element.intervene({ kind: "drop", packet: "client:syn:0" });
      const edited = await element.state();
      await element.load("four-way-close", { seed: 7 });
      const loaded = await element.state();
      const refused = await element.seek(-1).catch((error) => error.message);
      return { start, stepped, heard, sought, edited, loaded, refused };
    });
    assert.deepEqual([said.start.scenario, said.start.record], ["three-way-handshake", 0]);
    assert.equal(said.stepped.record, 3);
    assert.deepEqual(said.heard, [1, 3]);
    assert.equal(said.sought.t_us, 40_000);
    assert.ok(said.edited.records > said.start.records, "a lost SYN is sent again");
    assert.deepEqual([said.loaded.scenario, said.loaded.seed], ["four-way-close", 7]);
    assert.match(said.refused, /seek: t_us/);
  }));

test("play and pause", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    const [playing, paused] = await page.locator("tcp-scope").evaluate(async (element) => {
      await element.play({ speed: 2 });
      const playing = await element.state();
      await element.pause();
      return [playing, await element.state()];
    });
    assert.deepEqual([playing.playing, playing.speed, paused.playing], [true, 2, false]);
  }));

test("create(), from a script of the page's own", () =>
  withArticle(
    '<div id="here"></div>',
    async (page) => {
      await page.waitForFunction(() => window.made);
      const state = await page.evaluate(() => window.made.state());
      assert.deepEqual([state.scenario, state.locale, state.theme], ["lost-syn", "zh-CN", "dark"]);
      assert.equal(await page.evaluate(() => document.querySelector("#here > tcp-scope") === window.made), true);
    },
    {
      script: "/own.js",
      files: {
        "/own.js": `import { create } from "${harness.url}tcpscope-embed.js";
          window.made = create("#here", { scenario: "lost-syn", lang: "zh-CN", theme: "dark", t: 1000000 });`,
      },
    },
  ));

test("a scenario of the page's own", () =>
  withArticle('<div id="here"></div>', async (page) => {
    const scenario = JSON.parse(readFileSync(join(harness.dist, "scenarios/lost-syn.json"), "utf8"));
    const state = await page.evaluate(
      async ([module, scenario]) => {
        const { create } = await import(module);
        return create("#here", { scenario: { ...scenario, id: "mine" } }).state();
      },
      [`${harness.url}tcpscope-embed.js`, scenario],
    );
    assert.equal(state.scenario, "mine");
  }));

test("nothing is fetched but the module until the figure comes near, and the poster stands there", () =>
  withArticle('<tcp-scope scenario="three-way-handshake" title="The handshake"><img src="/icon.svg" alt="still"></tcp-scope><div class="tall"></div><tcp-scope id="far" scenario="four-way-close"></tcp-scope>', async (page, { requests }) => {
    await frameOf(page, "tcp-scope:first-child");
    assert.ok(requests().some((path) => path === "embed.html"));
    assert.equal(await page.locator("#far iframe").count(), 0);
    assert.equal(await page.locator("#far").getByRole("button").textContent(), "▶ tcpscope: four-way-close");
    assert.ok(!requests().includes("scenarios/four-way-close.json"));
    await page.locator("#far").scrollIntoViewIfNeeded();
    await frameOf(page, "#far");
    assert.ok(requests().includes("scenarios/four-way-close.json"));
  }));

test("an article far below costs one file", () =>
  withArticle('<div class="tall"></div><tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page, { requests }) => {
    await page.waitForFunction(() => customElements.get("tcp-scope"));
    await page.waitForLoadState("networkidle");
    assert.deepEqual(requests(), ["tcpscope-embed.js"]);
  }));

test("the poster's button loads it and plays", () =>
  withArticle('<tcp-scope scenario="three-way-handshake" loading="click" poster="/icon.svg"></tcp-scope>', async (page, { requests }) => {
    await page.waitForLoadState("networkidle");
    assert.ok(!requests().includes("embed.html"));
    await page.locator("tcp-scope").getByRole("button").click();
    await frameOf(page);
    await page.waitForFunction(() => document.querySelector("tcp-scope").state().then((state) => state.playing || state.record > 0));
  }));

test("several on a page share one download", () =>
  withArticle('<tcp-scope id="a" scenario="three-way-handshake"></tcp-scope><tcp-scope id="b" scenario="three-way-handshake"></tcp-scope><tcp-scope id="c" loading="eager" scenario="lost-syn"></tcp-scope>', async (page, { requests }) => {
    for (const id of "abc") {
      await frameOf(page, `#${id}`);
      await stateOf(page, `#${id}`);
    }
    const lasting = requests().filter((path) => /-[0-9a-f]{16,20}(_bg)?\./.test(path)).sort();
    assert.deepEqual(lasting, [...new Set(lasting)], "no file that is named by its content travels twice");
    assert.ok(lasting.some((path) => path.endsWith(".wasm")));
    const [a, b] = [await stateOf(page, "#a"), await stateOf(page, "#b")];
    await page.locator("#a").evaluate((element) => element.step(3));
    assert.deepEqual([(await stateOf(page, "#a")).record - a.record, (await stateOf(page, "#b")).record - b.record], [3, 0]);
  }));

test("a sandboxed frame, which has no origin and may keep nothing", () =>
  withArticle('<tcp-scope scenario="lost-syn" sandbox="allow-scripts"></tcp-scope>', async (page) => {
    const state = await page.locator("tcp-scope").evaluate(async (element) => {
      await element.step(2);
      return element.state();
    });
    assert.equal(state.record, 2);
    const frame = page.frames().find((frame) => frame.url().includes("embed.html"));
    assert.equal(await frame.evaluate(() => window.origin), "null");
    assert.equal(await frame.locator(".notice").count(), 0);
  }));

test("where storage is refused nothing breaks", () =>
  withArticle('<iframe id="bare" width="600" height="480"></iframe>', async (page) => {
    await page.context().addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        Object.defineProperty(window, name, { get: () => { throw new DOMException("refused", "SecurityError"); } });
      }
      Object.defineProperty(Document.prototype, "cookie", { get: () => { throw new DOMException("refused", "SecurityError"); } });
    });
    await page.locator("#bare").evaluate((frame, src) => (frame.src = src), `${harness.url}embed.html?scenario=lost-syn&t=20000`);
    const frame = page.locator("#bare").contentFrame();
    await frame.locator("html[data-live]").waitFor();
    await frame.locator("canvas").first().click();
    await page.keyboard.press("n");
    assert.equal(await frame.locator(".notice").count(), 0);
  }));

test("it follows the theme and the language of the page around it, and of its own attributes before", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    const frame = await frameOf(page);
    const root = frame.locator("html");
    const look = async () => [await root.getAttribute("data-theme"), await root.getAttribute("lang")];
    const becomes = (theme, lang) => frame.locator(`html[data-theme=${theme}][lang=${lang}]`).waitFor();
    assert.deepEqual(await look(), ["light", "en"]);
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    await becomes("dark", "en");
    await page.evaluate(() => (document.documentElement.lang = "zh-Hans"));
    await becomes("dark", "zh-CN");
    await page.locator("tcp-scope").evaluate((element) => {
      element.setAttribute("theme", "light");
      element.lang = "en";
    });
    await becomes("light", "en");
    await page.locator("tcp-scope").evaluate((element) => element.removeAttribute("theme"));
    await becomes("dark", "en");
  }));

test("a page that leaves it to the system is followed when the system changes", () =>
  withArticle(
    '<tcp-scope scenario="three-way-handshake"></tcp-scope>',
    async (page) => {
      const frame = await frameOf(page);
      assert.equal(await frame.locator("html").getAttribute("data-theme"), "light");
      await page.emulateMedia({ colorScheme: "dark" });
      await frame.locator("html[data-theme=dark]").waitFor();
    },
    { style: false, context: { colorScheme: "light" } },
  ));

test("dispose leaves nothing behind", () =>
  withArticle('<div id="here"></div>', async (page) => {
    const left = await page.evaluate(async (module) => {
      const open = { listeners: new Map(), observers: new Set(), ports: new Set() };
      const count = (by) => (name) => open.listeners.set(name, (open.listeners.get(name) ?? 0) + by);
      for (const target of [window, MediaQueryList.prototype, EventTarget.prototype]) {
        const { addEventListener: add, removeEventListener: remove } = target;
        target.addEventListener = function (name, ...rest) {
          count(1)(name);
          return add.call(this, name, ...rest);
        };
        target.removeEventListener = function (name, ...rest) {
          count(-1)(name);
          return remove.call(this, name, ...rest);
        };
        if (target === window) {
          delete window.addEventListener;
          delete window.removeEventListener;
        }
      }
      for (const name of ["IntersectionObserver", "MutationObserver", "ResizeObserver"]) {
        const { observe, disconnect } = window[name].prototype;
        window[name].prototype.observe = function (...rest) {
          open.observers.add(this);
          return observe.apply(this, rest);
        };
        window[name].prototype.disconnect = function () {
          open.observers.delete(this);
          return disconnect.call(this);
        };
      }
      const Channel = MessageChannel;
      window.MessageChannel = class extends Channel {
        constructor() {
          super();
          open.ports.add(this.port1);
        }
      };
      const { close } = MessagePort.prototype;
      MessagePort.prototype.close = function () {
        open.ports.delete(this);
        return close.call(this);
      };
      const { create } = await import(module);
      const all = [create("#here", { scenario: "three-way-handshake" }), create("#here", { scenario: "lost-syn", loading: "click" })];
      all[0].on("step", () => {});
      await all[0].step();
      const used = { listeners: [...open.listeners.values()].some((n) => n > 0), observers: open.observers.size, ports: open.ports.size };
      const late = all[0].state().catch((error) => error.message);
      for (const element of all) element.dispose();
      return {
        used,
        late: await late,
        after: await all[0].state().catch((error) => error.message),
        listeners: [...open.listeners].filter(([, n]) => n !== 0),
        observers: open.observers.size,
        ports: open.ports.size,
        inside: document.querySelector("#here").innerHTML,
        frames: frames.length,
      };
    }, `${harness.url}tcpscope-embed.js`);
    assert.deepEqual(left.used, { listeners: true, observers: left.used.observers, ports: 1 });
    assert.ok(left.used.observers > 0);
    assert.match(left.late, /disposed/);
    assert.match(left.after, /not in a document/);
    assert.deepEqual([left.listeners, left.observers, left.ports, left.inside, left.frames], [[], 0, 0, "", 0]);
  }));

test("an element that moves to another place goes on there", () =>
  withArticle('<div id="one"><tcp-scope scenario="three-way-handshake"></tcp-scope></div><div id="two"></div>', async (page) => {
    await frameOf(page);
    await page.evaluate(() => document.querySelector("#two").append(document.querySelector("tcp-scope")));
    await frameOf(page, "#two tcp-scope");
    assert.equal((await stateOf(page)).record, 0);
  }));

test("other attributes are another figure", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    assert.equal((await stateOf(page)).scenario, "three-way-handshake");
    await page.locator("tcp-scope").evaluate((element) => element.setAttribute("scenario", "lost-syn"));
    assert.equal((await stateOf(page)).scenario, "lost-syn");
  }));

test("only the frame's own words count, and only its own page's", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    const frame = await frameOf(page);
    const posted = await page.evaluate(async () => {
      let ports = 0;
      const Channel = MessageChannel;
      window.MessageChannel = class extends Channel {
        constructor() {
          super();
          ports++;
        }
      };
      // Another window says that it is the frame.
      const stranger = document.body.appendChild(document.createElement("iframe"));
      dispatchEvent(new MessageEvent("message", { data: { tcpscope: 1 }, source: stranger.contentWindow, origin: location.origin }));
      // The frame, but from an origin that is not its own.
      const own = document.querySelector("tcp-scope").shadowRoot.querySelector("iframe").contentWindow;
      dispatchEvent(new MessageEvent("message", { data: { tcpscope: 1 }, source: own, origin: "https://elsewhere.example" }));
      await document.querySelector("tcp-scope").step();
      return ports;
    });
    assert.equal(posted, 0, "no port is made for either");
    assert.equal((await stateOf(page)).record, 1, "the port is the one it was");
    // The frame takes no port from a page that its address does not name.
    const answered = await frame.locator("html").evaluate(async () => {
      const { port1, port2 } = new MessageChannel();
      const said = new Promise((is) => (port1.onmessage = () => is("answered")));
      dispatchEvent(new MessageEvent("message", { data: { tcpscope: 1 }, source: parent, origin: "https://elsewhere.example", ports: [port2] }));
      port1.postMessage({ id: 1, call: "step", args: [] });
      return Promise.race([said, new Promise((is) => setTimeout(is, 500, "silent"))]);
    });
    assert.equal(answered, "silent");
  }));

test("what is not a call of the page API is refused", () =>
  withArticle('<div id="here"></div>', async (page) => {
    const said = await page.evaluate(async (address) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      const port = new Promise((is) =>
        addEventListener("message", ({ source, data }) => {
          if (source !== frame.contentWindow || data?.tcpscope !== 1) return;
          const { port1, port2 } = new MessageChannel();
          frame.contentWindow.postMessage({ tcpscope: 1 }, new URL(address).origin, [port2]);
          is(port1);
        }),
      );
      frame.src = address;
      const line = await port;
      const answers = new Promise((is) => (line.onmessage = ({ data }) => data.id && is(data)));
      line.postMessage({ id: 5, call: "constructor", args: ["x"] });
      return answers;
    }, `${harness.url}embed.html?scenario=three-way-handshake`);
    assert.equal(said.id, 5);
    assert.match(said.error, /there is no call constructor; the calls are play/);
  }));

const MISTAKES = [
  ["", /scenario is missing/, /缺少 scenario/],
  ["scenario=Lost%20SYN", /scenario=Lost SYN: it has to be an id/, /应为标识/],
  ["scenario=lost-syn&t=soon", /t=soon: it has to be a time in microseconds/, /以微秒为单位/],
  ["scenario=lost-syn&speed=0", /speed=0: it has to be a number from 0.01 to 100/, /0.01 到 100/],
  ["scenario=lost-syn&steps=9-3", /steps=9-3: it has to be two numbers/, /两个记录编号/],
  ["scenario=lost-syn&theme=pink", /theme=pink: it has to be light, dark or auto/, /light、dark 或 auto/],
  ["scenario=lost-syn&lang=fr", /lang=fr: it has to be en or zh-CN/, /en 或 zh-CN/],
  ["scenario=lost-syn&autoplay=yes", /autoplay=yes: it has to be true or false/, /true 或 false/],
  ["scenario=lost-syn&scenery=1", /scenery: there is no such parameter/, /没有这个参数/],
  ["scenario=lost-syn&t=1&t=2", /t is given twice/, /t 重复出现/],
];
for (const [query, en, zh] of MISTAKES) {
  test(`what is wrong with an address is said in the reader's language: ${query || "nothing in it"}`, async () => {
    for (const [locale, said] of [["en", en], ["zh-CN", zh]]) {
      const { page, close } = await harness.openPage({ query: `embed.html?${query}`, locale, waitForReady: false });
      const alert = page.getByRole("alert");
      assert.match(await alert.textContent(), said);
      await close();
    }
  });
}

test("what only the files can tell is said, too, and to the page around", () =>
  withArticle('<tcp-scope scenario="no-such-thing"></tcp-scope><tcp-scope id="b" scenario="lost-syn" steps="x"></tcp-scope>', async (page, { problems }) => {
    const frame = page.locator("tcp-scope").first().locator("iframe").contentFrame();
    await frame.locator(".notice").waitFor();
    assert.match(await frame.locator(".notice").textContent(), /no-such-thing/);
    const refused = await page.locator("#b").evaluate((element) => element.state().catch((error) => error.message));
    assert.match(refused, /steps=x: it has to be two numbers/);
    // The browser itself reports the file that is not there.
    problems.splice(0, problems.length, ...problems.filter((text) => !/404/.test(text)));
  }));

test("steps=a-b: playing and stepping stay within these records", () =>
  withArticle('<tcp-scope scenario="three-way-handshake" steps="3-9"></tcp-scope>', async (page) => {
    const frame = await frameOf(page);
    const records = await page.locator("tcp-scope").evaluate(async (element) => {
      const at = async () => (await element.state()).record;
      const seen = [await at()];
      await element.step(-1);
      seen.push(await at());
      for (let i = 0; i < 9; i++) await element.step();
      seen.push(await at());
      await element.seek(10_000_000);
      seen.push(await at());
      return seen;
    });
    assert.deepEqual(records, [3, 3, 9, 9]);
    assert.equal(await frame.getByRole("button", { name: /^Step on/ }).isDisabled(), true);
    await frame.getByRole("button", { name: /^Play/ }).click();
    await page.waitForFunction(() => document.querySelector("tcp-scope").state().then((state) => state.record >= 3 && state.record < 9));
  }));

test("a link opened in a frame shows the same moment as in the page", async () => {
  const { page, close } = await harness.openPage({ hash: "v=1&scenario=lost-syn&edit=drop,server:syn:0&t=1200000&lang=en&theme=light" });
  const [there, link] = await page.evaluate(() => [tcpscope.state(), tcpscope.link()]);
  await close();
  await withArticle(`<tcp-scope link="${link.replaceAll("&", "&amp;")}" lang="en"></tcp-scope>`, async (shown) => {
    const here = await stateOf(shown);
    assert.deepEqual({ ...here, theme: there.theme }, there);
  });
});

test("a lesson opens at its stop, with its words", () =>
  withArticle('<tcp-scope lesson="three-way-handshake" stop="syn-arrives"></tcp-scope>', async (page) => {
    const frame = await frameOf(page);
    await frame.locator("#details .lesson, #tab-panel").first().waitFor();
    assert.ok((await stateOf(page)).record > 0);
  }));

test("the way to the page leads to what is on the screen", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope>', async (page) => {
    const frame = await frameOf(page);
    await page.locator("tcp-scope").evaluate((element) => element.step(4));
    await frame.locator("#open").hover();
    await frame.locator("#open[href]").waitFor();
    const href = await frame.locator("#open").getAttribute("href");
    assert.match(href, new RegExp(`^${harness.url}#v=1&scenario=three-way-handshake.*&r=4`));
  }));

for (const [colorScheme, locale, width, query] of [
  ["light", "en", 760, "scenario=three-way-handshake"],
  ["dark", "zh-CN", 760, "scenario=lost-syn&t=1000000"],
  ["dark", "en", 390, "scenario=lost-syn&t=1000000"],
  ["light", "zh-CN", 760, "lesson=three-way-handshake"],
  ["light", "en", 390, "scenario=nothing%20like%20it"],
]) {
  test(`axe finds nothing in the frame: ${colorScheme}, ${locale}, ${width}, ${query}`, async () => {
    const { page, close } = await harness.openPage({ query: `embed.html?${query}`, colorScheme, locale, viewport: { width, height: 560 }, waitForReady: false });
    await page.locator("html[data-live], [role=alert]").first().waitFor();
    const found = await violations(page);
    assert.equal(found.length, 0, `\n${found.join("\n")}`);
    await close();
  });
}

for (const width of [280, 390, 760, 1200]) {
  for (const lang of ["en", "zh-CN"]) {
    test(`${width} pixels wide, ${lang}: all of it is there, and nothing hangs over`, () =>
      withArticle(
        `<tcp-scope scenario="three-way-handshake" lang="${lang}"></tcp-scope>`,
        async (page) => {
          const frame = await frameOf(page);
          const { over, view, buttons } = await frame.locator("html").evaluate((root) => ({
            over: root.scrollWidth - root.clientWidth,
            view: document.querySelector(".stage-view").clientHeight,
            buttons: [...document.querySelectorAll(".transport button, .caption button, .caption a")].filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect()).filter((it) => it.right > innerWidth || it.bottom > innerHeight || it.width < 24 || it.height < 24).length,
          }));
          assert.deepEqual([over, buttons], [0, 0]);
          assert.ok(view >= 190, `the ladder has ${view} pixels`);
        },
        { context: { viewport: { width, height: 800 } }, files: { "/article.css": "body, article { margin: 0 }" } },
      ));
  }
}

test("a wheel over it scrolls the article, until the reader has taken hold of the figure", () =>
  withArticle('<tcp-scope scenario="three-way-handshake"></tcp-scope><div class="tall"></div>', async (page) => {
    const frame = await frameOf(page);
    const box = await page.locator("tcp-scope").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(() => scrollY > 50);
    await page.evaluate(() => scrollTo(0, 0));
    await frame.locator("canvas").first().click({ position: { x: 40, y: 60 } });
    await page.mouse.wheel(0, 60);
    assert.equal(await page.evaluate(() => scrollY), 0);
  }));
