import { excess, type LengthRule } from './text/countText';
import { usualLengthRule } from './text/networkLengths';
import { type TemplateProblem } from './template';
import { type TemplateBody } from './templateFile';

/** What of the desk decides whether a text fits. */
export interface FitQuestion {
  /** Networks to look at. */
  readonly networks: readonly string[];
  /** How a network's server counts, where one has been asked. */
  readonly rules: ReadonlyMap<string, LengthRule>;
  /** A text with its examples filled in, in its language. */
  readonly fill: (body: TemplateBody) => string;
}

/** The text that is sent in a language on a network: a short form for it, else the full one. */
function bodyOn(bodies: readonly TemplateBody[], language: string, network: string): TemplateBody | undefined {
  const own = bodies.filter((body) => body.language === language);
  return own.find(({ networks }) => networks.includes(network)) ?? own.find(({ networks }) => networks.length === 0);
}

/** Where a template with its examples is longer than a network takes: which, in which language, by how much. A short form is asked for. */
export function templateFit(bodies: readonly TemplateBody[], { networks, rules, fill }: FitQuestion): readonly TemplateProblem[] {
  const languages = [...new Set(bodies.map(({ language }) => language))];
  return languages.flatMap((language) =>
    networks.flatMap((network): readonly TemplateProblem[] => {
      const body = bodyOn(bodies, language, network);
      if (body === undefined) return [];
      const over = excess(fill(body), rules.get(network) ?? usualLengthRule(network));
      if (over === undefined) return [];
      return [{ code: 'tooLong', detail: `${language} ${network} ${String(over.length)}/${String(over.max)}`, line: body.line, fit: { language, network, count: over.length, limit: over.max, unit: over.unit, short: body.networks.length > 0 } }];
    }),
  );
}
