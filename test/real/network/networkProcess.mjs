// A process of its own that runs the real network: PostgreSQL, Redis, and the protocol authors' test network on top of them, all on 127.0.0.1.
//   node networkProcess.mjs '{"modules":..., "work":..., "postgresBin":..., "redis":..., "uid":..., "gid":...}'
// One line of JSON on stdout once it is ready. It ends when its standard input does, so that it never outlives who started it.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

const host = '127.0.0.1';
const { modules, work, postgresBin, redis, uid, gid } = JSON.parse(process.argv[2]);
const children = [];
const networks = [];
let ending;

process.stdin.resume();
for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => void end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void end(0));
process.once('uncaughtException', (error) => void end(1, error));
process.once('unhandledRejection', (error) => void end(1, error));

// The network's own servers name no host, and would be open to the whole neighbourhood.
const listen = Server.prototype.listen;
Server.prototype.listen = function (...args) {
  const rest = args.slice(1).filter((argument) => typeof argument === 'function');
  const [first] = args;
  if (typeof first === 'number' || /^\d+$/.test(String(first))) return listen.call(this, { port: Number(first), host }, ...rest);
  if (typeof first === 'object' && first !== null && 'port' in first) return listen.call(this, { ...first, host }, ...rest);
  if (first === undefined || typeof first === 'function') return listen.call(this, { port: 0, host }, ...args.filter((argument) => typeof argument === 'function'));
  return listen.apply(this, args);
};

mkdirSync(work, { recursive: true });
process.env.TMPDIR = join(work, 'tmp');
mkdirSync(process.env.TMPDIR);
const postgresPort = await freePort();
const redisPort = await freePort();
startRedis();
startPostgres();
await Promise.all([answers(postgresPort), answers(redisPort)]);

Object.assign(process.env, {
  DB_POSTGRES_URL: `postgresql://pg@${host}:${postgresPort}/postgres`, DB_POSTGRES_SCHEMA: 'bsky', REDIS_HOST: `${host}:${redisPort}`, LOG_ENABLED: 'false',
});
const { TestNetwork, TestNetworkNoAppView } = createRequire(join(modules, 'package.json'))('@atproto/dev-env');
const [plc, pds, bsky, ozone] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
const own = { hostname: 'localhost', enableDidDocWithSession: true };
const network = await TestNetwork.create({
  plc: { port: plc }, pds: { port: pds, ...own }, ozone: { port: ozone },
  // As on the hosted network, a post says when it came and not what time it declares.
  bsky: { port: bsky, publicUrl: `http://localhost:${bsky}`, dbPostgresSchema: 'bsky', indexedAtEpoch: new Date('2020-01-01') },
});
networks.push(network);
// One whose AppView cannot be reached, and one that counts requests.
const outage = await TestNetworkNoAppView.create({ pds: own });
networks.push(outage);
const limited = await TestNetworkNoAppView.create({ pds: { ...own, rateLimitsEnabled: true } });
networks.push(limited);
process.stdout.write(`${JSON.stringify({ pds: network.pds.url, outage: outage.pds.url, limited: limited.pds.url, pdsDid: network.pds.ctx.cfg.service.did, jwtSecret: 'jwt-secret' })}\n`);

function startRedis() {
  keep(guarded(redis, ['--port', String(redisPort), '--bind', host, '--save', '', '--appendonly', 'no', '--dir', work, '--daemonize', 'no'], false));
}

function startPostgres() {
  const data = join(work, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  if (uid !== undefined) {
    chownSync(data, uid, gid);
    chownSync(work, uid, gid);
  }
  const user = uid === undefined ? {} : { uid, gid };
  const made = spawnSync(join(postgresBin, 'initdb'), ['-D', data, '-U', 'pg', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...user, cwd: data, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error?.message}`);
  const settings = [`listen_addresses=${host}`, 'fsync=off', 'synchronous_commit=off', 'max_connections=200', `unix_socket_directories=${work}`];
  keep(guarded(join(postgresBin, 'postgres'), ['-D', data, '-p', String(postgresPort), ...settings.flatMap((setting) => ['-c', setting])], true));
}

/** With setpriv (Linux) the system itself ends the program when this process is gone, even if it was killed. */
function guarded(program, args, asUser) {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  const identity = asUser && uid !== undefined;
  const options = { cwd: work, stdio: ['ignore', 'ignore', 'pipe'] };
  if (setpriv === undefined) return spawn(program, args, { ...options, ...(identity ? { uid, gid } : {}) });
  const who = identity ? ['--reuid', String(uid), '--regid', String(gid), '--clear-groups'] : [];
  return spawn(setpriv, [...who, '--pdeathsig', asUser ? 'QUIT' : 'KILL', program, ...args], options);
}

function keep(child) {
  children.push(child);
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  child.once('error', (error) => void end(1, error));
  child.once('exit', (status) => {
    if (!ending) void end(1, new Error(`${child.spawnfile} ended with ${status}: ${said}`));
  });
}

async function answers(port) {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const open = await new Promise((resolve) => {
      const socket = connect({ port, host }, () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.unref();
      setTimeout(() => socket.destroy(), 1000).unref();
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing answers on port ${port}.`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    listen.call(server, { port: 0, host }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function end(status, error) {
  if (error) console.error(error);
  ending ??= finish(status);
  return ending;
}

async function finish(status) {
  const hurry = setTimeout(() => leave(status), 15_000);
  await Promise.allSettled(networks.reverse().map((each) => each.close()));
  clearTimeout(hurry);
  leave(status);
}

function leave(status) {
  // PostgreSQL takes SIGQUIT for "at once".
  for (const child of children) child.kill(child.spawnargs.some((argument) => argument.endsWith('/postgres')) ? 'SIGQUIT' : 'SIGKILL');
  setTimeout(() => {
    rmSync(work, { recursive: true, force: true });
    process.exit(status);
  }, 300);
}
