import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** `none`: a plain disk or partition, as far as the system tells; the drive itself, the machine under it, or the file system may still encrypt. */
export type DiskEncryption = 'encrypted' | 'none' | 'unknown';

export interface SystemFiles {
  /** Where `proc` and `sys` are; '/' but in tests. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
}

/** Whether a folder lies on an encrypted volume, where Linux tells it without rights (dm-crypt in /sys, proc(5) mountinfo). Never throws. */
export async function diskEncryption(folder: string, system: SystemFiles = { root: '/', platform: process.platform }): Promise<DiskEncryption> {
  if (system.platform !== 'linux') return 'unknown';
  try {
    const mount = mountOf(await realpath(folder), await readFile(join(system.root, 'proc/self/mountinfo'), 'utf8'));
    if (mount === undefined) return 'unknown';
    if (mount.type === 'ecryptfs') return 'encrypted';
    const device = mount.device.startsWith('0:') ? await deviceOfSource(mount.source) : mount.device;
    return device === undefined ? 'unknown' : await deviceEncryption(system.root, device);
  } catch {
    return 'unknown';
  }
}

interface Mount {
  readonly device: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
}

/** The mount with the longest point that holds the folder; of two on one point the later. */
function mountOf(folder: string, mountinfo: string): Mount | undefined {
  let best: Mount | undefined;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , device, , rawPoint] = before.split(' ');
    const [type, source] = after.split(' ');
    if (device === undefined || rawPoint === undefined || type === undefined || source === undefined) continue;
    const point = rawPoint.replace(/\\([0-7]{3})/gu, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
    const holds = point === '/' || folder === point || folder.startsWith(`${point}/`);
    if (holds && (best === undefined || point.length >= best.point.length)) best = { device, point, type, source };
  }
  return best;
}

/** File systems with numbers of their own (btrfs) name the device that they lie on. */
async function deviceOfSource(source: string): Promise<string | undefined> {
  if (!source.startsWith('/dev/')) return undefined;
  const { rdev } = await stat(source);
  // As makedev(3) of Linux packs them.
  const major = ((rdev >> 8) & 0xfff) | (Math.floor(rdev / 0x1_0000_0000) & ~0xfff);
  const minor = (rdev & 0xff) | ((rdev >> 12) & 0xfff00);
  return `${String(major)}:${String(minor)}`;
}

/** Follows a volume down to what it lies on: encrypted if each way down passes dm-crypt. */
async function deviceEncryption(root: string, device: string, depth = 0): Promise<DiskEncryption> {
  if (!/^\d+:\d+$/u.test(device) || depth > 8) return 'unknown';
  const folder = join(root, 'sys/dev/block', device);
  await stat(folder);
  const uuid = await readFile(join(folder, 'dm/uuid'), 'utf8').catch(() => '');
  if (uuid.startsWith('CRYPT-')) return 'encrypted';
  const under = await readdir(join(folder, 'slaves')).catch(() => []);
  const below = await Promise.all(under.map(async (name) => deviceEncryption(root, (await readFile(join(folder, 'slaves', name, 'dev'), 'utf8')).trim(), depth + 1)));
  if (below.length === 0) return uuid === '' ? 'none' : 'unknown';
  return below.every((one) => one === 'encrypted') ? 'encrypted' : below.includes('none') ? 'none' : 'unknown';
}
