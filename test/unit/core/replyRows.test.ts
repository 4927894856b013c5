import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conversationColumns } from '../../../src/core/conversationRow';
import { replyColumns } from '../../../src/core/replyRow';

describe('the columns of the CSV export', () => {
  const page = readFileSync(new URL('../../../docs/audit-export.md', import.meta.url), 'utf8');

  it.each(replyColumns)('are documented: %s', (column) => {
    expect(page).toMatch(new RegExp(`^\\| [^|]*\`${column}\`[^|]* \\|`, 'mu'));
  });

  it.each(conversationColumns)('with a row per conversation are documented: %s', (column) => {
    expect(page.split('## CSV: one row per conversation')[1]).toMatch(new RegExp(`^\\| [^|]*\`${column}\`[^|]* \\|`, 'mu'));
  });

  it('have a name each', () => {
    expect(new Set(replyColumns).size).toBe(replyColumns.length);
  });
});
