import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Actor } from '../../../src/core/audit';
import { isLoopback, isNetworkChannel, type DeskConfig, type ReviewerConfig } from '../../../src/core/config';
import { readRegistry, signEntry, type ReviewerRegistry, type Trust } from '../../../src/core/reviewers';
import { generateSigningKey, type SigningKey } from '../../../src/core/signing';
import { parseConfig } from '../../../src/desk/config';
import { type DeskTemplates } from '../../../src/desk/reviewApi';
import { createTemplates, type TemplatesDeps } from '../../../src/desk/review';
import { type DeskStores } from '../../../src/store/deskStores';
import { TestDesk } from '../store/testDesk';

export const ana: Actor = { id: 'p-ana', name: 'Ana Pérez', email: 'ana@isc.example', source: 'flag', osAccount: 'ana' };
export const luz: Actor = { id: 'p-luz', name: 'Luz Marte', email: 'luz@isc.example', source: 'flag', osAccount: 'luz' };
export const raul: Actor = { id: 'p-raul', name: 'Raúl Díaz', email: 'raul@isc.example', source: 'flag', osAccount: 'raul' };

export interface ConfigParts {
  readonly channelUrl?: string;
  readonly reviewers?: readonly { readonly name: string; readonly email?: string; readonly practice?: boolean }[];
  readonly topics?: readonly { readonly id: string; readonly name: string; readonly approvals?: 1 | 2 }[];
  readonly freeText?: 'allow' | 'forbid';
}

/** The institution's key, which the test's machine trusts. */
export const institutionKey = generateSigningKey().key;
const keys = new Map<string, SigningKey>();

/** The key of the person with this name: the same one for a whole run. */
export function keyOf(name: string): SigningKey {
  const known = keys.get(name) ?? generateSigningKey().key;
  keys.set(name, known);
  return known;
}

/** Every entry signed as it should be: by the institution, a practice one by itself. */
export function signedReviewers(reviewers: NonNullable<ConfigParts['reviewers']>): readonly ReviewerConfig[] {
  return reviewers.map((person) => signEntry('isc', person, keyOf(person.name).publicKey, person.practice === true ? keyOf(person.name) : institutionKey, Date.UTC(2026, 0, 1)));
}

export function configWith(parts: ConfigParts = {}): DeskConfig {
  return parseConfig(
    JSON.stringify({
      schemaVersion: 1,
      institution: { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], key: institutionKey.publicKey },
      channels: [{ id: 'mastodon-main', network: 'mastodon', url: parts.channelUrl ?? 'https://social.example', account: 'isc' }],
      reviewers: signedReviewers(parts.reviewers ?? [{ name: 'Luz Marte', email: 'Luz@isc.example' }, { name: 'Raúl Díaz', email: 'raul@isc.example' }]),
      topics: parts.topics ?? [],
      replies: { freeText: parts.freeText ?? 'allow' },
    }),
  );
}

export function delayText(fields: { readonly version?: number; readonly words?: string; readonly expires?: string; readonly maxLength?: number } = {}): string {
  return `---
id: delay
version: ${String(fields.version ?? 1)}
title: { es: Demora, en: Delay }
topics: [delay]
words: { es: [demora, tarda], en: [delay] }
sentiment: negative
placeholders:
  - name: days
    label: { es: Días }
    example: { es: "3 días" }
    maxLength: ${String(fields.maxLength ?? 30)}
expires: ${fields.expires ?? '2027-12-31'}
---
<!-- lang: es -->
Hola, {{author}}. ${fields.words ?? 'Lamentamos la demora'}: tardará {{days}}.

<!-- lang: en -->
Hello, {{author}}. It will take {{days}}.
`;
}

/** A desk with one template, and as many people at it as a test opens. */
export class ReviewDesk {
  config = configWith();
  /** What the machine has confirmed. */
  trust: Trust = { root: institutionKey.fingerprint, revoked: {} };
  /** Ids of people who come without their key. */
  readonly keyless = new Set<string>();
  private readonly clones: TestDesk[] = [];

  private constructor(
    readonly desk: TestDesk,
    readonly stores: DeskStores,
  ) {}

  static async make(): Promise<ReviewDesk> {
    const desk = await TestDesk.make();
    const made = new ReviewDesk(desk, await desk.open());
    await made.write(delayText());
    return made;
  }

  as(operator: Actor, deps: Partial<TemplatesDeps> = {}): DeskTemplates {
    const practice = (): boolean => this.config.reviewers.some((reviewer) => reviewer.practice === true) && this.config.channels.every((entry) => !isNetworkChannel(entry) || isLoopback(entry.url));
    const registry = (): Promise<ReviewerRegistry> => Promise.resolve(readRegistry(this.config, this.trust, practice()));
    const signer = { key: () => Promise.resolve(this.keyless.has(operator.id) ? undefined : keyOf(operator.name)) };
    return createTemplates({ store: this.stores.templates, audit: this.stores.audit, config: () => this.config, operator, clock: this.desk.clock, practice, registry, signer, ...deps });
  }

  async write(text: string, id = 'delay'): Promise<void> {
    await mkdir(join(this.desk.dir, 'templates'), { recursive: true });
    await writeFile(this.path(`${id}.md`), text);
  }

  path(...parts: readonly string[]): string {
    return join(this.desk.dir, 'templates', ...parts);
  }

  /** Proposed by Ana, approved by Luz. */
  async approve(text: string = delayText()): Promise<void> {
    await this.write(text);
    await this.as(ana).propose('delay');
    await this.as(luz).approve('delay');
  }

  /** Stores of a clone: the templates of this desk beside a log of its own. */
  async elsewhere(): Promise<DeskStores> {
    const clone = await TestDesk.make();
    this.clones.push(clone);
    return clone.open();
  }

  async remove(): Promise<void> {
    for (const clone of this.clones) await clone.remove();
    await this.desk.remove();
  }

  async git(...args: readonly string[]): Promise<void> {
    await promisify(execFile)('git', ['-c', 'commit.gpgsign=false', ...args], { cwd: this.desk.dir });
  }
}
