import { commonNetworks } from './text/networkLengths';
import { type LocalText } from './text/placeholders';
import { type Template } from './template';

/** A text of a template as it stands in the file: the full one of a language, or a short one for some networks. */
export interface TemplateForm {
  /** `es`, or `es x bluesky` for a short form. */
  readonly key: string;
  readonly language: string;
  /** Networks that it is written for; empty = every one without a form of its own. */
  readonly networks: readonly string[];
  readonly text: string;
}

/** Every text of a template, the full ones first. */
export function formsOf(template: Pick<Template, 'bodies' | 'shortForms'>): readonly TemplateForm[] {
  const full = Object.entries(template.bodies).map(([language, text]) => ({ key: language, language, networks: [], text }));
  return [...full, ...(template.shortForms ?? []).map(({ language, networks, text }) => ({ key: [language, ...networks].join(' '), language, networks, text }))];
}

/** The texts by language as they are sent on a network: its short form where there is one, else the full text. */
export function bodiesOn(template: Pick<Template, 'bodies' | 'shortForms'>, network: string): LocalText {
  const own = (template.shortForms ?? []).filter(({ networks, language }) => networks.includes(network) && Object.hasOwn(template.bodies, language));
  return { ...template.bodies, ...Object.fromEntries(own.map(({ language, text }) => [language, text])) };
}

/** The template as it is rendered on a network. */
export function onNetwork(template: Template, network: string): Template {
  return (template.shortForms ?? []).length === 0 ? template : { ...template, bodies: bodiesOn(template, network) };
}

/** What of momentos.json says on which networks a desk answers. */
export interface DeskNetworks {
  readonly channels: readonly { readonly id: string; readonly network: string }[];
}

/** True when the template may be sent from a channel: it names none, its network, or the channel itself. */
export function isFor(template: Pick<Template, 'channels'>, channel: { readonly id: string; readonly network: string }): boolean {
  return template.channels.length === 0 || template.channels.includes(channel.network) || template.channels.includes(channel.id);
}

/** The networks that a template is looked at for: those of its `channels`; where it names none, those of the desk and the common ones. */
export function networksOf(template: Pick<Template, 'channels'>, { channels }: DeskNetworks): readonly string[] {
  if (template.channels.length > 0) return [...new Set(template.channels.map((name) => channels.find(({ id }) => id === name)?.network ?? name))];
  return [...new Set([...channels.map(({ network }) => network), ...commonNetworks])];
}
