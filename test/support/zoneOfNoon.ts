/**
 * A time zone (IANA) in which it is about noon now. For a desk whose tests speak of today, this week or this month: what they do falls into one of each there, at every hour that they may
 * run.
 */
export function zoneOfNoon(): string {
  const east = 12 - new Date().getUTCHours();
  // The signs of these names are turned round: Etc/GMT-5 lies five hours east of Greenwich.
  return east === 0 ? 'UTC' : `Etc/GMT${east > 0 ? '-' : '+'}${String(Math.abs(east))}`;
}
