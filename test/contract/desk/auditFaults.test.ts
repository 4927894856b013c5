import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMomentosError } from '../../../src/core/errors';
import { type Mention } from '../../../src/core/mention';
import { type Desk } from '../../../src/desk/deskApi';
import { sentence } from '../../../src/desk/sentences';
import { ownIdentity } from '../../../src/store/processIdentity';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;
let mention: Mention;
beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  desk = await world.open();
  world.server.control.addMention({ text: '¿Qué papeles llevo?' });
  await desk.pulling.pull();
  mention = desk.inbox.list({ all: true })[0]!;
});
afterEach(async () => {
  limitFiles('unlimited');
  await world.close();
});

const local = (...parts: readonly string[]): string => join(world.dir, '.momentos', ...parts);
const newest = (): string => local('audit', readdirSync(local('audit')).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort().at(-1)!);

/** How large this process may make a file: a write past it is cut short as on a full disk. */
function limitFiles(bytes: string): void {
  if (process.platform === 'linux') execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}

/** A fault, and how it is mended. */
interface Fault {
  readonly what: string;
  readonly code: string;
  begin(): void;
  end(): void;
}

let kept: Buffer;
let segment: string;
const faults: readonly Fault[] = [
  {
    what: 'a full disk',
    code: 'store.diskFull',
    begin: () => { limitFiles(String(Math.min(statSync(newest()).size, statSync(local('inbox.jsonl')).size) + 10)); },
    end: () => { limitFiles('unlimited'); },
  },
  {
    what: 'a log that somebody cut',
    code: 'audit.changedUnderneath',
    begin: () => {
      kept = readFileSync(newest());
      truncateSync(newest(), kept.lastIndexOf('\n', kept.length - 2) + 1);
    },
    end: () => { writeFileSync(newest(), kept); },
  },
  {
    what: 'a folder in place of the log',
    code: 'store.unreadable',
    begin: () => {
      segment = newest();
      renameSync(segment, `${segment}.aside`);
      mkdirSync(segment);
    },
    end: () => {
      rmSync(segment, { recursive: true });
      renameSync(`${segment}.aside`, segment);
    },
  },
  {
    what: 'the lock of another host',
    code: 'lock.otherHost',
    begin: () => { writeFileSync(local('lock'), `${JSON.stringify({ schemaVersion: 1, ...ownIdentity(), host: `${hostname()}-other`, token: 'ab'.repeat(16) })}\n`); },
    end: () => { rmSync(local('lock'), { force: true }); },
  },
];

describe('an answer whose entry cannot be written', () => {
  it.each(faults.filter(({ code }) => code !== 'store.diskFull' || process.platform === 'linux'))('is not sent and its text is kept: $what', async ({ code, begin, end }) => {
    await desk.replies.saveDraft(mention.id, { text: 'Lleve su acta de nacimiento.', values: {} });
    // The lease is given back after a moment: a fault that lies in the files must be met by whoever takes the lock.
    await expect.poll(() => readdirSync(local()).includes('lock'), { timeout: 20_000 }).toBe(false);
    const path = newest();
    begin();
    const thrown = await desk.replies.send(mention.id, { text: 'Lleve su acta de nacimiento.', values: {} }, { confirm: [] }).then(() => undefined, (error: unknown) => error);
    expect(world.server.control.posted()).toEqual([]);
    expect(isMomentosError(thrown) ? thrown.code : String(thrown)).toBe(code);
    expect(isMomentosError(thrown) ? sentence(thrown).length : 0).toBeGreaterThan(20);
    end();
    expect(newest()).toBe(path);
    expect((await desk.replies.drafts()).map(({ text }) => text)).toEqual(['Lleve su acta de nacimiento.']);
    expect(desk.inbox.get(mention.id).replies).toEqual([]);

    const again = await world.open();
    await again.replies.send(mention.id, { text: 'Lleve su acta de nacimiento.', values: {} }, { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(1);
    const { problems } = await again.audit.verify();
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
