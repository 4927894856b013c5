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
  /** Id of the network whose renderings are shown; undefined = the first. */
  readonly network: string | undefined;
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
    first: { readonly language: string; readonly state: TemplatePreviewState; readonly network?: string | undefined },
  ) {
    this.current = { language: first.language, template: first.state, network: first.network, busy: false, failure: undefined };
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

  showNetwork(network: string): void {
    this.set({ network });
  }

  /** True when it went well. One at a time: asked while another is under way it does nothing. */
  async do<Method extends Deed>(method: Method, params: PreviewRequests[Method]['params']): Promise<boolean> {
    if (this.current.busy) return false;
    this.set({ busy: true, failure: undefined });
    try {
      await this.rpc.request(method, params, deedTimeout);
      return true;
    } catch (error) {
      this.set({ failure: failureWords(error) });
      return false;
    } finally {
      this.set({ busy: false });
    }
  }

  /** What only shows or keeps something: no need to wait for it, and a failure says nothing that the person could mend. */
  tell<Method extends 'template/goTo' | 'template/compare' | 'template/keepComment'>(method: Method, params: PreviewRequests[Method]['params']): void {
    void this.rpc.request(method, params, deedTimeout).catch((error: unknown) => {
      this.set({ failure: failureWords(error) });
    });
  }

  private set(change: Partial<PreviewState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener(this.current);
  }
}
