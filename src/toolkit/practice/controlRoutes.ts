import * as v from 'valibot';
import { faultKinds, type Fault } from './faults';
import { notFound, refusal, type Reply, type Request } from './httpParts';
import { postedStatus, greetingOf } from './apiRoutes';
import { acctOf, type Status } from './practiceWorld';
import { type Route } from './practiceFront';
import { type PracticeSite } from './practiceSite';
import { type PracticeVisibility } from './practiceText';

/** A mention that a trainer or a test adds now. */
export interface NewMention {
  readonly text: string;
  /** `user` or `user@host`; somebody new when nobody has the name. `citizen` when absent. */
  readonly author?: string;
  readonly name?: string;
  readonly inReplyTo?: string;
  readonly visibility?: PracticeVisibility;
  /** Null: the author's program declared none. `es` when absent. */
  readonly language?: string | null;
  readonly images?: readonly (string | null)[];
  readonly spoiler?: string;
  /** The content as another server sent it; `{isc}` becomes the institution's handle. */
  readonly html?: string;
  /** How long ago it was written, in minutes; 0 when absent. */
  readonly minutesAgo?: number;
  readonly filtered?: boolean;
  /** It does not name us: an answer whose author took our handle out brings no notification. */
  readonly unnamed?: boolean;
}

export interface AddedMention {
  /** '' = there is none. */
  readonly notificationId: string;
  readonly statusId: string;
  readonly acct: string;
}

/** Adds a mention. Throws a 404 refusal when what it answers is not there. */
export function addMention(site: PracticeSite, mention: NewMention): AddedMention {
  if (mention.inReplyTo !== undefined && !site.world.status(mention.inReplyTo)) throw notFound();
  const at = site.now();
  const status = site.record({
    do: 'mention', at, author: mention.author ?? 'citizen', text: mention.text, visibility: mention.visibility ?? 'public',
    language: mention.language === undefined ? 'es' : mention.language, images: [...(mention.images ?? [])], postedAt: at - Math.round((mention.minutesAgo ?? 0) * 60_000),
    filtered: mention.filtered ?? false, ...(mention.name === undefined ? {} : { name: mention.name }), ...(mention.inReplyTo === undefined ? {} : { inReplyTo: mention.inReplyTo }),
    ...(mention.html === undefined ? {} : { html: mention.html }), ...(mention.unnamed === true ? { unnamed: true } : {}), ...(mention.spoiler === undefined ? {} : { spoiler: mention.spoiler }),
  });
  if (!status) throw notFound();
  const notification = mention.unnamed === true ? undefined : site.world.notifications.at(-1);
  return { notificationId: notification?.id ?? '', statusId: status.id, acct: acctOf(status.account) };
}

/** Somebody of the institution answers with another program. Throws a 404 refusal when the status is not there. */
export function answerByColleague(site: PracticeSite, statusId: string, text: string): Status {
  const parent = site.world.status(statusId);
  if (!parent) throw notFound();
  const status = site.record({ do: 'post', at: site.now(), by: 'colleague', text: `${greetingOf(parent)} ${text}`, inReplyTo: statusId, visibility: parent.visibility, language: 'es', spoiler: '' });
  if (!status) throw notFound();
  return status;
}

export function editMention(site: PracticeSite, statusId: string, text: string): void {
  if (!site.record({ do: 'amend', at: site.now(), id: statusId, text })) throw notFound();
}

export function deleteMention(site: PracticeSite, statusId: string): void {
  if (!site.world.status(statusId)) throw notFound();
  site.record({ do: 'remove', at: site.now(), id: statusId });
}

/** Everything that is there in the institution's name, oldest first; what was deleted is not. */
export function posted(site: PracticeSite): readonly ReturnType<typeof postedStatus>[] {
  return site.world.statuses().filter((status) => status.by === 'desk').map(postedStatus);
}

const number = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.number());
const faultBody = v.object({
  kind: v.picklist(faultKinds), count: v.optional(number), path: v.optional(v.string()), method: v.optional(v.string()), ms: v.optional(number), location: v.optional(v.string()),
});
const flag = v.pipe(v.union([v.boolean(), v.string()]), v.transform((given) => given === true || given === 'true'));
const mentionBody = v.object({
  text: v.string(), author: v.optional(v.string()), name: v.optional(v.string()), inReplyTo: v.optional(v.string()),
  visibility: v.optional(v.picklist(['public', 'unlisted', 'private', 'direct'])), language: v.optional(v.string()), spoiler: v.optional(v.string()),
  html: v.optional(v.string()), minutesAgo: v.optional(number), filtered: v.optional(flag),
});

/** What trainers and tests do to the server, behind its token: `/practice/...`. */
export function controlRoutes(site: PracticeSite): readonly Route[] {
  const scope = 'write';
  const done = (json: unknown): Reply => ({ status: 200, json });
  return [
    { method: 'GET', path: /^\/practice\/faults$/, scope, handle: () => done(site.faults.pending) },
    { method: 'POST', path: /^\/practice\/faults$/, scope, handle: (request) => done(armFault(site, fields(request, faultBody))) },
    { method: 'DELETE', path: /^\/practice\/faults$/, scope, handle: () => done(disarm(site)) },
    {
      method: 'POST', path: /^\/practice\/mentions$/, scope,
      handle: (request) => done(addMention(site, withoutUndefined({ ...fields(request, mentionBody), images: request.params.all('images') }))),
    },
    { method: 'PUT', path: /^\/practice\/mentions\/(\d+)$/, scope, handle: (request) => done(editMention(site, request.captured[0] ?? '', requiredText(request)) ?? {}) },
    { method: 'DELETE', path: /^\/practice\/mentions\/(\d+)$/, scope, handle: (request) => done(deleteMention(site, request.captured[0] ?? '') ?? {}) },
    { method: 'POST', path: /^\/practice\/answers\/(\d+)$/, scope, handle: (request) => done(postedStatus(answerByColleague(site, request.captured[0] ?? '', requiredText(request)))) },
    { method: 'GET', path: /^\/practice\/posts$/, scope, handle: () => done(posted(site)) },
    { method: 'GET', path: /^\/practice\/labels$/, scope, handle: () => done(labels(site)) },
  ];
}

/** Throws a 422 refusal when the path is no regular expression. */
function armFault(site: PracticeSite, fault: Fault): unknown {
  try {
    site.faults.add(fault);
  } catch {
    throw refusal(422, 'Validation failed: path is not a regular expression');
  }
  return site.faults.pending;
}

function disarm(site: PracticeSite): unknown {
  site.faults.clear();
  return site.faults.pending;
}

function labels(site: PracticeSite): unknown {
  return site.world.statuses().filter((status) => status.source !== undefined).map(({ id, source }) => ({
    statusId: id, textId: source?.id, language: source?.language, sentiment: source?.sentiment, kind: source?.kind, urgency: source?.urgency, topic: source?.topic, template: source?.template,
  }));
}

function requiredText(request: Request): string {
  const text = request.params.one('text') ?? '';
  if (text.trim() === '') throw refusal(422, "Validation failed: Text can't be blank");
  return text;
}

/** The parameters that the schema names. Throws a 422 refusal when they do not fit it. */
function fields<T>(request: Request, schema: v.ObjectSchema<v.ObjectEntries, undefined> & v.GenericSchema<unknown, T>): Defined<T> {
  const given = Object.fromEntries(Object.keys(schema.entries).map((name) => [name, request.params.one(name)]).filter(([, value]) => value !== undefined));
  const result = v.safeParse(schema, given);
  if (!result.success) throw refusal(422, `Validation failed: ${result.issues.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim()).join('; ')}`);
  return withoutUndefined(result.output);
}

/** An optional member that is there has a value. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value as object).filter(([, member]) => member !== undefined)) as Defined<T>;
}
