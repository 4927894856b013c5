import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { reviewerRoles, type ReviewerConfig, type ReviewerRole } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { type ReviewerRegistry } from '../../core/reviewers';
import { findReviewer } from '../../core/reviewRules';
import { fingerprintOf, isEncryptedPem, isPublicKey, shortestPassphrase, spokenFingerprint, type SigningKey } from '../../core/signing';
import { type Desk } from '../../desk/deskApi';
import { readPrivateFile, writeKeyFile } from '../../desk/keyFile';
import { parsePerson } from '../../desk/operator';
import { reviewerRoleWords, reviewerStandingWords } from '../../desk/reviewerWords';
import { askOne, askText, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';

/** Reviewers and their keys: making one, adding and revoking, confirming the first. */
export function registerReviewerCommands(deeds: Deeds, session: DeskSession): vscode.Disposable {
  let told: string | undefined;
  return vscode.Disposable.from(
    session.onDidChange(() => {
      const { desk } = session;
      if (desk === undefined || told === desk.dir) return;
      told = desk.dir;
      void deeds.attempt('looking at the reviewers', () => tellUntrusted(desk));
    }),
    deeds.register(commands.reviewerSetUpKey, () => setUpKey(session)),
    deeds.register(commands.reviewerExportKey, () => exportKey(session)),
    deeds.register(commands.reviewerAdd, async () => addReviewer(await session.use())),
    deeds.register(commands.reviewerRevokeKey, async () => revokeKey(await session.use())),
    deeds.register(commands.reviewersTrust, async () => trustReviewers(await session.use())),
    deeds.register(commands.templatesSignEarlier, async () => {
      const desk = await session.use();
      const signed = await desk.templates.signEarlier();
      void vscode.window.showInformationMessage(signed.length === 0 ? l10n.t('Every approval is signed already.') : l10n.t('{0} approvals signed.', signed.length));
    }),
  );
}

/** Once for each desk: why approved templates are not offered, and the button that helps. */
async function tellUntrusted(desk: Desk): Promise<void> {
  if (desk.practice) return;
  const { trust, claimedRoot } = await desk.reviewers.registry();
  if (trust.root !== undefined || claimedRoot === undefined) return;
  const look = l10n.t('Compare and Confirm…');
  const chosen = await vscode.window.showWarningMessage(l10n.t('Nobody has confirmed on this machine whose key stands first at this desk. Until then no approved template is sent.'), look);
  if (chosen === look) await vscode.commands.executeCommand(commands.reviewersTrust);
}

async function setUpKey(session: DeskSession): Promise<void> {
  const desk = await session.use();
  const keys = await session.reviewerKeys();
  const key = (await keys.key()) ?? (await makeOrBring(keys));
  if (key === undefined) return;
  const registry = await desk.reviewers.registry();
  const entry = findReviewer(registry, desk.operator);
  if (entry?.standing === 'counted' && entry.fingerprint === key.fingerprint) {
    await showKey(l10n.t('Your reviewer key is ready: what you approve is signed with it.'), key);
  } else if (isFirst(desk, registry)) {
    const yes = await askYes(
      l10n.t('Sign yourself in as the first reviewer of this desk?'),
      l10n.t('Sign and Confirm'),
      l10n.t('No reviewer of this desk has a key yet. Yours becomes the first; colleagues on other machines compare this fingerprint before they trust it:\n\n{0}', spokenFingerprint(key.fingerprint)),
    );
    if (!yes) return;
    await desk.reviewers.add({ name: desk.operator.name, email: desk.operator.email });
    await showKey(l10n.t('You are a reviewer now. momentos.json holds your signed entry: share it with the desk.'), key);
  } else {
    await showKey(l10n.t('Your key is made. Send its public half to a reviewer, who signs you in with "Add Reviewer".'), key);
  }
}

function isFirst(desk: Desk, registry: ReviewerRegistry): boolean {
  const listed = findReviewer(registry, desk.operator);
  return listed !== undefined && listed.entry.practice !== true && registry.claimedRoot === undefined && registry.trust.root === undefined;
}

async function makeOrBring(keys: Awaited<ReturnType<DeskSession['reviewerKeys']>>): Promise<SigningKey | undefined> {
  const how = await askOne(l10n.t('Set Up Reviewer Key'), [
    { label: l10n.t('Make a new key'), description: l10n.t('it stays in the secret store of this VS Code'), value: 'make' as const },
    { label: l10n.t('Bring a key from a file…'), description: l10n.t('one that was exported elsewhere'), value: 'bring' as const },
  ]);
  if (how === undefined) return undefined;
  if (how === 'make') return keys.make();
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, openLabel: l10n.t('Bring this key') })) ?? [];
  if (uri === undefined) return undefined;
  const pem = await readPrivateFile(uri.fsPath);
  const passphrase = isEncryptedPem(pem) ? await askText({ title: l10n.t('Set Up Reviewer Key'), prompt: l10n.t('Passphrase of the key'), password: true, required: true }) : undefined;
  if (isEncryptedPem(pem) && passphrase === undefined) return undefined;
  return keys.bring(pem, passphrase);
}

/** Says what the key is known by; the private half is never shown. */
async function showKey(message: string, key: SigningKey): Promise<void> {
  const copy = l10n.t('Copy Public Key');
  const detail = l10n.t('Fingerprint: {0}', spokenFingerprint(key.fingerprint));
  if ((await vscode.window.showInformationMessage(`${message} ${detail}`, copy)) === copy) await vscode.env.clipboard.writeText(key.publicKey);
}

async function exportKey(session: DeskSession): Promise<void> {
  const keys = await session.reviewerKeys();
  if ((await keys.key()) === undefined) throw new MomentosError('key.missing', { name: (await session.use()).operator.name });
  const title = l10n.t('Export Reviewer Key');
  const passphrase = await askText({
    title,
    prompt: l10n.t('A passphrase of several words. Without it nobody can use the file, not even you.'),
    password: true,
    required: true,
    check: (text) => ([...text].length < shortestPassphrase ? l10n.t('At least {0} characters.', shortestPassphrase) : undefined),
  });
  if (passphrase === undefined) return;
  const again = await askText({ title, prompt: l10n.t('The passphrase once more.'), password: true, required: true, check: (text) => (text === passphrase ? undefined : l10n.t('It is not the same.')) });
  if (again === undefined) return;
  const target = await vscode.window.showSaveDialog({ title, filters: { PEM: ['pem'] } });
  const pem = await keys.locked(passphrase);
  if (target === undefined || pem === undefined) return;
  await writeKeyFile(target.fsPath, pem);
  void vscode.window.showInformationMessage(l10n.t('The key lies in {0}, locked with your passphrase.', target.fsPath));
}

async function addReviewer(desk: Desk): Promise<void> {
  const title = l10n.t('Add Reviewer');
  const { reviewers } = await desk.reviewers.registry();
  const waiting = reviewers.filter(({ standing, entry }) => standing !== 'counted' && entry.practice !== true);
  const person = waiting.length === 0 ? 'new' : await askOne<ReviewerConfig | 'new'>(title, [
    ...waiting.map(({ entry, standing }) => ({ label: plainNotice(entry.name, 80), description: plainNotice(`${entry.email ?? ''} · ${reviewerStandingWords(standing)}`, 120), value: entry })),
    { label: l10n.t('Somebody else…'), value: 'new' },
  ]);
  if (person === undefined) return;
  const named = person === 'new' ? await askPerson(title) : person;
  if (named === undefined) return;
  const publicKey = await askText({
    title,
    prompt: l10n.t('The public key that {0} sent you. Make sure that it is really theirs: call, or meet.', plainNotice(named.name, 60)),
    required: true,
    check: (text) => (isPublicKey(text) ? undefined : l10n.t('A public key has 43 letters, digits, hyphens and underscores.')),
  });
  if (publicKey === undefined) return;
  const roles = await askOne<readonly ReviewerRole[]>(title, [
    { label: reviewerRoleWords('templates'), value: ['templates'] },
    { label: reviewerRoleWords('redactions'), description: l10n.t('not templates'), value: ['redactions'] },
    { label: l10n.t('both'), description: reviewerRoles.map(reviewerRoleWords).join(', '), value: reviewerRoles },
  ], l10n.t('What does {0} decide on?', plainNotice(named.name, 60)));
  if (roles === undefined) return;
  const yes = await askYes(
    l10n.t('May {0} decide on {1} from now on?', plainNotice(named.name, 60), roles.map(reviewerRoleWords).join(', ')),
    l10n.t('Sign'),
    l10n.t('You sign this with your own key. Fingerprint of theirs:\n\n{0}', spokenFingerprint(fingerprintOf(publicKey))),
  );
  if (!yes) return;
  // Without roles the entry is as it always was: templates alone.
  await desk.reviewers.add({ name: named.name, email: named.email, publicKey, ...(roles.includes('redactions') ? { roles } : {}) });
  void vscode.window.showInformationMessage(l10n.t('{0} is a reviewer now. momentos.json holds the signed entry: share it with the desk.', plainNotice(named.name, 60)));
}

async function askPerson(title: string): Promise<{ readonly name: string; readonly email?: string | undefined } | undefined> {
  const text = await askText({
    title,
    prompt: l10n.t('Name and address, like: Luz Marte <luz@isc.example>'),
    required: true,
    check: (typed) => {
      try {
        parsePerson(typed);
        return undefined;
      } catch {
        return l10n.t('Write it like: Luz Marte <luz@isc.example>');
      }
    },
  });
  return text === undefined ? undefined : parsePerson(text);
}

async function revokeKey(desk: Desk): Promise<void> {
  const title = l10n.t('Revoke Reviewer Key');
  const { reviewers } = await desk.reviewers.registry();
  const withKeys = reviewers.flatMap(({ entry, fingerprint, revokedFrom }) => (fingerprint === undefined || revokedFrom !== undefined ? [] : [{ label: plainNotice(entry.name, 80), description: fingerprint.slice(0, 16), value: fingerprint }]));
  if (withKeys.length === 0) throw new MomentosError('reviewer.notFound', { fingerprint: '-' });
  const fingerprint = await askOne(title, withKeys);
  if (fingerprint === undefined) return;
  const lost = await askOne(title, [
    { label: l10n.t('From now on'), description: l10n.t('what it signed before stays'), value: 0 },
    { label: l10n.t('Since one day'), description: l10n.t('what it signed since then needs a new review'), value: 1 },
    { label: l10n.t('Since a week'), description: l10n.t('what it signed since then needs a new review'), value: 7 },
    { label: l10n.t('From its beginning'), description: l10n.t('all that it ever signed needs a new review'), value: Number.POSITIVE_INFINITY },
  ]);
  if (lost === undefined) return;
  const reason = await askText({ title, prompt: l10n.t('Why? It goes into momentos.json and the audit log.'), required: true });
  if (reason === undefined) return;
  const from = lost === Number.POSITIVE_INFINITY ? Date.parse(reviewers.find((one) => one.fingerprint === fingerprint)?.entry.since ?? '') || 0 : Date.now() - lost * 86_400_000;
  await desk.reviewers.revoke(fingerprint, from, reason);
  const gone = (await desk.templates.list()).filter(({ problems }) => problems.some(({ code }) => code === 'approval.keyRevoked')).map(({ id }) => id);
  void vscode.window.showWarningMessage(gone.length === 0 ? l10n.t('The key is revoked. No approval is lost by it.') : l10n.t('The key is revoked. These templates need a new review: {0}', gone.join(', ')));
}

async function trustReviewers(desk: Desk): Promise<void> {
  const { trust, claimedRoot, reviewers } = await desk.reviewers.registry();
  if (trust.root !== undefined) {
    void vscode.window.showInformationMessage(l10n.t('Confirmed on this machine: {0}', spokenFingerprint(trust.root)));
    return;
  }
  if (claimedRoot === undefined) {
    void vscode.window.showInformationMessage(l10n.t('No reviewer of this desk has a key yet. The first one runs "Set Up Reviewer Key".'));
    return;
  }
  const owner = reviewers.find(({ fingerprint }) => fingerprint === claimedRoot)?.entry.name ?? desk.config.institution.name;
  const yes = await askYes(
    l10n.t('Is this the fingerprint that {0} told you?', plainNotice(owner, 80)),
    l10n.t('It Is the Same'),
    l10n.t('Compare it by telephone or in person, not by what stands in this folder. What this key vouches for can be sent in the name of the institution.\n\n{0}', spokenFingerprint(claimedRoot)),
  );
  if (!yes) return;
  await desk.reviewers.trust(claimedRoot);
  void vscode.window.showInformationMessage(l10n.t('Confirmed. Approved templates can be sent from this machine.'));
}
