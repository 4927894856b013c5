const shapes = {
  check: 'M3 8.5 6.5 12 13 4.5',
  attention: 'M8 2.5 14.3 13.5H1.7ZM8 6.8v3M8 11.7v.1',
  refuse: 'M4 4l8 8M12 4l-8 8',
  hint: 'M8 2a4 4 0 0 0-2.3 7.3c.5.4.8.9.8 1.5v.7h3v-.7c0-.6.3-1.1.8-1.5A4 4 0 0 0 8 2ZM6.5 13.5h3',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v3.5l2.5 1.5',
  lock: 'M4 7.5h8v6H4ZM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  people: 'M6 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM2 13c0-2.5 1.8-4 4-4s4 1.5 4 4M10.5 3.2a2.2 2.2 0 0 1 0 4.2M11.5 9.2c1.6.4 2.5 1.8 2.5 3.8',
  attachment: 'M2.5 3.5h11v9h-11ZM2.5 10.5l3.5-3 3 2.5 2-1.5 2.5 2',
  negative: 'M3 5h10l-5 7Z',
  neutral: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  positive: 'M3 11h10L8 4Z',
  unsure: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.6v.4M8 12.6v.1',
  answer: 'M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v1',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
} as const;

export type IconName = keyof typeof shapes;

const filled: ReadonlySet<IconName> = new Set(['negative', 'neutral', 'positive']);

/** A drawing beside words, hidden from screen readers: the words say it too. */
export function icon(name: IconName, className = ''): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', `icon ${filled.has(name) ? 'filled' : ''} ${className}`.trim());
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}
