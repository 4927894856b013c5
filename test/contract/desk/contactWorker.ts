import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

// Prepares an answer to be given by hand and then waits, as a panel would with its question on the screen, until it is killed.
const [dir = '', mediaDir = '', id = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
  const { reply } = await desk.replies.send(id, { text: 'Venga mañana con su acta.', values: {} }, { confirm: [] });
  process.stdout.write(`copied ${reply.id} ${reply.state}\n`);
  setInterval(() => undefined, 60_000);
}

void main();
