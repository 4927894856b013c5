import * as l10n from '@vscode/l10n';
import { type ErasureOutcome } from '../core/erasurePorts';
import { type RedactionBasis, type RedactionProposal } from '../core/redaction';
import { type Desk } from './deskApi';
import { type ErasedAgain, type RedactionPreview, type RedactionResult, type ReturnedTexts } from './redactionApi';
import { nameWords, timeWords } from './words';

export function redactionBasisWords(basis: RedactionBasis): string {
  switch (basis) {
    case 'erasureRequest': return l10n.t('the person asked for it');
    case 'unlawful': return l10n.t('it should never have been kept');
    case 'notNeeded': return l10n.t('it is not needed any more');
    case 'consentWithdrawn': return l10n.t('consent was withdrawn');
    case 'courtOrder': return l10n.t('a court or authority ordered it');
    case 'securityIncident': return l10n.t('a security incident');
    case 'retention': return l10n.t('its time is up by the retention schedule');
    case 'broughtBack': return l10n.t('it was erased before, and a backup brought it back');
  }
}

/** What a proposal would erase, in a few words; a person with the local id, unless `byName`. */
export function redactionTargetWords({ target }: Pick<RedactionProposal, 'target'>, { inbox }: Pick<Desk, 'inbox'>, byName = false): string {
  switch (target.kind) {
    case 'mention': return l10n.t('the message {0}', target.id);
    case 'author': {
      const first = inbox.list({ all: true }).find(({ authorId }) => authorId === target.id);
      if (first === undefined) return l10n.t('everything of the person {0}', target.id);
      const name = nameWords(first.post.author);
      return byName ? l10n.t('everything of {0}', name) : l10n.t('everything of {0} ({1})', name, target.id);
    }
    case 'entry': return l10n.t('entry {0} of the audit log', target.seq);
  }
}

/** Exactly what goes, and that nothing brings it back; a line each. */
export function previewWords({ mentions, values, drafts, exports, proposal }: RedactionPreview, desk: Pick<Desk, 'config' | 'language'>, now: number): readonly string[] {
  const at = (time: number): string => timeWords(time, now, desk.config.institution.timeZone, desk.language);
  return [
    ...(proposal.target.kind === 'entry' ? [] : [mentions.length === 1 ? l10n.t('1 message leaves the inbox, with its answers, notes and pictures.') : l10n.t('{0} messages leave the inbox, with their answers, notes and pictures.', mentions.length)]),
    values === 1 ? l10n.t('1 text of the audit log is erased; its proof stays.') : l10n.t('{0} texts of the audit log are erased; their proofs stay.', values),
    ...(drafts === 0 ? [] : [drafts === 1 ? l10n.t('1 draft is erased.') : l10n.t('{0} drafts are erased.', drafts)]),
    ...(exports.length === 0 ? [] : [l10n.t('Files exported earlier hold some of it; erase them yourself: {0}.', exports.map(({ at: time, format, by }) => `${at(time)}, ${format}, ${by}`).join('; '))]),
    l10n.t('Copies, backups and git are not reached. It cannot be undone.'),
  ];
}

/** What was erased and stands there again, as a sentence. */
export function returnedWords({ values, mentions, drafts }: ReturnedTexts): string {
  if (values === 0 && mentions.length === 0 && drafts === 0) return l10n.t('Nothing that was erased stands in the desk folder.');
  return l10n.t('What was erased stands in the desk folder again: {0} messages, {1} texts of the audit log, {2} drafts. A backup or an old file was put back.', mentions.length, values, drafts);
}

/** What was erased once more, and what is left to a person; a line each. */
export function erasedAgainWords({ outcome }: ErasedAgain): readonly string[] {
  return [outcomeLine(outcome), l10n.t('Find out which backup brought it back, and what else it holds. Not reached: copies of the desk folder, backups, git.')];
}

function outcomeLine({ mentions, authors, values, drafts, setAside }: ErasureOutcome): string {
  return l10n.t('Erased. Messages: {0}; people: {1}; texts of the audit log: {2}; drafts: {3}; left-over files: {4}.', mentions, authors, values, drafts, setAside);
}

/** What went and where, and what is left to a person; a line each. */
export function outcomeWords({ outcome, exports }: RedactionResult, desk: Pick<Desk, 'config' | 'language'>, now: number): readonly string[] {
  const at = (time: number): string => timeWords(time, now, desk.config.institution.timeZone, desk.language);
  return [
    outcomeLine(outcome),
    l10n.t('The log says who, when, why and which; it verifies as before. What the network brings again is passed over.'),
    exports.length === 0
      ? l10n.t('Not reached: copies of the desk folder, backups, git. Erase what you keep there yourself.')
      : l10n.t('Not reached: copies of the desk folder, backups, git, and files exported earlier ({0}). Erase what you keep there yourself.', exports.map(({ at: time, format, by }) => `${at(time)}, ${format}, ${by}`).join('; ')),
  ];
}
