// Starts the page's WASM module. Where that fails, the page says so instead of staying blank.
// The names of the module and its glue carry hashes: Trunk writes them into a <meta> (see Trunk.toml).

const FAILURE = {
  en: "tcpscope could not start. It needs a current browser with WebAssembly; if yours is one, reload the page.",
  "zh-CN": "tcpscope 无法启动。它需要支持 WebAssembly 的较新浏览器；如果您的浏览器符合要求，请重新加载页面。",
};

function fail(error) {
  console.error(error);
  document.documentElement.dataset.boot = "failed";
  const main = document.createElement("main");
  main.id = "boot";
  main.setAttribute("role", "alert");
  const heading = document.createElement("h1");
  heading.textContent = "tcpscope";
  main.append(heading);
  for (const [lang, text] of Object.entries(FAILURE)) {
    const p = document.createElement("p");
    p.lang = lang;
    p.textContent = text;
    main.append(p);
  }
  const detail = document.createElement("pre");
  detail.textContent = String(error);
  main.append(detail);
  document.body.replaceChildren(main);
}

try {
  const { content: glue, dataset } = document.querySelector('meta[name="tcpscope-module"]');
  const { default: init } = await import(new URL(glue, document.baseURI));
  await init({ module_or_path: new URL(dataset.wasm, document.baseURI) });
  document.documentElement.dataset.boot = "started";
} catch (error) {
  fail(error);
}
