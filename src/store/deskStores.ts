import { type Clock, type Logger, type Randomness } from '../core/clock';
import { type AuditArchive, type CutOffWorks, type Eraser, type RedactionStore } from '../core/erasurePorts';
import { type AuditLog, type ChannelStateStore, type DraftStore, type HoldStore, type ImportMemory, type InboxStore, type LegalHoldStore, type PeopleStore, type PollLease, type TemplateStore } from '../core/ports';
import { FileAuditArchive } from './auditArchive';
import { FileAuditLog } from './auditLog';
import { FileChannelStateStore } from './channelStateStore';
import { FileCutOffWorks } from './cutOffWork';
import { DeskFolder, type Sharing } from './deskFolder';
import { FileDraftStore } from './draftStore';
import { FileEraser } from './eraser';
import { FileHoldStore } from './holdStore';
import { FileImportMemory } from './importMemoryStore';
import { FileInboxStore } from './inboxStore';
import { FileLegalHoldStore } from './legalHoldStore';
import { DeskLock } from './lock';
import { FilePeopleStore } from './peopleStore';
import { FilePollLease } from './pollLease';
import { FileRedactionStore } from './redactionStore';
import { TemplateFolder } from './templateFolder';

/** Everything that a desk keeps on disk. */
export interface DeskStores {
  readonly inbox: InboxStore;
  readonly channelState: ChannelStateStore;
  readonly drafts: DraftStore;
  readonly holds: HoldStore;
  readonly legalHolds: LegalHoldStore;
  readonly redactions: RedactionStore;
  readonly eraser: Eraser;
  readonly archive: AuditArchive;
  readonly cutOff: CutOffWorks;
  readonly imports: ImportMemory;
  readonly audit: AuditLog;
  readonly templates: TemplateStore;
  readonly people: PeopleStore;
  readonly pollLease: PollLease;
  /** Waits for what is being written, gives the locks back, closes the files. */
  dispose(): Promise<void>;
}

export interface DeskStoresOptions {
  /** The desk's folder, the one with `momentos.json`. */
  readonly dir: string;
  readonly sharing: Sharing;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  /** Nothing is written, no lock taken; each deed that would write fails with `store.notWritable`. */
  readonly readOnly?: boolean | undefined;
  /** Milliseconds to wait for another process before `lock.busy`; default 15 s. */
  readonly lockWaitMs?: number | undefined;
}

/**
 * Opens a desk's stores and reads its inbox into memory. Writes nothing by itself but what a crash cut off (`cutOff`): `.momentos` is made by the first
 * write, so that a desk on a read-only medium can be read. Errors: `store.newerSchema`, `store.unreadable` when the inbox may not be read.
 */
export async function openDeskStores(options: DeskStoresOptions): Promise<DeskStores> {
  const { clock, random, logger } = options;
  const folder = new DeskFolder(options.dir, options.sharing, options.readOnly ?? false);
  const lock = new DeskLock({ folder, random, logger, waitMs: options.lockWaitMs });
  const shared = { folder, lock, clock, random, logger };
  const audit = new FileAuditLog(shared);
  const inbox = new FileInboxStore({ ...shared, audit });
  const templates = new TemplateFolder({ folder, lock, logger });
  const pollLease = new FilePollLease(folder, random);
  const channelState = new FileChannelStateStore(shared);
  const drafts = new FileDraftStore({ folder, clock, random, logger });
  const redactions = new FileRedactionStore({ ...shared, audit });
  const eraser = new FileEraser({ ...shared, audit, inbox, drafts, channelState, redactions });
  const archive = new FileAuditArchive({ folder, lock, clock, random, audit });
  const cutOff = new FileCutOffWorks({ folder, lock, inbox, clock, logger, jobs: [eraser, archive] });
  await inbox.refresh();
  await cutOff.atOpening();
  return {
    inbox,
    channelState,
    redactions,
    eraser,
    archive,
    cutOff,
    holds: new FileHoldStore({ ...shared, audit }),
    legalHolds: new FileLegalHoldStore({ ...shared, audit }),
    imports: new FileImportMemory(shared),
    drafts,
    audit,
    templates,
    people: new FilePeopleStore(shared),
    pollLease,
    dispose: async () => {
      templates.dispose();
      await pollLease.release();
      await lock.dispose();
      await inbox.dispose();
      await audit.dispose();
    },
  };
}
