#!/usr/bin/env node
// Copies tcpscope's files to where your site has its static ones: `npx tcpscope-files public/tcpscope`.

import { cpSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (!folder || folder.startsWith("-")) {
  console.error("usage: tcpscope-files FOLDER   copies tcpscope's files to FOLDER, as in public/tcpscope");
  process.exit(2);
}
cpSync(join(import.meta.dirname, "dist"), folder, { recursive: true });
console.log(`tcpscope's files are in ${folder}.`);
