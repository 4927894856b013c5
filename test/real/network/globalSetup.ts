import { type TestProject } from 'vitest/node';
import { cacheFolder } from '../../../src/toolkit/start/folders';
import { ensureDatabases } from './databases';
import { ensureNetworkInstalled, networkFolder } from './installNetwork';
import { type RealNetwork, startNetwork } from './startNetwork';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly network: RealNetwork;
  }
}

/** One network for all test files; what it needs is installed first. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cache = cacheFolder(process.env);
  const say = (line: string): void => console.log(line);
  const lacking = (await ensureDatabases(say)) ?? (await ensureNetworkInstalled(cache, import.meta.dirname, say));
  if (lacking !== undefined) throw new Error(lacking);
  const { network, close } = await startNetwork(networkFolder(cache, import.meta.dirname));
  project.provide('network', network);
  return close;
}
