import { existsSync, unlinkSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** Ends the worker before it reads a text that says so: always, or once for each file that is named. */
parentPort?.on('message', ({ texts }: { readonly texts: readonly { readonly text: string }[] }) => {
  for (const { text } of texts) {
    if (text.includes('(mortal)')) process.exit(7);
    const file = /\(mortal una vez: ([^)]+)\)/u.exec(text)?.[1];
    if (file !== undefined && existsSync(file)) {
      unlinkSync(file);
      process.exit(8);
    }
  }
});
