import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { type Template, type TemplateProblem, type TemplateStatus } from '../../../core/template';
import { isRefusing } from '../../../core/templateChecks';
import { placeholderNames } from '../../../core/text/placeholders';
import { MomentosError } from '../../../core/errors';
import { templateProblemSentence, topicGapSentence } from '../../../desk/templateSentences';
import { approvalVerdictWords } from '../../../desk/reviewerWords';
import { templateStatusWords, templateStepWords } from '../../../desk/words';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { plain } from '../mentionLines';
import { addKeygen, withKey } from './reviewerCommands';

/** templates list, check, verify, propose, approve, reject, withdraw, sign, keygen, comment, history. */
export function addTemplateCommands(program: Command, host: CliHost): void {
  const templates = program.command('templates').description(l10n.t('The reply templates: list, check, propose, approve, reject.'));

  templates
    .command('list')
    .description(l10n.t('List the templates with their state.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        for (const status of await desk.templates.list()) {
          if (terminal.json) terminal.value(templateJson(status, desk.language));
          else terminal.line(`${status.id.padEnd(24)} ${`v${String(shown(status)?.version ?? '?')}`.padEnd(5)} ${templateStatusWords(status).padEnd(12)} ${plain(titleOf(shown(status), desk.language), 60)}`);
        }
      });
    });

  templates
    .command('check [id]')
    .description(l10n.t('Check the working files for problems.'))
    .action(async (id: string | undefined, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const list = id === undefined ? await desk.templates.list() : [await desk.templates.get(id)];
        const remarked = list.filter(({ problems }) => problems.length > 0);
        const broken = list.filter(({ problems }) => problems.some(isRefusing));
        for (const status of terminal.json ? list : remarked) {
          if (terminal.json) terminal.value({ id: status.id, ok: !status.problems.some(isRefusing), problems: status.problems.map(problemJson) });
          else for (const problem of status.problems) terminal.line(`${status.id}${problem.line === undefined ? '' : `:${String(problem.line)}`}: ${isRefusing(problem) ? templateProblemSentence(problem) : l10n.t('Advice: {0}', templateProblemSentence(problem))}`);
        }
        const gaps = id === undefined ? await desk.templates.gaps() : [];
        for (const gap of gaps) terminal.item(() => ({ topic: gap.topic, missing: gap.missing, templates: gap.templates, message: topicGapSentence(gap) }), () => l10n.t('Advice: {0}', topicGapSentence(gap)));
        if (remarked.length === 0 && gaps.length === 0) terminal.say(l10n.t('{0} templates, no problems.', list.length));
        else if (broken.length === 0) terminal.say(l10n.t('{0} templates, nothing that keeps one from being sent; {1} with advice.', list.length, remarked.length));
        else process.exitCode = 5;
      });
    });

  const review = (name: string, description: string, act: (id: string, options: CommonOptions & { readonly reason?: string }) => Promise<void>, withReason: boolean): void => {
    const command = templates.command(`${name} <ids...>`).description(description);
    withKey(command);
    if (withReason) command.requiredOption('--reason <text>', l10n.t('why'));
    command.action(async (ids: string[], options: CommonOptions & { readonly reason?: string }) => {
      for (const id of ids) await act(id, options);
    });
  };
  const deed = (run: (desk: Parameters<Parameters<typeof withDesk>[2]>[0], id: string, reason: string) => Promise<TemplateStatus>) => async (id: string, options: CommonOptions & { readonly reason?: string }): Promise<void> => {
    const terminal = terminalFor(host, options);
    await withDesk(host, options, async (desk) => {
      const status = await run(desk, id, options.reason ?? '');
      if (terminal.json) terminal.value(templateJson(status, desk.language));
      else terminal.line(`${status.id}: ${templateStatusWords(status)}`);
    });
  };
  templates
    .command('verify')
    .description(l10n.t('Check every approval: signature, reviewer, copy.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const verdict = await desk.templates.verify();
        if (terminal.json) terminal.value(verdict);
        else {
          for (const { template, version, reviewer, verdict: found } of verdict.approvals) terminal.line(`${template.padEnd(24)} ${`v${String(version)}`.padEnd(5)} ${approvalVerdictWords(found)} · ${plain(reviewer, 60)}`);
          for (const { id, problems } of verdict.templates) for (const problem of problems) terminal.line(`${id}: ${templateProblemSentence(problem)}`);
          terminal.say(verdict.ok ? l10n.t('{0} approvals, all valid.', verdict.approvals.length) : l10n.t('Not everything that was approved may be sent; see above.'));
        }
        if (!verdict.ok) process.exitCode = 5;
      });
    });

  withKey(templates.command('sign'))
    .description(l10n.t('Sign, in one step, every approval from before reviewers had keys.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const signed = await desk.templates.signEarlier();
        for (const status of signed) terminal.item(() => templateJson(status, desk.language), () => `${status.id}: ${templateStatusWords(status)}`);
        terminal.say(l10n.t('{0} approvals signed.', signed.length));
      });
    });

  addKeygen(templates, host);

  review('propose', l10n.t('Propose the working text for review.'), deed((desk, id) => desk.templates.propose(id)), false);
  review('approve', l10n.t('Approve what was proposed; not by whoever proposed or wrote it.'), deed((desk, id) => desk.templates.approve(id)), false);
  review('reject', l10n.t('Reject what was proposed, with a reason.'), deed((desk, id, reason) => {
    if (reason.trim() === '') throw new MomentosError('review.reasonMissing', { id });
    return desk.templates.reject(id, reason);
  }), true);
  review('withdraw', l10n.t('Take the approved version out of use, with a reason.'), deed((desk, id, reason) => desk.templates.withdraw(id, reason)), true);

  templates
    .command('comment <id>')
    .description(l10n.t('Say something about a version; author and reviewers read it in its history.'))
    .requiredOption('--text <text>', l10n.t('what you say'))
    .action(async (id: string, options: CommonOptions & { readonly text: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.templates.comment(id, options.text);
        if (terminal.json) terminal.value({ id, status: 'commented' });
        else terminal.line(l10n.t('{0}: the comment stands in its history.', id));
      });
    });

  templates
    .command('history <id>')
    .description(l10n.t('Who proposed, reviewed and commented, and when.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        for (const item of await desk.templates.history(id)) {
          const text = item.reason;
          if (terminal.json) terminal.value({ id, kind: item.kind, version: item.version, by: item.by, at: new Date(item.at).toISOString(), text: text ?? null });
          else terminal.line(`${new Date(item.at).toISOString()}  ${templateStepWords(item)}${text === undefined ? '' : `: ${plain(text, 300)}`}`);
        }
      });
    });
}

/** The approved version where there is one: that is what may be sent; else the working one. */
function shown(status: TemplateStatus): Template | undefined {
  return status.state === 'approved' || status.state === 'expired' ? (status.approved ?? status.working) : (status.working ?? status.approved);
}

function titleOf(template: Template | undefined, language: string): string {
  return template === undefined ? '' : (template.title[language] ?? Object.values(template.title)[0] ?? template.id);
}

function problemJson(problem: TemplateProblem): Record<string, unknown> {
  return {
    code: problem.code,
    severity: isRefusing(problem) ? 'error' : 'hint',
    line: problem.line ?? null,
    ...(problem.column === undefined ? {} : { column: problem.column, length: problem.length ?? 1 }),
    ...(problem.fit === undefined ? {} : problem.fit),
    ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
    message: templateProblemSentence(problem),
  };
}

function templateJson(status: TemplateStatus, language: string): Record<string, unknown> {
  const template = shown(status);
  const used = new Set(Object.values(template?.bodies ?? {}).flatMap(placeholderNames));
  const defined = new Map((template?.placeholders ?? []).map((placeholder) => [placeholder.name, placeholder]));
  return {
    id: status.id,
    version: template?.version ?? null,
    state: status.state,
    title: titleOf(template, language),
    languages: Object.keys(template?.bodies ?? {}),
    topics: template?.topics ?? [],
    placeholders: [...used].map((name) => {
      const { required = true, type } = defined.get(name) ?? {};
      return { name, required, ...(type === undefined || type === 'text' ? {} : { type }) };
    }),
    expires: template?.expires ?? null,
    approvedVersion: status.approved?.version ?? null,
    signed: status.unsigned !== true && status.approved !== undefined,
  };
}
