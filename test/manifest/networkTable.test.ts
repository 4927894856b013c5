import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ChannelCapabilities } from '../../src/core/channelPort';
import { byHandCapabilities } from '../../src/channels/byHand/byHandChannel';
import { knownNetworks } from '../../src/channels/registry';
import { projectRoot } from './wordings';

const begin = '<!-- networks: written by test/manifest/networkTable.test.ts from what the channels declare; UPDATE_README=1 writes it anew -->';
const end = '<!-- /networks -->';

const names: Readonly<Record<string, { readonly en: string; readonly es: string }>> = {
  mastodon: { en: 'Mastodon and servers that speak its API', es: 'Mastodon y servidores que hablan su API' },
  x: { en: 'X', es: 'X' },
  bluesky: { en: 'Bluesky', es: 'Bluesky' },
  'inbox-api': { en: 'Inbox API (web form, call centre, aggregator)', es: 'Inbox API (formulario web, centro de llamadas, agregador)' },
  'by-hand': { en: 'Contacts by hand (telephone, counter, letter, WhatsApp…)', es: 'Contactos anotados (teléfono, ventanilla, carta, WhatsApp…)' },
};

const heads = {
  en: ['network', 'comes in by itself', 'conversation', 'answer', 'private answer', 'withdraw', 'pictures'],
  es: ['red', 'llega por sí sola', 'conversación', 'respuesta', 'respuesta privada', 'retirar', 'imágenes'],
} as const;

const byHandMark = { en: 'by hand', es: 'a mano' } as const;

function row(network: string, capabilities: ChannelCapabilities, language: 'en' | 'es'): string {
  const mark = (able: boolean): string => (able ? '✓' : '–');
  const { pull, thread, reply, privateReply, delete: remove, media } = capabilities;
  const answer = network === 'by-hand' ? byHandMark[language] : mark(reply);
  return `| ${[names[network]?.[language] ?? network, mark(pull), mark(thread), answer, mark(privateReply), mark(remove), mark(media)].join(' | ')} |`;
}

function table(language: 'en' | 'es'): string {
  const networks = [...knownNetworks().map(({ network, capabilities }) => [network, capabilities] as const), ['by-hand', byHandCapabilities] as const];
  return [begin, `| ${heads[language].join(' | ')} |`, `|---|${':-:|'.repeat(6)}`, ...networks.map(([network, capabilities]) => row(network, capabilities, language)), end].join('\n');
}

test.each([['README.md', 'en'], ['README.es.md', 'es']] as const)('the table of networks in %s is what the channels declare', (file, language) => {
  const path = join(projectRoot, file);
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf('<!-- networks'), text.indexOf(end)];
  expect(from).toBeGreaterThan(0);
  expect(to).toBeGreaterThan(from);
  if (process.env['UPDATE_README'] === '1') writeFileSync(path, text.slice(0, from) + table(language) + text.slice(to + end.length));
  expect(readFileSync(path, 'utf8')).toContain(table(language));
});

test('every network has a name in both languages', () => {
  for (const { network } of knownNetworks()) expect(names[network]).toBeDefined();
});
