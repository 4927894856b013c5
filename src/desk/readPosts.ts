import { type IncomingPost } from '../core/mention';
import { type TextLanguage } from '../core/sentiment';
import { type ScoredText, type TextToScore } from '../core/textScoring';
import { type DeskContext } from './context';

export interface PostReading {
  /** Within what an author's id counts: a channel. */
  readonly scope: string;
  /** Where a post belongs, as far as the caller knows. */
  readonly conversationOf: (post: IncomingPost) => string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the desk finds in posts, before they are stored; by external id, without those that cannot be read now. A post that answers another of the same page is read
 * after it: the language of what its author wrote before helps with a short text. Errors: `network.cancelled`, `config.invalid`.
 */
export async function readPosts(context: Pick<DeskContext, 'scoring' | 'inbox'>, posts: readonly IncomingPost[], { scope, conversationOf, signal }: PostReading): Promise<ReadonlyMap<string, ScoredText>> {
  const found = new Map<string, ScoredText>();
  const byId = new Map(posts.map((post) => [post.externalId, post]));
  const score = async (some: readonly IncomingPost[]): Promise<void> => {
    const texts = some.map((post): TextToScore => {
      const parent = post.parentId === undefined ? undefined : byId.get(post.parentId);
      const before = parent?.author.id === post.author.id ? found.get(parent.externalId)?.score.language : undefined;
      return { text: post.text, language: post.language, conversation: told(before) ?? languageBefore(context, scope, post, conversationOf(post)) };
    });
    const scored = await context.scoring.score(texts, signal);
    some.forEach(({ externalId }, index) => {
      const own = scored[index];
      if (own !== undefined) found.set(externalId, own);
    });
  };
  const isAnswer = ({ parentId }: IncomingPost): boolean => parentId !== undefined && byId.has(parentId);
  await score(posts.filter((post) => !isAnswer(post)));
  await score(posts.filter(isAnswer));
  return found;
}

/** Language of the newest other text of the author in a conversation; undefined = there is none that was told. */
export function languageBefore({ inbox }: Pick<DeskContext, 'inbox'>, scope: string, post: IncomingPost, conversation: string | undefined): TextLanguage | undefined {
  const author = inbox.authorId(scope, post.author.id);
  if (conversation === undefined || author === undefined) return undefined;
  const others = inbox.conversation(conversation).filter((other) => other.authorId === author && other.post.externalId !== post.externalId && other.unscored !== true);
  return others.map(({ language }) => told(language as TextLanguage)).findLast((language) => language !== undefined);
}

function told(language: TextLanguage | undefined): TextLanguage | undefined {
  return language === 'other' ? undefined : language;
}
