import { expect, test } from 'vitest';
import { isInsideAddress } from '../../../src/channels/publicAddress';

test.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::1', '::', 'fc00::1', 'fe80::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '[::1]', 'no address'])('%s leads inside', (address) => {
  expect(isInsideAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('%s leads outside', (address) => {
  expect(isInsideAddress(address)).toBe(false);
});
