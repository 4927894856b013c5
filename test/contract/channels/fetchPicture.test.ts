import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchPicture, pictureType } from '../../../src/channels/fetchPicture';
import { plainPicture } from '../../../src/toolkit/practice/picture';

const png = plainPicture('foto', 8, 6);
let server: Server;
let origin: string;
let requests: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  requests = [];
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(png);
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const fetched = (url: string, more: { readonly allowLoopback?: boolean; readonly limit?: number } = {}) => fetchPicture({ url, allowLoopback: true, userAgent: 'Momentos/0', ...more });

test('a picture comes with its bytes and the kind that they show, without token or cookie', async () => {
  const { type, bytes } = await fetched(`${origin}/foto.png`);
  expect(type).toBe('image/png');
  expect(Buffer.from(bytes).equals(png)).toBe(true);
  expect(Object.keys(requests[0]!.headers)).not.toContain('authorization');
  expect(Object.keys(requests[0]!.headers)).not.toContain('cookie');
});

test.each([
  ['SVG', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['HTML called a PNG', 'image/png', '<!doctype html><script>alert(1)</script>'],
  ['nothing', 'image/png', ''],
])('%s is no picture', async (_what, type, body) => {
  answer = (_request, response) => response.writeHead(200, { 'content-type': type }).end(body);
  await expect(fetched(`${origin}/foto.png`)).rejects.toMatchObject({ code: 'media.noPicture' });
});

describe('what leads elsewhere', () => {
  test('is followed within the rules', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else response.writeHead(200).end(png);
    };
    expect((await fetched(`${origin}/a`)).type).toBe('image/png');
  });

  test.each(['file:///etc/passwd', 'http://10.0.0.1/x.png', 'https://192.168.1.1/x.png', 'https://[fc00::1]/x.png', 'https://169.254.169.254/latest', 'gopher://x/', 'https://u:p@example.org/x.png'])('to %s is refused', async (location) => {
    answer = (_request, response) => response.writeHead(302, { location }).end();
    await expect(fetched(`${origin}/a`)).rejects.toMatchObject({ code: 'media.refused' });
    expect(requests).toHaveLength(1);
  });

  test('without end is given up', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/a' }).end();
    await expect(fetched(`${origin}/a`)).rejects.toMatchObject({ code: 'media.refused', details: { reason: 'redirects' } });
    expect(requests.length).toBeLessThan(6);
  });
});

test('nothing is asked of this machine or the house network for a channel that lies outside', async () => {
  await expect(fetched(`${origin}/foto.png`, { allowLoopback: false })).rejects.toMatchObject({ code: 'media.refused' });
  await expect(fetched('https://10.0.0.1/foto.png', { allowLoopback: false })).rejects.toMatchObject({ code: 'media.refused' });
  await expect(fetched('http://social.example/foto.png', { allowLoopback: false })).rejects.toMatchObject({ code: 'media.refused', details: { reason: 'scheme' } });
  expect(requests).toHaveLength(0);
});

test('what is too large is read no further', async () => {
  let ended = false;
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    const more = (): void => {
      if (!response.destroyed && response.write(Buffer.alloc(65_536, 1))) setImmediate(more);
    };
    response.on('drain', more).on('close', () => {
      ended = true;
    });
    response.write(png);
    more();
  };
  await expect(fetched(`${origin}/huge.png`, { limit: 1_000_000 })).rejects.toMatchObject({ code: 'network.tooLarge' });
  await expect.poll(() => ended).toBe(true);
});

test('a picture that is gone says so', async () => {
  answer = (_request, response) => response.writeHead(404).end();
  await expect(fetched(`${origin}/foto.png`)).rejects.toMatchObject({ code: 'network.notFound' });
});

test('the four kinds are known by their first bytes', () => {
  expect(pictureType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
  expect(pictureType(Buffer.from('GIF89a...'))).toBe('image/gif');
  expect(pictureType(Buffer.from('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(Buffer.from('BM......'))).toBeUndefined();
});
