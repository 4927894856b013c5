import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type TemplateStatus } from '../core/template';
import { type DeskTemplates } from '../desk/reviewApi';
import { type DeskSession } from './deskSession';

export type TemplateDeeds = Awaited<ReturnType<DeskTemplates['may']>>;

const gatherMs = 100;

/** The templates of the desk as this window knows them, with what the operator may do to each; read again after every change. */
export class TemplatesState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** After the templates were read. */
  readonly onDidChange = this.changed.event;
  private statuses: readonly TemplateStatus[] = [];
  private deeds: ReadonlyMap<string, TemplateDeeds> = new Map();
  private waiting: ReadonlySet<string> = new Set();
  private hasRead = false;
  private reads = 0;
  private readonly listening: vscode.Disposable;
  private stopListening: (() => void) | undefined;
  private gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: DeskSession,
    private readonly logger: Logger,
  ) {
    this.listening = session.onDidChange(() => {
      this.listen();
    });
    this.listen();
  }

  /** In the order of ids. */
  get all(): readonly TemplateStatus[] {
    return this.statuses;
  }

  /** False until the templates of the present desk were read once. */
  get read(): boolean {
    return this.hasRead;
  }

  /** Ids of what is in review and the operator may approve or reject. */
  get waitsForMe(): ReadonlySet<string> {
    return this.waiting;
  }

  find(id: string): TemplateStatus | undefined {
    return this.statuses.find((status) => status.id === id);
  }

  /** What the operator may do to the template; undefined = no such template. */
  may(id: string): TemplateDeeds | undefined {
    return this.deeds.get(id);
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.stopListening?.();
    this.listening.dispose();
    this.changed.dispose();
  }

  private listen(): void {
    this.stopListening?.();
    const { desk } = this.session;
    this.stopListening = desk?.templates.onDidChange(() => {
      this.gathering ??= setTimeout(() => {
        this.gathering = undefined;
        void this.refresh();
      }, gatherMs);
    });
    if (desk === undefined) {
      this.hasRead = false;
      this.set([], new Map());
    } else void this.refresh();
  }

  private async refresh(): Promise<void> {
    const { desk } = this.session;
    if (desk === undefined) return;
    const turn = (this.reads += 1);
    try {
      const statuses = await desk.templates.list();
      const deeds = new Map(await Promise.all(statuses.map(async (status) => [status.id, await desk.templates.may(status)] as const)));
      if (turn !== this.reads || desk !== this.session.desk) return;
      this.hasRead = true;
      this.set(statuses, deeds);
    } catch (thrown) {
      this.logger.warn('templates could not be read', { code: asMomentosError(thrown).code });
    }
  }

  private set(statuses: readonly TemplateStatus[], deeds: ReadonlyMap<string, TemplateDeeds>): void {
    this.statuses = statuses;
    this.deeds = deeds;
    this.waiting = new Set(statuses.filter((status) => waits(status, deeds.get(status.id))).map(({ id }) => id));
    this.changed.fire();
  }
}

/** True when the operator may decide on it; not when he has signed already and another reviewer is asked for. */
function waits({ state }: TemplateStatus, deeds: TemplateDeeds | undefined): boolean {
  return state === 'inReview' && deeds !== undefined && (deeds.approve || deeds.reject) && deeds.whyNot?.code !== 'review.signedAlready';
}
