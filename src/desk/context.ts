import { type Actor } from '../core/audit';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { type DeskConfig } from '../core/config';
import { type OfficeHours } from '../core/officeHours';
import { type AuditArchive, type Eraser, type RedactionStore } from '../core/erasurePorts';
import { type Channel, type RateLimits } from '../core/channelPort';
import { type AuditLog, type ChannelStateStore, type DraftStore, type HoldStore, type InboxStore, type LegalHoldStore } from '../core/ports';
import { type SignerSource } from '../core/secretPorts';
import { type TextScoring } from '../core/textScoring';
import { type ReviewerRegistry } from '../core/reviewers';
import { type DeskTemplates } from './reviewApi';

/** What the deeds share; put together once in desk.ts. */
export interface DeskContext {
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  readonly operator: Actor;
  readonly office: OfficeHours | undefined;
  readonly inbox: InboxStore;
  readonly audit: AuditLog;
  readonly drafts: DraftStore;
  readonly holds: HoldStore;
  readonly legalHolds: LegalHoldStore;
  readonly redactions: RedactionStore;
  readonly eraser: Eraser;
  readonly archive: AuditArchive;
  readonly channelState: ChannelStateStore;
  readonly templates: DeskTemplates;
  readonly practice: boolean;
  /** The reviewers as this machine trusts them. */
  readonly registry: () => Promise<ReviewerRegistry>;
  readonly signer: SignerSource;
  /** Loaded when first asked. */
  readonly scoring: TextScoring;
  /** Errors: `channel.notFound`. */
  readonly channel: (id: string) => Channel;
  /** What the channel's network last said to this process. */
  readonly limits: (channelId: string) => RateLimits | undefined;
}
