import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstPorts, freePortNear, readPorts, rememberPorts } from '../../../../src/toolkit/start/ports';
import { freePort } from '../../../support/freePort';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mo-ports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the ports of last time', () => {
  test('are the first ones for a new desk, and come back as they were kept', async () => {
    const file = join(folder, 'new', 'ports.json');
    expect(await readPorts(file)).toEqual(firstPorts);
    await rememberPorts(file, { practice: 5000, browser: 5001, form: 5002 });
    expect(await readPorts(file)).toEqual({ practice: 5000, browser: 5001, form: 5002 });
  });

  test.each(['', 'null', '{"schemaVersion":1,"practice":0,"browser":1}', '{"schemaVersion":1,"practice":"4010","browser":4011}'])('%j is as good as nothing', async (text) => {
    const file = join(folder, 'ports.json');
    await writeFile(file, text);
    expect(await readPorts(file)).toEqual(firstPorts);
  });
});

describe('a free port', () => {
  test('is the wanted one if nobody has it', async () => {
    // Anybody else on this machine may take a port between the two calls, but not each time.
    let same = false;
    for (let left = 5; left > 0 && !same; left -= 1) {
      const wanted = await freePort();
      same = (await freePortNear(wanted)) === wanted;
    }
    expect(same).toBe(true);
  });

  test('is another one if somebody listens there', async () => {
    const taken = await new Promise<{ server: Server; port: number }>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
      });
    });
    try {
      const port = await freePortNear(taken.port);
      expect(port).not.toBe(taken.port);
      expect(port).toBeGreaterThan(0);
    } finally {
      taken.server.close();
    }
  });
});
