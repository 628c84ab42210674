import { describe, expect, test } from "vitest";
import { renderPng, renderSvg } from "../../../kernel/server/render.js";

const bars = {
  title: 'Clicks "by" <site>',
  data: {
    values: [
      { site: "a very long name of a site", clicks: 12 },
      { site: "b", clicks: 5 },
    ],
  },
  mark: { type: "bar", clip: true },
  encoding: {
    x: { field: "clicks", type: "quantitative" },
    y: { field: "site", type: "nominal" },
  },
};

describe("renderSvg", () => {
  test("the same specification gives the same bytes, whatever was drawn before", async () => {
    const first = await renderSvg(bars, "vega-lite");
    await renderSvg({ ...bars, mark: { type: "point", clip: true } }, "vega-lite");
    expect(await renderSvg(bars, "vega-lite")).toBe(first);
  });

  test("is white behind, in the shipped font, and told to screen readers once", async () => {
    const svg = await renderSvg(bars, "vega-lite");
    expect(svg).toContain('fill="white"');
    expect(svg).toContain('font-family="Arimo, Arial, Helvetica, sans-serif"');
    expect(svg).toMatch(/^<svg role="img" aria-label="Clicks &#34;by&#34; &#60;site&#62;"/);
    expect(svg).not.toContain("clicks: 12");
  });

  test("pictures on one page do not share ids", async () => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const one = ids(await renderSvg(bars, "vega-lite"));
    const other = ids(await renderSvg({ ...bars, title: "Other" }, "vega-lite"));
    expect(one.length).toBeGreaterThan(0);
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
  });

  test("long labels have the room they take", async () => {
    const svg = await renderSvg(bars, "vega-lite");
    const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
    const plot = 300;
    expect(width).toBeGreaterThan(plot + 120);
    expect(width).toBeLessThan(plot + 200);
  });

  test("Vega itself", async () => {
    const spec = {
      width: 40,
      height: 20,
      marks: [{ type: "rect", encode: { enter: { width: { value: 9 } } } }],
    };
    expect(await renderSvg(spec, "vega")).toMatch(/<svg [^>]*width="\d+" height="\d+"/);
  });

  test.each(["https://example.com/clicks.csv", "clicks.json", "file:///etc/hostname"])(
    "does not fetch %s",
    async (url) => {
      await expect(renderSvg({ ...bars, data: { url } }, "vega-lite")).rejects.toThrow(
        `a chart's picture is drawn from inline data only, not from ${url}`,
      );
    },
  );

  test("a picture too large for a notebook is left to the viewer, a PNG is not", async () => {
    const values = Array.from({ length: 40_000 }, (_, x) => ({ x, y: x % 97 }));
    const encoding = {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" },
    };
    const points = { data: { values }, mark: "point", encoding };
    await expect(renderSvg(points, "vega-lite")).rejects.toThrow(/would take \d+\.\d MB/);
    expect((await renderPng(points, "vega-lite", 1)).length).toBeGreaterThan(1000);
  });

  test("a broken specification is an error", async () => {
    await expect(renderSvg({ mark: "bra", encoding: 3 }, "vega-lite")).rejects.toThrow();
    await expect(renderSvg({ marks: [{ type: "nothing" }] }, "vega")).rejects.toThrow();
  });
});

test("renderPng draws the picture at scale, with letters in it", async () => {
  const svg = await renderSvg(bars, "vega-lite");
  const png = Buffer.from(await renderPng(bars, "vega-lite", 2));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg)?.[1]));
  const mute = await renderPng({ ...bars, title: "" }, "vega-lite", 2);
  expect(png.length).toBeGreaterThan(mute.length + 500);
});
