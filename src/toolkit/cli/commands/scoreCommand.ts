import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { isUnsure, scoredLanguages, scoreWithReasons } from '../../../core/sentiment';
import { type CliHost } from '../host';

/** score: one text a line in, one JSON object a line out, same order, streaming; needs no desk. */
export function addScoreCommand(program: Command, host: CliHost): void {
  program
    .command('score [file]')
    .description(l10n.t('Score the sentiment of texts, one a line, from a file or standard input (-); nothing leaves the machine.'))
    .option('--model <name>', 'model | lexicon', 'model')
    .option('--no-evidence', l10n.t('Leave out the words that weighed; faster.'))
    .option('--language <code>', `auto | ${scoredLanguages.join(' | ')}`, 'auto')
    .action(async (file: string | undefined, options: { readonly language: string; readonly model: string; readonly evidence: boolean }) => {
      const force = scoredLanguages.find((language) => language === options.language);
      if (force === undefined && options.language !== 'auto') throw new MomentosError('usage.invalid', { reason: `--language ${options.language} (auto, ${scoredLanguages.join(', ')})` });
      const { loadModel, sentimentModels } = await import('../../../desk/loadModel');
      const name = sentimentModels.find((known) => known === options.model);
      if (name === undefined) throw new MomentosError('usage.invalid', { reason: `--model ${options.model} (${sentimentModels.join(', ')})` });
      const model = loadModel(host.mediaDir, { name });
      const input = file === undefined || file === '-' ? host.streams.stdin : createReadStream(resolve(host.cwd, file));
      const failed = new Promise<never>((_resolve, reject) => {
        input.once('error', (cause: NodeJS.ErrnoException) => {
          reject(new MomentosError('usage.invalid', { reason: `${file ?? '-'}: ${cause.code ?? 'error'}` }, { cause }));
        });
      });
      const work = async (): Promise<void> => {
        for await (const line of createInterface({ input, crlfDelay: Infinity })) {
          const found = scoreWithReasons(model, line, { force, evidence: options.evidence });
          const { label, score, confidence, language, evidence } = found;
          const text = JSON.stringify({ label, score, confidence, unsure: isUnsure(found), language, evidence: evidence.map((item) => ({ text: item.text, weight: item.weight })) });
          if (!host.streams.stdout.write(`${text}\n`)) await once(host.streams.stdout, 'drain');
        }
      };
      await Promise.race([work(), failed]);
    });
}
