import { type Frame, type Locator } from 'playwright-core';
import { type WorkbenchWindow } from './workbenchWindow';

const patience = { timeout: 90_000 };

/** The reply page that shows a citizen, inside its webview. */
export interface ReplyPanel {
  readonly frame: Frame;
  readonly answer: Locator;
  readonly counter: Locator;
  readonly send: Locator;
  /** Chooses the approved template with this id. */
  choose(template: string): Promise<void>;
  /** Fills in a blank of the chosen template. */
  fill(name: string, value: string): Promise<void>;
  /** Waits until the answer may be sent, then sends it as people do who type: Ctrl+Enter. */
  sendByKey(): Promise<void>;
}

/** Opens the reply page of the first row with this text. A click is lost, or hits another row, where the rows move under it: then it is done again. */
export async function openReply(window: WorkbenchWindow, row: string, author: string): Promise<ReplyPanel> {
  await openPage(window, row, heading(author));
  return replyPanel(window, author);
}

/** Clicks the first row with this text until a page shows what the selector names. */
export async function openPage(window: WorkbenchWindow, row: string, selector: string, view?: string): Promise<Frame> {
  for (let left = 4; left > 0; left -= 1) {
    await window.clickRow(row, view);
    const shown = await window.webviewFrame(selector, 25_000).catch(() => undefined);
    if (shown !== undefined) return shown;
  }
  return window.webviewFrame(selector);
}

const heading = (author: string): string => `h1:has-text("${author}")`;

/** The reply page that shows this author; waits for it. */
export async function replyPanel(window: WorkbenchWindow, author: string): Promise<ReplyPanel> {
  const frame = await window.webviewFrame(heading(author));
  const answer = frame.locator('#answer');
  const send = frame.locator('vscode-button.send');
  return {
    frame,
    answer,
    counter: frame.locator('.counter'),
    send,
    async choose(template) {
      await frame.locator(`.option[data-key^="${template} "]`).click(patience);
      await frame.locator(`.option[data-key^="${template} "][aria-selected="true"]`).waitFor(patience);
    },
    async fill(name, value) {
      await frame.locator(`#value-${name}`).fill(value, patience);
    },
    async sendByKey() {
      await frame.locator('vscode-button.send:not(.not-yet)').waitFor(patience);
      await answer.focus();
      await window.page.keyboard.press('Control+Enter');
    },
  };
}
