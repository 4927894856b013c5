import { type Rpc } from '../../src/protocol/rpc';
import { type PreviewRequests, type TemplatePreviewState } from '../../src/protocol/templatePreview';
import { failureWords } from '../ui/failure';

/** Deeds that ask the person something in VS Code's own inputs take as long as the person does, in ms. */
const deedTimeout = 30 * 60_000;

export type PreviewRpc = Rpc<PreviewRequests>;
type Deed = Exclude<keyof PreviewRequests & string, 'preview/ready'>;

export interface PreviewState {
  readonly language: string;
  readonly template: TemplatePreviewState;
  readonly busy: boolean;
  /** Why the last deed failed, in words. */
  readonly failure: string | undefined;
}

/** The one place of the preview's state. */
export class PreviewPage {
  private current: PreviewState;
  private readonly listeners: ((state: PreviewState) => void)[] = [];

  constructor(
    private readonly rpc: PreviewRpc,
    first: { readonly language: string; readonly state: TemplatePreviewState },
  ) {
    this.current = { language: first.language, template: first.state, busy: false, failure: undefined };
  }

  get state(): PreviewState {
    return this.current;
  }

  subscribe(listener: (state: PreviewState) => void): void {
    this.listeners.push(listener);
  }

  hear(template: TemplatePreviewState): void {
    this.set({ template });
  }

  async do<Method extends Deed>(method: Method, params: PreviewRequests[Method]['params']): Promise<void> {
    if (this.current.busy) return;
    this.set({ busy: true, failure: undefined });
    try {
      await this.rpc.request(method, params, deedTimeout);
    } catch (error) {
      this.set({ failure: failureWords(error) });
    } finally {
      this.set({ busy: false });
    }
  }

  private set(change: Partial<PreviewState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener(this.current);
  }
}
