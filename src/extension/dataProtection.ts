import * as vscode from 'vscode';
import { type Clock } from '../core/clock';
import { registerCitizenCommands } from './commands/citizenCommands';
import { registerLegalHoldCommands } from './commands/legalHoldCommands';
import { type MentionSources } from './commands/meantMentions';
import { type Deeds } from './deeds';
import { type DeskSession } from './deskSession';

/** What the law gives people over their data, and what it keeps from being erased. */
export function registerDataProtection(deeds: Deeds, parts: MentionSources & { readonly session: DeskSession; readonly clock: Clock }): vscode.Disposable {
  return vscode.Disposable.from(registerCitizenCommands(deeds, parts), registerLegalHoldCommands(deeds, parts));
}
