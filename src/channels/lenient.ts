import * as v from 'valibot';

/**
 * Pieces of schemas for what servers send. Servers differ in all of it, and one odd field must not cost a citizen's message: an optional field that is
 * wrong reads as absent (null), a bad item of a list is left out. Only what makes an item useless without it is demanded, by its own schema.
 */

export function lenient<T extends v.GenericSchema>(schema: T) {
  return v.optional(v.fallback(v.nullable(schema), null));
}

export const text = lenient(v.string());
export const flag = lenient(v.boolean());
export const count = lenient(v.number());

/** An opaque id; numbers are taken for their digits. */
export const opaqueId = v.pipe(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]), v.transform(String), v.nonEmpty());

/** An array of which the bad items are left out; absent = empty. */
export function listOf<T extends v.GenericSchema>(item: T) {
  return v.optional(
    v.fallback(
      v.pipe(
        v.array(v.unknown()),
        v.transform((items) => items.flatMap((each) => {
          const parsed = v.safeParse(item, each);
          return parsed.success ? [parsed.output] : [];
        })),
      ),
      [],
    ),
    [],
  );
}
