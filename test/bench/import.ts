import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parse } from 'csv-parse';
import { makeDesk } from '../support/openDesk';
import { type Emit } from './support/measure';

export const area = 'import';

const few = 20_000;
const many = 200_000;

async function csvOf(path: string, rows: number): Promise<string> {
  const file = await open(path, 'w');
  await file.write('folio,fecha,nombre,telefono,mensaje\n');
  for (let from = 0; from < rows; from += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, index) => `F-${String(from + index)},2026-03-${String(1 + (index % 28)).padStart(2, '0')} 10:00,Persona ${String(index)},809555${String(index)},"Llevo ${String(from + index)} días esperando mi acta, nadie responde y el servicio es muy malo"\n`);
    await file.write(lines.join(''));
  }
  await file.close();
  return path;
}

/**
 * A file read, mapped and checked without storing, against `csv-parse` reading the same file and keeping nothing; and the most memory that it takes for ten
 * times the rows, as the inbox itself is what grows when they are stored.
 */
export async function run(emit: Emit): Promise<void> {
  const world = await makeDesk({ server: { count: 0 }, init: { mediaDir: join(process.cwd(), 'media') } });
  const folder = mkdtempSync(join(tmpdir(), 'momentos-bench-import-'));
  try {
    const desk = await world.open();
    const peakOf = async (rows: number): Promise<{ readonly ms: number; readonly peak: number; readonly path: string }> => {
      const path = await csvOf(join(folder, `${String(rows)}.csv`), rows);
      let peak = 0;
      const began = performance.now();
      const { imported } = await desk.imports.run(path, { medium: 'phone', dryRun: true, progress: () => { peak = Math.max(peak, process.memoryUsage().heapUsed); } });
      if (imported !== rows) throw new Error(`${String(imported)} of ${String(rows)} rows`);
      return { ms: performance.now() - began, peak, path };
    };
    await peakOf(1_000);
    const small = await peakOf(few);
    const large = await peakOf(many);
    const began = performance.now();
    let count = 0;
    for await (const _record of createReadStream(large.path).pipe(parse())) count += 1;
    emit({ name: `import.read.${String(many)}`, value: round(large.ms / (performance.now() - began)), unit: 'x', against: `csv-parse alone, ${String(count)} rows` });
    const growth = round(large.peak / small.peak);
    emit({ name: 'import.memory.flat', value: growth, unit: 'x', against: `the most heap for ${String(few)} rows (${String(Math.round(small.peak / 1e6))} MB)`, target: 1.5, met: growth <= 1.5 });
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
