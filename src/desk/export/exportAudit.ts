import { dirname, join, parse, resolve, sep } from 'node:path';
import { type Actor, type AuditHead, type AuditJson } from '../../core/audit';
import { type Clock, type Randomness } from '../../core/clock';
import { type DeskConfig } from '../../core/config';
import { isMomentosError, MomentosError } from '../../core/errors';
import { pseudonymFor, pseudonymKeyBytes } from '../../core/exportPrivacy';
import { type AuditLog } from '../../core/ports';
import { RedactionFacts } from '../../core/redactionFacts';
import { type DeskAudit } from '../deskApi';
import { inLanguage } from '../language';
import { NewFile } from '../newFile';
import { type ExportOptions } from './exportApi';
import { conversationCsv, redactionCsv, replyCsv } from './exportCsv';
import { jsonDocument, jsonLines } from './exportProof';
import { type ExportSource, type Pieces } from './exportSource';
import { htmlReport } from './htmlReport';
import { reportFigures } from './reportFigures';

const mostRemembered = 10_000;

export interface ExportDeps {
  readonly audit: AuditLog;
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly operator: Actor;
  /** Of the HTML report, unless the caller wants another. */
  readonly language: 'es' | 'en';
  /** A desk opened for reading: an export is made and not logged. */
  readonly readOnly?: boolean | undefined;
}

/**
 * Writes the log up to the head that it has at the start: equal head, options and key give equal bytes. The file appears only when it is whole, and after the
 * log says who took it out. Errors: `export.exists` unless `overwrite`, `export.notWritable`, `export.purposeMissing`, `report.invalidRange`,
 * `network.cancelled`.
 */
export function createExport(deps: ExportDeps): DeskAudit['export'] {
  return async (options) => {
    checkRange(options);
    const purpose = options.purpose?.trim() ?? '';
    if (options.personalData === 'include' && purpose === '') throw new MomentosError('export.purposeMissing', {});
    if (resolve(options.out).split(sep).includes('.momentos')) throw new MomentosError('export.notWritable', { path: options.out, reason: 'desk' });
    const head = await deps.audit.head();
    const source = sourceOf(deps, options, head);
    const whole = { overwrite: options.overwrite === true, random: deps.random };
    const file = await NewFile.begin(options.out, whole);
    let beside: { readonly path: string; readonly file: NewFile } | undefined;
    try {
      const rows = await file.writeAll(piecesOf(source, deps));
      const erased = source.redactions.list;
      if (options.format === 'csv' && erased.length > 0) {
        const path = besidePath(options.out);
        beside = { path, file: await NewFile.begin(path, whole) };
        await beside.file.writeAll(redactionCsv(erased));
      }
      const logged = deps.readOnly !== true && (await noteExport(deps, source, rows, purpose));
      await file.finish();
      await beside?.file.finish();
      options.progress?.(1);
      return { path: options.out, ...(beside === undefined ? {} : { redactionsPath: beside.path }), rows, head, logged };
    } catch (error) {
      await file.discard();
      await beside?.file.discard();
      throw error;
    }
  };
}

/** `registro.csv` has `registro.redactions.csv` beside it. */
function besidePath(out: string): string {
  const { name, ext } = parse(out);
  return join(dirname(out), `${name}.redactions${ext === '' ? '.csv' : ext}`);
}

function sourceOf(deps: ExportDeps, options: ExportOptions, head: AuditHead): ExportSource {
  const mode = options.personalData ?? 'pseudonymise';
  const key = options.pseudonymKey ?? deps.random.bytes(pseudonymKeyBytes);
  const citizen = { include: (id: string) => id, pseudonymise: remembered((id) => pseudonymFor(key, id)), omit: () => undefined }[mode];
  let told = -1;
  // A log that is read several times is further on each time all the same.
  const progress = (fraction: number): void => {
    if (fraction > told) options.progress?.((told = fraction));
  };
  return { audit: deps.audit, head, options: { ...options, progress }, mode, citizen, redactions: new RedactionFacts(options.from) };
}

/** A person writes more than once; only so many are kept. */
function remembered(make: (id: string) => string): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const made = known.get(id) ?? make(id);
    if (known.size >= mostRemembered) known.clear();
    known.set(id, made);
    return made;
  };
}

function checkRange({ from, to }: ExportOptions): void {
  const wrong = [from, to].some((time) => time !== undefined && !Number.isFinite(time)) || (from !== undefined && to !== undefined && from >= to);
  if (wrong) throw new MomentosError('report.invalidRange', { from: String(from), to: String(to) });
}

/** Who took what out is part of the log; a log that may not be written here (a copy on a read-only medium) is exported all the same. False = it is not. */
async function noteExport(deps: ExportDeps, { options, head, mode }: ExportSource, rows: number, purpose: string): Promise<boolean> {
  const { format, from, to } = options;
  const body: Record<string, AuditJson> = {
    format,
    ...(format === 'csv' ? { per: options.per ?? 'reply' } : {}),
    personalData: mode,
    rows,
    upTo: head.hash,
    count: head.count,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  try {
    await deps.audit.append([{ kind: 'audit.exported', at: deps.clock.now(), actor: deps.operator, subject: 'audit', body, ...(purpose === '' ? {} : { values: { purpose } }) }]);
    return true;
  } catch (error) {
    if (!isMomentosError(error, 'store.notWritable', 'lock.otherHost')) throw error;
    return false;
  }
}

function piecesOf(source: ExportSource, deps: ExportDeps): Pieces {
  switch (source.options.format) {
    case 'csv':
      return source.options.per === 'conversation' ? conversationCsv(source) : replyCsv(source);
    case 'jsonl':
      return jsonLines(source);
    case 'json':
      return jsonDocument(source);
    case 'html':
      return reportPage(source, deps);
  }
}

async function* reportPage(source: ExportSource, { config, language }: ExportDeps): Pieces {
  const figures = await reportFigures(source, config.institution.timeZone);
  const spoken = source.options.language ?? language;
  yield inLanguage(spoken, () => htmlReport(figures, { config, language: spoken, head: source.head }));
  return figures.entries;
}
