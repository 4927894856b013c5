import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { everyChannel } from '../../core/handChannels';
import { type Desk } from '../../desk/deskApi';
import { type ImportPlan, type ImportResult } from '../../desk/importFile/importApi';
import { type DateOrder } from '../../desk/importFile/importDates';
import { importFields, type ImportField, type ImportMapping } from '../../desk/importFile/importFields';
import { fieldWords } from '../../desk/importFile/importWords';
import { channelWords } from '../../desk/words';
import { askOne, type Choice } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';

/** Mentions out of files of other programs. */
export function registerImportCommands(deeds: Deeds, session: DeskSession): vscode.Disposable {
  return deeds.register(commands.contactImport, async () => {
    const desk = await session.use();
    const title = l10n.t('Import Mentions');
    const [uri] = (await vscode.window.showOpenDialog({ title, openLabel: l10n.t('Import'), canSelectMany: false, filters: { [l10n.t('Tables and lists')]: ['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson'] } })) ?? [];
    if (uri?.scheme !== 'file') return;
    const channel = await askOne(title, everyChannel(desk.config).map(({ id }) => ({ label: plainNotice(channelWords(desk.config, id), 60), description: id, value: id })), l10n.t('Which channel do they belong to?'), true);
    if (channel === undefined) return;
    const plan = await desk.imports.look(uri.fsPath);
    const mapping = await askMapping(plan);
    if (mapping === undefined) return;
    const unclear = (await desk.imports.look(uri.fsPath, mapping)).dates === 'unclear';
    const dates = unclear ? await askOrder(plan, mapping) : undefined;
    if (unclear && dates === undefined) return;
    const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      let told = 0;
      return desk.imports.run(uri.fsPath, {
        channel,
        mapping,
        ...(dates === undefined ? {} : { dates }),
        signal: stop.signal,
        progress: (fraction) => {
          progress.report({ increment: (fraction - told) * 100, message: `${String(Math.round(fraction * 100))} %` });
          told = fraction;
        },
      });
    });
    await tell(desk, result);
  });
}

/** Shows what each column was taken for, with an example; whoever chooses a line says it anew. undefined = the person let it be. */
async function askMapping(plan: ImportPlan): Promise<ImportMapping | undefined> {
  let mapping: Partial<Record<ImportField, string>> = { ...plan.mapping };
  for (;;) {
    const meaning = (column: string): ImportField | undefined => importFields.find((field) => mapping[field] === column);
    const choices: Choice<string | null>[] = [
      { label: l10n.t('$(check) Import like this'), description: plan.remembered ? l10n.t('as it was said for these columns before') : '', value: null },
      ...plan.columns.map((column): Choice<string | null> => {
        const field = meaning(column);
        const example = plan.rows.map((row) => row[column] ?? '').find((cell) => cell.trim() !== '') ?? '';
        return { label: plainNotice(column, 40), description: field === undefined ? l10n.t('not used') : `→ ${fieldWords(field)}`, detail: plainNotice(example, 100) || ' ', value: column };
      }),
    ];
    const column = await askOne(l10n.t('Import Mentions: What Do the Columns Mean?'), choices, l10n.t('Choose a column to correct it, or the first line to go on'), true);
    if (column === undefined) return undefined;
    if (column === null) return mapping;
    const field = await askOne<ImportField | null>(plainNotice(column, 60), [{ label: l10n.t('not used'), value: null }, ...importFields.map((value) => ({ label: fieldWords(value), value }))], l10n.t('What does this column mean?'), true);
    if (field === undefined) continue;
    const others = Object.entries(mapping).filter(([key, value]) => value !== column && key !== field);
    mapping = { ...Object.fromEntries(others), ...(field === null ? {} : { [field]: column }) };
  }
}

async function askOrder(plan: ImportPlan, mapping: ImportMapping): Promise<DateOrder | undefined> {
  const column = mapping.at ?? mapping.answeredAt ?? '';
  const example = plan.rows.map((row) => row[column] ?? '').find((cell) => cell.trim() !== '') ?? '';
  return askOne<DateOrder>(plainNotice(example, 40), [{ label: l10n.t('Day, month, year'), value: 'dmy' }, { label: l10n.t('Month, day, year'), value: 'mdy' }], l10n.t('How are the dates written?'), true);
}

async function tell(desk: Desk, { channel, imported, known, rejected, rejects, rejectedPath, cancelled, backlog }: ImportResult): Promise<void> {
  const first = rejects[0];
  const words = [
    l10n.t('{0}: {1} imported, {2} known already, {3} rejected.', channelWords(desk.config, channel), imported, known, rejected),
    ...(backlog > 0 ? [l10n.t('{0} are from before this channel was first used: they have no target.', backlog)] : []),
    ...(first === undefined ? [] : [`${l10n.t('line {0}', first.line)}: ${first.message}`]),
    ...(cancelled ? [l10n.t('Stopped. What came in stays; importing the file again goes on.')] : []),
  ].join(' ');
  if (rejectedPath === undefined) {
    void vscode.window.showInformationMessage(plainNotice(words, 600));
    return;
  }
  const show = l10n.t('Show the Rejected Rows');
  if ((await vscode.window.showWarningMessage(plainNotice(words, 600), show)) === show) await vscode.window.showTextDocument(vscode.Uri.file(rejectedPath));
}
