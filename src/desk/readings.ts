import { type AuditDraft } from '../core/audit';
import { MomentosError } from '../core/errors';
import { legalTermOf } from '../core/legalTerm';
import { hasWords, isOpen, isUnread, type Mention, priorities } from '../core/mention';
import { freezeTarget } from '../core/responseClock';
import { type ScoredText, type ScoringVersions, type TextToScore } from '../core/textScoring';
import { type DeskContext } from './context';
import { type CaughtUp, type DeskReadings } from './pullApi';
import { codesOf, findingsBody, findingsOf, rankOf } from './findings';
import { languageBefore } from './readPosts';

/** Mentions of one write, with one sync. */
const batchSize = 100;
/** So many texts one after the other with which the scorer ended: it cannot be had. */
const failuresInARow = 3;

/** Stored mentions that have to be read, or read again. */
export function createReadings(context: DeskContext): DeskReadings {
  const { inbox } = context;
  /** Texts with which the scorer ended though it had nothing else to read, by mention: not tried again until the desk is opened anew, lest it end at each pull. */
  const deadly = new Map<string, string>();
  const readAlone = async (mention: Mention, signal: AbortSignal | undefined): Promise<ScoredText | undefined> => {
    const [found] = await read(context, [mention], signal);
    if (found === undefined) deadly.set(mention.id, mention.post.text);
    return found;
  };
  return {
    unread: () => inbox.unread().length,
    async catchUp({ signal, only, most = Infinity } = {}) {
      await inbox.refresh();
      const candidates = [...(only === 'unread' ? inbox.unread() : inbox.all())].filter((mention) => hasWords(mention) && deadly.get(mention.id) !== mention.post.text);
      if (candidates.length === 0) return { stored: 0, urgent: [] };
      const versions = only === 'unread' ? undefined : await context.scoring.versions();
      // What waits for an answer first, the newest first.
      const stale = candidates.filter((mention) => isStale(mention, versions)).sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)) || other.post.postedAt - one.post.postedAt).slice(0, most);
      let stored = 0;
      const urgent: string[] = [];
      let failures = 0;
      for (let from = 0; from < stale.length && failures < failuresInARow; from += batchSize) {
        if (signal?.aborted === true) throw new MomentosError('network.cancelled');
        const batch = stale.slice(from, from + batchSize);
        let scored = await read(context, batch, signal);
        // A text with which the scorer ends keeps none of the others from being read.
        if (scored.every((one) => one === undefined)) {
          const apart: (ScoredText | undefined)[] = [];
          for (const mention of batch) {
            if (failures >= failuresInARow) break;
            const one = await readAlone(mention, signal);
            failures = one === undefined ? failures + 1 : 0;
            apart.push(one);
          }
          scored = apart;
        }
        const done = await store(context, batch, scored, versions);
        stored += done.stored;
        urgent.push(...done.urgent);
      }
      return { stored, urgent };
    },
  };
}

/**
 * `versions` undefined: only what was never read. The lexicon alone and the model are two ways of reading, chosen by a setting of each machine: neither makes what the
 * other read out of date, else two machines would read in turns for ever.
 */
function isStale(mention: Mention, versions: ScoringVersions | undefined): boolean {
  if (isUnread(mention)) return true;
  if (versions === undefined || mention.reading === undefined) return false;
  const { model } = mention.sentiment;
  return mention.reading.version !== versions.rules || model === undefined || (model !== versions.model && wayOf(model) === wayOf(versions.model));
}

function wayOf(model: string): string {
  return model.split('-')[0] ?? '';
}

function read(context: DeskContext, mentions: readonly Mention[], signal: AbortSignal | undefined): Promise<readonly (ScoredText | undefined)[]> {
  const texts = mentions.map(({ post, conversation, channel }): TextToScore => ({ text: post.text, language: post.language, conversation: languageBefore(context, channel, post, conversation) }));
  return context.scoring.score(texts, signal);
}

function store(context: DeskContext, mentions: readonly Mention[], scored: readonly (ScoredText | undefined)[], versions: ScoringVersions | undefined): Promise<CaughtUp> {
  return context.inbox.update((transaction) => {
    let stored = 0;
    const urgent: string[] = [];
    mentions.forEach(({ id, post: { text } }, index) => {
      const found = scored[index];
      const current = transaction.get(id);
      // Another process may have been faster, the author may have edited it, or it was erased.
      if (found === undefined || current?.post.text !== text || !hasWords(current) || !isStale(current, versions)) return;
      const { mention, entry } = reread(context, current, found);
      transaction.put(mention);
      if (entry !== undefined) transaction.audit(entry);
      stored += 1;
      if (mention.priority === 'urgent' && current.priority !== 'urgent' && !mention.backlog) urgent.push(id);
    });
    return { stored, urgent };
  });
}

/** The log is told what is otherwise than it stood there; a score that moved a little is not. */
function reread(context: DeskContext, mention: Mention, scored: ScoredText): { readonly mention: Mention; readonly entry: AuditDraft | undefined } {
  const { config, office, clock } = context;
  const findings = findingsOf(scored, mention);
  const ranked = rankOf(scored, scored.reading, context);
  const first = mention.unscored === true;
  const open = isOpen(mention);
  const raised = open && priorities.indexOf(ranked.priority) < priorities.indexOf(mention.priority);
  const lowered = open && first && !raised && ranked.priority !== mention.priority;
  const legalTerm = mention.legalTerm ?? (open ? legalTermOf(findings.reading, mention.receivedAt, config, office) : undefined);
  const next: Mention = {
    ...mention,
    ...findings,
    ...(raised || lowered ? { priority: ranked.priority, priorityReasons: ranked.reasons } : {}),
    // The target of a text that could not be read on arrival is frozen when it is.
    ...(first && (raised || lowered) && mention.openedAt === undefined ? { target: freezeTarget(config, office, ranked.priority, mention.post.postedAt) } : {}),
    ...(legalTerm === undefined ? {} : { legalTerm }),
    revision: mention.revision + 1,
  };
  const changed = first || mention.reading === undefined || told(mention) !== told(next);
  const { target } = next;
  return {
    mention: next,
    entry: !changed ? undefined : {
      kind: 'mention.scored',
      at: clock.now(),
      actor: 'desk',
      subject: mention.id,
      body: {
        language: findings.language,
        ...findingsBody(scored),
        priority: next.priority,
        reasons: codesOf(next.priorityReasons),
        ...(target === mention.target ? {} : { dueAt: target.dueAt, allowedMs: target.allowedMs, officeHours: target.officeHours }),
        ...(legalTerm === undefined ? {} : { legalDueAt: legalTerm.dueAt }),
      },
    },
  };
}

function told({ language, sentiment, reading, priority, legalTerm }: Mention): string {
  return JSON.stringify([language, sentiment.label, reading?.kind, reading?.urgency.map(({ rule }) => rule), reading?.topics.map(({ topic }) => topic), reading?.personalData.map(({ rule }) => rule), priority, legalTerm?.dueAt]);
}
