/** Style of the page; its hash stands in the page's policy. */
export const citizenStyle = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: #1b1b1b; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.35rem; margin-top: 2.5rem; border-bottom: 2px solid #1b1b1b; padding-bottom: .25rem; }
h3 { font-size: 1.1rem; margin: 0 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
article { border: 1px solid #767676; border-radius: .25rem; padding: 1rem; margin: 1rem 0; }
blockquote { margin: .5rem 0; padding: .5rem 1rem; border-inline-start: .25rem solid #1b5faa; background: #f2f6fb; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
dl { margin: .5rem 0; }
dl > div { display: flex; gap: 1rem; padding: .15rem 0; }
dt { flex: 0 0 12rem; font-weight: 600; }
dd { margin: 0; flex: 1; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .95rem; }
caption { text-align: start; font-weight: 600; padding-bottom: .35rem; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; overflow-wrap: normal; }
td ul, dd ul { margin: 0; padding-inline-start: 1.1rem; }
a { color: #0b4a94; }
.quiet { color: #555; }
@media (max-width: 40rem) { dl > div { flex-direction: column; gap: 0; } dt { flex: none; } }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #181818; }
  h2 { border-color: #eee; }
  blockquote { background: #22303f; border-color: #7db4f0; }
  th { background: #333; }
  a { color: #9cc7ff; }
  .quiet { color: #bbb; }
}
@media print {
  :root { color-scheme: light; }
  body { color: #000; background: #fff; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3, h4, caption { break-after: avoid; }
  article { break-inside: auto; }
  tr, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
  blockquote, th { background: none; }
  a { color: #000; text-decoration: none; }
}
`;
