import { type Clock } from '../core/clock';
import { type DeskConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { isOpen, priorities, type Mention } from '../core/mention';
import { type Mood, moodOf, moods } from '../core/mood';
import { type InboxStore } from '../core/ports';
import { fold } from '../core/text/fold';
import { isUrgentReading, kindOfReading } from '../core/textReading';
import { type DeskInbox, type InboxFilter, type InboxGroup, type InboxGrouping, inboxGroups, type MentionGroup } from './deskApi';
import { dayOf } from './office';
import { channelWords, groupWords, moodWords, nameWords, priorityWords } from './words';

/** Share of the allowed time that is left when a mention becomes "due soon". */
const soonShare = 0.25;
const soonAtLeastMs = 10 * 60_000;

export function createInbox(deps: { readonly store: InboxStore; readonly config: DeskConfig; readonly clock: Clock; readonly operatorId: string }): DeskInbox {
  const { store, config, clock } = deps;

  const groupOf = (mention: Mention): InboxGroup | undefined => {
    const now = clock.now();
    if (mention.submission !== undefined && isOpen(mention)) return 'waitingApproval';
    switch (mention.status) {
      case 'closed': return undefined;
      case 'answered': return answeredAt(mention) >= dayOf(now, config.institution.timeZone).from ? 'answeredToday' : undefined;
      case 'referred': return 'waitingUnit';
      case 'waiting': return 'waitingCitizen';
      case 'snoozed': if ((mention.snoozedUntil ?? 0) > now) return 'snoozed'; break;
      case 'open':
      case 'claimed': break;
    }
    if (mention.backlog) return 'open';
    const left = mention.target.dueAt - now;
    if (left < 0) return 'overdue';
    return left <= Math.max(soonAtLeastMs, mention.target.allowedMs * soonShare) ? 'dueSoon' : 'open';
  };

  const matches = (mention: Mention, filter: InboxFilter): boolean => {
    if (filter.mine === true && mention.claim?.actor !== deps.operatorId) return false;
    if (filter.channel !== undefined && mention.channel !== filter.channel) return false;
    if (filter.sentiment !== undefined && moodOf(mention) !== filter.sentiment) return false;
    if (filter.kind !== undefined && kindOfReading(mention.reading) !== filter.kind) return false;
    if (filter.topic !== undefined && mention.reading?.topics.some(({ topic }) => topic === filter.topic) !== true) return false;
    if (filter.urgent === true && mention.priority !== 'urgent' && !isUrgentReading(mention.reading)) return false;
    if (filter.priority !== undefined && mention.priority !== filter.priority) return false;
    if (filter.status !== undefined && mention.status !== filter.status) return false;
    if (filter.search === undefined || filter.search.trim() === '') return true;
    const wanted = fold(filter.search.trim());
    return [mention.post.text, mention.post.author.name, mention.post.author.handle, mention.caseNumber ?? '', mention.id].some((text) => fold(text).includes(wanted));
  };

  const list = (options: InboxFilter & { readonly all?: boolean } = {}): Mention[] =>
    [...store.all()].filter((mention) => (options.all === true || isOpen(mention)) && matches(mention, options)).sort(byWork);

  const groups = (grouping: InboxGrouping, filter: InboxFilter = {}): readonly MentionGroup[] => {
    const shown = [...store.all()].filter((mention) => matches(mention, filter));
    const byKey = new Map<string, Mention[]>();
    for (const mention of shown) {
      const group = groupOf(mention);
      if (group === undefined || (grouping !== 'due' && group === 'answeredToday')) continue;
      const key = grouping === 'due' ? group : keyOf(mention, grouping);
      const mentions = byKey.get(key);
      if (mentions === undefined) byKey.set(key, [mention]);
      else mentions.push(mention);
    }
    return [...byKey].sort(([one], [other]) => rankOf(one, grouping, byKey) - rankOf(other, grouping, byKey) || one.localeCompare(other)).map(([key, mentions]) => ({
      key,
      label: labelFor(key, grouping, mentions[0]),
      mentions: mentions.sort(key === 'answeredToday' ? (a, b) => answeredAt(b) - answeredAt(a) : byWork),
    }));
  };

  const labelFor = (key: string, grouping: InboxGrouping, first: Mention | undefined): string => {
    switch (grouping) {
      case 'due': return groupWords(key as InboxGroup);
      case 'channel': return channelWords(config, key);
      case 'sentiment': return capitalised(moodWords(moods.find((mood): mood is Mood => mood === key) ?? 'unsure'));
      case 'priority': return capitalised(priorityWords(priorities.find((priority) => priority === key) ?? 'normal'));
      case 'author': return first === undefined ? key : nameWords(first.post.author);
    }
  };

  return {
    get(id) {
      const exact = store.get(id);
      if (exact !== undefined) return exact;
      const found = id.length < 2 ? [] : [...store.all()].filter((mention) => mention.id.startsWith(id) || mention.id.startsWith(`m-${id}`));
      if (found.length > 1) throw new MomentosError('mention.ambiguous', { id, candidates: found.slice(0, 5).map((mention) => mention.id) });
      if (found[0] === undefined) throw new MomentosError('mention.notFound', { id });
      return found[0];
    },
    list,
    groups,
    groupOf,
    counts() {
      let open = 0;
      let overdue = 0;
      let urgent = 0;
      for (const mention of store.all()) {
        if (!isOpen(mention)) continue;
        open++;
        if (groupOf(mention) === 'overdue' || (mention.submission !== undefined && !mention.backlog && mention.target.dueAt < clock.now())) overdue++;
        if (mention.priority === 'urgent') urgent++;
      }
      return { open, overdue, urgent };
    },
    conversation: (mention) => store.conversation(mention.conversation),
    earlierContacts: (mention) => store.byAuthor(mention.authorId).filter(({ id }) => id !== mention.id).sort((a, b) => b.post.postedAt - a.post.postedAt),
    byCase: (caseNumber) => [...store.all()].filter((mention) => mention.caseNumber !== undefined && fold(mention.caseNumber) === fold(caseNumber.trim())).sort((a, b) => b.post.postedAt - a.post.postedAt),
    refresh: () => store.refresh(),
    onDidChange: (listener) => store.onDidChange(listener),
  };
}

/** What a person said of it, else what the scorer said. */
export function labelOf(mention: Mention): Mention['sentiment']['label'] {
  return mention.sentiment.correctedTo ?? mention.sentiment.label;
}

/** What is urgent first, then most overdue first; what came before the connection last; then the older. */
function byWork(one: Mention, other: Mention): number {
  if (one.backlog !== other.backlog) return one.backlog ? 1 : -1;
  if ((one.priority === 'urgent') !== (other.priority === 'urgent')) return one.priority === 'urgent' ? -1 : 1;
  return one.target.dueAt - other.target.dueAt || one.post.postedAt - other.post.postedAt || one.id.localeCompare(other.id);
}

function answeredAt(mention: Mention): number {
  return Math.max(mention.answeredElsewhereAt ?? 0, ...mention.replies.map((reply) => reply.sentAt ?? 0));
}

function keyOf(mention: Mention, grouping: Exclude<InboxGrouping, 'due'>): string {
  switch (grouping) {
    case 'channel': return mention.channel;
    case 'sentiment': return moodOf(mention);
    case 'priority': return mention.priority;
    case 'author': return mention.authorId;
  }
}

function rankOf(key: string, grouping: InboxGrouping, byKey: ReadonlyMap<string, readonly Mention[]>): number {
  const order: readonly string[] = { due: inboxGroups, sentiment: moods, priority: priorities, channel: [], author: [] }[grouping];
  return grouping === 'author' ? -(byKey.get(key)?.length ?? 0) : order.indexOf(key);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
