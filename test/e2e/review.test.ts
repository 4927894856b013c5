import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk';
import { initDesk } from '../../src/desk/initDesk';
import { tokenVariable } from '../../src/desk/secrets';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { pictureFailures } from './support/failurePicture';
import { projectRoot } from './support/packaged';
import { openPage, openReply } from './support/replyPanel';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const mediaDir = join(projectRoot, 'media');
const channel = 'mastodon-main';

let base: string;
let dir: string;
let server: PracticeServer;
let workbench: Workbench;

/** A desk that is no practice desk: its templates wait for Ana, the reviewer; they were proposed by somebody else. The interface is English. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-review-'));
  dir = join(base, 'desk');
  server = await startPracticeServer({ count: 0 });
  const environment = { XDG_CONFIG_HOME: join(base, 'config'), [tokenVariable(channel)]: server.token };
  const common = { dir, mediaDir, clock: systemClock, random: systemRandomness, logger: silentLogger, environment };
  await initDesk({
    ...common,
    institution: { id: 'isc', name: 'Institute of Citizen Services', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] },
    channel: { id: channel, url: server.url, account: server.account },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    units: [],
    reviewer: { name: 'Ana Pérez', email: 'ana@isc.example' },
    as: 'Luz Marte <luz@isc.example>',
  });
  const luz = await createDesk({ ...common, version: '0.0.0', as: 'Luz Marte <luz@isc.example>' });
  const waiting = (await luz.templates.list()).filter(({ state }) => state === 'inReview').length;
  await luz.dispose();
  expect(waiting).toBeGreaterThanOrEqual(15);

  server.control.addMention({ text: 'Thank you for the quick help with my certificate. Excellent service!', author: 'grace', name: 'Grace Test', language: 'en' });
  workbench = await startWorkbench({
    deskDir: dir,
    env: { ...environment, MOMENTOS_OPERATOR: 'Ana Pérez <ana@isc.example>' },
    settings: { 'momentos.language': 'en', 'momentos.replies.undoSeconds': 0 },
    colorTheme: 'light',
  });
  await workbench.openMomentosView();
  await workbench.row('Grace T.', 'Inbox').waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await server?.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
});

test('what nobody has approved is not offered for an answer', async () => {
  const panel = await openReply(workbench, 'Grace T.', 'Grace Test');
  await panel.frame.locator('.templates .nothing', { hasText: 'No approved template can be sent now.' }).waitFor(patience);
  await workbench.screenshot('review-nothing-approved');
});

test('the first reviewer makes a key and signs herself in', async () => {
  await workbench.command('Momentos: Set Up Reviewer Key');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Make a new key' }).click(patience);
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByText('Sign yourself in as the first reviewer of this desk?').waitFor(patience);
  expect(await dialog.textContent()).toMatch(/(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/u);
  await workbench.screenshot('reviewer-first-key');
  await dialog.getByRole('button', { name: 'Sign and Confirm' }).click(patience);
  await workbench.page.locator('.notification-toast', { hasText: 'You are a reviewer now.' }).waitFor(patience);
  await workbench.screenshot('reviewer-signed-in');
  const config = JSON.parse((await readFile(join(dir, 'momentos.json'), 'utf8')).replace(/^\/\/.*$/mu, '')) as { reviewers: readonly Record<string, string>[] };
  expect(config.reviewers).toEqual([{ name: 'Ana Pérez', email: 'ana@isc.example', key: expect.any(String) as string, since: expect.any(String) as string, signedBy: expect.any(String) as string, signature: expect.any(String) as string }]);
});

test('the reviewer reads a proposed template, approves it, and then it is sent', async () => {
  await scrollTo('Thanks for a positive message');
  const preview = await openPage(workbench, 'Thanks for a positive message', 'h1:has-text("Thanks for a positive message")', 'Templates');
  await preview.locator('vscode-button[data-key="approve"]').waitFor(patience);
  await workbench.screenshot('review-preview');
  await preview.locator('vscode-button[data-key="approve"]').click();
  await preview.locator('vscode-button[data-key="approve"]').waitFor({ ...patience, state: 'detached' });
  await preview.getByText('approved', { exact: true }).first().waitFor(patience);
  await workbench.view('Templates').locator('.monaco-list-row[aria-label^="In review, 15"]').first().waitFor(patience);
  await workbench.screenshot('review-approved');

  const panel = await openReply(workbench, 'Grace T.', 'Grace Test');
  await panel.choose('thanks');
  const text = await panel.answer.inputValue();
  expect(text).toMatch(/^Hello, Grace Test\. Thank you very much for your words!/u);
  await workbench.screenshot('review-reply-english');
  await panel.sendByKey();
  await expect.poll(() => server.control.posted().map((status) => status.text), patience).toEqual([`@grace ${text}`]);
  await workbench.row('Answered today', 'Inbox').waitFor(patience);
});

test('an approved text that somebody changed is refused, and the page says why', async () => {
  server.control.addMention({ text: 'Great service at the window today, thank you!', author: 'henry', name: 'Henry Test', language: 'en' });
  await workbench.command('Momentos: Refresh Inbox');
  await workbench.row('Henry T.', 'Inbox').waitFor(patience);
  const panel = await openReply(workbench, 'Henry T.', 'Henry Test');
  await panel.choose('thanks');
  await panel.frame.locator('vscode-button.send:not(.not-yet)').waitFor(patience);
  const before = server.control.posted().length;
  const copy = join(dir, 'templates', 'approved', 'thanks.v1.md');
  await writeFile(copy, (await readFile(copy, 'utf8')).replace('Thank you very much', 'Thank you very, very much'));
  await panel.answer.focus();
  await workbench.page.keyboard.press('Control+Enter');
  await panel.frame.getByText('has no approved version that may be sent now').first().waitFor(patience);
  await workbench.screenshot('review-copy-changed');
  expect(server.control.posted()).toHaveLength(before);
});

/** Turns the wheel over the Templates view until the row is there: rows out of sight are not. */
async function scrollTo(text: string): Promise<void> {
  await workbench.view('Templates').locator('.monaco-list-row').first().hover(patience);
  await expect
    .poll(
      async () => {
        if ((await workbench.row(text, 'Templates').count()) > 0) return true;
        await workbench.page.mouse.wheel(0, 60);
        return false;
      },
      { ...patience, interval: 200 },
    )
    .toBe(true);
}
