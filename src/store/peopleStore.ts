import * as v from 'valibot';
import { type PeopleStore } from '../core/ports';
import { type Randomness } from '../core/clock';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

const documentSchema = v.object({
  schemaVersion: v.literal(1),
  people: v.array(v.object({ id: v.string(), name: v.string(), email: v.optional(v.string()), osAccount: v.string() })),
});
type PeopleDocument = v.InferOutput<typeof documentSchema>;
type Person = Parameters<PeopleStore['idFor']>[0];

/** Who has worked at the desk, in `.momentos/people.json`: the chain of the audit log knows them by these ids only. */
export class FilePeopleStore implements PeopleStore {
  private readonly document: JsonDocument<PeopleDocument>;
  private readonly known = new Map<string, string>();
  private readonly random: Randomness;

  constructor(options: Omit<DocumentOptions<PeopleDocument>, 'name' | 'schema' | 'empty'>) {
    this.random = options.random;
    this.document = new JsonDocument({ ...options, name: 'people.json', schema: documentSchema, empty: { schemaVersion: 1, people: [] } });
  }

  async idFor(person: Person): Promise<string> {
    const key = keyOf(person);
    const id = this.known.get(key) ?? idIn(await this.document.read(), key) ?? (await this.add(person, key));
    this.known.set(key, id);
    return id;
  }

  private async add(person: Person, key: string): Promise<string> {
    const made = `p-${Buffer.from(this.random.bytes(6)).toString('hex').slice(0, 10)}`;
    const entry = { id: made, name: person.name, ...(person.email === undefined ? {} : { email: person.email }), osAccount: person.osAccount };
    const after = await this.document.update((document) => (idIn(document, key) === undefined ? { ...document, people: [...document.people, entry] } : document));
    return idIn(after, key) ?? made;
  }
}

function idIn(document: PeopleDocument, key: string): string | undefined {
  return document.people.find((person) => keyOf(person) === key)?.id;
}

/** Address, else name, with the OS account. */
function keyOf(person: { readonly name: string; readonly email?: string | undefined; readonly osAccount: string }): string {
  const email = person.email?.trim().toLowerCase();
  return JSON.stringify([email === undefined || email === '' ? ['name', person.name.normalize('NFC').trim()] : ['email', email], person.osAccount]);
}
