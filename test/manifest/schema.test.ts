import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/core/config';
import { projectRoot } from './wordings';

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

interface Known {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Known>>;
  readonly item?: Known;
  readonly wrapped?: Known;
  readonly options?: readonly unknown[];
  readonly default?: unknown;
  readonly pipe?: readonly Known[];
}

const schema = JSON.parse(readFileSync(join(projectRoot, 'media/momentos.schema.json'), 'utf8')) as JsonSchema;

/** What the code reads, without what only says that it may be absent. */
function inner(known: Known): Known {
  return known.wrapped === undefined ? known : inner(known.wrapped);
}

/** Every difference between what the editor completes and what the code reads, by path. */
function differences(editor: JsonSchema, known: Known, path: string): readonly string[] {
  const code = inner(known);
  if (code.entries !== undefined) {
    const keys = [...new Set([...Object.keys(editor.properties ?? {}), ...Object.keys(code.entries)])];
    const required = Object.entries(code.entries).filter(([, entry]) => entry.type !== 'optional').map(([key]) => key);
    const own = [
      ...keys.filter((key) => editor.properties?.[key] === undefined || code.entries![key] === undefined).map((key) => `${path}.${key}`),
      ...(editor.additionalProperties === false ? [] : [`${path} allows other keys`]),
      ...(JSON.stringify([...(editor.required ?? [])].sort()) === JSON.stringify(required.sort()) ? [] : [`${path} requires ${required.join()}`]),
    ];
    return [...own, ...keys.flatMap((key) => (editor.properties?.[key] === undefined || code.entries![key] === undefined ? [] : differences(editor.properties[key], code.entries![key], `${path}.${key}`)))];
  }
  if (code.item !== undefined) return editor.items === undefined ? [`${path}[]`] : differences(editor.items, code.item, `${path}[]`);
  if (code.type === 'picklist') return JSON.stringify(editor.enum) === JSON.stringify(code.options) ? [] : [`${path} is one of ${String(code.options)}`];
  const givesDefault = known.type === 'optional' && typeof known.default === 'string' && known.default !== editor.default;
  return givesDefault ? [`${path} is ${String(known.default)} by default`] : [];
}

function undescribed(editor: JsonSchema, path: string): readonly string[] {
  const own = Object.entries(editor.properties ?? {}).filter(([, property]) => !/ \/ /u.test(property.description ?? '')).map(([key]) => `${path}.${key}`);
  return [...own, ...Object.entries(editor.properties ?? {}).flatMap(([key, property]) => undescribed(property, `${path}.${key}`)), ...(editor.items === undefined ? [] : undescribed(editor.items, `${path}[]`))];
}

test('the editor completes exactly the keys that the desk reads', () => {
  expect(differences(schema, configSchema as unknown as Known, 'momentos')).toEqual([]);
});

test('every key is described in Spanish and English', () => {
  expect(undescribed(schema, 'momentos')).toEqual([]);
});

test('the comparison is not blind: a key that the code does not know is found', () => {
  const invented: JsonSchema = { ...schema, properties: { ...schema.properties, invented: { type: 'string' } } };
  expect(differences(invented, configSchema as unknown as Known, 'momentos')).toEqual(['momentos.invented']);
  expect(v.safeParse(configSchema, { invented: 1 }).success).toBe(false);
});
