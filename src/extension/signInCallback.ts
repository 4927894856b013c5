import * as vscode from 'vscode';
import { MomentosError } from '../core/errors';

const waitMs = 5 * 60_000;
const path = '/sign-in';

interface Waiting {
  readonly resolve: (code: string) => void;
  readonly reject: (error: MomentosError) => void;
}

/** Hears the address that a network sends the browser back to (`vscode://momentos.momentos/sign-in?code=…&state=…`). */
export class SignInCallback implements vscode.UriHandler, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly extensionId: string) {
    this.registration = vscode.window.registerUriHandler(this);
  }

  /** What the network is told to come back to; in a browser VS Code it leads through its server. */
  async redirectUri(): Promise<string> {
    const own = vscode.Uri.parse(`${vscode.env.uriScheme}://${this.extensionId}${path}`);
    const { scheme, authority, path: way, query } = await vscode.env.asExternalUri(own);
    // Put together by hand: `toString` would encode what a browser VS Code has put into the path or the query for itself.
    return `${scheme}://${authority}${way}${query === '' ? '' : `?${query}`}`;
  }

  /** The code that comes back with this state. Errors: `signIn.cancelled`, `signIn.refused`, `signIn.timedOut`. */
  wait(state: string, cancel: vscode.CancellationToken): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(() => {
          reject(new MomentosError('signIn.timedOut'));
        });
      }, waitMs);
      const cancelled = cancel.onCancellationRequested(() => {
        settle(() => {
          reject(new MomentosError('signIn.cancelled'));
        });
      });
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        cancelled.dispose();
        this.waiting.delete(state);
        end();
      };
      this.waiting.set(state, {
        resolve: (code) => {
          settle(() => {
            resolve(code);
          });
        },
        reject: (error) => {
          settle(() => {
            reject(error);
          });
        },
      });
    });
  }

  handleUri(uri: vscode.Uri): void {
    if (uri.path !== path) return;
    const query = new URLSearchParams(uri.query);
    const waiting = this.waiting.get(query.get('state') ?? '');
    if (waiting === undefined) return;
    const code = query.get('code');
    if (code === null || code === '') waiting.reject(new MomentosError('signIn.refused'));
    else waiting.resolve(code);
  }

  dispose(): void {
    for (const { reject } of this.waiting.values()) reject(new MomentosError('signIn.cancelled'));
    this.registration.dispose();
  }
}
