import * as l10n from '@vscode/l10n';
import { pastedCallback } from '../channels/x/signIn';
import { type ConnectWay } from '../channels/network';
import { knownNetworks } from '../channels/registry';
import { type Network } from '../core/config';
import { networkWords } from './words';

/** Something to do at the network before we can sign in. */
export interface GuideStep {
  readonly words: string;
  /** A page to open, https. */
  readonly link?: string | undefined;
  /** To be copied letter by letter. */
  readonly copy?: string | undefined;
}

export interface NetworkChoice {
  readonly network: Network;
  readonly name: string;
  /** What it takes, in a line. */
  readonly needs: string;
}

/** What a channel can be added for: every network that Momentos speaks with, and contacts by hand. */
export function networkChoices(): readonly NetworkChoice[] {
  const networks: readonly Network[] = [...knownNetworks().map(({ network }) => network), 'by-hand'];
  return networks.map((network) => ({ network, name: networkWords(network), needs: needsOf(network) }));
}

function needsOf(network: Network): string {
  switch (network) {
    case 'mastodon': return l10n.t('Needs the account and its server. Nothing has to be made there first.');
    case 'x': return l10n.t('Needs an app of the institution\'s own at X and a plan that allows answers.');
    case 'bluesky': return l10n.t('Needs the handle and an app password.');
    case 'inbox-api': return l10n.t('Web forms, call centres and other systems of the institution. Needs their address and a token.');
    case 'by-hand': return l10n.t('Telephone, counter, letters: people record them. Needs nothing.');
  }
}

/** Where a browser ends that cannot come back by itself, for networks that compare the address letter by letter. */
export const fixedCallback = pastedCallback;

/** Where X's own pages for apps are. */
export const xConsole = 'https://console.x.com';

const mastodonScopes = 'read:accounts read:notifications read:statuses write:statuses';
const xScopes = 'tweet.read users.read tweet.write offline.access';

/**
 * What to make where before signing in this way, with the exact scopes; empty = nothing. `callbacks`: the addresses that the host's sign-in can end at;
 * `url`: the server.
 */
export function connectGuide(network: string, way: ConnectWay | undefined, options: { readonly callbacks: readonly string[]; readonly url?: string | undefined }): readonly GuideStep[] {
  switch (network) {
    case 'mastodon': return way === 'token' ? mastodonGuide(options.url) : [];
    case 'x': return xGuide(options.callbacks);
    case 'bluesky': return [
      { words: l10n.t('Sign in to Bluesky with the institution\'s account.'), link: 'https://bsky.app' },
      { words: l10n.t('Open Settings → Privacy and security → App passwords and add one named Momentos. Private messages need not be allowed.'), link: 'https://bsky.app/settings/app-passwords' },
      { words: l10n.t('Copy the app password (xxxx-xxxx-xxxx-xxxx): it is shown once. The password of the account itself is not needed.') },
    ];
    case 'inbox-api': return [
      { words: l10n.t('Ask whoever runs the server for a token (bearer token) for this desk. It needs to read messages and, where answers are given there, to write them.') },
      { words: l10n.t('"momentos doctor inbox-api URL" checks beforehand whether the server keeps the contract.'), copy: `momentos doctor inbox-api ${options.url ?? 'URL'}` },
    ];
    default: return [];
  }
}

function mastodonGuide(url: string | undefined): readonly GuideStep[] {
  return [
    { words: l10n.t('On the server, open Preferences → Development → New application, and call it Momentos.'), ...(url === undefined ? {} : { link: `${new URL(url).origin}/settings/applications/new` }) },
    { words: l10n.t('Allow exactly these scopes: {0}', mastodonScopes), copy: mastodonScopes },
    { words: l10n.t('Save, open the application, and copy "Your access token".') },
  ];
}

function xGuide(callbacks: readonly string[]): readonly GuideStep[] {
  const addresses = [...new Set([...callbacks, pastedCallback])];
  return [
    { words: l10n.t('Sign in to X\'s developer console with the account that pays the plan, and make an app in a project.'), link: xConsole },
    { words: l10n.t('In its "User authentication settings" choose the permissions "Read and write", and the type "Web App, Automated App or Bot" (with a secret) or "Native App" (without).') },
    ...addresses.map((address) => ({ words: l10n.t('Add this callback address, letter by letter: {0}', address), copy: address })),
    { words: l10n.t('Momentos will ask for these scopes: {0}', xScopes), copy: xScopes },
    { words: l10n.t('Copy the OAuth 2.0 Client ID, and the Client Secret if there is one. Answering citizens as a government office needs an Enterprise plan.'), link: 'https://docs.x.com/x-api/getting-started/pricing' },
  ];
}

/** How a person connects, for a list to choose from. */
export function wayWords(way: ConnectWay): { readonly label: string; readonly detail: string } {
  switch (way) {
    case 'browser': return { label: l10n.t('Sign in with the browser'), detail: l10n.t('A page of the network asks for your consent and comes back here by itself.') };
    case 'code': return { label: l10n.t('Sign in and paste a code'), detail: l10n.t('If the page cannot come back: it shows a code, or ends at an address with the code in it, and you paste that here.') };
    case 'appPassword': return { label: l10n.t('Paste an app password'), detail: l10n.t('A password that the network makes for Momentos alone, and that can be taken back there at any time.') };
    case 'token': return { label: l10n.t('Paste a token'), detail: l10n.t('A token that was made for this desk.') };
  }
}
