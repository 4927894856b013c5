/** The style of the report: to read on a screen, light or dark, and to print on A4 or Letter. It loads nothing. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #55555f; --paper: #ffffff; --line: #c9c9d2; --band: #f3f4f8; --received: #1f4e8c; --answered: #2e8b57; --hatch: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --soft: #b4b4c0; --paper: #18181c; --line: #44444f; --band: #24242b; --received: #7fb0ee; --answered: #7fd4a4; --hatch: #18181c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 48px; max-width: 1000px; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper); }
header { border-bottom: 3px solid var(--received); padding-bottom: 12px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 32px 0 8px; break-after: avoid; }
p { margin: 6px 0; }
.range { font-size: 17px; }
.soft, caption { color: var(--soft); }
caption { text-align: left; font-size: 13px; padding-bottom: 4px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
.cards li { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; break-inside: avoid; }
.cards b { display: block; font-size: 23px; line-height: 1.3; white-space: nowrap; font-variant-numeric: tabular-nums; }
.cards span { color: var(--soft); font-size: 13px; }
table { border-collapse: collapse; width: 100%; margin: 0; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); font-size: 13px; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 10px; padding-right: 4px; }
.columns th { white-space: nowrap; }
.figures .number { padding-right: 24px; }
.formula { color: var(--soft); font-size: 13px; }
.wide { overflow-x: auto; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 0 18px; align-items: start; margin-top: 8px; }
.chart { display: block; width: 100%; height: auto; margin: 4px 0; break-inside: avoid; }
.chart .axis { fill: var(--soft); font-size: 12px; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.received { fill: var(--received); }
.answered { fill: var(--answered); }
.hatch { stroke: var(--hatch); }
.legend { display: flex; gap: 24px; flex-wrap: wrap; font-size: 13px; }
.legend svg { width: 14px; height: 14px; vertical-align: -2px; margin-right: 6px; }
.hash { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere; background: var(--band); padding: 8px 10px; border-radius: 4px; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere; }
ol { padding-left: 22px; }
footer { margin-top: 36px; border-top: 1px solid var(--line); padding-top: 8px; color: var(--soft); font-size: 13px; }
@page { margin: 16mm 14mm; }
@media print {
  :root { --ink: #000000; --soft: #3d3d44; --paper: #ffffff; --line: #b5b5bd; --band: #f3f4f8; --received: #1f4e8c; --answered: #2e8b57; --hatch: #ffffff; }
  body { padding: 0; max-width: none; font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; margin-top: 20pt; }
  .wide { overflow: visible; }
  table { font-size: 9pt; }
  th, td { padding: 3pt 6pt 3pt 0; }
  thead th, .formula, .legend, caption { font-size: 8.5pt; }
  thead th.number { white-space: normal; }
  .number { padding-left: 4pt; padding-right: 2pt; }
  .figures .number { padding-right: 12pt; }
  .hash, code { font-size: 8.5pt; }
  .cards { grid-template-columns: repeat(5, 1fr); gap: 8px; }
  .cards li { padding: 6pt 8pt; }
  .cards b { font-size: 15pt; }
  .columns { gap: 0 12pt; }
  .columns { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .columns table, .columns thead th, .wide table, .wide thead th { font-size: 8pt; }
  .columns th, .columns td { padding: 2pt 3pt 2pt 0; }
  .columns thead th { font-size: 7.5pt; }
  a { color: inherit; }
}
`;
