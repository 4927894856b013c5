import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}/`, import.meta.url));

/** Every literal given to `l10n.t` in the pages. */
function englishStrings(): readonly string[] {
  const found = readdirSync(folder('webview'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(`${folder('webview')}${name}`, 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/gu)].map((match) => match[1]!));
  return [...new Set(found)].sort();
}

function spanishStrings(): Readonly<Record<string, string>> {
  const files = ['bundle.l10n.es.json', 'parts/webview.es.json'].map((name) => folder('l10n') + name).filter((file) => existsSync(file));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)) as Record<string, string>;
}

describe('the words of the pages', () => {
  const spanish = spanishStrings();

  it('are found', () => {
    expect(englishStrings()).toContain('Send');
  });

  it.each(englishStrings())('%j has a Spanish wording with the same places to fill in', (english) => {
    const wording = spanish[english];
    expect(wording).toBeTypeOf('string');
    const places = (text: string): string[] => (text.match(/\{\d+\}/gu) ?? []).sort();
    expect(places(wording!)).toEqual(places(english));
  });

  it('are called with literals only, so that none escapes this list', () => {
    const calls = readdirSync(folder('webview'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(`${folder('webview')}${name}`, 'utf8').matchAll(/l10n\.t\(\s*(.)/gu)].map((match) => `${name}: ${match[1]!}`));
    expect(calls.filter((call) => !call.endsWith("'"))).toEqual([]);
  });
});
