import { expect, test } from 'vitest';
import { cacheFolder, practiceDeskFolder, practiceFolders } from '../../../../src/toolkit/start/folders';

test('VS Code is kept in the cache of the system, or where the environment says', () => {
  expect(cacheFolder({}, '/home/ana')).toBe('/home/ana/.cache/momentos');
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/ana' }, '/home/ana')).toBe('/var/cache/ana/momentos');
  expect(cacheFolder({ XDG_CACHE_HOME: '', MOMENTOS_CACHE: '/tmp/c' }, '/home/ana')).toBe('/tmp/c');
});

test('the practice desk lies where a person finds it', () => {
  expect(practiceDeskFolder({}, '/home/ana')).toBe('/home/ana/momentos-practice');
  expect(practiceDeskFolder({ XDG_DATA_HOME: '/data' }, '/home/ana')).toBe('/data/momentos/practice-desk');
});

test('two desks share neither their server nor their VS Code, and nothing of it lies in the desk', () => {
  const one = practiceFolders('/home/ana/one', {}, '/home/ana');
  const two = practiceFolders('/home/ana/two', {}, '/home/ana');
  expect(one.state).not.toBe(two.state);
  expect(one.vsCode).not.toBe(two.vsCode);
  expect(practiceFolders('/home/ana/two/../one', {}, '/home/ana')).toEqual(one);
  expect(one.state.startsWith('/home/ana/one')).toBe(false);
});
