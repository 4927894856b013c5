import * as l10n from '@vscode/l10n';
import { type EvidenceView, type PostView } from '../../src/protocol/replyPanel';
import { element, type Child } from '../ui/element';
import { hostileText, isolated, type Stretch } from '../ui/hostileText';
import { numbers, type Numbers } from '../ui/numbers';
import { drawnPart, section, type Part } from '../ui/part';
import { badge, progressRing, quietButton } from '../ui/toolkit';
import { mediaList } from './mediaList';
import { ownReply, withdrawalForm } from './ownReply';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** So many posts before the focused one are shown at first. */
const shownBefore = 4;
/** Evidence that weighs less than this, either way, is underlined lightly. */
const weak = 0.5;

/** The conversation as it happened, with our own answers and what can be done about them. */
export function conversation(page: ReplyPage): Part<PageState> {
  const list = element('div', { class: 'posts-frame' });
  const form = withdrawalForm(page);
  let unfolded: string | undefined;
  const drawn: Part<PageState> = drawnPart(
    list,
    ({ panel, withdrawing, language, busy, pictures }) => ({
      posts: panel.conversation,
      complete: panel.conversationComplete,
      evidence: panel.mention.sentiment.evidence,
      mention: panel.mention.id,
      withdrawing,
      language,
      busy,
      pictures,
      unfolded: unfolded === panel.mention.id,
    }),
    (slice) => {
      const focus = slice.posts.findIndex((post) => post.focused);
      const hidden = slice.unfolded ? 0 : Math.max(0, focus - shownBefore);
      const unfold = (): void => {
        unfolded = slice.mention;
        drawn.update(page.state);
      };
      const words = numbers(slice.language);
      return [
        hidden > 0 && quietButton(hidden === 1 ? l10n.t('Show 1 earlier message') : l10n.t('Show {0} earlier messages', hidden), { key: 'unfold', class: 'link unfold', onClick: unfold }),
        element('ol', { class: 'posts' }, ...slice.posts.slice(hidden).map((post) => postItem(post, post.focused ? slice.evidence : [], words, page, slice.pictures, slice.withdrawing !== undefined && slice.withdrawing === post.reply?.id ? form : undefined))),
        !slice.complete && element('p', { class: 'quiet-text reading' }, progressRing(l10n.t('Reading the conversation…')), l10n.t('Reading the conversation…')),
      ];
    },
  );
  const root = section(l10n.t('Conversation'), 'conversation', list);
  return {
    root,
    update(state) {
      form.update(state);
      drawn.update(state);
    },
  };
}

function postItem(post: PostView, evidence: readonly EvidenceView[], words: Numbers, page: ReplyPage, pictures: PageState['pictures'], form: Part<PageState> | undefined): HTMLElement {
  const openLink = (url: string): void => void page.do('link/open', { url });
  const stretches = evidence.filter((each) => post.text.slice(each.start, each.start + each.length) === each.text).map((each) => evidenceStretch(each, words));
  return element(
    'li',
    { class: ['post', post.focused && 'focused', post.own && 'own', post.deleted && 'deleted'].filter(Boolean).join(' '), attributes: { 'aria-current': post.focused ? 'true' : undefined } },
    element('span', { class: 'when' }, post.atWords),
    element(
      'div',
      { class: 'post-body' },
      element('p', { class: 'author' }, isolated(post.author, 'name'), ' ', isolated(post.handle, 'handle'), ...labels(post)),
      element('p', { class: 'text', attributes: { dir: 'auto', lang: post.language } }, ...hostileText(post.text, { stretches, openLink })),
      post.media.length > 0 && mediaList(post.media, pictures, page),
      post.reply !== undefined && ownReply(post.reply, page),
      form !== undefined && form.root,
    ),
  );
}

function labels(post: PostView): readonly Child[] {
  return [
    post.own && ' ',
    post.own && badge(l10n.t('Our answer')),
    post.deleted && !post.own && element('span', { class: 'post-state' }, l10n.t('deleted by its author')),
    post.edited && element('span', { class: 'post-state' }, l10n.t('edited')),
  ];
}

/** A word that moved the score: underlined by its sign, said in words to those who do not see it. */
function evidenceStretch(evidence: EvidenceView, words: Numbers): Stretch {
  const negative = evidence.weight < 0;
  const strength = Math.abs(evidence.weight) < weak ? ' weak' : '';
  const title = negative ? l10n.t('Reads as negative, {0}', words.weight(evidence.weight)) : l10n.t('Reads as positive, {0}', words.weight(evidence.weight));
  return {
    start: evidence.start,
    length: evidence.length,
    draw: (content) => element('mark', { class: `evidence ${negative ? 'negative' : 'positive'}${strength}`, attributes: { title } }, ...content, element('span', { class: 'unseen' }, negative ? l10n.t(' (negative)') : l10n.t(' (positive)'))),
  };
}
