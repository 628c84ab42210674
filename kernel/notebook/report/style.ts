/** The look of a report: an article on paper, by day, by night and in print. */
export const STYLE = `
:root {
  --paper: #fffefb; --ink: #1e1b24; --quiet: #6a6572; --rule: #e6e1ea; --wash: #f6f3f8;
  --accent: #5a2a83; --alarm: #b3261e; --alarm-wash: #fdf1ef;
  --keyword: #7a2e9d; --string: #1a6e4a; --number: #a24a06; --comment: #7d7785; --name: #1f4fa3;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17151c; --ink: #e7e4ea; --quiet: #a29bab; --rule: #35303d; --wash: #211e28;
    --accent: #cba9f5; --alarm: #ff9d93; --alarm-wash: #2d1b1d;
    --keyword: #d3a6f7; --string: #8fd6ae; --number: #f0b27a; --comment: #908a9a; --name: #9fc1ff;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.62 var(--serif); text-rendering: optimizeLegibility; hanging-punctuation: first;
}
main { position: relative; max-width: 46rem; margin: 0 auto; padding: 4.5rem 1.5rem 6rem; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; scroll-margin-top: 1.5rem; font-weight: 700; }
h1 { font-size: 2.5rem; letter-spacing: -.015em; margin: 0 0 1.4rem; }
h1::after { content: ""; display: block; width: 3.5rem; height: 3px; margin-top: 1.3rem; background: var(--accent); }
h2 { font-size: 1.55rem; letter-spacing: -.008em; margin: 3.2rem 0 .8rem; }
h3 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
h4 { font-size: 1rem; margin: 1.8rem 0 .5rem; }
p, ul, ol, blockquote { margin: 0 0 1.1rem; }
li { margin: .25rem 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
blockquote { margin-left: 0; padding-left: 1.2rem; border-left: 3px solid var(--rule); color: var(--quiet); }
hr { border: 0; border-top: 1px solid var(--rule); margin: 2.5rem 0; }
code, pre { font-family: var(--mono); font-size: .8em; }
p code, li code, td code { padding: .1em .32em; border-radius: 4px; background: var(--wash); }
pre { margin: 0 0 1.1rem; padding: .9rem 1.1rem; overflow-x: auto; border-radius: 8px; background: var(--wash); font-size: .8125rem; line-height: 1.55; }
pre code { font-size: inherit; }
img, video { max-width: 100%; height: auto; }
figure { margin: 1.4rem 0; }
figure.chart { padding: .5rem; overflow-x: auto; border: 1px solid var(--rule); border-radius: 10px; background: #fff; color: #1e1b24; text-align: center; }
figure.chart svg, figure.chart img { display: block; margin: 0 auto; }
figure.chart [hidden] { display: none; }
.markdown { overflow-x: auto; }
main table { border-collapse: collapse; margin: 0 0 1.1rem; font: .875rem/1.45 var(--sans); font-variant-numeric: tabular-nums; }
main th, main td { padding: .42rem .65rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: baseline; }
main thead th { border-bottom: 1.5px solid var(--ink); }
.html { margin: 1.2rem 0; overflow-x: auto; font-family: var(--sans); font-size: .9375rem; }
pre.stdout, pre.stderr { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.stdout, pre.result { padding: .2rem 0 .2rem 1.1rem; border-left: 3px solid var(--rule); border-radius: 0; background: none; }
pre.stderr { padding: .2rem 0 .2rem 1.1rem; border-left: 3px solid var(--number); border-radius: 0; background: none; color: var(--quiet); }
pre.error { border-left: 3px solid var(--alarm); background: var(--alarm-wash); }
.cell { margin: 1.2rem 0; }
details.code { margin: 0 0 .7rem; }
details.code summary { display: inline-block; cursor: pointer; list-style: none; color: var(--quiet); font: .75rem/1.6 var(--sans); opacity: .8; }
details.code summary::-webkit-details-marker { display: none; }
details.code summary::before { content: ""; display: inline-block; width: .36em; height: .36em; margin: 0 .6em .12em .1em; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); transition: transform .15s; }
details.code[open] summary::before { transform: rotate(45deg); }
details.code summary:hover, details.code summary:focus-visible { color: var(--accent); opacity: 1; }
details.code pre { margin: .5rem 0 1rem; }
.all-code { position: absolute; top: 1.6rem; right: 1.5rem; padding: .35rem .8rem; border: 1px solid var(--rule); border-radius: 99px; background: none; color: var(--quiet); font: .75rem/1.4 var(--sans); cursor: pointer; }
.all-code:hover { color: var(--accent); border-color: currentColor; }
.tip { position: fixed; z-index: 9; display: grid; grid-template-columns: auto auto; gap: .1rem .8rem; max-width: 24rem; padding: .5rem .7rem; border-radius: 6px; background: #1e1b24; color: #fff; font: .75rem/1.45 var(--sans); font-variant-numeric: tabular-nums; pointer-events: none; box-shadow: 0 4px 18px rgb(0 0 0 / .25); }
.tip[hidden] { display: none; }
.tip span:nth-child(odd) { opacity: .65; }
nav { max-width: 46rem; margin: 0 auto; padding: 2rem 1.5rem 0; font: .8125rem/1.5 var(--sans); }
nav h2 { margin: 0 0 .5rem; color: var(--quiet); font: 600 .6875rem/1.5 var(--sans); letter-spacing: .09em; text-transform: uppercase; }
nav ol { margin: 0; padding: 0; list-style: none; }
nav li { margin: .32rem 0; }
nav .h3 { padding-left: .9rem; }
nav a { color: var(--quiet); text-decoration: none; }
nav a:hover { color: var(--accent); }
.hljs-keyword, .hljs-literal, .hljs-built_in { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-comment { color: var(--comment); font-style: italic; }
.hljs-title, .hljs-attr, .hljs-property { color: var(--name); }
.ansi-red-fg, .ansi-bright-red-fg { color: var(--alarm); }
.ansi-green-fg, .ansi-bright-green-fg { color: var(--string); }
.ansi-yellow-fg, .ansi-bright-yellow-fg { color: var(--number); }
.ansi-blue-fg, .ansi-bright-blue-fg, .ansi-cyan-fg, .ansi-bright-cyan-fg { color: var(--name); }
.ansi-magenta-fg, .ansi-bright-magenta-fg { color: var(--keyword); }
.ansi-bright-black-fg { color: var(--comment); }
@media screen and (prefers-color-scheme: dark) {
  /* Charts are drawn on white: light and dark change places, hues stay. */
  figure.chart { border-color: #d5d2d8; filter: invert(.915) hue-rotate(180deg); }
}
@media (min-width: 78rem) {
  figure.wide { margin-right: -11rem; }
  nav { position: fixed; top: 4.5rem; left: max(1.5rem, calc(50vw - 38.5rem)); width: 13rem; max-height: calc(100vh - 6rem); margin: 0; padding: 0; overflow-y: auto; }
}
@media (max-width: 40rem) {
  body { font-size: 1.0625rem; }
  main { padding: 3.6rem 1.1rem 4rem; }
  nav { padding: 1.6rem 1.1rem 0; }
  h1 { font-size: 1.95rem; }
  h2 { font-size: 1.35rem; }
  .all-code { top: 1rem; right: 1.1rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --wash: #f5f5f5; --accent: #3c1b5c; }
  @page { margin: 20mm 18mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav, .all-code, .tip, details.code:not([open]) { display: none; }
  pre { white-space: pre-wrap; font-size: 8.5pt; }
  h2, h3 { break-after: avoid; }
  figure, tr, blockquote { break-inside: avoid; }
  figure.chart { border: 0; padding: 0; }
  a { color: inherit; }
}
`;
