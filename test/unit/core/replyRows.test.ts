import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replyColumns } from '../../../src/core/replyRows';

describe('the columns of the CSV export', () => {
  const page = readFileSync(new URL('../../../docs/audit-export.md', import.meta.url), 'utf8');

  it.each(replyColumns)('are documented: %s', (column) => {
    expect(page).toMatch(new RegExp(`^\\| [^|]*\`${column}\`[^|]* \\|`, 'mu'));
  });

  it('have a name each', () => {
    expect(new Set(replyColumns).size).toBe(replyColumns.length);
  });
});
