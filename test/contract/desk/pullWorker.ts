import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

// Opens a desk, waits for a line on its input, pulls once, and prints what came of it.
const [dir = '', mediaDir = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
  process.stdout.write('open\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const results = await desk.pulling.pull();
  process.stdout.write(`${JSON.stringify(results.map(({ id, error }) => ({ id, error: error?.code ?? null })))}\n`);
  await desk.dispose();
  process.stdin.destroy();
}

void main();
