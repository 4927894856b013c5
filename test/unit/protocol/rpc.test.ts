import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MomentosError } from '../../../src/core/errors';
import { RemoteError, Rpc, type Wire } from '../../../src/protocol/rpc';

interface Calls {
  readonly [method: string]: { readonly params: unknown; readonly result: unknown };
  readonly 'sum/add': { readonly params: readonly number[]; readonly result: number };
}

/** Two ends of a wire that copies messages as a real one does. */
function wires(): readonly [Wire, Wire] {
  const ears: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (mine: 0 | 1): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      for (const ear of [...ears[mine === 0 ? 1 : 0]]) ear(copy);
    },
    listen: (ear) => {
      ears[mine].add(ear);
      return () => ears[mine].delete(ear);
    },
  });
  return [end(0), end(1)];
}

function numbers(value: unknown): readonly number[] {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'number')) throw new MomentosError('rpc.invalid', { method: 'sum/add' });
  return value;
}

describe('requests', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('bring back the result', async () => {
    const [near, far] = wires();
    const page = new Rpc<Calls>(near);
    new Rpc(far).handle('sum/add', numbers, (params) => params.reduce((sum, each) => sum + each, 0));
    await expect(page.request('sum/add', [1, 2, 3])).resolves.toBe(6);
  });

  it('answered out of order find their own asker', async () => {
    const [near, far] = wires();
    const page = new Rpc<Calls>(near);
    const open: ((value: number) => void)[] = [];
    new Rpc(far).handle('sum/add', numbers, () => new Promise<number>((resolve) => open.push(resolve)));
    const [first, second] = [page.request('sum/add', [1]), page.request('sum/add', [2])];
    await vi.waitFor(() => {
      expect(open).toHaveLength(2);
    });
    open[1]!(20);
    open[0]!(10);
    await expect(Promise.all([first, second])).resolves.toEqual([10, 20]);
  });

  it('refused by the guard come back as rpc.invalid, the handler not called', async () => {
    const [near, far] = wires();
    const handler = vi.fn();
    new Rpc(far).handle('sum/add', numbers, handler);
    await expect(new Rpc<Calls>(near).request('sum/add', ['1'] as never)).rejects.toMatchObject({ code: 'rpc.invalid' });
    expect(handler).not.toHaveBeenCalled();
  });

  it('for an unknown method come back as rpc.invalid', async () => {
    const [near, far] = wires();
    new Rpc(far);
    await expect(new Rpc<Calls>(near).request('constructor', {})).rejects.toMatchObject({ code: 'rpc.invalid' });
  });

  it('that fail carry the code, the details and the sentence of the host', async () => {
    const [near, far] = wires();
    new Rpc(far, { word: (error) => `Words for ${error.code}` }).handle('sum/add', numbers, () => {
      throw new MomentosError('network.offline', { host: 'isc.example' });
    });
    const failure = await new Rpc<Calls>(near).request('sum/add', []).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RemoteError);
    expect(failure).toMatchObject({ code: 'network.offline', message: 'Words for network.offline', details: { host: 'isc.example' } });
  });

  it('that fail in a way nobody foresaw say nothing of the inside', async () => {
    const [near, far] = wires();
    new Rpc(far).handle('sum/add', numbers, () => {
      throw new Error('token abc');
    });
    const failure = await new Rpc<Calls>(near).request('sum/add', []).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unexpected' });
    expect(JSON.stringify((failure as RemoteError).wire)).not.toContain('token');
  });

  it('with an error that makes no sense are still rejected', async () => {
    const [near, far] = wires();
    const page = new Rpc<Calls>(near);
    far.listen((message) => {
      far.post({ id: (message as { id: number }).id, error: { code: 'no.such', message: 5, details: 'x' } });
    });
    await expect(page.request('sum/add', [])).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('time out, and a late answer changes nothing', async () => {
    const [near, far] = wires();
    const page = new Rpc<Calls>(near, { timeoutMs: 1_000 });
    let answer: (value: number) => void = () => undefined;
    new Rpc(far).handle('sum/add', numbers, () => new Promise<number>((resolve) => (answer = resolve)));
    const asked = page.request('sum/add', []);
    const expected = expect(asked).rejects.toMatchObject({ code: 'rpc.timeout', details: { method: 'sum/add' } });
    await vi.advanceTimersByTimeAsync(1_000);
    await expected;
    answer(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may have a time of their own', async () => {
    const page = new Rpc<Calls>(wires()[0], { timeoutMs: 1_000 });
    let settled = false;
    const asked = page.request('sum/add', [], 60_000).catch(() => (settled = true));
    await vi.advanceTimersByTimeAsync(59_999);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await asked;
    expect(settled).toBe(true);
  });

  it('are rejected when this end is closed, then and later, and no timer stays', async () => {
    const page = new Rpc<Calls>(wires()[0]);
    const asked = page.request('sum/add', []);
    page.dispose();
    await expect(asked).rejects.toMatchObject({ code: 'rpc.disposed' });
    await expect(page.request('sum/add', [])).rejects.toMatchObject({ code: 'rpc.disposed' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that the wire cannot carry are rejected', async () => {
    const page = new Rpc<Calls>(wires()[0]);
    await expect(page.request('sum/add', (() => 1) as never)).rejects.toMatchObject({ code: 'rpc.invalid' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('notifications', () => {
  it('are heard by their listener, and not after closing', () => {
    const [near, far] = wires();
    const heard: unknown[] = [];
    const page = new Rpc(far);
    page.on('news', String, (news) => heard.push(news));
    const host = new Rpc<Record<never, never>, { readonly news: string }>(near);
    host.notify('news', 'a');
    page.dispose();
    host.notify('news', 'b');
    expect(heard).toEqual(['a']);
  });

  it('refused by their guard go to onFailure and harm nothing', () => {
    const [near, far] = wires();
    const failures: unknown[] = [];
    const listener = vi.fn();
    new Rpc(far, { onFailure: (error, method) => failures.push([method, error.code]) }).on('news', numbers, listener);
    new Rpc<Record<never, never>, { readonly news: string }>(near).notify('news', 'x');
    expect(failures).toEqual([['news', 'rpc.invalid']]);
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('anything else on the wire', () => {
  it.each([[null], [undefined], ['text'], [5], [[]], [{}], [{ id: 'x', method: 'sum/add' }], [{ id: 99, result: 1 }], [{ method: 'nobody/listens' }]])('%j is passed over, and what comes after it is answered', async (message) => {
    const [near, far] = wires();
    new Rpc(far).handle('sum/add', numbers, () => 7);
    near.post(message);
    await expect(new Rpc<Calls>(near).request('sum/add', [])).resolves.toBe(7);
  });
});
