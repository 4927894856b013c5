import * as l10n from '@vscode/l10n';
import { type ChannelCapabilities } from '../core/channelPort';
import { spanWords } from './words';

const momentMs = 45_000;

/** `just now`, `2 min ago`. */
export function agoWords(at: number, now: number): string {
  return now - at < momentMs ? l10n.t('just now') : l10n.t('{0} ago', nearSpanWords(now - at));
}

/** `in 1 min`, `at any moment`. */
export function aheadWords(at: number, now: number): string {
  return at - now < 10_000 ? l10n.t('at any moment') : l10n.t('in {0}', nearSpanWords(at - now));
}

/** As `spanWords`, with seconds below one minute. */
export function nearSpanWords(ms: number): string {
  return ms < 60_000 ? l10n.t('{0} s', Math.max(1, Math.round(ms / 1000))) : spanWords(ms);
}

/** What went wrong with a channel, in few words, for a row; the sentence stands elsewhere. */
export function channelTroubleWords(code: string): string {
  switch (code) {
    case 'secret.missing': return l10n.t('not connected');
    case 'secret.otherOrigin': return l10n.t('its address has changed');
    case 'secret.otherAccount': return l10n.t('signed in with another account');
    case 'secret.unreadable': return l10n.t('its token cannot be read');
    case 'secret.expired':
    case 'network.unauthorized': return l10n.t('sign-in no longer valid');
    case 'network.forbidden': return l10n.t('not allowed for our account');
    case 'network.noCredits': return l10n.t('no credits left');
    case 'network.planForbids': return l10n.t('not in the plan');
    case 'network.capReached': return l10n.t('plan used up');
    case 'network.rateLimited': return l10n.t('asked to wait');
    case 'network.offline': return l10n.t('cannot be reached');
    case 'network.timeout': return l10n.t('does not answer in time');
    case 'network.tls': return l10n.t('its identity is not proved');
    case 'network.plainHttp': return l10n.t('address without encryption');
    case 'network.redirect': return l10n.t('sends us elsewhere');
    case 'network.unavailable': return l10n.t('has a problem of its own');
    case 'network.malformed':
    case 'network.tooLarge':
    case 'network.unexpected':
    case 'network.invalid':
    case 'network.notFound': return l10n.t('gives strange answers');
    case 'channel.noNetwork': return l10n.t('not supported yet');
    default: return l10n.t('has a problem');
  }
}

/** What people can do there, each in few words. */
export function capabilityWords(capabilities: ChannelCapabilities): readonly string[] {
  return [
    capabilities.pull ? l10n.t('brings mentions') : '',
    capabilities.thread ? l10n.t('shows the conversation') : '',
    capabilities.reply ? l10n.t('takes answers') : '',
    capabilities.privateReply ? l10n.t('takes private answers') : '',
    capabilities.delete ? l10n.t('takes answers back') : '',
    capabilities.media ? l10n.t('has pictures') : '',
  ].filter((words) => words !== '');
}
