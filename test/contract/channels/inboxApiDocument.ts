import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

/** The part of JSON Schema that the document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly examples?: Readonly<Record<string, { readonly $ref?: string; readonly value?: unknown }>> }>>;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

export interface Operation extends Content {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string; readonly headers?: Readonly<Record<string, unknown>> }>>;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
}

export const inboxApiDocument = parse(readFileSync(resolve(__dirname, '../../../docs/inbox-api.openapi.yaml'), 'utf8')) as OpenApiDocument;

/** What a `$ref` of the document points to. Throws when it points to nothing. */
export function resolved<T extends object>(value: T): T {
  const ref = '$ref' in value ? value.$ref : undefined;
  if (typeof ref !== 'string') return value;
  let at: unknown = inboxApiDocument;
  for (const part of ref.replace(/^#\//u, '').split('/')) at = (at as Record<string, unknown> | undefined)?.[part];
  if (at === undefined) throw new Error(`${ref} points to nothing`);
  return at as T;
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);

/** Everything in which a value differs from a schema, by path; empty = it fits. */
export function misfits(given: JsonSchema, value: unknown, path = '$'): readonly string[] {
  const schema = resolved(given);
  const wrong: string[] = [];
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 0 && !types.includes(typeOf(value))) return [`${path} is ${typeOf(value)}`];
  if (schema.enum && !schema.enum.includes(value)) wrong.push(`${path} is ${String(value)}`);
  if (schema.const !== undefined && schema.const !== value) wrong.push(`${path} is not ${String(schema.const)}`);
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0) || value.length > (schema.maxLength ?? Infinity)) wrong.push(`${path} has ${String(value.length)} characters`);
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) wrong.push(`${path} does not fit ${schema.pattern}`);
    if (schema.format === 'date-time' && (!/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/u.test(value) || Number.isNaN(Date.parse(value)))) wrong.push(`${path} is no time`);
    if (schema.format === 'uri' && !URL.canParse(value)) wrong.push(`${path} is no address`);
  }
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity)) wrong.push(`${path} is ${String(value)}`);
  if (Array.isArray(value)) {
    if (value.length > (schema.maxItems ?? Infinity)) wrong.push(`${path} has ${String(value.length)} items`);
    if (schema.items) wrong.push(...value.flatMap((item: unknown, index) => misfits(schema.items!, item, `${path}[${String(index)}]`)));
  } else if (typeof value === 'object' && value !== null) {
    wrong.push(...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`));
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (name in value) wrong.push(...misfits(property, (value as Record<string, unknown>)[name], `${path}.${name}`));
    }
  }
  wrong.push(...(schema.allOf ?? []).flatMap((part) => misfits(part, value, path)));
  if (schema.oneOf) {
    const tried = schema.oneOf.map((part) => misfits(part, value, path));
    if (tried.filter((found) => found.length === 0).length !== 1) wrong.push(...tried.flat());
  }
  return wrong;
}
