import { performance } from 'node:perf_hooks';
import { makeDesk } from '../support/openDesk';
import { type Emit } from './support/measure';

export const area = 'pull';

const mentions = 2_000;

/**
 * Pulling a backlog into an empty desk (HTTP, parsing, HTML to text, sentiment, inbox, audit log, all synced), against reading the same pages with plain
 * `fetch` and `JSON.parse` and keeping nothing; then the last thousand against the first, to see whether cost grows with what is stored.
 */
export async function run(emit: Emit): Promise<void> {
  const world = await makeDesk({ server: { count: mentions, seed: 3 } });
  try {
    const began = performance.now();
    let pages = 0;
    let maxId: string | undefined;
    for (;;) {
      const url = `${world.server.url}/api/v1/notifications?types[]=mention&limit=80&include_filtered=true${maxId === undefined ? '' : `&max_id=${maxId}`}`;
      const items = (await (await fetch(url, { headers: { authorization: `Bearer ${world.server.token}` } })).json()) as readonly { readonly id: string }[];
      if (items.length === 0) break;
      pages++;
      maxId = items.at(-1)?.id;
    }
    const plainMs = performance.now() - began;

    const desk = await world.open();
    const pullBegan = performance.now();
    const [result] = await desk.pulling.pull();
    const pullMs = performance.now() - pullBegan;
    if (result?.error instanceof Error) throw result.error;
    const received = desk.inbox.list({ all: true }).length;
    emit({ name: `pull.backlog.${String(received)}`, value: round(pullMs / plainMs), unit: 'x', against: `fetch + JSON.parse of the same ${String(pages)} pages` });

    const timeOf = async (count: number): Promise<number> => {
      for (let index = 0; index < count; index++) world.server.control.addMention({ text: `¿Cuándo sale mi turno ${String(index)}?`, author: `vecina${String(index)}` });
      const from = performance.now();
      await desk.pulling.pull();
      return performance.now() - from;
    };
    await timeOf(40);
    const late = await timeOf(80);
    const fresh = await makeDesk({ server: { count: 0 } });
    try {
      const small = await fresh.open();
      for (let index = 0; index < 40; index++) fresh.server.control.addMention({ text: `Hola ${String(index)}`, author: `vecino${String(index)}` });
      await small.pulling.pull();
      for (let index = 0; index < 80; index++) fresh.server.control.addMention({ text: `¿Cuándo sale mi turno ${String(index)}?`, author: `vecina${String(index)}` });
      const from = performance.now();
      await small.pulling.pull();
      const early = performance.now() - from;
      emit({ name: 'pull.80.flat', value: round(late / early), unit: 'x', against: `80 new mentions at a desk of 40 (this desk: ${String(received)})`, target: 1.5, met: late / early <= 1.5 });
    } finally {
      await fresh.close();
    }
  } finally {
    await world.close();
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
