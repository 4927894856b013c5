import { expect, test } from 'vitest';
import { isSafeLink } from '../../../src/extension/safeLink';
import { escapeMarkdown, oneLine, plainNotice, visibleText } from '../../../src/extension/safeText';

test('marks that turn the reading order are shown, invisible controls go', () => {
  expect(visibleText('a\u202Eb')).toBe('a[U+202E]b');
  expect(visibleText('a\u0000\u200Bb')).toBe('ab');
});

test('a row is one line and ends with an ellipsis where it was cut, never inside an emoji', () => {
  expect(oneLine('uno\n\n  dos\ttres', 40)).toBe('uno dos tres');
  expect(oneLine('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧…');
});

test.each(['[pulse](command:workbench.action.quit)', '<img src=x onerror=alert(1)>', 'https://malo.example', 'www.malo.example', 'a@malo.example', '![x](https://malo.example/p.png)', '# título', '| a | b |', '`código`', '$(sync~spin)'])(
  'nothing of %s is markup in a hover',
  (text) => {
    const escaped = escapeMarkdown(text).replace(/&#\d+;/gu, '');
    expect(escaped).toMatch(/^[\p{L}\p{N}\s]*$/u);
  },
);

test('a hover keeps line breaks and does not turn indented lines into code', () => {
  expect(escapeMarkdown('uno\n    dos')).toBe('uno  \n&nbsp;&nbsp;&nbsp;&nbsp;dos');
});

test('a notice holds no link and no icon of a citizen', () => {
  const notice = plainNotice('Vea [esto](command:malo) $(alert)');
  expect(notice).not.toContain('](');
  expect(notice).not.toContain('$(');
});

test('only https, and http on this machine, is ever opened', () => {
  expect(['https://isc.example/a', 'http://127.0.0.1:4010/@ana/1'].filter(isSafeLink)).toHaveLength(2);
  expect(['http://isc.example', 'javascript:alert(1)', 'file:///etc/passwd', 'vscode://x', 'https://u:p@isc.example', 'nada'].filter(isSafeLink)).toEqual([]);
});
