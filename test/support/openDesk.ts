import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock } from '../../src/core/clock';
import { type Desk } from '../../src/desk/deskApi';
import { createDesk } from '../../src/desk/desk';
import { initDesk, type InitOptions } from '../../src/desk/initDesk';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from '../../src/toolkit/practice/practiceServer';

export const mediaDir = join(__dirname, '../../media');
export const quietLogger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Real time that a test can move forward; what waits, waits no longer than it must. */
export class MovableClock implements Clock {
  constructor(private shift = 0) {}
  now(): number {
    return Date.now() + this.shift;
  }
  forward(ms: number): void {
    this.shift += ms;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(Math.min(ms, 20), signal);
  }
}

export interface DeskWorld {
  readonly dir: string;
  readonly home: string;
  readonly server: PracticeServer;
  readonly clock: MovableClock;
  readonly environment: Record<string, string | undefined>;
  open(as?: string, environment?: Record<string, string | undefined>): Promise<Desk>;
  close(): Promise<void>;
}

const institution = { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] };

/** A desk in a folder of its own, with a practice server of its own. */
export async function makeDesk(options: { readonly server?: PracticeServerOptions; readonly init?: Partial<InitOptions> } = {}): Promise<DeskWorld> {
  const home = mkdtempSync(join(tmpdir(), 'momentos-desk-'));
  const dir = join(home, 'desk');
  const clock = new MovableClock();
  const server = await startPracticeServer({ count: 12, seed: 7, now: () => clock.now(), ...options.server });
  const environment: Record<string, string | undefined> = { XDG_CONFIG_HOME: join(home, 'config'), MOMENTOS_TOKEN_MASTODON_MAIN: server.token };
  await initDesk({
    dir,
    institution,
    channel: { id: 'mastodon-main', url: server.url, account: 'isc' },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    units: [{ id: 'cedulas', name: 'Departamento de Cédulas', target: '8h' }],
    reviewer: { name: 'Revisora de práctica' },
    practice: true,
    mediaDir,
    clock,
    random: systemRandomness,
    logger: quietLogger,
    environment,
    as: 'Ana Pérez <ana@isc.example>',
    ...options.init,
  });
  const opened = new Set<Desk>();
  return {
    dir,
    home,
    server,
    clock,
    environment,
    async open(as = 'Ana Pérez <ana@isc.example>', other = environment) {
      const desk = await createDesk({ dir, environment: other, clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as });
      opened.add(desk);
      return desk;
    },
    async close() {
      for (const desk of opened) await desk.dispose();
      await server.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
