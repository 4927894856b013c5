import { homedir } from 'node:os';
import { createChannel } from '../channels/registry';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { type Actor } from '../core/audit';
import { isNetworkChannel, isPracticeDesk, type DeskConfig } from '../core/config';
import { asMomentosError, MomentosError } from '../core/errors';
import { channelOf } from '../core/handChannels';
import { type Channel, type ChannelCapabilities, type RateLimits } from '../core/channelPort';
import { type ChannelStateStore } from '../core/ports';
import { type SecretSource, type SignerSource } from '../core/secretPorts';
import { parseFingerprint } from '../core/signing';
import { type LengthRule } from '../core/text/countText';
import { openDeskStores } from '../store/deskStores';
import { livenessOf, ownIdentity } from '../store/processIdentity';
import { createFileSecrets } from '../store/secretFiles';
import { withSecretLock } from '../store/secretLock';
import { createApprovals } from './approvals';
import { createAudit } from './auditDesk';
import { createCitizenData } from './citizenData/citizenData';
import { loadConfig } from './config';
import { createChannels } from './connect';
import { type DeskContext } from './context';
import { type Desk } from './deskApi';
import { examine } from './doctor';
import { createHolds } from './holds';
import { createImports } from './importFile/imports';
import { createInbox } from './inbox';
import { chooseLanguage, configureLanguage, type InterfaceLanguage } from './language';
import { createLegalHolds } from './legalHolds';
import { type SentimentModelName } from './loadModel';
import { loadOffice } from './office';
import { findOperator } from './operator';
import { createPull } from './pull';
import { createMedia } from './media';
import { practiceSigner } from './practiceKey';
import { createContacts } from './record';
import { createRedactions } from './redactions';
import { createReadings } from './readings';
import { createReplies } from './reply';
import { createPreparation } from './replyPreparation';
import { type Sending } from './replySend';
import { createTemplates } from './review';
import { createRetention } from './retention';
import { createInlineScoring } from './scoring/inlineScoring';
import { createWorkerScoring } from './scoring/workerScoring';
import { type ScoringSetup } from './scoring/textScorer';
import { createReviewers } from './reviewers';
import { BoundSecrets, configDir } from './secrets';
import { createTriage } from './triage';
import { createTrustStore, DeskTrust } from './trust';

export interface DeskOptions {
  /** The folder with momentos.json. */
  readonly dir: string;
  /** Where the host keeps tokens; undefined = 0600 files outside the desk folder. The environment comes first in any case. */
  readonly secrets?: SecretSource | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  /** For the `User-Agent`. */
  readonly version: string;
  /** Folder with `lexicons/`, `models/` and `templates/`. */
  readonly mediaDir: string;
  /** How texts are scored; undefined: by the model. */
  readonly sentiment?: SentimentModelName | undefined;
  /** Bundle of scoring/scoringWorker.ts: texts are read in a thread of their own. undefined: in the caller's. */
  readonly scoringWorker?: string | undefined;
  /** `Ana Pérez <ana@isc.example>`, from `--as` or the setting. */
  readonly as?: string | undefined;
  readonly language?: InterfaceLanguage | undefined;
  /** The operator's reviewer key, where the host keeps one. */
  readonly signer?: ((institution: string, operator: Actor) => SignerSource) | undefined;
  /** Fingerprint of the institution's first key that the caller trusts; else `MOMENTOS_TRUST`, else what was confirmed on this machine. Errors: `trust.*`. */
  readonly trust?: string | undefined;
  /** Never writes: for export, report and verify on a read-only copy. */
  readonly readOnly?: boolean | undefined;
}

/** The one place where channels, stores and scorer are put together, for both hosts. Errors: `desk.notFound`, `config.*`, `store.*`, `lock.*`, `operator.invalid`. */
export async function createDesk(options: DeskOptions): Promise<Desk> {
  const { dir, clock, random, logger, environment } = options;
  const config = await loadConfig(dir);
  const language = options.language ?? chooseLanguage(undefined, config.institution.languages, environment);
  configureLanguage(language);
  const stores = await openDeskStores({ dir, sharing: config.sharing, clock, random, logger, readOnly: options.readOnly === true });
  try {
    const operator = await findOperator({ as: options.as, dir, environment, people: stores.people });
    const ownDir = configDir(environment, homedir());
    const fileSecrets = createFileSecrets({ configDir: ownDir });
    const secrets = new BoundSecrets(options.secrets ?? fileSecrets, environment, fileSecrets);
    const userAgent = `Momentos/${options.version}`;

    const limits = new Map<string, RateLimits>();
    const declared = await declaredCapabilities(config, stores.channelState, logger);
    const channels = new Map<string, Channel>();
    const channel = (id: string): Channel => {
      const known = channels.get(id);
      if (known !== undefined) return known;
      const entry = channelOf(config, id);
      if (entry === undefined) throw new MomentosError('channel.notFound', { channel: id, known: config.channels.map((other) => other.id) });
      const made = createChannel(entry, {
        clock, random, logger, userAgent,
        secret: () => secrets.read(entry),
        renew: (used, renew) => withSecretLock({ configDir: ownDir, id, random }, () => secrets.renew(entry, used, renew)),
        noteLimits: (told) => void limits.set(id, told),
      }, { declared: declared.get(id) });
      channels.set(id, made);
      return made;
    };

    const setup: ScoringSetup = { mediaDir: options.mediaDir, deskDir: dir, sentiment: options.sentiment, topics: config.topics.map(({ id, words }) => ({ id, words })), country: config.institution.country };
    const scoring = options.scoringWorker === undefined ? createInlineScoring(setup) : createWorkerScoring({ file: options.scoringWorker, setup, logger });
    // Reviewers may be added while the desk is open; all else of the configuration is read at opening.
    let reviewing = config;
    const practice = isPracticeDesk(config);
    const named = options.trust ?? environment['MOMENTOS_TRUST'];
    const trust = new DeskTrust(createTrustStore(fileSecrets), () => reviewing, () => practice, named === undefined || named.trim() === '' ? undefined : trustedFingerprint(named));
    const hostSigner = options.signer?.(config.institution.id, operator);
    const signer: SignerSource = { key: async () => (await hostSigner?.key()) ?? (practice && isPracticeReviewer(config, operator) ? await practiceSigner(fileSecrets, dir).key() : undefined) };
    const templates = createTemplates({
      store: stores.templates, audit: stores.audit, config: () => reviewing, operator, clock, practice: () => practice, inboxUse: () => usesOf(stores.inbox.all()), registry: () => trust.registry(), signer,
      lengthRules: () => strictestRules(config, stores.channelState),
    });
    const setConfig = (changed: DeskConfig): void => {
      reviewing = changed;
    };
    const reviewers = createReviewers({ dir, config: () => reviewing, setConfig, trust, signer, audit: stores.audit, operator, clock });
    const context: DeskContext = {
      config, clock, random, logger, operator, office: await loadOffice(config), inbox: stores.inbox, audit: stores.audit, drafts: stores.drafts, holds: stores.holds, legalHolds: stores.legalHolds, redactions: stores.redactions, eraser: stores.eraser, archive: stores.archive, channelState: stores.channelState, templates, scoring, channel,
      practice, registry: () => trust.registry(), signer, limits: (id) => limits.get(id),
    };
    const inbox = createInbox({ store: stores.inbox, config, clock, operatorId: operator.id });
    const deskChannels = createChannels({ dir, config, secrets, channelState: stores.channelState, audit: stores.audit, operator, environment: { clock, random, logger, userAgent }, channel });
    const sending: Sending = { context, senders: { self: ownIdentity, isAlive: (sender) => livenessOf(sender) !== 'gone' }, preparation: createPreparation(context) };
    const replies = createReplies(sending);
    const readings = createReadings(context);
    return {
      dir,
      config,
      language,
      practice,
      operator,
      inbox,
      pulling: createPull(context, stores.pollLease, config.channels.filter(isNetworkChannel), { settle: (signal) => replies.settleAll(signal), readings }),
      contacts: createContacts(context),
      imports: createImports(context, stores.imports),
      triage: createTriage(context),
      replies,
      approvals: createApprovals(sending),
      holds: createHolds(context),
      legalHolds: createLegalHolds(context),
      citizenData: createCitizenData({ context, find: (id) => inbox.get(id), language }),
      redactions: createRedactions(context),
      cutOff: stores.cutOff,
      retention: createRetention(context, dir),
      templates,
      reviewers,
      audit: createAudit({ audit: stores.audit, config, clock, random, operator, language, readOnly: options.readOnly === true }),
      channels: deskChannels,
      media: createMedia(context, userAgent),
      readings,
      doctor: (signal) => examine({ dir, context, cutOff: stores.cutOff, channels: deskChannels, templates, channel, signal }),
      async dispose() {
        await scoring.dispose();
        await stores.dispose();
      },
    };
  } catch (error) {
    await stores.dispose();
    throw error;
  }
}

/** Errors: `trust.invalid`. */
function trustedFingerprint(text: string): string {
  const fingerprint = parseFingerprint(text);
  if (fingerprint === undefined) throw new MomentosError('trust.invalid', { text: text.slice(0, 100) });
  return fingerprint;
}

function isPracticeReviewer(config: DeskConfig, operator: Actor): boolean {
  return config.reviewers.some(({ practice, name }) => practice === true && name === operator.name);
}

/** What each server said at the last pull; a state that cannot be read is said by whoever needs it. */
async function declaredCapabilities(config: DeskConfig, states: ChannelStateStore, logger: Logger): Promise<ReadonlyMap<string, ChannelCapabilities>> {
  const known = new Map<string, ChannelCapabilities>();
  try {
    for (const { id } of config.channels) {
      const { declared } = await states.read(id);
      if (declared !== undefined) known.set(id, declared);
    }
  } catch (thrown) {
    logger.warn('channel state not read', { code: asMomentosError(thrown).code });
  }
  return known;
}

/** How each network counts; of several accounts on one network the strictest server. Those that were never asked are left out. */
async function strictestRules(config: DeskConfig, states: ChannelStateStore): Promise<ReadonlyMap<string, LengthRule>> {
  const rules = new Map<string, LengthRule>();
  for (const { id, network } of config.channels) {
    const { lengthRule } = await states.read(id);
    if (lengthRule !== undefined && lengthRule.max < (rules.get(network)?.max ?? Infinity)) rules.set(network, lengthRule);
  }
  return rules;
}

function usesOf(mentions: Iterable<{ readonly replies: readonly { readonly template?: { readonly id: string } | undefined; readonly state: string }[] }>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { replies } of mentions) for (const { template, state } of replies) if (template !== undefined && state === 'sent') uses.set(template.id, (uses.get(template.id) ?? 0) + 1);
  return uses;
}
