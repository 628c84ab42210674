import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageFolder } from "../../kernel/notebook/package-folder.js";
import { hasPython, Jupyter } from "../support/jupyter.js";

describe.skipIf(!hasPython("nbconvert"))(
  "nbconvert (needs python3 with nbconvert)",
  { timeout: 60_000 },
  () => {
    let jupyter: Jupyter;
    beforeAll(() => {
      jupyter = new Jupyter();
      const notebook = join(packageFolder(), "notebooks", "01-campaign.ipynb");
      copyFileSync(notebook, join(jupyter.folder, "01-campaign.ipynb"));
    });
    afterAll(() => jupyter?.remove());

    const convert = (...words: string[]) =>
      jupyter.python(["-m", "nbconvert", "01-campaign.ipynb", ...words]);
    const read = (name: string) => readFileSync(join(jupyter.folder, name), "utf8");

    test("--execute --to html: the charts as SVG, and the tables", () => {
      const { status, stderr } = convert("--execute", "--to", "html");
      expect(status, stderr).toBe(0);
      const html = read("01-campaign.html");
      const pictures = [...html.matchAll(/src="data:image\/svg\+xml;base64,([^"]+)"/g)];
      expect(pictures.length).toBe(4);
      for (const [, code = ""] of pictures) {
        expect(Buffer.from(code, "base64").toString()).toMatch(/<path [^>]*"#0072b2"/);
      }
      expect(html.match(/<table/g)?.length).toBe(4);
      expect(html).toContain("25,509,720 impressions");
    });

    test("--execute --to notebook: the outputs that are committed", () => {
      expect(convert("--execute", "--to", "notebook", "--output", "executed").status).toBe(0);
      expect(jupyter.outputs("executed.ipynb")).toEqual(jupyter.outputs("01-campaign.ipynb"));
    });

    test("--to script: a TypeScript file", () => {
      expect(convert("--to", "script").status).toBe(0);
      expect(read("01-campaign.ts")).toContain("const whole = (x: number) => Math.round(x)");
    });

    test("--to markdown: code in TypeScript's fences, charts as files", () => {
      expect(convert("--to", "markdown").status).toBe(0);
      const text = read("01-campaign.md");
      expect(text.match(/```typescript/g)?.length).toBe(10);
      const files = readdirSync(join(jupyter.folder, "01-campaign_files"));
      expect(files.map((file) => file.replace(/.*\./, ""))).toEqual(Array(4).fill("svg"));
      for (const file of files) expect(text).toContain(`![svg](01-campaign_files/${file})`);
    });
  },
);
