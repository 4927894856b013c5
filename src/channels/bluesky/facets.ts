import RichtextBuilder from '@atcute/bluesky-richtext-builder';
import { tokenize, type Token } from '@atcute/bluesky-richtext-parser';
import { bareLinksIn, linksIn } from '../../core/text/links';

export type RichText = ReturnType<RichtextBuilder['build']>;

/**
 * The facets of an answer: without them its links are dead text, and nobody who is named in it is told. Offsets are UTF-8 bytes. Marks of Markdown are
 * letters like others here. `resolve`: the DID of a handle, undefined = nobody has it.
 */
export async function richText(text: string, resolve: (handle: string) => Promise<string | undefined>): Promise<RichText> {
  const builder = new RichtextBuilder();
  for (const token of leaves(tokenize(text))) {
    if (token.type === 'autolink') addLink(builder, token.raw);
    else if (token.type === 'topic') builder.addTag(token.raw, token.name);
    else if (token.type === 'mention') {
      const did = await resolve(token.handle.toLowerCase());
      if (did === undefined) builder.addText(token.raw);
      else builder.addMention(token.raw, did as Parameters<RichtextBuilder['addMention']>[1]);
    } else addText(builder, token.raw);
  }
  const built = builder.build();
  return built.text === text ? built : { text, facets: [] };
}

type Leaf = Exclude<Token, { readonly children: readonly Token[] }> | { readonly type: 'text'; readonly raw: string };

/** The tokens in the order of the text, with what marks them as plain text: joined they are the text again. */
function* leaves(tokens: readonly Token[]): Generator<Leaf> {
  for (const token of tokens) {
    if (!('children' in token)) {
      yield token;
      continue;
    }
    const inner = token.children.map((child) => child.raw).join('');
    const at = token.raw.indexOf(inner);
    if (inner === '' || at < 0) {
      yield { type: 'text', raw: token.raw };
      continue;
    }
    yield { type: 'text', raw: token.raw.slice(0, at) };
    yield* leaves(token.children);
    yield* leaves(tokenize(token.raw.slice(at + inner.length)));
  }
}

/** The parser takes everything up to a space for the address; what closes a sentence does not belong to it. */
function addLink(builder: RichtextBuilder, raw: string): void {
  const [link] = linksIn(raw);
  if (link === undefined || !raw.startsWith(link) || !URL.canParse(link)) builder.addText(raw);
  else builder.addLink(link, link as Parameters<RichtextBuilder['addLink']>[1]).addText(raw.slice(link.length));
}

/** Names such as `servicios.gob.do/citas`, which apps make links of too. */
function addText(builder: RichtextBuilder, raw: string): void {
  let from = 0;
  for (const found of bareLinksIn(raw)) {
    const at = raw.indexOf(found, from);
    const name = found.replace(/[.,;:!?)\]}…»”]+$/u, '');
    if (at < 0 || !URL.canParse(`https://${name}`)) continue;
    builder.addText(raw.slice(from, at)).addLink(name, `https://${name}`);
    from = at + name.length;
  }
  builder.addText(raw.slice(from));
}
