import * as v from 'valibot';
import { closeReasons, priorities } from './mention';
import { normLevels } from './norm/normRule';

/** A span such as `15m`, `4h`, `7d`. */
const span = v.pipe(v.string(), v.regex(/^[1-9]\d{0,4}(m|h|d)$/u, 'span'));
const slug = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u, 'slug'));
const hours = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/u, 'hours'));
const days = v.pipe(v.string(), v.regex(/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/u, 'days'));
const language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u, 'language'));
const timeZone = v.pipe(
  v.string(),
  v.check((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
    } catch {
      return false;
    }
  }, 'timeZone'),
);
const webUrl = v.pipe(v.string(), v.url('url'), v.regex(/^https?:\/\//u, 'url'), v.check((text) => !new URL(text).username && !new URL(text).password, 'urlCredentials'));
const topic = v.strictObject({ id: slug, name: v.string(), words: v.optional(v.array(v.string()), []), priority: v.optional(v.picklist(priorities)), approvals: v.optional(v.picklist([1, 2])) });

export const networks = ['mastodon', 'x', 'bluesky', 'inbox-api', 'by-hand'] as const;
export type Network = (typeof networks)[number];

export const contactMedia = ['phone', 'counter', 'letter', 'email', 'whatsapp', 'form', 'other'] as const;
/** How a contact that is recorded by hand reached the institution. */
export type ContactMedium = (typeof contactMedia)[number];

/** Where a network has one address for everybody. */
export const usualUrls: Partial<Readonly<Record<Network, string>>> = { x: 'https://api.x.com', bluesky: 'https://bsky.social' };

/** An account on a network. */
export interface NetworkChannelConfig {
  readonly id: string;
  readonly network: Exclude<Network, 'by-hand'>;
  readonly url: string;
  readonly account: string;
  readonly name?: string | undefined;
  /** X only: the OAuth 2.0 client id of the institution's own app; it is no secret. */
  readonly clientId?: string | undefined;
}

/** Contacts that people record. */
export interface HandChannelConfig {
  readonly id: string;
  readonly network: 'by-hand';
  readonly medium: ContactMedium;
  readonly name?: string | undefined;
}

export type ChannelConfig = NetworkChannelConfig | HandChannelConfig;

export function isNetworkChannel(config: ChannelConfig): config is NetworkChannelConfig {
  return config.network !== 'by-hand';
}

const filled = v.pipe(v.string(), v.nonEmpty('empty'));

/** One entry; which keys it needs depends on its network. */
const channel = v.pipe(
  v.strictObject({
    id: slug,
    network: v.picklist(networks),
    url: v.optional(webUrl),
    account: v.optional(filled),
    clientId: v.optional(filled),
    medium: v.optional(v.picklist(contactMedia)),
    name: v.optional(v.string()),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }): ChannelConfig => {
    const { id, network, url, account, clientId, medium, name } = dataset.value;
    const wrong = (key: 'url' | 'account' | 'clientId' | 'medium', message: 'missing' | 'notForNetwork'): void => {
      addIssue({ message, path: [{ type: 'object', origin: 'value', input: dataset.value, key, value: dataset.value[key] }] });
    };
    const named = name === undefined ? {} : { name };
    if (network === 'by-hand') {
      for (const key of ['url', 'account', 'clientId'] as const) if (dataset.value[key] !== undefined) wrong(key, 'notForNetwork');
      if (medium === undefined) wrong('medium', 'missing');
      return medium === undefined ? NEVER : { id, network, medium, ...named };
    }
    const address = url ?? usualUrls[network];
    if (address === undefined) wrong('url', 'missing');
    if (account === undefined) wrong('account', 'missing');
    if (medium !== undefined) wrong('medium', 'notForNetwork');
    if (clientId !== undefined && network !== 'x') wrong('clientId', 'notForNetwork');
    return address === undefined || account === undefined ? NEVER : { id, network, url: address, account, ...named, ...(clientId === undefined ? {} : { clientId }) };
  }),
);

const unit = v.strictObject({ id: slug, name: v.pipe(v.string(), v.nonEmpty('empty')), contact: v.optional(v.string()), target: v.optional(span) });

const publicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/u, 'publicKey'));
const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u, 'fingerprint'));
const signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/u, 'signature'));
const instant = v.pipe(v.string(), v.isoTimestamp('instant'));

export const reviewerRoles = ['templates', 'redactions'] as const;
/** What a reviewer decides on: templates and answers, or what is erased, disposed of and held. */
export type ReviewerRole = (typeof reviewerRoles)[number];

/** A person who may approve. Counts only with a key and a signature (`momentos reviewers add` writes both). */
const reviewer = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty('empty')),
  email: v.optional(v.pipe(v.string(), v.email('email'))),
  practice: v.optional(v.boolean()),
  /** undefined = templates alone; for the practice reviewer, everything. */
  roles: v.optional(v.array(v.picklist(reviewerRoles))),
  /** Raw Ed25519 public key, base64url. */
  key: v.optional(publicKey),
  since: v.optional(instant),
  /** Fingerprint of the key that signed this entry. */
  signedBy: v.optional(fingerprint),
  signature: v.optional(signature),
});

/** From `from` on nothing that the key signs counts; what it signed before stays. */
const revocation = v.strictObject({ key: fingerprint, from: instant, reason: v.pipe(v.string(), v.nonEmpty('empty')), signedBy: fingerprint, signature });

/** Levels of a rule that refuses or hints; those that a person can confirm have one more. */
const plainLevel = v.optional(v.picklist(['off', 'hint', 'refuse']));
const confirmLevel = v.optional(v.picklist(normLevels));
const norms = v.strictObject({
  rules: v.optional(
    v.strictObject({
      firstPerson: plainLevel,
      politicalNames: plainLevel,
      plainLetters: plainLevel,
      plainWords: plainLevel,
      acronyms: plainLevel,
      officialLinks: confirmLevel,
      personalData: confirmLevel,
      hashtags: plainLevel,
    }),
    {},
  ),
  /** Parties and candidates that no answer names. */
  names: v.optional(v.array(v.pipe(v.string(), v.trim(), v.nonEmpty('empty'))), []),
  /** Official domains besides the institution's own. */
  domains: v.optional(v.array(v.string()), []),
  /** Acronyms that citizens know. */
  acronyms: v.optional(v.array(v.pipe(v.string(), v.trim(), v.nonEmpty('empty'))), []),
  /** By language: wordings to avoid with the plain one; '' = allowed though our list advises against it. */
  words: v.optional(v.record(language, v.record(v.string(), v.string())), {}),
});

export const freeTextRules = ['allow', 'second-person', 'forbid'] as const;
/** What becomes of words that nobody approved: sent, seen by a second person first, or refused. */
export type FreeTextRule = (typeof freeTextRules)[number];

export const retentionOutcomes = ['answered', 'closed'] as const;

/** When what is kept may go, and by what law. Everything that narrows a rule must fit; a list that is left out narrows nothing. */
const retentionRule = v.strictObject({
  name: filled,
  /** The law, schedule or decision that says so. */
  authority: v.pipe(v.string(), v.trim(), v.nonEmpty('empty')),
  keepDays: v.pipe(v.number(), v.integer('whole'), v.minValue(1, 'whole'), v.maxValue(36_525, 'whole')),
  /** Counted from when it was answered or closed, or from when it came in. */
  from: v.picklist(['closed', 'received']),
  outcomes: v.optional(v.array(v.picklist(retentionOutcomes))),
  closeReasons: v.optional(v.array(v.picklist(closeReasons))),
  channels: v.optional(v.array(slug)),
  topics: v.optional(v.array(slug)),
});

/** Nothing is disposed of before the rules are signed (`momentos audit retain --sign`). */
const retention = v.strictObject({
  rules: v.pipe(v.array(retentionRule), v.minLength(1, 'empty')),
  signed: v.optional(v.strictObject({ by: fingerprint, at: instant, signature })),
});

const staffMember = v.strictObject({ name: v.pipe(v.string(), v.nonEmpty('empty')), email: v.optional(v.pipe(v.string(), v.email('email'))), may: v.picklist(['draft', 'answer']) });

/** Shape of `momentos.json`. Unknown keys are refused (config.unknownKey names the nearest known one). */
export const configSchema = v.strictObject({
  $schema: v.optional(v.string()),
  schemaVersion: v.literal(1),
  institution: v.strictObject({
    id: slug,
    name: v.pipe(v.string(), v.nonEmpty('empty')),
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/u, 'country')),
    timeZone,
    languages: v.pipe(v.array(language), v.minLength(1, 'empty')),
    domains: v.optional(v.array(v.string()), []),
    /** The institution's own public key, where one stands above its reviewers'. */
    key: v.optional(publicKey),
  }),
  channels: v.array(channel),
  officeHours: v.optional(v.record(days, v.array(hours))),
  /** Country code of the public holidays, with region after a hyphen (`DO`, `ES-MD`), or a list of ISO dates. */
  holidays: v.optional(v.union([v.pipe(v.string(), v.regex(/^[A-Z]{2}(-[A-Z0-9]{1,4})?$/u, 'holidays')), v.array(v.pipe(v.string(), v.isoDate('date')))])),
  responseTargets: v.optional(
    v.strictObject({ firstResponse: v.strictObject({ urgent: v.optional(span, '15m'), high: v.optional(span, '1h'), normal: v.optional(span, '4h'), low: v.optional(span, '24h') }) }),
    { firstResponse: {} },
  ),
  /** The legal term for requests for public information; undefined = the desk promises none. */
  informationRequests: v.optional(v.strictObject({ workingDays: v.pipe(v.number(), v.integer(), v.minValue(1, 'workingDays'), v.maxValue(250, 'workingDays')), source: v.optional(v.string()) })),
  units: v.optional(v.array(unit), []),
  topics: v.optional(v.array(topic), []),
  reviewers: v.optional(v.array(reviewer), []),
  revocations: v.optional(v.array(revocation), []),
  /** undefined = `second-person`, at practice `allow`: ask `freeTextRule`. */
  replies: v.optional(v.strictObject({ freeText: v.optional(v.picklist(freeTextRules)) }), {}),
  staff: v.optional(v.array(staffMember), []),
  norms: v.optional(norms, {}),
  /** undefined = nothing is disposed of. */
  retention: v.optional(retention),
  history: v.optional(span, '7d'),
  sharing: v.optional(v.picklist(['private', 'group']), 'private'),
});

export type DeskConfig = v.InferOutput<typeof configSchema>;
export type UnitConfig = DeskConfig['units'][number];
export type TopicConfig = DeskConfig['topics'][number];
export type RetentionConfig = NonNullable<DeskConfig['retention']>;
export type RetentionRule = RetentionConfig['rules'][number];
export type ReviewerConfig = DeskConfig['reviewers'][number];

/** True while every network account is on this machine and a practice reviewer is listed. */
export function isPracticeDesk(config: Pick<DeskConfig, 'channels' | 'reviewers'>): boolean {
  return config.channels.every((entry) => !isNetworkChannel(entry) || isLoopback(entry.url)) && config.reviewers.some((reviewer) => reviewer.practice === true);
}

/** What `replies.freeText` says, or what holds where it says nothing: a second person, at practice nobody. */
export function freeTextRule(config: Pick<DeskConfig, 'channels' | 'reviewers' | 'replies'>): FreeTextRule {
  return config.replies.freeText ?? (isPracticeDesk(config) ? 'allow' : 'second-person');
}

/** `15m`, `4h`, `7d` in milliseconds. */
export function spanMs(text: string): number {
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[text.slice(-1) as 'm' | 'h' | 'd'];
  return Number(text.slice(0, -1)) * unitMs;
}

/** True for 127.0.0.0/8, ::1 and localhost: where plain http is allowed and practice approvals count. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
