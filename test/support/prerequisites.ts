import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { canInstallPackages, installPackages } from '../../src/toolkit/start/buildTools';
import { cacheFolder } from '../../src/toolkit/start/folders';
import { ensureCodeServer } from '../../src/toolkit/start/installCodeServer';
import { VsCodeUnavailable, vsCodeProblemSentence } from '../../src/toolkit/start/vsCodeProblem';
import { ensureDatabases } from '../real/network/databases';
import { ensureNetworkInstalled } from '../real/network/installNetwork';
import { findChromium } from './chromium';

type Say = (line: string) => void;

/** A Chromium for the page and e2e tests, installed where that can be done; otherwise the sentence that says what to do. */
export async function ensureChromium(say: Say): Promise<string | undefined> {
  if (findChromium()) return undefined;
  if (canInstallPackages(process.env)) {
    say('No Chromium found: installing it with apt ...');
    await installPackages(['chromium'], process.env);
    if (findChromium()) return undefined;
  }
  return 'No Chromium or Chrome was found. Install one (Debian and Ubuntu: sudo apt-get install -y chromium), or name it in CHROME_PATH.';
}

/** The VS Code for the e2e tests, installed if it isn't in the cache; otherwise the sentence that says what to do. */
export async function ensureVsCode(say: Say): Promise<string | undefined> {
  try {
    await ensureCodeServer({ cache: cacheFolder(process.env), env: process.env, onStep: (step) => say(`VS Code for the e2e tests: ${step.kind} ...`) });
    return undefined;
  } catch (error) {
    return error instanceof VsCodeUnavailable ? vsCodeProblemSentence(error.problem) : String(error);
  }
}

/** The AT Protocol network for the tests against a real one, installed if it isn't in the cache; otherwise the sentence that says what to do. */
export async function ensureRealNetwork(say: Say): Promise<string | undefined> {
  return (await ensureDatabases(say)) ?? (await ensureNetworkInstalled(cacheFolder(process.env), resolve('test/real/network'), say));
}

/** The cache folder to use: the usual one, or `fallback` where that can't be written (a build machine without a home). */
export function writableCache(fallback: string): string {
  const usual = cacheFolder(process.env);
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return usual;
  } catch {
    return fallback;
  }
}
