import * as l10n from '@vscode/l10n';
import { type MediaView } from '../../src/protocol/replyPanel';
import { element, type Child } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { progressRing, quietButton } from '../ui/toolkit';
import { pictureKey, type PictureState } from './pageState';
import { type ReplyPage } from './replyPage';

/** What is attached to a post: described in words; a picture is fetched when the person asks for it, all else is opened in the browser. */
export function mediaList(media: readonly MediaView[], pictures: Readonly<Record<string, PictureState>>, page: ReplyPage): HTMLElement {
  return element('ul', { class: 'media' }, ...media.map((each) => element('li', {}, icon('attachment'), element('div', { class: 'attachment' }, ...attachment(each, pictures, page)))));
}

function attachment(media: MediaView, pictures: Readonly<Record<string, PictureState>>, page: ReplyPage): readonly Child[] {
  const { alt, show, url } = media;
  const described: Child = alt === '' ? element('span', {}, noDescription(media.kind)) : isolated(alt);
  if (show === undefined) {
    return [described, ' ', url !== undefined && quietButton(l10n.t('Open in the browser'), { key: `open ${url}`, class: 'link', title: alt || noDescription(media.kind), onClick: () => void page.do('link/open', { url }) })];
  }
  const key = pictureKey(show);
  const state = pictures[key];
  const name = alt === '' ? noDescription('image') : alt;
  switch (state?.name) {
    case undefined: return [described, ' ', quietButton(l10n.t('Show picture'), { key, class: 'link', title: name, onClick: () => void page.showPicture(show) })];
    case 'loading': return [described, ' ', progressRing(l10n.t('Fetching the picture…'))];
    case 'failed': return [described, ' ', quietButton(l10n.t('Show picture'), { key, class: 'link', title: name, onClick: () => void page.showPicture(show) }), element('p', { class: 'quiet-text', attributes: { role: 'alert' } }, state.words)];
    case 'shown': return [
      described, ' ',
      quietButton(l10n.t('Hide picture'), { key, class: 'link', title: name, onClick: () => { page.hidePicture(show); } }),
      element('img', { class: 'picture', attributes: { src: state.url, alt: name } }),
    ];
  }
}

function noDescription(kind: MediaView['kind']): string {
  switch (kind) {
    case 'image': return l10n.t('Picture, not described by its author');
    case 'video': return l10n.t('Video, not described by its author');
    case 'audio': return l10n.t('Sound, not described by its author');
    case 'other': return l10n.t('Attachment without description');
  }
}
