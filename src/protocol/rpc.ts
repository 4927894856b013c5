import { asMomentosError, errorCodes, MomentosError, type ErrorCode, type ErrorDetails } from '../core/errors';

/** Requests by method: what goes, what comes back. Methods read `scope/action`. */
export type RequestMap = Readonly<Record<string, { readonly params: unknown; readonly result: unknown }>>;
/** Notifications by method. */
export type NotificationMap = Readonly<Record<string, unknown>>;

/** One end of a message channel: a webview seen from the host, or the host seen from a page. */
export interface Wire {
  post(message: unknown): void;
  /** Returns how to stop listening. */
  listen(listener: (message: unknown) => void): () => void;
}

/** Checks what came in; returns the typed value or throws `rpc.invalid`. */
export type Guard<T> = (value: unknown) => T;

export interface WireError {
  readonly code: ErrorCode;
  /** The sentence for a person, worded by the host. */
  readonly message: string;
  readonly details: ErrorDetails;
}

/** An error that came over the wire, with the host's sentence. */
export class RemoteError extends MomentosError {
  constructor(readonly wire: WireError) {
    super(wire.code, wire.details);
    this.message = wire.message;
  }
}

type Handler = (params: unknown) => unknown;
interface Pending { readonly resolve: (value: unknown) => void; readonly reject: (error: MomentosError) => void; readonly timer: ReturnType<typeof setTimeout> }

declare function setTimeout(callback: () => void, ms: number): number & { unref?: () => void };
declare function clearTimeout(timer: ReturnType<typeof setTimeout>): void;

/**
 * Requests and notifications over a wire, the same class on both sides. A request rejects with `rpc.timeout` after its time,
 * with `rpc.disposed` when this side is closed, with `rpc.invalid` when the wire cannot carry it, and with a RemoteError when the other side failed.
 */
export class Rpc<Calls extends RequestMap, Emits extends NotificationMap = Record<never, never>> {
  private readonly handlers = new Map<string, Handler>();
  private readonly listeners = new Map<string, Handler>();
  private readonly pending = new Map<number, Pending>();
  private readonly stop: () => void;
  private next = 1;
  private disposed = false;

  constructor(
    private readonly wire: Wire,
    private readonly options: {
      /** For a request that names no time of its own; default 30,000 ms. */
      readonly timeoutMs?: number;
      /** The sentence that goes with an error to the other side. */
      readonly word?: (error: MomentosError) => string;
      /** Told of a notification that was refused by its guard or whose listener failed. */
      readonly onFailure?: (error: MomentosError, method: string) => void;
    } = {},
  ) {
    this.stop = wire.listen((message) => {
      void this.receive(message);
    });
  }

  /** Answers a method; `guard` validates what the other side sent. */
  handle<Params, Result>(method: string, guard: Guard<Params>, handler: (params: Params) => Result | Promise<Result>): void {
    this.handlers.set(method, (params) => handler(guard(params)));
  }

  /** Hears a notification. */
  on<Params>(method: string, guard: Guard<Params>, listener: (params: Params) => void): void {
    this.listeners.set(method, (params) => {
      listener(guard(params));
    });
  }

  request<Method extends keyof Calls & string>(method: Method, params: Calls[Method]['params'], timeoutMs?: number): Promise<Calls[Method]['result']> {
    if (this.disposed) return Promise.reject(new MomentosError('rpc.disposed', { method }));
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new MomentosError('rpc.timeout', { method }));
      }, timeoutMs ?? this.options.timeoutMs ?? 30_000);
      this.pending.set(id, { resolve, reject, timer });
      try {
        this.wire.post({ id, method, params });
      } catch (cause) {
        this.pending.delete(id);
        clearTimeout(timer);
        reject(new MomentosError('rpc.invalid', { method }, { cause }));
      }
    });
  }

  notify<Method extends keyof Emits & string>(method: Method, params: Emits[Method]): void {
    if (!this.disposed) this.wire.post({ method, params });
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(new MomentosError('rpc.disposed'));
    }
    this.pending.clear();
  }

  private async receive(message: unknown): Promise<void> {
    if (typeof message !== 'object' || message === null) return;
    const { id, method, params, result, error } = message as Record<string, unknown>;
    if (typeof method === 'string' && typeof id === 'number') {
      await this.answer(id, method, params);
    } else if (typeof method === 'string') {
      this.hear(method, params);
    } else if (typeof id === 'number') {
      this.settle(id, result, error);
    }
  }

  /** A notification has no sender to tell of a failure: it goes to `onFailure`. */
  private hear(method: string, params: unknown): void {
    try {
      this.listeners.get(method)?.(params);
    } catch (thrown) {
      this.options.onFailure?.(asMomentosError(thrown), method);
    }
  }

  private async answer(id: number, method: string, params: unknown): Promise<void> {
    try {
      const handler = this.handlers.get(method);
      if (handler === undefined) throw new MomentosError('rpc.invalid', { method });
      const result = await handler(params);
      if (!this.disposed) this.wire.post({ id, result: result ?? null });
    } catch (thrown) {
      const error = asMomentosError(thrown);
      const wired: WireError = { code: error.code, message: this.options.word?.(error) ?? error.code, details: error.details };
      if (!this.disposed) this.wire.post({ id, error: wired });
    }
  }

  private settle(id: number, result: unknown, error: unknown): void {
    const pending = this.pending.get(id);
    if (pending === undefined) return;
    this.pending.delete(id);
    clearTimeout(pending.timer);
    if (error === undefined) pending.resolve(result);
    else pending.reject(new RemoteError(wireError(error)));
  }
}

function wireError(value: unknown): WireError {
  const { code, message, details } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const known = errorCodes.find((candidate) => candidate === code) ?? 'unexpected';
  return { code: known, message: typeof message === 'string' ? message : known, details: (typeof details === 'object' && details !== null ? details : {}) as ErrorDetails };
}
