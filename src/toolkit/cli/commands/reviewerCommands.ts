import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { Option, type Command } from 'commander';
import { reviewerRoles, type ReviewerRole } from '../../../core/config';
import { MomentosError } from '../../../core/errors';
import { type RegisteredReviewer } from '../../../core/reviewers';
import { generateSigningKey, parseFingerprint, shortestPassphrase, spokenFingerprint } from '../../../core/signing';
import { writeKeyFile } from '../../../desk/keyFile';
import { parsePerson } from '../../../desk/operator';
import { reviewerRoleWords, reviewerStandingWords } from '../../../desk/reviewerWords';
import { parseInstant } from '../arguments';
import { type CliHost, type CommonOptions, passphraseOf, terminalFor, withDesk } from '../host';
import { plain } from '../mentionLines';

/** What a command needs where it signs. */
export function withKey(command: Command): Command {
  return command
    .option('--key <file>', l10n.t('your reviewer key (default: the file that MOMENTOS_REVIEWER_KEY_FILE names)'))
    .option('--passphrase-file <file>', l10n.t('file with the passphrase of the key, readable by you alone'));
}

interface KeygenOptions extends CommonOptions {
  readonly out: string;
  /** `--no-passphrase` makes it false. */
  readonly passphrase: boolean;
}

/** `templates keygen --out FILE`: a key pair of one's own; needs no desk. */
export function addKeygen(templates: Command, host: CliHost): void {
  templates
    .command('keygen')
    .description(l10n.t('Make a reviewer key: the private half goes into a file, the public half is printed.'))
    .requiredOption('--out <file>', l10n.t('where the private key goes; never written over'))
    .option('--passphrase-file <file>', l10n.t('file with the passphrase of the key, readable by you alone'))
    .option('--no-passphrase', l10n.t('leave the file unlocked: whoever can read it can sign'))
    .action(async (options: KeygenOptions) => {
      const terminal = terminalFor(host, options);
      const passphrase = options.passphrase ? await passphraseOf(host, options, l10n.t('New passphrase')) : undefined;
      if (options.passphrase && passphrase === undefined) throw new MomentosError('usage.invalid', { reason: '--passphrase-file | --no-passphrase' });
      if (passphrase !== undefined && [...passphrase].length < shortestPassphrase) throw new MomentosError('key.weakPassphrase', { least: shortestPassphrase });
      const { pem, key } = generateSigningKey(passphrase);
      const path = resolve(host.cwd, options.out);
      await writeKeyFile(path, pem);
      terminal.item(
        () => ({ path, publicKey: key.publicKey, fingerprint: key.fingerprint }),
        () => `${l10n.t('Public key: {0}', key.publicKey)}\n${l10n.t('Fingerprint: {0}', spokenFingerprint(key.fingerprint))}`,
      );
      terminal.say(l10n.t('The private key lies in {0}. Keep it to yourself. A reviewer adds you with "momentos reviewers add"; the first one adds himself.', path));
    });
}

/** reviewers list, add, revoke, trust. */
export function addReviewerCommands(program: Command, host: CliHost): void {
  const reviewers = program.command('reviewers').description(l10n.t('Who may approve templates, and the keys that prove it.'));

  reviewers
    .command('list')
    .description(l10n.t('List the reviewers, and whether their entries count.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const registry = await desk.reviewers.registry();
        for (const reviewer of registry.reviewers) terminal.item(() => reviewerJson(reviewer), () => reviewerLine(reviewer));
        const root = registry.trust.root ?? registry.claimedRoot;
        if (root !== undefined && !terminal.json) {
          terminal.say(registry.trust.root === undefined ? l10n.t('First key, not confirmed on this machine: {0}', spokenFingerprint(root)) : l10n.t('First key, confirmed: {0}', spokenFingerprint(root)));
        }
      });
    });

  withKey(reviewers.command('add <person>'))
    .description(l10n.t('Sign the entry of a reviewer, like "Luz Marte <luz@isc.example>"; the first one signs his own.'))
    .option('--public-key <key>', l10n.t('the public key of that person (default: yours)'))
    .addOption(new Option('--role <role...>', l10n.t('what that person decides on: templates and answers, or erasures, disposal and legal holds (default: templates)')).choices(reviewerRoles))
    .action(async (text: string, options: CommonOptions & { readonly publicKey?: string; readonly role?: ReviewerRole[] }) => {
      const terminal = terminalFor(host, options);
      const person = parsePerson(text);
      await withDesk(host, options, async (desk) => {
        const added = await desk.reviewers.add({ ...person, publicKey: options.publicKey, roles: options.role });
        terminal.item(() => reviewerJson(added), () => reviewerLine(added));
      });
    });

  withKey(reviewers.command('revoke <fingerprint>'))
    .description(l10n.t('End a key from a time on: what it signed before stays, what it signs from then on does not count.'))
    .requiredOption('--reason <text>', l10n.t('why'))
    .option('--from <iso>', l10n.t('from when on (default: now); name a time before the loss where a key was stolen'))
    .action(async (text: string, options: CommonOptions & { readonly reason: string; readonly from?: string }) => {
      const terminal = terminalFor(host, options);
      const fingerprint = parseFingerprint(text);
      if (fingerprint === undefined) throw new MomentosError('trust.invalid', { text: text.slice(0, 100) });
      await withDesk(host, options, async (desk) => {
        const from = parseInstant(options.from, desk.config.institution.timeZone) ?? Date.now();
        const revoked = await desk.reviewers.revoke(fingerprint, from, options.reason);
        terminal.item(() => reviewerJson(revoked), () => reviewerLine(revoked));
        const lost = (await desk.templates.list()).filter(({ problems }) => problems.some(({ code }) => code === 'approval.keyRevoked'));
        terminal.say(lost.length === 0 ? l10n.t('No approval is lost by it.') : l10n.t('These templates need a new review, since the key signed them after that time: {0}', lost.map(({ id }) => id).join(', ')));
      });
    });

  reviewers
    .command('trust <fingerprint>')
    .description(l10n.t('Confirm the first key of the institution on this machine, once you have compared its fingerprint.'))
    .action(async (text: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const registry = await desk.reviewers.trust(text);
        const counted = registry.reviewers.filter(({ standing }) => standing === 'counted');
        terminal.item(() => ({ root: registry.trust.root, reviewers: counted.map(reviewerJson) }), () => l10n.t('Confirmed. Reviewers who count now: {0}.', counted.map(({ entry }) => plain(entry.name, 60)).join(', ') || '-'));
      });
    });
}

function reviewerJson({ entry, standing, fingerprint, revokedFrom, roles }: RegisteredReviewer): Record<string, unknown> {
  return { name: entry.name, email: entry.email ?? null, standing, fingerprint: fingerprint ?? null, revokedFrom: revokedFrom ?? null, practice: entry.practice === true, roles };
}

function reviewerLine({ entry, standing, fingerprint, revokedFrom, roles }: RegisteredReviewer): string {
  const words = revokedFrom === undefined ? reviewerStandingWords(standing) : l10n.t('revoked from {0} on', revokedFrom);
  return `${plain(entry.name, 40).padEnd(28)} ${plain(entry.email ?? '', 40).padEnd(28)} ${fingerprint?.slice(0, 16) ?? '-'.padEnd(16)}  ${words}${roles.length === 0 ? '' : ` · ${roles.map(reviewerRoleWords).join(', ')}`}`;
}
