// Pages of others, on an origin of their own, under a Content Security Policy that is as strict as
// docs/embedding.md says it may be.

import { createServer } from "node:http";

/** The policy of a page that shows tcpscope from another origin, and nothing else. */
export const hostPolicy = (origin) =>
  [
    "default-src 'none'",
    `script-src 'self' ${origin}`,
    `frame-src ${origin}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
  ].join("; ");

/** Serves texts: `{ "/": "<!doctype html>…" }`, under a policy. */
export async function startHost(files, policy) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const text = files[path];
    if (text === undefined) {
      response.statusCode = path === "/favicon.ico" ? 204 : 404;
      return response.end();
    }
    const types = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
    response.setHeader("Content-Type", types[path.split(".")[1]] ?? "text/html; charset=utf-8");
    response.setHeader("Content-Security-Policy", policy);
    response.end(text);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    // Another host and another port than tcpscope's: another site, not only another origin.
    url: `http://localhost:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** An article with things in it. */
export const article = (tcpscope, body, { attributes = 'lang="en"', script = "", style = true } = {}) => `<!doctype html>
<html ${attributes}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>An article</title>
${style ? '<link rel="stylesheet" href="/article.css">' : ""}
<link rel="icon" href="/icon.svg">
<script type="module" src="${tcpscope}tcpscope-embed.js"></script>
${script ? `<script type="module" src="${script}"></script>` : ""}
<article>${body}</article>`;

export const ARTICLE_CSS = `
:root { color-scheme: light; font: 17px/1.6 Georgia, "Noto Serif CJK SC", serif; }
:root[data-theme="dark"] { color-scheme: dark; background: #16181c; color: #e6e6e6; }
body { margin: 0; }
article { max-width: 760px; margin: 0 auto; padding: 32px 16px; }
tcp-scope { margin: 24px 0; }
.tall { height: 3000px; }
`;
export const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>';
