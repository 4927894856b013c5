/** Shortest beginning of a word that a lexicon may list. */
export const shortestStem = 2;

/** Values by beginnings of words. Looked up by the first two letters, so that a word is compared with a handful of stems. */
export class StemTable<T> {
  private readonly buckets = new Map<string, (readonly [stem: string, value: T])[]>();

  get size(): number {
    return this.buckets.size;
  }

  get(stem: string): T | undefined {
    return this.buckets.get(stem.slice(0, shortestStem))?.find(([other]) => other === stem)?.[1];
  }

  set(stem: string, value: T): void {
    const head = stem.slice(0, shortestStem);
    const bucket = (this.buckets.get(head) ?? []).filter(([other]) => other !== stem);
    bucket.push([stem, value]);
    bucket.sort((a, b) => b[0].length - a[0].length);
    this.buckets.set(head, bucket);
  }

  /** Of the longest stem that the word begins with. */
  longest(word: string): T | undefined {
    const bucket = this.buckets.get(word.slice(0, shortestStem));
    return bucket?.find(([stem]) => word.startsWith(stem))?.[1];
  }

  /** Of every stem that the word begins with. */
  all(word: string): readonly T[] {
    const bucket = this.buckets.get(word.slice(0, shortestStem));
    return bucket === undefined ? [] : bucket.filter(([stem]) => word.startsWith(stem)).map(([, value]) => value);
  }
}
