import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Code of the failure of a connection that would have gone inside. */
export const insideCode = 'MOMENTOS_INSIDE';

const inside = new BlockList();
for (const [network, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [['::', 127], ['64:ff9b::', 96], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) inside.addSubnet(network, prefix, 'ipv6');

/** True for addresses that lead nowhere but into a machine or a house network (IANA special-purpose registries), also where one is written inside another. */
export function isInsideAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/gu, '');
  const family = isIP(plain);
  if (family === 0) return true;
  return inside.check(plain, family === 4 ? 'ipv4' : 'ipv6') || (family === 6 && /^::ffff:/iu.test(plain));
}

/** Looks a name up and refuses what leads inside: at the time of connecting, so that a name cannot change its meaning between check and use. */
export const outsideLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) {
      callback(error, '', 0);
      return;
    }
    const first = found[0];
    if (first === undefined || found.some(({ address }) => isInsideAddress(address))) {
      callback(Object.assign(new Error('inside'), { code: insideCode }), '', 0);
      return;
    }
    if (options.all === true) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
