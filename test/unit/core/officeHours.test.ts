import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createOfficeHours, weekdaysOf } from '../../../src/core/officeHours';

const zone = 'America/Santo_Domingo';
const at = (iso: string, timeZone = zone): number => DateTime.fromISO(iso, { zone: timeZone }).toMillis();
const minute = 60_000;
const hour = 3_600_000;
const office = createOfficeHours({ 'mon-fri': ['09:00-17:00'] }, zone, () => false);

describe('office hours', () => {
  it('carry a target from Friday 16:45 over the weekend to Monday', () => {
    expect(office.after(at('2026-11-20T16:45'), 30 * minute)).toBe(at('2026-11-23T09:15'));
    expect(office.after(at('2026-11-20T16:30'), hour)).toBe(at('2026-11-23T09:30'));
  });

  it('start a message of the night at the next opening', () => {
    expect(office.after(at('2026-11-17T23:00'), hour)).toBe(at('2026-11-18T10:00'));
    expect(office.between(at('2026-11-17T23:00'), at('2026-11-18T09:20'))).toBe(20 * minute);
    expect(office.nextOpening(at('2026-11-21T12:00'))).toBe(at('2026-11-23T09:00'));
    expect(office.isOpen(at('2026-11-18T16:59'))).toBe(true);
    expect(office.isOpen(at('2026-11-18T17:00'))).toBe(false);
  });

  it('know split shifts, Saturdays and public holidays', () => {
    const split = createOfficeHours({ 'mon-fri': ['08:00-12:00', '14:00-18:00'], sat: ['09:00-12:00'] }, zone, (day) => day === '2026-11-18');
    expect(split.between(at('2026-11-17T11:30'), at('2026-11-17T14:30'))).toBe(hour);
    expect(split.after(at('2026-11-17T17:30'), hour)).toBe(at('2026-11-19T08:30'));
    expect(split.between(at('2026-11-18T00:00'), at('2026-11-19T00:00'))).toBe(0);
    expect(split.between(at('2026-11-21T00:00'), at('2026-11-22T00:00'))).toBe(3 * hour);
  });

  it('count wall-clock hours over a change of summer time', () => {
    const madrid = createOfficeHours({ 'mon-sun': ['00:00-24:00'] }, 'Europe/Madrid', () => false);
    expect(madrid.between(at('2026-03-29T00:00', 'Europe/Madrid'), at('2026-03-30T00:00', 'Europe/Madrid'))).toBe(23 * hour);
  });

  it('say that no opening comes where none ever does', () => {
    const never = createOfficeHours({}, zone, () => false);
    expect(never.after(at('2026-11-17T10:00'), hour)).toBeUndefined();
    expect(never.nextOpening(at('2026-11-17T10:00'))).toBeUndefined();
  });

  it('read weekday keys, also over the end of the week', () => {
    expect(weekdaysOf('mon-fri')).toEqual([1, 2, 3, 4, 5]);
    expect(weekdaysOf('sat')).toEqual([6]);
    expect(weekdaysOf('sat-mon')).toEqual([6, 7, 1]);
  });
});
