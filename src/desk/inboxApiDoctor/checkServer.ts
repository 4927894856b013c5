import { type Clock, type Logger, type Randomness } from '../../core/clock';
import { MomentosError } from '../../core/errors';
import { InboxApiProbe } from '../../channels/inboxApi/probe';
import { isLoopback } from '../../core/config';
import { type CheckRun, type InboxApiFinding } from './checkRun';
import { checkReading } from './reading';
import { checkWriting } from './writing';

export interface InboxApiCheckOptions {
  /** Base address of the server. Errors: `usage.invalid` when it is none. */
  readonly url: string;
  readonly token: string;
  /** External id of a message that a test reply may be posted to; undefined = only reads. */
  readonly write?: { readonly mention: string } | undefined;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with each finding as it is made. */
  readonly found?: ((finding: InboxApiFinding) => void) | undefined;
}

/**
 * Holds anybody's server to the contract, one finding a point. Reads only, unless `write` names a message; then it posts one test reply there and deletes
 * it. Errors: `usage.invalid`, `network.*` when the server does not answer at all, `network.unauthorized` when it does not take the token.
 */
export async function checkInboxApi(options: InboxApiCheckOptions): Promise<readonly InboxApiFinding[]> {
  const { url, token, signal, random } = options;
  if (!URL.canParse(url) || !/^https?:\/\//iu.test(url)) throw new MomentosError('usage.invalid', { reason: url });
  if (!isLoopback(url) && !/^https:/iu.test(url)) throw new MomentosError('network.plainHttp', { origin: new URL(url).origin });
  const findings: InboxApiFinding[] = [];
  const add = (finding: InboxApiFinding): void => {
    findings.push(finding);
    options.found?.(finding);
  };
  const run: CheckRun = {
    probe: new InboxApiProbe(url, token, options), signal, random,
    ok: (code) => { add({ code, state: 'ok' }); },
    failed: (code, seen) => { add({ code, state: 'failed', seen }); },
    skipped: (code, why) => { add({ code, state: 'skipped', seen: why }); },
    point: (code, seen) => {
      add(seen === undefined ? { code, state: 'ok' } : { code, state: 'failed', seen });
      return seen === undefined;
    },
  };
  const reading = await checkReading(run);
  if (options.write !== undefined) await checkWriting(run, reading, options.write.mention);
  return findings;
}
