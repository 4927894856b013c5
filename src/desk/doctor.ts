import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { asMomentosError } from '../core/errors';
import { type Channel } from '../core/channelPort';
import { type CutOffWorks } from '../core/erasurePorts';
import { limitsFact } from './channelReport';
import { cutOffWords } from './cutOffWords';
import { diskEncryption } from './diskEncryption';
import { type DeskChannels, type DoctorFinding } from './deskApi';
import { type DeskTemplates } from './reviewApi';
import { type DeskContext } from './context';
import { sentence } from './sentences';
import { templateProblemSentence } from './templateSentences';

/** Looks at everything without changing anything; prints no secret. */
export async function examine(deps: {
  readonly dir: string;
  readonly context: DeskContext;
  readonly cutOff: CutOffWorks;
  readonly channels: DeskChannels;
  readonly templates: DeskTemplates;
  readonly channel: (id: string) => Channel;
  readonly signal?: AbortSignal | undefined;
}): Promise<readonly DoctorFinding[]> {
  const { dir, context } = deps;
  const findings: DoctorFinding[] = [];
  const say = (code: string, severity: DoctorFinding['severity'], message: string): void => void findings.push({ code, severity, message });

  say('config', 'ok', l10n.t('momentos.json is valid.'));
  await examineFolder(dir, context, say);
  if (!context.practice) await examineDisk(dir, say);
  for (const work of await deps.cutOff.look()) say(`cutOff.${work.kind}`, work.state === 'failed' ? 'error' : 'warning', cutOffWords(work));
  await examineLog(context, say);
  for (const info of await deps.channels.list()) {
    if (info.problem !== undefined) {
      say(`channel.${info.id}`, 'error', `${info.name}: ${sentence(info.problem)}`);
      continue;
    }
    try {
      const account = await deps.channel(info.id).account(deps.signal);
      say(`channel.${info.id}`, 'ok', l10n.t('{0}: signed in as {1}.', info.name, account.handle));
      if (info.failure !== undefined) say(`channel.${info.id}.pull`, 'warning', `${info.name}: ${l10n.t('Last look')}: ${sentence(info.failure)}`);
      const limits = limitsFact(context.limits(info.id) ?? info.state.limits, context.clock.now(), context.config.institution.timeZone);
      if (limits !== undefined) say(`channel.${info.id}.limits`, 'ok', `${info.name}: ${limits.label}: ${limits.words}`);
    } catch (thrown) {
      say(`channel.${info.id}`, 'error', `${info.name}: ${sentence(asMomentosError(thrown))}`);
    }
  }
  const templates = await deps.templates.list();
  const usable = templates.filter(({ approved }) => approved !== undefined).length;
  if (usable === 0) say('templates', 'warning', l10n.t('No template is approved yet, so only free texts can be sent. A reviewer approves them in the Templates view.'));
  else say('templates', 'ok', l10n.t('{0} templates may be sent.', usable));
  for (const { id, problems } of templates) if (problems.length > 0) say(`template.${id}`, 'warning', l10n.t('Template {0}: {1}', id, problems.map((problem) => (problem.line === undefined ? templateProblemSentence(problem) : `${l10n.t('line {0}', problem.line)}: ${templateProblemSentence(problem)}`)).join(' ')));
  if (context.config.reviewers.length === 0) say('reviewers', 'warning', l10n.t('momentos.json names no reviewers, so no template can be approved.'));
  return findings;
}

type Say = (code: string, severity: DoctorFinding['severity'], message: string) => void;

async function examineFolder(dir: string, context: DeskContext, say: Say): Promise<void> {
  try {
    await access(join(dir, '.momentos'), constants.W_OK);
    const { mode } = await stat(join(dir, '.momentos'));
    const open = process.platform !== 'win32' && (mode & (context.config.sharing === 'group' ? 0o007 : 0o077)) !== 0;
    if (open) say('folder', 'warning', l10n.t('.momentos can be read by other accounts of this machine. Its permissions should be 0700.'));
    else say('folder', 'ok', l10n.t('.momentos can be written, and only by you or your group.'));
  } catch {
    say('folder', 'error', l10n.t('.momentos cannot be written. Check the folder\'s permissions.'));
  }
}

async function examineDisk(dir: string, say: Say): Promise<void> {
  switch (await diskEncryption(dir)) {
    case 'encrypted': say('disk', 'ok', l10n.t('The desk folder lies on an encrypted volume.')); return;
    case 'none': say('disk', 'warning', l10n.t('The desk folder lies on a volume that the system does not encrypt: whoever takes the machine can read the messages of citizens. Ask your administrator whether the drive itself is encrypted; if not, move the desk to an encrypted volume.')); return;
    case 'unknown': say('disk', 'ok', l10n.t('Whether the desk folder lies on an encrypted volume cannot be told from here. Ask your administrator.'));
  }
}

async function examineLog(context: DeskContext, say: Say): Promise<void> {
  try {
    const verdict = await context.audit.verify();
    if (verdict.ok) say('audit', 'ok', l10n.t('The audit log verifies: {0} entries.', verdict.entries));
    else say('audit', 'error', l10n.t('The audit log does not verify: {0}.', [...new Set(verdict.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))].join(', ')));
  } catch (thrown) {
    say('audit', 'error', sentence(asMomentosError(thrown)));
  }
}
