import { type AuditEntry, type AuditProblem, type AuditProblemCode } from '../core/audit';

/** Told one by one up to here; a log that is damaged all over must not fill the memory. */
const mostProblems = 10_000;

const notes: ReadonlySet<AuditProblemCode> = new Set<AuditProblemCode>(['kind.unknown', 'value.notErased', 'value.orphan', 'tail.torn', 'clock.back']);

/** Collects what verifying finds. */
export class AuditFindings {
  readonly problems: AuditProblem[] = [];
  readonly actors = { flag: 0, env: 0, git: 0, os: 0, key: 0, desk: 0 };
  ok = true;
  untold = 0;
  entries = 0;
  erased = 0;
  first: number | undefined;
  last: number | undefined;

  /** `severity`: where it is not the one that the code has by itself. */
  tell(code: AuditProblemCode, where: Omit<AuditProblem, 'severity' | 'code'>, severity: AuditProblem['severity'] = notes.has(code) ? 'note' : 'error'): void {
    if (severity === 'error') this.ok = false;
    if (this.problems.length < mostProblems) this.problems.push({ severity, code, ...where });
    else this.untold += 1;
  }

  count(entry: { readonly seq: number; readonly source: AuditEntry['actor']['source'] }): void {
    if (Object.hasOwn(this.actors, entry.source)) this.actors[entry.source] += 1;
    this.entries += 1;
    this.first ??= entry.seq;
    this.last = entry.seq;
  }
}
