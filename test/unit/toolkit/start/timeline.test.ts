import { expect, test } from 'vitest';
import { Timeline } from '../../../../src/toolkit/start/timeline';

const written = (isTTY: boolean) => {
  let text = '';
  return { stream: { isTTY, write: (more: string) => (text += more) }, text: () => text };
};

test('each step stands with the seconds since the start', () => {
  let now = 0;
  const out = written(false);
  const timeline = new Timeline(out.stream, () => now);
  timeline.step('one');
  now = 12_345;
  timeline.step('two');
  timeline.say('done');
  expect(out.text()).toBe('[   0.0 s] one\n[  12.3 s] two\ndone\n');
});

test('on a terminal a step keeps its line until the next one', () => {
  const out = written(true);
  const timeline = new Timeline(out.stream, () => 1000);
  timeline.step('one');
  timeline.step('two');
  timeline.end();
  timeline.end();
  expect(out.text()).toBe('\r[   0.0 s] one\n\r[   0.0 s] two\n');
});
