import { citizens } from './citizens';
import { compareIds, snowflake } from './identifiers';
import { type PracticeText, type PracticeVisibility } from './practiceText';
import { type WorldAction } from './stateFile';
import { mentionedAccts } from './statusHtml';
import { type PlannedStatus, type PracticeStream } from './stream';

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly domain: string | undefined;
  readonly name: string;
  readonly createdAt: number;
}

export interface StatusVersion {
  readonly text: string;
  readonly spoiler: string;
  readonly at: number;
}

export interface Status {
  readonly id: string;
  readonly account: Account;
  readonly at: number;
  readonly parentId: string | undefined;
  readonly visibility: PracticeVisibility;
  readonly images: readonly (string | null)[];
  language: string | null;
  text: string;
  spoiler: string;
  html: string | undefined;
  editedAt: number | undefined;
  /** Earlier versions, oldest first. */
  readonly earlier: StatusVersion[];
  /** The labelled text that it came from. */
  readonly source: PracticeText | undefined;
  /** Who wrote it in the institution's name. */
  readonly by: 'desk' | 'colleague' | undefined;
}

export interface Notification {
  readonly id: string;
  readonly type: 'mention' | 'favourite' | 'follow';
  readonly at: number;
  readonly account: Account;
  readonly statusId: string | undefined;
  readonly filtered: boolean;
}

/** Ids run over from six digits to seven, because they are ordered by length first and clients forget it. */
const firstNotificationId = 999_970;
/** Two and four minutes after the first look at the notifications, one is edited and one deleted. */
const laterEvery = 120_000;

/** All that is on the practice server: laid out from a stream, changed by actions, and the same again when both are the same. */
export class PracticeWorld {
  readonly institution: Account;
  private readonly accounts = new Map<string, Account>();
  private readonly statusesById = new Map<string, Status>();
  private readonly repliesTo = new Map<string, Status[]>();
  private readonly planned = new Map<string, string>();
  private readonly keys = new Map<string, { id: string; at: number }>();
  private nextNotification = firstNotificationId;
  private made = 0;
  private newestOwn: string | undefined;
  private begunAt: number | undefined;
  private laterDone = 0;
  private readonly all: Notification[] = [];

  constructor(private readonly stream: PracticeStream) {
    this.institution = this.addAccount('isc', undefined, 'Instituto de Servicios al Ciudadano');
    for (const citizen of citizens) this.addAccount(citizen.username, citizen.domain, citizen.name);
    for (const item of stream.planned) {
      if (item.type === 'status') this.addPlanned(item);
      else this.notify(item.type, item.at, this.citizen(item.by), item.type === 'favourite' ? this.newestOwn : undefined, false);
    }
  }

  /** Ascending by id. */
  get notifications(): readonly Notification[] {
    return this.all;
  }

  account(acct: string): Account | undefined {
    return this.accounts.get(acct.toLowerCase());
  }

  accountById(id: string): Account | undefined {
    return [...this.accounts.values()].find((account) => account.id === id);
  }

  status(id: string | undefined): Status | undefined {
    return id === undefined ? undefined : this.statusesById.get(id);
  }

  /** Ascending by id. */
  statuses(): Status[] {
    return [...this.statusesById.values()].sort((a, b) => compareIds(a.id, b.id));
  }

  replies(id: string): readonly Status[] {
    return (this.repliesTo.get(id) ?? []).filter((status) => this.statusesById.has(status.id));
  }

  /** Oldest first. */
  ancestors(status: Status): Status[] {
    const line: Status[] = [];
    for (let parent = this.status(status.parentId); parent; parent = this.status(parent.parentId)) line.unshift(parent);
    return line;
  }

  /** Depth first, as Mastodon lists them. */
  descendants(status: Status): Status[] {
    return this.replies(status.id).flatMap((reply) => [reply, ...this.descendants(reply)]);
  }

  /** The id that this idempotency key made within the hour before `now`. */
  madeWith(key: string, now: number): string | undefined {
    const made = this.keys.get(key);
    return made && now - made.at < 3_600_000 ? made.id : undefined;
  }

  /** What falls due without anybody asking: the edit and the deletion that the stream holds for later. */
  due(now: number): WorldAction | undefined {
    if (this.begunAt === undefined || this.laterDone >= this.stream.later.length) return undefined;
    const at = this.begunAt + laterEvery * (this.laterDone + 1);
    return at <= now ? { do: 'later', at, index: this.laterDone } : undefined;
  }

  get begun(): boolean {
    return this.begunAt !== undefined;
  }

  /** Changes the world; the status it made or changed, if any. Missing ids change nothing. */
  apply(action: WorldAction): Status | undefined {
    switch (action.do) {
      case 'begin':
        this.begunAt = action.at;
        return undefined;
      case 'drip':
        return this.addPlanned(this.stream.next(action.at));
      case 'later': {
        this.laterDone = action.index + 1;
        const event = this.stream.later[action.index];
        const id = event && this.planned.get(event.key);
        if (!event || id === undefined) return undefined;
        return event.edit === undefined ? this.remove(id) : this.amend(id, event.edit, undefined, action.at);
      }
      case 'amend': {
        const status = this.amend(action.id, action.text, action.spoiler, action.at);
        if (status && action.language !== undefined) status.language = action.language;
        return status;
      }
      case 'remove':
        return this.remove(action.id);
      case 'post': {
        const status = this.add({
          account: this.institution, at: action.at, parentId: action.inReplyTo, visibility: action.visibility, images: [], language: action.language,
          text: action.text, spoiler: action.spoiler, html: undefined, source: undefined, by: action.by,
        });
        if (action.key !== undefined) this.keys.set(action.key, { id: status.id, at: action.at });
        return status;
      }
      case 'mention': {
        const [username = 'citizen', domain] = action.author.split('@');
        const account = this.account(action.author) ?? this.addAccount(username, domain, action.name ?? username);
        const status = this.add({
          account, at: action.postedAt, parentId: action.inReplyTo, visibility: action.visibility, images: action.images, language: action.language,
          text: action.unnamed === true ? action.text : addressed(action.text), spoiler: action.spoiler ?? '', html: action.html, source: undefined, by: undefined,
        });
        if (action.unnamed !== true) this.notify('mention', action.at, account, status.id, action.filtered);
        return status;
      }
    }
  }

  private addPlanned(item: PlannedStatus): Status {
    const account = item.by === 'isc' ? this.institution : this.citizen(item.by);
    const parentId = item.answers === undefined ? undefined : this.planned.get(item.answers);
    const parent = this.status(parentId);
    const text = item.by !== 'isc' ? addressed(item.text.text) : parent ? `@${acctOf(parent.account)} ${item.text.text}` : item.text.text;
    const status = this.add({
      account, at: item.at, parentId, visibility: item.visibility, images: item.text.images ?? [], language: item.language, text,
      spoiler: item.text.spoiler ?? '', html: item.text.html, source: item.by === 'isc' ? undefined : item.text, by: item.by === 'isc' ? 'colleague' : undefined,
    });
    this.planned.set(item.key, status.id);
    if (item.text.edited !== undefined) this.amend(status.id, item.text.edited, undefined, item.at + 4 * 60_000);
    if (item.by !== 'isc') this.notify('mention', item.arrivesAt, account, status.id, item.filtered);
    return status;
  }

  private add(parts: Omit<Status, 'id' | 'editedAt' | 'earlier'>): Status {
    this.made += 1;
    const status: Status = { ...parts, id: snowflake(parts.at, this.made), editedAt: undefined, earlier: [] };
    this.statusesById.set(status.id, status);
    if (status.account === this.institution) this.newestOwn = status.id;
    if (status.parentId !== undefined) this.repliesTo.set(status.parentId, [...(this.repliesTo.get(status.parentId) ?? []), status]);
    return status;
  }

  private amend(id: string, text: string, spoiler: string | undefined, at: number): Status | undefined {
    const status = this.status(id);
    if (!status) return undefined;
    status.earlier.push({ text: status.text, spoiler: status.spoiler, at: status.editedAt ?? status.at });
    status.text = status.account === this.institution ? text : addressed(text);
    status.spoiler = spoiler ?? status.spoiler;
    status.html = undefined;
    status.editedAt = at;
    return status;
  }

  private remove(id: string): Status | undefined {
    const status = this.status(id);
    this.statusesById.delete(id);
    const kept = this.all.filter((notification) => notification.statusId !== id);
    this.all.splice(0, this.all.length, ...kept);
    return status;
  }

  private notify(type: Notification['type'], at: number, account: Account, statusId: string | undefined, filtered: boolean): void {
    this.nextNotification += 1 + ((this.nextNotification * 7) % 3);
    this.all.push({ id: String(this.nextNotification), type, at, account, statusId, filtered });
  }

  private addAccount(username: string, domain: string | undefined, name: string): Account {
    const index = this.accounts.size;
    const id = (109_348_000_000_000_000n + BigInt(index) * 7_341_000_311n).toString();
    const account: Account = { id, username, domain, name, createdAt: Date.UTC(2022, 10, 1) + index * 86_400_000 * 5 };
    this.accounts.set(acctOf(account).toLowerCase(), account);
    return account;
  }

  private citizen(index: number): Account {
    const citizen = citizens[index % citizens.length];
    const account = citizen && this.account(citizen.domain === undefined ? citizen.username : `${citizen.username}@${citizen.domain}`);
    return account ?? this.institution;
  }
}

/** `user`, or `user@host` for somebody on another server. */
export function acctOf(account: Pick<Account, 'username' | 'domain'>): string {
  return account.domain === undefined ? account.username : `${account.username}@${account.domain}`;
}

/** A citizen's text with the institution's handle in it, in front when the citizen put it nowhere. */
export function addressed(text: string): string {
  return mentionedAccts(text).includes('isc') ? text : `@isc ${text}`;
}
