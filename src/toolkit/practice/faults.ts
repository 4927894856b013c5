/** What the server can be told to do wrong. */
export const faultKinds = [
  '401', '403', '404', '429', '500', '503', 'slow', 'cutoff', 'malformed', 'duplicates', 'answered', 'timeoutAfterWrite', 'redirect',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** How many requests it meets; 1 when absent. */
  readonly count?: number;
  /** A regular expression that the path must match; each kind has a sensible one of its own. */
  readonly path?: string;
  readonly method?: string;
  /** How late the answer comes (`slow`, 3000 when absent), how long to wait (`429`, 30000), in ms. */
  readonly ms?: number;
  /** Where a `redirect` points; another host when absent. */
  readonly location?: string;
}

/** Which requests each kind meets when it does not say. */
export type FaultPaths = Readonly<Record<FaultKind, RegExp>>;

const mastodonPaths: FaultPaths = {
  '401': /^\/api\//, '403': /^\/api\//, '404': /^\/api\//, '429': /^\/api\//, '500': /^\/api\//, '503': /^\/api\//, slow: /^\/api\//, cutoff: /^\/api\//,
  malformed: /^\/api\//, redirect: /^\/api\//, duplicates: /^\/api\/v1\/notifications$/, answered: /^\/api\/v1\/statuses(?:\/[^/]+\/context)?$/,
  timeoutAfterWrite: /^\/api\/v1\/statuses$/,
};

interface Armed {
  readonly fault: Fault;
  readonly path: RegExp;
  left: number;
}

/** The faults that are still to come, in order; each meets the next requests that it fits. */
export class FaultPlan {
  private armed: Armed[] = [];

  constructor(private readonly usualPaths: FaultPaths = mastodonPaths) {}

  /** Throws SyntaxError when the path is no regular expression. */
  add(fault: Fault): void {
    this.armed.push({ fault, path: fault.path === undefined ? this.usualPaths[fault.kind] : new RegExp(fault.path), left: fault.count ?? 1 });
  }

  clear(): void {
    this.armed = [];
  }

  get pending(): readonly (Fault & { readonly left: number })[] {
    return this.armed.map(({ fault, left }) => ({ ...fault, left }));
  }

  /** The fault that meets this request, used up once; undefined when the server is to behave. */
  take(method: string, path: string): Fault | undefined {
    const met = this.armed.find(({ fault, path: pattern }) => fits(fault, method) && pattern.test(path));
    if (!met) return undefined;
    met.left -= 1;
    this.armed = this.armed.filter(({ left }) => left > 0);
    return met.fault;
  }
}

function fits(fault: Fault, method: string): boolean {
  if (fault.method !== undefined) return fault.method.toUpperCase() === method;
  return fault.kind !== 'timeoutAfterWrite' || method === 'POST';
}
