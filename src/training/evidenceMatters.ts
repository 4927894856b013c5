import { type ScoredLanguage, type SentimentModel } from '../core/sentiment';
import { type Example } from './examples';

/** Of the texts that are called negative or positive, the share whose score comes nearer to 0 when the strongest evidence in the label's direction is taken out of the text. */
export function evidenceMatters(model: SentimentModel, language: ScoredLanguage, examples: readonly Example[]): { readonly share: number; readonly texts: number } {
  let texts = 0;
  let lowered = 0;
  for (const { text } of examples) {
    const before = model.score(text, { force: language });
    if (before.label === 'neutral') continue;
    texts += 1;
    const sign = before.label === 'positive' ? 1 : -1;
    const strongest = before.evidence.filter(({ weight }) => weight * sign > 0).sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))[0];
    if (strongest === undefined) continue;
    const without = `${text.slice(0, strongest.start)}${text.slice(strongest.start + strongest.length)}`;
    if (Math.abs(model.score(without, { force: language, evidence: false }).score) < Math.abs(before.score)) lowered += 1;
  }
  return { share: texts === 0 ? 1 : lowered / texts, texts };
}
