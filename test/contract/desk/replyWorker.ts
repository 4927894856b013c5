import { isMomentosError } from '../../../src/core/errors';
import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

// Answers the open mentions of a desk one after the other, until it is killed. Prints the reply id once the desk says that it was sent.
const [dir = '', mediaDir = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
  process.stdout.write('open\n');
  await desk.replies.settleAll();
  await desk.pulling.pull();
  process.stdout.write('pulled\n');
  for (const mention of desk.inbox.list()) {
    if (mention.replies.length > 0) continue;
    try {
      const { reply } = await desk.replies.send(mention.id, { text: `Hola, recibimos su mensaje ${mention.id}.`, values: {} }, { confirm: [] });
      process.stdout.write(`sent ${reply.id}\n`);
    } catch (error) {
      // Colleagues of the practice server answer some by themselves: those are left alone.
      if (!isMomentosError(error, 'reply.toConfirm')) throw error;
    }
  }
  process.stdout.write('done\n');
  await desk.dispose();
}

void main();
