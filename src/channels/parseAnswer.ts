import * as v from 'valibot';
import { MomentosError } from '../core/errors';
import { type HttpAnswer } from './http';

/** Parses by a schema, or throws `network.malformed` (`network.outcomeUnknown` after a write). */
export function parseAnswer<T extends v.GenericSchema>(schema: T, answer: HttpAnswer, path: string, effect: 'read' | 'write' = 'read'): v.InferOutput<T> {
  const parsed = v.safeParse(schema, answer.json);
  if (parsed.success) return parsed.output;
  throw new MomentosError(effect === 'write' ? 'network.outcomeUnknown' : 'network.malformed', { path, reason: 'shape' });
}
