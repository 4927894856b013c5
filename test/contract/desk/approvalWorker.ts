import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

// Lets the waiting answers of a desk go as its reviewer, until it is killed. Prints a word when it begins to send.
const [dir = '', mediaDir = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Revisora de práctica' });
  for (const { mention } of desk.approvals.list()) {
    process.stdout.write('sending\n');
    await desk.approvals.send(mention.id, { confirm: [] });
  }
  await desk.dispose();
}

void main();
