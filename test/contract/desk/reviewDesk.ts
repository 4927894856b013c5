import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Actor } from '../../../src/core/audit';
import { type DeskConfig } from '../../../src/core/config';
import { parseConfig } from '../../../src/desk/config';
import { type DeskTemplates } from '../../../src/desk/deskApi';
import { createTemplates, type TemplatesDeps } from '../../../src/desk/review';
import { type DeskStores } from '../../../src/store/deskStores';
import { TestDesk } from '../store/testDesk';

export const ana: Actor = { id: 'p-ana', name: 'Ana Pérez', email: 'ana@isc.example', source: 'flag', osAccount: 'desk' };
export const luz: Actor = { id: 'p-luz', name: 'Luz Marte', email: 'luz@isc.example', source: 'flag', osAccount: 'desk' };
export const raul: Actor = { id: 'p-raul', name: 'Raúl Díaz', email: 'raul@isc.example', source: 'flag', osAccount: 'desk' };

export interface ConfigParts {
  readonly channelUrl?: string;
  readonly reviewers?: readonly { readonly name: string; readonly email?: string; readonly practice?: boolean }[];
  readonly freeText?: 'allow' | 'forbid';
}

export function configWith(parts: ConfigParts = {}): DeskConfig {
  return parseConfig(
    JSON.stringify({
      schemaVersion: 1,
      institution: { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'] },
      channels: [{ id: 'mastodon-main', network: 'mastodon', url: parts.channelUrl ?? 'https://social.example', account: 'isc' }],
      reviewers: parts.reviewers ?? [{ name: 'Luz Marte', email: 'Luz@isc.example' }, { name: 'Raúl Díaz', email: 'raul@isc.example' }],
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
    const practice = (): boolean => this.config.reviewers.some((reviewer) => reviewer.practice === true);
    return createTemplates({ store: this.stores.templates, audit: this.stores.audit, config: () => this.config, operator, clock: this.desk.clock, practice, ...deps });
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

  async git(...args: readonly string[]): Promise<void> {
    await promisify(execFile)('git', ['-c', 'commit.gpgsign=false', ...args], { cwd: this.desk.dir });
  }
}
