import { expect, test } from 'vitest';
import { type AuditProblem } from '../../../src/core/audit';
import { problemLine, problemPlace, toldProblems } from '../../../src/desk/auditProblemWords';

const file = '2026-05.values.jsonl';
const text = (seq: number, field: string, line: number, code: AuditProblem['code'] = 'value.notErased'): AuditProblem => ({ code, severity: 'note', seq, file, line, field });

test('texts of one entry that came back are told as one, with all their names and lines', () => {
  const told = toldProblems([text(7, 'handle', 3), text(7, 'name', 4), text(7, 'text', 5), text(9, 'text', 8)]);
  expect(told).toHaveLength(2);
  expect(told.map(problemPlace)).toEqual([`${file}, lines 3 to 5, entry 7`, `${file}, line 8, entry 9`]);
  expect(problemLine(told[0]!)).toContain('The kept texts handle, name, text are still there');
  expect(problemLine(told[1]!)).toContain('The kept text "text" is still there');
});

test('problems that tell something of their own each are told each', () => {
  const problems = [text(7, 'handle', 3, 'value.mismatch'), text(7, 'name', 4, 'value.mismatch'), text(7, 'name', 4, 'value.missing')];
  expect(toldProblems(problems)).toHaveLength(3);
});
