import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger } from '../../core/clock';
import { asMomentosError, isMomentosError, MomentosError } from '../../core/errors';
import { type Confirmation, type Desk, type ReplyDraft, type SentResult } from '../../desk/deskApi';
import { sentence } from '../../desk/sentences';
import { type SendPhase } from '../../protocol/replyPanel';
import { copyAnswer } from '../copyAnswer';
import { type DeskSession } from '../deskSession';
import { contexts } from '../ids';
import { undoMs } from '../settings';
import { refusal, unconfirmed } from './replyChecks';

/** How long the window may take to answer before it counts as closed. */
const windowMs = 5_000;

export interface SendingChange {
  readonly mentionId: string;
  readonly phase: SendPhase;
  /** Set when the answer went out. */
  readonly sent?: SentResult;
}

interface Running {
  phase: SendPhase;
  readonly draft: ReplyDraft;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Answers on their way, with their time to be taken back. Until that time ends an answer is a draft marked with it: if VS Code closes first, nothing
 * is sent and the next start says so. It goes on when the panel is closed.
 */
export class ReplySending implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<SendingChange>();
  readonly onDidChange = this.changed.event;
  private readonly running = new Map<string, Running>();
  private readonly stop = new AbortController();

  constructor(
    private readonly session: DeskSession,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** undefined = nothing is on its way for this mention. */
  phase(mentionId: string): SendPhase | undefined {
    return this.running.get(mentionId)?.phase;
  }

  /** Checks, then hands it in to a second person where one is needed, else starts the time to take it back. Errors: the refusals, `reply.toConfirm`, `reply.inProgress`. */
  async begin(mentionId: string, draft: ReplyDraft, confirmed: readonly Confirmation[]): Promise<'submitted' | 'begun'> {
    const busy = this.phase(mentionId)?.name;
    if (busy === 'undo' || busy === 'sending') throw new MomentosError('reply.inProgress');
    const desk = await this.session.use();
    const approving = desk.inbox.get(mentionId).submission?.id;
    const checked = await desk.replies.check(mentionId, draft, { approving });
    const refused = refusal(checked);
    if (refused !== undefined) throw refused;
    const missing = unconfirmed(checked, confirmed);
    if (missing.length > 0) throw new MomentosError('reply.toConfirm', { confirm: missing });

    if (approving === undefined && checked.secondPerson !== undefined) {
      await desk.approvals.submit(mentionId, draft, { confirm: confirmed });
      this.running.delete(mentionId);
      return 'submitted';
    }
    // Nothing leaves the machine where a person gives the answer, so there is nothing to take back.
    const byHand = !(await desk.replies.context(mentionId, { network: false })).capabilities.reply;
    if (byHand) await desk.replies.saveDraft(mentionId, draft);
    const totalMs = byHand ? 0 : undoMs();
    if (totalMs === 0) {
      this.running.set(mentionId, { phase: { name: 'sending' }, draft, timer: undefined });
      void this.send(mentionId, draft, confirmed);
      return 'begun';
    }
    const until = this.clock.now() + totalMs;
    await desk.replies.saveDraft(mentionId, draft, { sendingAt: until });
    const timer = setTimeout(() => void this.send(mentionId, draft, confirmed), totalMs);
    this.set(mentionId, { phase: { name: 'undo', until, totalMs }, draft, timer });
    return 'begun';
  }

  /** Takes it back while there is time; false = too late. */
  async undo(mentionId: string): Promise<boolean> {
    const running = this.running.get(mentionId);
    if (running?.phase.name !== 'undo') return false;
    clearTimeout(running.timer);
    this.running.delete(mentionId);
    const desk = await this.session.use();
    await desk.replies.saveDraft(mentionId, running.draft);
    this.changed.fire({ mentionId, phase: { name: 'idle' } });
    return true;
  }

  /** Forgets how the last sending ended: another answer begins. */
  forget(mentionId: string): void {
    const name = this.phase(mentionId)?.name;
    if (name !== 'undo' && name !== 'sending') this.running.delete(mentionId);
  }

  dispose(): void {
    for (const { timer } of this.running.values()) clearTimeout(timer);
    this.stop.abort();
    this.changed.dispose();
  }

  private async send(mentionId: string, draft: ReplyDraft, confirmed: readonly Confirmation[]): Promise<void> {
    if (!(await isWindowThere())) {
      // The mark in the draft stays: the next window says that it was not sent.
      this.running.delete(mentionId);
      this.logger.warn('answer not sent: the window is gone', { mention: mentionId });
      return;
    }
    this.set(mentionId, { phase: { name: 'sending' }, draft, timer: undefined });
    let desk: Desk | undefined;
    try {
      desk = await this.session.use();
      const approving = desk.inbox.get(mentionId).submission !== undefined;
      const sent = approving ? await desk.approvals.send(mentionId, { draft, confirm: confirmed }) : await desk.replies.send(mentionId, draft, { confirm: confirmed });
      if (sent.reply.state === 'intended') {
        await copyAnswer(sent.reply.text);
        this.running.delete(mentionId);
        this.changed.fire({ mentionId, phase: { name: 'idle' } });
        return;
      }
      const phase: SendPhase = { name: 'sent', words: l10n.t('Sent.') };
      this.running.set(mentionId, { phase, draft, timer: undefined });
      this.changed.fire({ mentionId, phase, sent });
    } catch (thrown) {
      await this.fail(desk, mentionId, draft, thrown);
    }
  }

  private async fail(desk: Desk | undefined, mentionId: string, draft: ReplyDraft, thrown: unknown): Promise<void> {
    const error = asMomentosError(thrown);
    const message = sentence(error);
    this.logger.error('answer not sent', { mention: mentionId, code: error.code, details: error.details, error: error.code === 'unexpected' ? error.cause : undefined });
    const unsettled = isMomentosError(error, 'reply.unsettled', 'network.outcomeUnknown');
    await desk?.replies.saveDraft(mentionId, draft, { failure: message }).catch((failure: unknown) => {
      this.logger.error('draft not saved', { mention: mentionId, failure });
    });
    this.set(mentionId, { phase: unsettled ? { name: 'unsettled', message } : { name: 'failed', message }, draft, timer: undefined });
  }

  private set(mentionId: string, running: Running): void {
    if (this.stop.signal.aborted) {
      clearTimeout(running.timer);
      return;
    }
    this.running.set(mentionId, running);
    this.changed.fire({ mentionId, phase: running.phase });
  }
}

/**
 * Whether somebody can still see this window. A VS Code server lets the extension host of a browser window that was closed or reloaded live on for a while:
 * what nobody could take back any more is not sent.
 */
async function isWindowThere(): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, windowMs);
  });
  const answer = Promise.resolve(vscode.commands.executeCommand('setContext', contexts.sending, true)).then(() => true);
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
}
