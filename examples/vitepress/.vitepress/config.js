import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Our protocol",
  description: "A documentation site with running figures.",
  vue: {
    template: { compilerOptions: { isCustomElement: (tag) => tag === "tcp-scope" } },
  },
});
