import * as l10n from '@vscode/l10n';
import { type NormCode, type NormProblemCode } from '../core/norm/normRule';
import { type TemplateProblem } from '../core/template';
import { type TopicGap } from '../core/templateCoverage';
import { normWords } from './normSentences';
import { networkWords } from './words';

/** What is wrong with a template and what to do, in the words of the interface; the line stands in the problem itself. */
export function templateProblemSentence(problem: TemplateProblem): string {
  const detail = problem.detail ?? '';
  if (isNorm(problem.code)) return normWords(problem.code.slice('norm.'.length) as NormCode, detail);
  switch (problem.code) {
    case 'frontMatter.missing':
      return l10n.t('The file does not start with its front matter: put it between two lines of three hyphens.');
    case 'frontMatter.invalid':
      return detail === '' ? l10n.t('The front matter cannot be read as YAML.') : l10n.t('The front matter has a value that cannot be used at {0}.', detail);
    case 'frontMatter.unknownKey':
      return l10n.t('The front matter has a key that is not known: {0}.', detail);
    case 'id.mismatch':
      return l10n.t('The id {0} is not the name of the file: make them the same.', detail);
    case 'id.invalid':
      return l10n.t('The id must be of small letters, digits and hyphens.');
    case 'version.invalid':
      return l10n.t('The version must be a whole number from 1 on.');
    case 'body.missing':
      return l10n.t('There is no text: write it after a line <!-- lang: es -->.');
    case 'body.empty':
      return l10n.t('The text in the language {0} is empty.', detail);
    case 'body.shortAlone':
      return l10n.t('There is a short form in the language {0} and no full text: write it after a line <!-- lang: {0} -->.', detail);
    case 'body.outside':
      return l10n.t('There is text before the first language line: nobody would send it.');
    case 'body.duplicate':
      return l10n.t('The language {0} has more than one text.', detail);
    case 'text.hiddenCharacter':
      return l10n.t('The text holds a character that cannot be seen ({0}): remove it.', detail);
    case 'placeholder.unknown':
      return l10n.t('Nothing fills {0}: list it under placeholders or correct its name.', detail);
    case 'placeholder.unused':
      return l10n.t('The placeholder {0} is not used in any text.', detail);
    case 'pattern.invalid':
      return l10n.t('The pattern of {0} is no regular expression that can be used safely: make it simpler.', detail);
    case 'pattern.exampleMismatch':
      return l10n.t('The example of {0} does not fit its own pattern or length.', detail);
    case 'text.unbounded':
      return l10n.t('On this desk only approved words are sent: {0} needs a pattern, or a length of at most 60.', detail);
    case 'expires.invalid':
      return l10n.t('The day under expires must be a date such as 2027-12-31.');
    case 'expires.past':
      return l10n.t('It expired on {0}: review it and make a new version.', detail);
    case 'tooLarge':
      return l10n.t('The file is too large for a template.');
    case 'tooLong':
      return problem.fit === undefined ? l10n.t('The text is too long: {0}.', detail) : fitWords(problem.fit);
    case 'version.alreadyApproved':
      return l10n.t('Version {0} has been approved with other words: give these a higher version.', detail);
    case 'file.unreadable':
      return l10n.t('The file cannot be read.');
    case 'copy.changed':
      return l10n.t('The approved copy {0} is not the text that was approved any more: restore it. Until then it is not sent.', detail);
    case 'copy.missing':
      return l10n.t('The approved copy {0} is missing: restore it. Until then it is not sent.', detail);
    case 'approval.reviewerUnlisted':
      return l10n.t('{0} approved it and is not a reviewer of this desk any more: it needs a new review.', detail);
    case 'approval.practiceOnly':
      return l10n.t('{0} was approved for practice only: it needs the review of a real reviewer.', detail);
    case 'approval.unsigned':
      return l10n.t('{0} was approved without a signature. Until a reviewer signs it, it is not sent.', detail);
    case 'approval.badSignature':
      return l10n.t('The signature of {0} does not fit: the approval was changed or is forged. It is not sent.', detail);
    case 'approval.reviewerUnsigned':
      return l10n.t('{0} approved it, and no earlier reviewer has signed the entry of this person under "reviewers". It is not sent.', detail);
    case 'approval.notTrusted':
      return l10n.t('{0} approved it, and nobody has confirmed on this machine whose key stands first at this desk. Until then it is not sent.', detail);
    case 'approval.keyRevoked':
      return l10n.t('{0} signed it with a key that was revoked from before that day on: it needs a new review.', detail);
    case 'approval.otherScope':
      return l10n.t('{0} was signed for another institution. It is not sent.', detail);
    case 'approval.moreNeeded':
      return l10n.t('Signatures: {0}. Its topic needs another reviewer.', detail);
  }
}

function fitWords({ language, network, count, limit, unit, short }: NonNullable<TemplateProblem['fit']>): string {
  const name = networkWords(network);
  if (short) return l10n.t('The short form in the language {0} does not fit on {1}: {2} of {3}. Shorten it.', language, name, count, limit);
  const marker = `<!-- lang: ${language} network: ${network} -->`;
  if (unit === 'bytes') return l10n.t('In the language {0} it does not fit on {1}: {2} of {3} bytes. Write a short form after a line {4}.', language, name, count, limit, marker);
  return l10n.t('In the language {0} it does not fit on {1}: {2} of {3}. Write a short form after a line {4}.', language, name, count, limit, marker);
}

/** A topic out of step, in a sentence. */
export function topicGapSentence({ topic, missing }: TopicGap): string {
  return l10n.t('Topic {0}: no template fits for {1}.', topic, missing.map(({ language, network }) => `${language} · ${networkWords(network)}`).join(', '));
}

function isNorm(code: TemplateProblem['code']): code is NormProblemCode {
  return code.startsWith('norm.');
}
