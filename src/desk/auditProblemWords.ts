import * as l10n from '@vscode/l10n';
import { type AuditProblem, type AuditProblemCode, type AuditVerdict } from '../core/audit';

/** Where a problem of the audit log stands: file, line and entry; empty when it is about the whole log. */
export function problemPlace({ file, line, seq, lastLine }: AuditProblem & Pick<Partial<ToldProblem>, 'lastLine'>): string {
  const lines = line === undefined ? '' : lastLine === undefined || lastLine === line ? l10n.t('line {0}', line) : l10n.t('lines {0} to {1}', line, lastLine);
  const parts = [file ?? '', lines, seq === undefined ? '' : l10n.t('entry {0}', seq)];
  return parts.filter((part) => part !== '').join(', ');
}

/** Problems of one kind with the texts of one entry, told as one. */
export interface ToldProblem extends AuditProblem {
  /** Names of all texts that it is about; empty = as `field` says. */
  readonly fields: readonly string[];
  /** Line of the last of them. */
  readonly lastLine?: number | undefined;
}

/** Texts of one entry that are gone, or still there, are told together: there may be a dozen. */
export function toldProblems(problems: readonly AuditProblem[]): readonly ToldProblem[] {
  const told: ToldProblem[] = [];
  for (const problem of problems) {
    const last = told.at(-1);
    const isSame = last !== undefined && (problem.code === 'value.notErased' || problem.code === 'value.missing') && problem.code === last.code && problem.seq === last.seq && problem.file === last.file;
    if (!isSame) told.push({ ...problem, fields: [] });
    else told[told.length - 1] = { ...last, fields: [...(last.fields.length === 0 ? [last.field ?? '?'] : last.fields), problem.field ?? '?'], lastLine: problem.line };
  }
  return told;
}

/** What is wrong, with what was expected and what was found, and what to do about it. */
export function problemWords(problem: AuditProblem & Pick<Partial<ToldProblem>, 'fields'>): string {
  const { expected, found } = problem;
  const compared = isCompared(problem.code) && expected !== undefined && found !== undefined ? l10n.t('Expected: {0}. Found: {1}.', expected, found) : '';
  return [whatIsWrong(problem), compared, advice(problem)].filter((part) => part !== '').join(' ');
}

/** The whole of a problem in one line. */
export function problemLine(problem: ToldProblem): string {
  const place = problemPlace(problem);
  return place === '' ? problemWords(problem) : `${place}: ${problemWords(problem)}`;
}

/** What else a verdict says, a line each: what was erased, and how the people who acted are known. */
export function verdictRemarks({ erased, actors, untold }: AuditVerdict): readonly string[] {
  const declared = actors.flag + actors.env + actors.git;
  return [
    l10n.t('Who acted: {0} entries by a person known by a signing key, {1} by the account of the system, {2} only declared (--as: {3}, environment: {4}, git: {5}), {6} by the desk itself.', actors.key, actors.os, declared, actors.flag, actors.env, actors.git, actors.desk),
    ...(erased === 0 ? [] : [l10n.t('Erased texts: {0}. Each is named by an entry that says who erased it, when and why.', erased)]),
    ...(untold === 0 ? [] : [l10n.t('… and {0} more.', untold)]),
  ];
}

/** Hashes and numbers that help whoever looks into it; times and counts stand in the sentence. */
function isCompared(code: AuditProblemCode): boolean {
  return code === 'hash.mismatch' || code === 'prev.mismatch' || code === 'value.mismatch' || code === 'head.mismatch';
}

function whatIsWrong({ code, seq, expected = '?', found = '?', field = '?', fields = [] }: AuditProblem & Pick<Partial<ToldProblem>, 'fields'>): string {
  switch (code) {
    case 'line.malformed': return l10n.t('This line is no entry: it was damaged or put in by hand.');
    case 'line.notCanonical': return l10n.t('The line is not written in the fixed form (RFC 8785): something else than Momentos wrote it.');
    case 'hash.mismatch': return l10n.t('The entry was changed: its hash does not fit its content.');
    case 'prev.mismatch': return l10n.t('The entry does not follow from the one before: one of the two was exchanged.');
    case 'seq.gap': return Number(found) > Number(expected) ? l10n.t('Entries {0} to {1} are missing here.', expected, Number(found) - 1) : l10n.t('The entries are out of order: number {0} was due here, number {1} stands here.', expected, found);
    case 'segment.missing': return l10n.t('The file of a month is missing before this one: it held entries {0} to {1}.', expected, Number(found) - 1);
    case 'segment.unreadable': return l10n.t('The file cannot be read.');
    case 'segment.order': return l10n.t('The entry is of {0} and stands in the file of {1}.', found, expected);
    case 'kind.unknown': return l10n.t('This version does not know entries of the kind "{0}": a newer version of Momentos wrote it.', found);
    case 'schema.unknown': return l10n.t('The entry has a form that this version does not know ({0}): a newer version of Momentos wrote it, or it was made by hand.', found);
    case 'value.mismatch': return l10n.t('The kept text "{0}" was changed: it does not fit what the entry committed to.', field);
    case 'value.missing': return fields.length > 1 ? l10n.t('The kept texts {0} are gone, and no entry says that they were erased.', fields.join(', ')) : l10n.t('The kept text "{0}" is gone, and no entry says that it was erased.', field);
    case 'value.notErased': return fields.length > 1 ? l10n.t('The kept texts {0} are still there, though a later entry says that they were erased: the erasing was interrupted, or an old file was put back.', fields.join(', ')) : l10n.t('The kept text "{0}" is still there, though a later entry says that it was erased: the erasing was interrupted, or an old file was put back.', field);
    case 'value.malformed': return l10n.t('This line is no kept text: it was damaged or put in by hand.');
    case 'value.orphan': return l10n.t('The kept text "{0}" belongs to no entry: a crash left it there. It changes nothing.', field);
    case 'redaction.unfounded': return found === '?' ? l10n.t('The entry says that texts were erased, but its list cannot be read or names entries that came later.') : l10n.t('The entry says that texts were erased that never were there: {0}.', found);
    case 'tail.torn': return l10n.t('The last line was torn off by a crash or a power failure ({0} bytes). What was whole before it stands.', found);
    case 'tail.cut': return l10n.t('The end of the log is missing: {0} entries were there once, {1} are left.', expected, found);
    case 'clock.back': return l10n.t('The clock of this machine was set back, from {0} to {1}.', time(expected), time(found));
    case 'head.mismatch': return seq === undefined ? l10n.t('The head that was noted does not occur in the log: what it proves was cut off or rewritten.') : l10n.t('The entry is not the one that the desk remembers as the end of its log: the log was rewritten.');
  }
}

function advice({ code, severity }: AuditProblem): string {
  switch (code) {
    case 'line.malformed': case 'line.notCanonical': case 'hash.mismatch': case 'prev.mismatch': case 'seq.gap': case 'segment.order': case 'value.mismatch': case 'value.malformed': case 'redaction.unfounded':
      return l10n.t('Leave the folder as it is, compare it with a backup, and find out who could write there.');
    case 'value.missing': case 'segment.missing': case 'tail.cut': case 'head.mismatch':
      return l10n.t('Look for what is missing in a backup of the folder, and find out who could write there.');
    case 'segment.unreadable': return l10n.t('Look at the rights of the file and at the disk.');
    case 'schema.unknown': case 'kind.unknown': return l10n.t('Verify it with the newest version of Momentos.');
    case 'value.notErased': return l10n.t('Erase it once more ("momentos audit redact again", or Erase Again What Came Back), and find out which backup was put back.');
    case 'clock.back': return l10n.t('Look at the clock of this machine; nothing of the log is lost.');
    case 'tail.torn': return severity === 'note' ? '' : l10n.t('Leave the folder as it is, compare it with a backup, and find out who could write there.');
    case 'value.orphan': return '';
  }
}

/** A time of the log (ms as text) as ISO 8601 in UTC, as an auditor compares it. */
function time(text: string): string {
  const at = new Date(Number(text));
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}
