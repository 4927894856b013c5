import * as http from 'node:http';
import * as https from 'node:https';
import { type LookupFunction } from 'node:net';
import { type Duplex } from 'node:stream';
import { connectTimeoutCode } from './httpFailure';

/** Ends a socket that is not connected after `ms`, with a code of its own: nothing has been sent by then. */
function guard(socket: Duplex | null | undefined, connected: 'connect' | 'secureConnect', ms: number): Duplex | null | undefined {
  if (!socket) return socket;
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error('connect timeout'), { code: connectTimeoutCode })), ms);
  const stop = (): void => clearTimeout(timer);
  socket.once(connected, stop).once('close', stop);
  return socket;
}

class GuardedHttpAgent extends http.Agent {
  constructor(private readonly connectMs: number, keepAlive: boolean, lookup: LookupFunction | undefined) {
    super({ keepAlive, maxSockets: 8, ...(lookup === undefined ? {} : { lookup }) });
  }

  override createConnection(...args: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    return guard(super.createConnection(...args), 'connect', this.connectMs);
  }
}

class GuardedHttpsAgent extends https.Agent {
  constructor(private readonly connectMs: number, keepAlive: boolean, lookup: LookupFunction | undefined) {
    super({ keepAlive, maxSockets: 8, ...(lookup === undefined ? {} : { lookup }) });
  }

  override createConnection(...args: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    return guard(super.createConnection(...args), 'secureConnect', this.connectMs);
  }
}

export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * Agents with a limit on the time to connect. Reads share connections; a write gets a fresh one (`keepAlive` false), because an idle
 * connection that the server is just closing would leave its outcome unknown for nothing. `lookup`: how names are resolved, where not as the system does.
 */
export function createAgents(connectMs: number, keepAlive: boolean, lookup?: LookupFunction): Agents {
  return { httpAgent: new GuardedHttpAgent(connectMs, keepAlive, lookup), httpsAgent: new GuardedHttpsAgent(connectMs, keepAlive, lookup) };
}
