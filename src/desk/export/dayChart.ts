import { markup, type Markup } from './markup';

/** One pair of bars. */
export interface ChartBar {
  /** Below the pair; '' = none. */
  readonly label: string;
  readonly received: number;
  readonly answered: number;
}

const width = 960;
const height = 280;
const left = 44;
const bottom = 28;
const top = 12;

/**
 * Received and answered side by side, as inline SVG without a script or a style of its own (classes `received`, `answered`, `grid`, `axis` belong to the page).
 * The second bars are hatched too, so that a print without colour tells them apart.
 */
export function dayChart(bars: readonly ChartBar[], words: { readonly title: string; readonly description: string }): Markup {
  const most = Math.max(1, ...bars.flatMap(({ received, answered }) => [received, answered]));
  const step = niceStep(most);
  const ceiling = Math.ceil(most / step) * step;
  const y = (value: number): number => round(top + (height - top - bottom) * (1 - value / ceiling));
  const slot = (width - left) / Math.max(1, bars.length);
  const bar = Math.max(0.8, Math.min(22, slot * 0.4));
  const ticks = Array.from({ length: Math.round(ceiling / step) + 1 }, (_unused, index) => index * step);
  return markup`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-description" xmlns="http://www.w3.org/2000/svg">
<title id="chart-title">${words.title}</title>
<desc id="chart-description">${words.description}</desc>
<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="answered" width="5" height="5"/><line class="hatch" x1="0" y1="0" x2="0" y2="5" stroke-width="2"/></pattern></defs>
${ticks.map((value) => markup`<line class="grid" x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}"/><text class="axis" x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>
`)}${bars.map(({ label, received, answered }, index) => {
    const middle = round(left + slot * (index + 0.5));
    return markup`<rect class="received" x="${round(middle - bar)}" y="${y(received)}" width="${round(bar)}" height="${round(y(0) - y(received))}"/><rect fill="url(#hatch)" x="${middle}" y="${y(answered)}" width="${round(bar)}" height="${round(y(0) - y(answered))}"/>${label === '' ? '' : markup`<text class="axis" x="${middle}" y="${height - 8}" text-anchor="middle">${label}</text>`}
`;
  })}</svg>`;
}

/** 1, 2 or 5 times a power of ten, so that there are about five lines. */
function niceStep(most: number): number {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
