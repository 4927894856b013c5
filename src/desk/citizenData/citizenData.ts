import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { type AuditHead } from '../../core/audit';
import { CitizenEntries } from '../../core/citizenEntries';
import { MomentosError } from '../../core/errors';
import { type Mention } from '../../core/mention';
import { type DeskContext } from '../context';
import { type DeskInbox } from '../deskApi';
import { NewFile } from '../newFile';
import { nameWords } from '../words';
import { type CitizenDataFormat, type CitizenDataRequest, type CitizenFound, type DeskCitizenData } from './citizenDataApi';
import { citizenHtml } from './citizenHtml';
import { citizenJson, type CitizenDataSource } from './citizenJson';
import { citizenLogEntry, citizenMention, type CitizenLogEntry } from './citizenRecord';

export interface CitizenDataDeps {
  readonly context: DeskContext;
  readonly find: DeskInbox['get'];
  readonly language: 'es' | 'en';
}

/** Everything on one person, to be handed out: the log has it before the files stand there. */
export function createCitizenData({ context, find, language }: CitizenDataDeps): DeskCitizenData {
  const { inbox, audit, clock, operator, config, random } = context;

  const mentionsOf = ({ authors, mentions }: Pick<CitizenDataRequest, 'authors' | 'mentions'>): readonly Mention[] => {
    const ids = new Set([...authors, ...mentions.map((id) => find(id).authorId)]);
    const found = [...ids].flatMap((id) => {
      const own = inbox.byAuthor(id);
      if (own.length === 0) throw new MomentosError('citizen.notFound', { id });
      return own;
    });
    if (found.length === 0) throw new MomentosError('citizen.notFound', { id: '-' });
    return found.sort((one, other) => one.post.postedAt - other.post.postedAt);
  };

  return {
    find: (who) => foundIn(mentionsOf(who)),

    async give(request) {
      const purpose = request.purpose.trim();
      if (purpose === '') throw new MomentosError('citizen.purposeMissing');
      if (resolve(request.out).split(sep).includes('.momentos')) throw new MomentosError('export.notWritable', { path: request.out, reason: 'desk' });
      await inbox.refresh();
      const mentions = mentionsOf(request);
      const found = foundIn(mentions);
      const withStaff = request.withStaff === true;
      const formats = [...new Set(request.formats)];
      const targets = await pathsFor(request.out, formats, found);
      const head = await audit.head();
      const source: CitizenDataSource = {
        head: { institution: config.institution.name, purpose, madeAt: new Date(clock.now()).toISOString(), withStaff, authors: found.authors, log: head },
        mentions: await Promise.all(mentions.map(async (mention) => citizenMention(mention, await context.drafts.read(mention.id), withStaff))),
        entries: () => entriesOf(context, found, mentions, head, request),
      };
      const files: NewFile[] = [];
      let entries = 0;
      try {
        for (const { format, path } of targets) {
          const file = await NewFile.begin(path, { overwrite: request.overwrite === true, random });
          files.push(file);
          entries = await file.writeAll(format === 'html' ? citizenHtml(source, { config, language }) : citizenJson(source));
        }
        await audit.append(
          found.authors.map((author) => ({
            kind: 'data.given',
            at: clock.now(),
            actor: operator,
            subject: author,
            body: { formats, mentions: found.mentions, entries, withStaff, upTo: head.hash, count: head.count },
            values: { purpose },
          })),
        );
        for (const file of files) await file.finish();
      } catch (error) {
        for (const file of files) await file.discard();
        throw error;
      }
      request.progress?.(1);
      return { ...found, paths: targets.map(({ path }) => path), entries };
    },
  };
}

function foundIn(mentions: readonly Mention[]): CitizenFound {
  return { authors: [...new Set(mentions.map(({ authorId }) => authorId))], names: [...new Set(mentions.map(({ post }) => nameWords(post.author)))], mentions: mentions.length };
}

async function* entriesOf({ audit }: DeskContext, found: CitizenFound, mentions: readonly Mention[], head: AuditHead, { withStaff, signal, progress }: CitizenDataRequest): AsyncGenerator<CitizenLogEntry> {
  const chosen = new CitizenEntries(found.authors, mentions.map(({ id }) => id));
  let told = 0;
  for await (const record of audit.read({ upTo: head })) {
    if (signal?.aborted === true) throw new MomentosError('network.cancelled');
    const fraction = (record.entry.seq + 1) / Math.max(1, head.count);
    if (fraction - told >= 0.01) {
      told = fraction;
      progress?.(Math.min(fraction, 1));
    }
    if (chosen.takes(record.entry)) yield citizenLogEntry(record, withStaff === true);
  }
}

/** Names files in a folder after the first author; a name with or without ending gets that of each format. */
async function pathsFor(out: string, formats: readonly CitizenDataFormat[], found: CitizenFound): Promise<readonly { readonly format: CitizenDataFormat; readonly path: string }[]> {
  const isFolder = await stat(out).then((stats) => stats.isDirectory(), () => false);
  const stem = isFolder ? join(out, `momentos-${found.authors[0] ?? ''}`) : out.replace(/\.(?:html|json)$/u, '');
  return formats.map((format) => ({ format, path: `${stem}.${format}` }));
}
