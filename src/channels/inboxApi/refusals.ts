import * as v from 'valibot';
import { type Refusal } from '../http';

const errorSchema = v.object({ error: v.object({ code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_.-]{0,63}$/iu)) }) });

/** The server's own name for a refusal, kept as `serverCode` beside what the status says. */
export function refusalOf(_status: number, json: unknown): Refusal | undefined {
  const parsed = v.safeParse(errorSchema, json);
  return parsed.success ? { details: { serverCode: parsed.output.error.code } } : undefined;
}
