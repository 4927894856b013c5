const dayMs = 86_400_000;

/** Writes times as `Date.toISOString` does, faster where many of one day follow each other. The function keeps the day of the last one. */
export function isoTimes(): (time: number) => string {
  let day = Number.NaN;
  let date = '';
  return (time) => {
    const own = Math.floor(time / dayMs);
    if (own !== day) {
      const text = new Date(own * dayMs).toISOString();
      date = text.slice(0, text.indexOf('T') + 1);
      day = own;
    }
    const ms = time - own * dayMs;
    return `${date}${twoDigits(Math.floor(ms / 3_600_000))}:${twoDigits(Math.floor(ms / 60_000) % 60)}:${twoDigits(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}Z`;
  };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${String(value)}` : String(value);
}
