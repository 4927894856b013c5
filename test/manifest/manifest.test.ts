import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contexts, commands, panels, settings, viewContainer, views } from '../../src/extension/ids';
import { projectRoot, sourcesIn } from './wordings';

interface Entry { readonly command: string; readonly when?: string; readonly key?: string; readonly group?: string; readonly args?: unknown }
interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean }; readonly virtualWorkspaces: { readonly supported: boolean } };
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string; readonly name: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly Entry[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly type: string }>> };
    readonly jsonValidation: readonly { readonly url: string }[];
  };
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const text = read('package.json');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const nls = { en: JSON.parse(read('package.nls.json')) as Record<string, string>, es: JSON.parse(read('package.nls.es.json')) as Record<string, string> };
const source = sourcesIn('src/extension').map((file) => readFileSync(file, 'utf8')).join('\n');
const contributed = contributes.commands.map(({ command }) => command);
const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
const welcomeTexts = contributes.viewsWelcome.map(({ contents }) => nls.en[contents.slice(1, -1)]!);

test('package.json and the code name the same commands', () => {
  expect([...contributed].sort()).toEqual(Object.values(commands).sort());
  for (const command of contributed) expect(command).toMatch(/^momentos\.[a-z]+\.[a-zA-Z]+$/u);
});

test('every command is registered exactly once', () => {
  const registrations = (name: string): number => [...source.matchAll(new RegExp(`(?:deeds\\.register|one|several)\\(\\s*commands\\.${name}\\b`, 'gu'))].length;
  expect(Object.keys(commands).filter((name) => registrations(name) !== 1)).toEqual([]);
});

test('menus, keys and welcome texts name only commands that exist', () => {
  const builtIn = /^momentos\.(?:inbox|templates)\.focus$|^vscode\.openFolder$/u;
  const linked = welcomeTexts.flatMap((words) => [...words.matchAll(/\(command:([^)]+)\)/gu)].map((match) => match[1]!));
  const named = [...used.map(({ command }) => command), ...linked];
  expect(named.filter((command) => !contributed.includes(command) && !builtIn.test(command))).toEqual([]);
});

test('every deed with a mention can be reached by palette, and by menu or key', () => {
  const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false').map(({ command }) => command);
  expect(hidden).toEqual([commands.inboxOpen, commands.templatesOpen]);
  const reached = new Set([...Object.entries(contributes.menus).filter(([menu]) => menu !== 'commandPalette').flatMap(([, entries]) => entries), ...contributes.keybindings].map(({ command }) => command));
  expect(contributed.filter((command) => command.startsWith('momentos.mention.') && !reached.has(command))).toEqual([]);
});

test('no two keys of ours mean two things in the same place', () => {
  const places = contributes.keybindings.map(({ key, when }) => `${key!} ${when!}`);
  expect(new Set(places).size).toBe(places.length);
});

test('a key pressed in the inbox is about the selected rows', () => {
  const keys = contributes.keybindings.filter(({ command, when }) => command.startsWith('momentos.mention.') && when!.includes('focusedView == momentos.inbox'));
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter(({ args }) => JSON.stringify(args) !== '{"from":"selection"}')).toEqual([]);
});

test('views, container and panels are those of the code', () => {
  expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([viewContainer]);
  expect(Object.keys(contributes.views)).toEqual([viewContainer]);
  expect(contributes.views[viewContainer]!.map(({ id }) => id)).toEqual(Object.values(views));
  for (const { view } of contributes.viewsWelcome) expect(Object.values(views)).toContain(view);
  for (const panel of Object.values(panels)) expect(manifest.activationEvents).toContain(`onWebviewPanel:${panel}`);
});

test('settings are those of the code, with the defaults that the code falls back to', () => {
  expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(settings).map((key) => `momentos.${key}`).sort());
  for (const property of Object.values(contributes.configuration.properties)) expect(typeof property.default).toBe(property.type);
});

test('every `when` asks only for context keys that somebody sets', () => {
  const ours = new Set<string>(Object.values(contexts));
  const builtIn = new Set(['view', 'viewItem', 'focusedView', 'inputFocus', 'resourcePath', 'true', 'false']);
  const whens = [...used, ...contributes.viewsWelcome].map(({ when }) => when ?? '');
  const keys = whens.flatMap((when) =>
    when.split(/&&|\|\|/u).flatMap((part) => {
      const [key, operator, list] = part.trim().replace(/^!/u, '').split(/\s/u);
      return operator === 'in' ? [key!, list!] : [key!];
    }),
  );
  expect([...new Set(keys)].filter((key) => key !== '' && !ours.has(key) && !builtIn.has(key))).toEqual([]);
});

test('every state named by a `when` is one that the situation can have', () => {
  const states = /export type DeskState = (?<states>[^;]+);/u.exec(source)!.groups!['states']!.match(/'\w+'/gu)!.map((state) => state.slice(1, -1));
  const named = [...text.matchAll(/momentos\.state (?:==|!=) (\w+)/gu)].map((match) => match[1]!);
  const listed = [...text.matchAll(/momentos\.state =~ \/\^\(([^)]+)\)/gu)].flatMap((match) => match[1]!.split('|'));
  expect([...new Set([...named, ...listed])].filter((state) => !states.includes(state))).toEqual([]);
});

test('every state without mentions has a welcome text in both languages', () => {
  const inbox = contributes.viewsWelcome.filter(({ view }) => view === views.inbox);
  for (const state of ['noDesk', 'problem', 'noChannel', 'notConnected', 'failing', 'ready']) {
    const texts = inbox.filter(({ when }) => when.startsWith(`momentos.state == ${state} `));
    expect(texts.map(({ when }) => /momentos\.uiLanguage (==|!=) es/u.exec(when)?.[1]).sort()).toEqual(['!=', '==']);
  }
});

test('titles are there in English and Spanish, and none is left over', () => {
  const asked = [...new Set([...text.matchAll(/"%([^%"]+)%"/gu)].map((match) => match[1]!))].sort();
  expect(Object.keys(nls.en).sort()).toEqual(asked);
  expect(Object.keys(nls.es).sort()).toEqual(asked);
  for (const words of [...Object.values(nls.en), ...Object.values(nls.es)]) expect(words.trim()).not.toBe('');
  const same = asked.filter((key) => !key.startsWith('welcome.') && nls.en[key] === nls.es[key]);
  expect(same).toEqual([]);
});

test('every command stands under Momentos in the palette', () => {
  expect(contributes.commands.filter(({ category, title }) => category !== 'Momentos' || !/^%.+%$/u.test(title))).toEqual([]);
});

test('nothing runs where the workspace is not trusted', () => {
  expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(false);
  expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
});

test('named pictures and schemas exist', () => {
  const named = [...contributes.viewsContainers.activitybar.map(({ icon }) => icon), ...contributes.views[viewContainer]!.map(({ icon }) => icon), ...contributes.jsonValidation.map(({ url }) => url)];
  for (const path of named) expect(read(path).length).toBeGreaterThan(50);
});

test('activation stays short, and only this folder knows VS Code', () => {
  expect(read('src/extension/extension.ts').split('\n').length).toBeLessThanOrEqual(75);
  const body = /export function activate[^]*?\n\}\n/u.exec(read('src/extension/extension.ts'))![0];
  expect(body.split('\n').length).toBeLessThan(60);
});
