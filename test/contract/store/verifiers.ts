import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditDraft, type AuditVerdict } from '../../../src/core/audit';
import { noon } from './testDesk';

export interface PythonVerdict {
  readonly status: number;
  readonly verdict: AuditVerdict;
}

/** What the second verifier, written in Python from the format's description, says of an audit folder. */
export function pythonVerdict(folder: string, expected?: string): Promise<PythonVerdict> {
  const args = [join(__dirname, '..', 'verify_audit.py'), folder, ...(expected === undefined ? [] : ['--expect', expected])];
  return new Promise((resolve, reject) => {
    execFile('python3', args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve({ status: typeof error?.code === 'number' ? error.code : 0, verdict: JSON.parse(stdout) as AuditVerdict });
    });
  });
}

/** What both verifiers must say alike. Which kinds there are is no part of the format: only the program that wrote them knows its own. */
export function comparable({ ok, entries, segments, head, erased, actors, problems }: AuditVerdict): object {
  const found = problems.filter(({ code }) => code !== 'kind.unknown').map(({ severity, code, seq }) => `${severity} ${code} ${String(seq ?? '')}`).sort();
  return { ok, entries, segments, head, erased, actors, problems: found };
}

/** The entry that an erasing leaves. */
export function redactedDraft(erased: readonly (readonly [number, ...string[]])[], fields: Partial<AuditDraft> = {}): AuditDraft {
  return {
    kind: 'redacted',
    at: noon,
    actor: { id: 'p-9876543210', name: 'Luis Mejía', source: 'key', osAccount: 'luis' },
    subject: 'x-0123456789',
    body: { scope: 'mention', basis: 'erasureRequest', proposedBy: 'p-0123456789', part: 1, parts: 1, mentions: 1, erased },
    ...fields,
  };
}

/** Takes values out of the values files of an audit folder, as erasing does. */
export async function takeOutValues(folder: string, pairs: readonly (readonly [number, ...string[]])[]): Promise<void> {
  const gone = new Set(pairs.flatMap(([seq, ...fields]) => fields.map((field) => `${String(seq)} ${field}`)));
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.values.jsonl')) continue;
    const kept = (await readFile(join(folder, name), 'utf8')).split('\n').filter((line) => {
      if (line === '') return true;
      const { seq, field } = JSON.parse(line) as { readonly seq: number; readonly field: string };
      return !gone.has(`${String(seq)} ${field}`);
    });
    await writeFile(join(folder, name), kept.join('\n'));
  }
}
