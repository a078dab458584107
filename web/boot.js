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

try {
  const { content: glue, dataset } = document.querySelector('meta[name="tcpscope-module"]');
  const { default: init } = await import(new URL(glue, document.baseURI));
  await init({ module_or_path: new URL(dataset.wasm, document.baseURI) });
  document.documentElement.dataset.boot = "started";
} catch (error) {
  fail(error);
}
