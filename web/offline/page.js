// What the page does for the next visit, once all else has come: it can be installed, its worker keeps it
// for when there is no network, and a new version is announced, never forced.

const WORDS = {
  en: ["A new version of tcpscope is here. What you see is in the address, and comes back.", "Reload", "Later"],
  "zh-CN": ["tcpscope 有新版本。当前内容保存在地址中，重新加载后仍在。", "重新加载", "稍后"],
};

const here = (path) => new URL(path, document.baseURI);

function head(rel, path) {
  document.head.append(Object.assign(document.createElement("link"), { rel, href: here(path) }));
}

/** Says that a new version waits, and lets it in when the reader asks for it. */
function announce(waiting) {
  if (document.getElementById("update")) return;
  const [text, reload, later] = WORDS[document.documentElement.lang] ?? WORDS.en;
  const add = (parent, name, set) => parent.appendChild(Object.assign(document.createElement(name), set));
  const notice = add(document.body, "div", { id: "update", className: "notice" });
  notice.setAttribute("role", "status");
  add(notice, "p", { textContent: text });
  const button = (name, onclick) => add(notice, "button", { type: "button", className: "button", textContent: name, onclick });
  button(reload, () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  });
  button(later, () => notice.remove());
}

/** Says so whenever a worker has come after another. */
function watch(registration) {
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
}

// In a frame on somebody else's page nothing is kept.
if (window === window.top) {
  head("manifest", "manifest.webmanifest");
  head("apple-touch-icon", "icon-192.png");
  // Where there is no such thing, or it is refused, the page works as before, with a network.
  navigator.serviceWorker?.register(here("sw.js"), { updateViaCache: "none" }).then(watch, () => {});
}
