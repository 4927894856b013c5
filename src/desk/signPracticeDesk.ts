import { homedir } from 'node:os';
import { createFileSecrets } from '../store/secretFiles';
import { loadConfig } from './config';
import { createDesk, type DeskOptions } from './desk';
import { makePracticeReviewer } from './practiceKey';
import { writeConfigList } from './reviewers';
import { configDir } from './secrets';

/** Gives the reviewer of a practice desk from before a key, and signs what he approved. False = there was nothing to do. Errors: `config.*`, `store.*`, `lock.*`. */
export async function signPracticeDesk(options: Omit<DeskOptions, 'as' | 'signer' | 'secrets'>): Promise<boolean> {
  const { institution, reviewers } = await loadConfig(options.dir);
  const bare = reviewers.find(({ practice, key }) => practice === true && key === undefined);
  if (bare === undefined) return false;
  const files = createFileSecrets({ configDir: configDir(options.environment, homedir()) });
  const { entry } = await makePracticeReviewer(files, options.dir, institution.id, bare.name, options.clock.now());
  await writeConfigList(options.dir, 'reviewers', reviewers.map((one) => (one === bare ? entry : one)));
  const desk = await createDesk({ ...options, as: bare.name });
  try {
    await desk.templates.signEarlier();
    return true;
  } finally {
    await desk.dispose();
  }
}
