import * as l10n from '@vscode/l10n';
import { type Hole } from './composing';

/** What a blank is called: by its template, or by us for those that every desk has; else its bare name. */
export function holeLabel(hole: Hole, language: string): string {
  const label = hole.definition?.label[language];
  if (label !== undefined && label !== '') return label;
  switch (hole.name) {
    case 'author':
      return l10n.t('Name of the citizen');
    case 'institution':
      return l10n.t('Institution');
    case 'hours':
      return l10n.t('Office hours');
    case 'case':
      return l10n.t('Case number');
    default:
      return hole.name;
  }
}
