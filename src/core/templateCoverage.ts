import { excess, type LengthRule } from './text/countText';
import { usualLengthRule } from './text/networkLengths';
import { type Template } from './template';
import { bodiesOn, isFor, type DeskNetworks } from './templateForms';

/** A topic that can be answered in one language or on one network and not in another. */
export interface TopicGap {
  readonly topic: string;
  /** Each pair of language and network for which no template of the topic fits. */
  readonly missing: readonly { readonly language: string; readonly network: string }[];
  /** Templates that have the topic. */
  readonly templates: readonly string[];
}

export interface CoverageQuestion extends DeskNetworks {
  /** Languages that the institution answers in. */
  readonly languages: readonly string[];
  readonly rules: ReadonlyMap<string, LengthRule>;
  /** A text of the template with its examples, in its language. */
  readonly fill: (template: Template, language: string, text: string) => string;
}

/**
 * Topics out of step, by topic: of the languages of the institution and of the topic's own templates, and the networks of the desk and those that its
 * templates name, each pair that nothing of the topic can be sent in.
 */
export function topicGaps(templates: readonly Template[], question: CoverageQuestion): readonly TopicGap[] {
  const topics = [...new Set(templates.flatMap((template) => template.topics))].sort();
  return topics.flatMap((topic) => {
    const own = templates.filter((template) => template.topics.includes(topic));
    const languages = [...new Set([...question.languages, ...own.flatMap(({ bodies }) => Object.keys(bodies))])];
    const named = own.flatMap(({ channels }) => channels).filter((name) => !question.channels.some(({ id }) => id === name));
    const networks = [...new Set([...question.channels.map(({ network }) => network), ...named])];
    const missing = languages.flatMap((language) => networks.filter((network) => !own.some((template) => serves(template, language, network, question))).map((network) => ({ language, network })));
    return missing.length === 0 ? [] : [{ topic, missing, templates: own.map(({ id }) => id) }];
  });
}

function serves(template: Template, language: string, network: string, { channels, rules, fill }: CoverageQuestion): boolean {
  const ways = channels.filter((channel) => channel.network === network);
  const allowed = ways.length === 0 ? template.channels.length === 0 || template.channels.includes(network) : ways.some((channel) => isFor(template, channel));
  const text = bodiesOn(template, network)[language];
  return allowed && text !== undefined && excess(fill(template, language, text), rules.get(network) ?? usualLengthRule(network)) === undefined;
}
