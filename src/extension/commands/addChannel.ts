import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { contactMedia, type ContactMedium, type Network, usualUrls } from '../../core/config';
import { mastodonAddress, type NewChannel } from '../../desk/channelEntry';
import { connectGuide, type GuideStep, networkChoices } from '../../desk/connectGuide';
import { mediumWords, networkWords } from '../../desk/words';
import { openLink } from '../openLink';
import { pickStep, runSteps, type Step, textStep } from '../steps';

/** What has been answered so far. */
type Answers = { -readonly [Key in keyof NewChannel]?: NewChannel[Key] };

/** Asks for a channel that is to stand in momentos.json; undefined = the person let it be. `callbacks`: the addresses that a sign-in can end at. */
export async function askChannel(callbacks: () => Promise<readonly string[]>): Promise<NewChannel | undefined> {
  const answers: Answers = {};
  const network: Step = async (place) => {
    const { turn, value } = await pickStep<Network>(place, {
      title: l10n.t('Add a Channel'),
      placeHolder: l10n.t('Where do citizens reach the institution?'),
      items: networkChoices().map((choice) => ({ label: choice.name, detail: choice.needs, value: choice.network })),
    });
    if (value !== undefined && value !== answers.network) {
      // What was answered for another network fits this one no more.
      Object.assign(answers, { network: value, url: undefined, account: undefined, clientId: undefined, medium: undefined, name: undefined });
    }
    return turn;
  };
  const done = await runSteps(() => ({ list: [network, ...(answers.network === undefined ? [] : entrySteps(answers.network, answers, callbacks))], complete: answers.network !== undefined }));
  return done && answers.network !== undefined ? { ...answers, network: answers.network } : undefined;
}

function entrySteps(network: Network, answers: Answers, callbacks: () => Promise<readonly string[]>): readonly Step[] {
  const title = l10n.t('Add a Channel: {0}', networkWords(network));
  const line = (key: 'url' | 'account' | 'clientId' | 'name', question: { readonly prompt: string; readonly placeHolder?: string; readonly usual?: string; readonly mayBeEmpty?: boolean; readonly check?: (text: string) => string | undefined; readonly clean?: (text: string) => string }): Step => async (place) => {
    const { usual, clean, ...asked } = question;
    const { turn, value } = await textStep(place, { title, ...asked, value: answers[key] ?? usual });
    if (value !== undefined) answers[key] = clean?.(value) ?? value;
    return turn;
  };
  switch (network) {
    case 'mastodon': return [async (place) => {
      const { turn, value } = await textStep(place, {
        title,
        prompt: l10n.t('The institution\'s account with its server, or the address of its profile.'),
        placeHolder: 'isc@social.example',
        value: answers.account === undefined || answers.url === undefined ? undefined : `${answers.account}@${new URL(answers.url).host}`,
        check: (text) => (mastodonAddress(text) === undefined ? l10n.t('Please write it like isc@social.example.') : undefined),
      });
      if (value !== undefined) Object.assign(answers, mastodonAddress(value));
      return turn;
    }];
    case 'x': return [
      guideStep(title, async () => connectGuide('x', 'browser', { callbacks: await callbacks() })),
      line('account', { prompt: l10n.t('The institution\'s account on X.'), placeHolder: '@isc', check: handleProblem, clean: withoutAt }),
      line('clientId', { prompt: l10n.t('The OAuth 2.0 Client ID of the app. It is no secret and stands in momentos.json.'), check: (text) => (/^[\x21-\x7e]+$/u.test(text) ? undefined : l10n.t('A Client ID has no spaces. Copy it again.')) }),
    ];
    case 'bluesky': return [
      line('account', { prompt: l10n.t('The institution\'s handle.'), placeHolder: 'isc.bsky.social', check: (text) => (/^@?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu.test(text) ? undefined : l10n.t('Please write it like isc.bsky.social.')), clean: withoutAt }),
      line('url', { prompt: l10n.t('The server that keeps the account (PDS). Leave it unless somebody told you another one.'), usual: usualUrls.bluesky ?? '', check: addressProblem }),
    ];
    case 'inbox-api': return [
      line('url', { prompt: l10n.t('The address of the server, as whoever runs it tells it.'), placeHolder: 'https://buzon.isc.example', check: addressProblem }),
      line('account', { prompt: l10n.t('The account or mailbox on it that this desk works for.'), placeHolder: 'isc' }),
    ];
    case 'by-hand': return [
      async (place) => {
        const { turn, value } = await pickStep<ContactMedium>(place, { title, placeHolder: l10n.t('How do these contacts come?'), items: contactMedia.map((medium) => ({ label: mediumWords(medium), value: medium })) });
        if (value !== undefined) answers.medium = value;
        return turn;
      },
      line('name', { prompt: l10n.t('A name for it, such as the number or the office. May be empty.'), mayBeEmpty: true }),
    ];
  }
}

/** What to make at the network, each with its page to open or its words to copy; goes on when the person says so. */
export function guideStep(title: string, guide: () => Promise<readonly GuideStep[]>): Step {
  return async (place) => {
    const steps = await guide();
    const { turn } = await pickStep<'continue'>(place, {
      title,
      placeHolder: l10n.t('Do this at the network, then go on. Choosing a line opens its page or copies what is in it.'),
      items: [
        { label: `$(arrow-right) ${l10n.t('Done, go on')}`, value: 'continue', alwaysShow: true },
        ...steps.map(({ words, link, copy }, index) => ({
          label: `${link !== undefined ? '$(link-external)' : copy !== undefined ? '$(copy)' : '$(circle-outline)'} ${l10n.t('Step {0}', index + 1)}`,
          detail: words,
          value: 'continue' as const,
          stay: () => stayed(link, copy),
        })),
      ],
    });
    return turn;
  };
}

async function stayed(link: string | undefined, copy: string | undefined): Promise<void> {
  if (link !== undefined) await openLink(link);
  else if (copy !== undefined) {
    await vscode.env.clipboard.writeText(copy);
    vscode.window.setStatusBarMessage(l10n.t('Copied.'), 3000);
  }
}

function withoutAt(text: string): string {
  return text.replace(/^@/u, '');
}

function handleProblem(text: string): string | undefined {
  return /^@?\w{1,50}$/u.test(text) ? undefined : l10n.t('Please write it like @isc.');
}

function addressProblem(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:\/\//iu.test(text)) return l10n.t('Please write an address that begins with https://.');
  const { username, password } = new URL(text);
  return username === '' && password === '' ? undefined : l10n.t('The address holds a user name or a password. Take it out; the token is asked for later.');
}
