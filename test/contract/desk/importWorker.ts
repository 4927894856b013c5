import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

// Imports a file and says how far it is, until it is killed or done.
const [dir = '', mediaDir = '', file = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
  const result = await desk.imports.run(file, { medium: 'phone', progress: (fraction) => process.stdout.write(`at ${String(fraction)}\n`) });
  process.stdout.write(`done ${JSON.stringify(result)}\n`);
  await desk.dispose();
}

void main();
