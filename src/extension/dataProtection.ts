import * as vscode from 'vscode';
import { type Clock } from '../core/clock';
import { registerCitizenCommands } from './commands/citizenCommands';
import { registerLegalHoldCommands } from './commands/legalHoldCommands';
import { type MentionSources } from './commands/meantMentions';
import { registerRetentionCommands } from './commands/retentionCommands';
import { registerCutOffNotices } from './cutOffNotices';
import { type Deeds } from './deeds';
import { type DeskSession } from './deskSession';
import { type PlainDocuments } from './documents/plainDocuments';

/** What the law gives people over their data, what it keeps from being erased, and how long it is kept. */
export function registerDataProtection(deeds: Deeds, parts: MentionSources & { readonly session: DeskSession; readonly clock: Clock; readonly documents: PlainDocuments }): vscode.Disposable {
  return vscode.Disposable.from(registerCitizenCommands(deeds, parts), registerLegalHoldCommands(deeds, parts), registerRetentionCommands(deeds, parts), registerCutOffNotices(parts.session));
}
