import * as v from 'valibot';
import { priorities } from './mention';
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

const channel = v.strictObject({
  id: slug,
  network: v.picklist(['mastodon']),
  url: webUrl,
  account: v.pipe(v.string(), v.nonEmpty('empty')),
  name: v.optional(v.string()),
});

const unit = v.strictObject({ id: slug, name: v.pipe(v.string(), v.nonEmpty('empty')), contact: v.optional(v.string()), target: v.optional(span) });

const publicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/u, 'publicKey'));
const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u, 'fingerprint'));
const signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/u, 'signature'));
const instant = v.pipe(v.string(), v.isoTimestamp('instant'));

/** A person who may approve. Counts only with a key and a signature (`momentos reviewers add` writes both). */
const reviewer = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty('empty')),
  email: v.optional(v.pipe(v.string(), v.email('email'))),
  practice: v.optional(v.boolean()),
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
  units: v.optional(v.array(unit), []),
  topics: v.optional(v.array(topic), []),
  reviewers: v.optional(v.array(reviewer), []),
  revocations: v.optional(v.array(revocation), []),
  /** undefined = `second-person`, at practice `allow`: ask `freeTextRule`. */
  replies: v.optional(v.strictObject({ freeText: v.optional(v.picklist(freeTextRules)) }), {}),
  staff: v.optional(v.array(staffMember), []),
  norms: v.optional(norms, {}),
  history: v.optional(span, '7d'),
  sharing: v.optional(v.picklist(['private', 'group']), 'private'),
});

export type DeskConfig = v.InferOutput<typeof configSchema>;
export type ChannelConfig = DeskConfig['channels'][number];
export type UnitConfig = DeskConfig['units'][number];
export type TopicConfig = DeskConfig['topics'][number];
export type ReviewerConfig = DeskConfig['reviewers'][number];

/** True while every channel is on this machine and a practice reviewer is listed. */
export function isPracticeDesk(config: Pick<DeskConfig, 'channels' | 'reviewers'>): boolean {
  return config.channels.every(({ url }) => isLoopback(url)) && config.reviewers.some((reviewer) => reviewer.practice === true);
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
