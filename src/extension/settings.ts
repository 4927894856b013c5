import * as vscode from 'vscode';
import { settings } from './ids';

const section = 'momentos';

/** `auto`: the desk's first language. */
export type LanguageSetting = 'auto' | 'es' | 'en';

export function languageSetting(): LanguageSetting {
  const value = read<string>(settings.language, 'auto');
  return value === 'es' || value === 'en' ? value : 'auto';
}

/** Such as `Ana Pérez <ana@isc.example>`; undefined = the environment, git or the system tells. */
export function operatorSetting(): string | undefined {
  const value = read(settings.operator, '').trim();
  return value === '' ? undefined : value;
}

/** How texts are scored: by the trained model, or by the lexicon alone. */
export function sentimentSetting(): 'model' | 'lexicon' {
  return read<string>(settings.sentimentModel, 'model') === 'lexicon' ? 'lexicon' : 'model';
}

/** Time between two looks at the networks, at least 15 s. */
export function pollingMs(): number {
  return bounded(read(settings.pollingSeconds, 60), 15, 3_600, 60) * 1000;
}

/** How long a reply can be taken back before it is sent, 0 to 60 s. */
export function undoMs(): number {
  return bounded(read(settings.undoSeconds, 10), 0, 60, 10) * 1000;
}

export function openNextSetting(): boolean {
  return read(settings.openNext, true);
}

export function urgentNoticesSetting(): boolean {
  return read(settings.urgentNotices, true);
}

/** Tells when one of the named settings changed. */
export function onDidChangeSettings(keys: readonly string[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (keys.some((key) => change.affectsConfiguration(`${section}.${key}`))) listener();
  });
}

function read<T>(key: string, fallback: T): T {
  const value = vscode.workspace.getConfiguration(section).get<unknown>(key);
  return typeof value === typeof fallback ? (value as T) : fallback;
}

function bounded(value: number, least: number, most: number, fallback: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : fallback;
}
