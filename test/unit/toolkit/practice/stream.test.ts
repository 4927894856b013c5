import { describe, expect, test } from 'vitest';
import { citizens } from '../../../../src/toolkit/practice/citizens';
import { planStream, type PlannedStatus, type PracticeStream } from '../../../../src/toolkit/practice/stream';

const startedAt = Date.UTC(2026, 10, 20, 15);
const hour = 3_600_000;
const plan = (options: { seed?: number; count?: number; historyDays?: number } = {}): PracticeStream => planStream({ seed: 1, count: 100, historyDays: 6, startedAt, ...options });
const statuses = (stream: PracticeStream): PlannedStatus[] => stream.planned.filter((item) => item.type === 'status');
const mentions = (stream: PracticeStream): PlannedStatus[] => statuses(stream).filter((item) => item.by !== 'isc');
const words = (item: PlannedStatus): string => item.text.text.toLowerCase().normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim() || item.text.text;

describe('the practice stream', () => {
  test('is the same for the same seed, drips included, and another for another', () => {
    const [one, again, other] = [plan({ seed: 7 }), plan({ seed: 7 }), plan({ seed: 8 })];
    expect(again.planned).toEqual(one.planned);
    expect(other.planned).not.toEqual(one.planned);
    const drips = (stream: PracticeStream): PlannedStatus[] => Array.from({ length: 40 }, (_, index) => stream.next(startedAt + index * 1000));
    expect(drips(again)).toEqual(drips(one));
  });

  test('says the same words by the same people at every hour of the start', () => {
    const said = (at: number, count: number): string[] =>
      statuses(planStream({ seed: 5, count, historyDays: 6, startedAt: at })).map(({ key, by, text, answers, language, visibility, filtered }) => JSON.stringify([key, by, text.text, answers, language, visibility, filtered])).sort();
    for (const count of [2, 30, 100]) {
      for (let later = 1; later < 24; later += 1) expect(said(startedAt + later * hour, count), String(later)).toEqual(said(startedAt, count));
    }
  });

  test.each([0, 1, 5, 12, 30, 100, 333])('has as many mentions as were asked for: %i', (count) => {
    expect(mentions(plan({ count }))).toHaveLength(count);
  });

  test('lies between its history and its start, in order of arrival, about sixty of the hundred in the last day and a half', () => {
    for (const seed of [1, 2, 3, 4]) {
      const stream = plan({ seed });
      for (const item of stream.planned) {
        expect(item.at).toBeGreaterThanOrEqual(startedAt - 6 * 24 * hour);
        expect(item.arrivesAt).toBeLessThanOrEqual(startedAt);
        expect(item.arrivesAt).toBeGreaterThanOrEqual(item.at);
      }
      const arrivals = stream.planned.map((item) => item.arrivesAt);
      expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
      const within = (hours: number): number => mentions(stream).filter((item) => startedAt - item.at < hours * hour).length;
      expect(within(37)).toBeGreaterThanOrEqual(50);
      expect(within(37)).toBeLessThanOrEqual(70);
      expect(within(4)).toBeGreaterThanOrEqual(18);
      expect(within(0.5)).toBeGreaterThanOrEqual(1);
    }
  });

  test('shows something urgent, several conversations, regular writers, declared languages that are missing, and some that were filtered', () => {
    const stream = plan();
    const all = mentions(stream);
    expect(all.filter((item) => item.text.urgency === 'urgent' && startedAt - item.at < 4 * hour).length).toBeGreaterThanOrEqual(2);
    expect(all.filter((item) => item.answers !== undefined).length).toBeGreaterThanOrEqual(4);
    const counts = new Map<unknown, number>();
    for (const item of all) counts.set(item.by, (counts.get(item.by) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeGreaterThanOrEqual(2);
    expect(all.some((item) => item.language === null)).toBe(true);
    expect(all.filter((item) => item.filtered).length).toBeGreaterThanOrEqual(1);
    expect(all.filter((item) => item.filtered && item.text.urgency === 'urgent')).toEqual([]);
    expect(stream.later.map((event) => event.edit === undefined).sort()).toEqual([false, true]);
  });

  test('answers only what is there already', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const known = new Set<string>();
      for (const item of statuses(plan({ seed }))) {
        if (item.answers !== undefined) expect(known.has(item.answers), item.key).toBe(true);
        known.add(item.key);
      }
    }
  });

  test('stays different through thousands', () => {
    const all = mentions(plan({ count: 4000 }));
    expect(new Set(all.map(words)).size).toBe(4000);
    expect(new Set(all.map((item) => item.by)).size).toBeGreaterThan(citizens.length * 0.9);
  });
});

describe('the invented citizens', () => {
  test('are about 120, each with a handle of their own, here and elsewhere', () => {
    expect(citizens.length).toBeGreaterThanOrEqual(120);
    expect(new Set(citizens.map((citizen) => `${citizen.username}@${citizen.domain ?? ''}`)).size).toBe(citizens.length);
    for (const { username, name } of citizens) {
      expect(username).toMatch(/^[a-z0-9_]+$/i);
      expect(name).not.toBe('');
    }
    const remote = citizens.filter((citizen) => citizen.domain !== undefined).length;
    expect(remote).toBeGreaterThan(40);
    expect(remote).toBeLessThan(100);
  });
});
