import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, type Frame, type Locator, type Page } from 'playwright-core';
import { projectRoot } from './packaged';

/** A row of a tree view as it stands on the screen; only rows that are scrolled into sight exist. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for a group, 2 for what is in it. */
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
}

/** One window of VS Code in a browser, driven as a person would drive it. */
export interface WorkbenchWindow {
  readonly page: Page;
  readonly url: string;
  /** Errors on the browser's console and uncaught ones of the page, without those that VS Code itself is known to make here. */
  readonly consoleErrors: readonly string[];
  /** Runs a command of the palette by the title (or its beginning) that a person types. */
  command(title: string): Promise<void>;
  /** Opens the Momentos container in the side bar, unless it is open. */
  openMomentosView(): Promise<void>;
  /** The section of the side bar with this title (such as "Inbox"), or the whole side bar. */
  view(title?: string): Locator;
  treeRows(view?: string): Promise<TreeRow[]>;
  /** The first tree row that contains the text; waits for it. */
  row(text: string, view?: string): Locator;
  clickRow(text: string, view?: string): Promise<void>;
  /** Presses a button of the first row with this text that shows while the pointer is on it; `button` is its selector within the row. */
  pressInRow(text: string, button: string, view?: string): Promise<void>;
  /** The innermost frame of a webview that has an element for the selector; waits for it, so many milliseconds at most. */
  webviewFrame(selector: string, timeout?: number): Promise<Frame>;
  /** The text of a notification that contains `text`; waits for it. */
  notification(text: string | RegExp): Locator;
  /** Keeps the window as `build/screenshots/<name>.png`. */
  screenshot(name: string): Promise<string>;
  /** Reloads the window and waits until it can be used. With `kept`, words of what a page keeps for itself, only once VS Code has written them down. */
  reload(kept?: string): Promise<void>;
}

/** What the console says in every VS Code started this way, extension or not; anything else counts. */
const knownConsoleErrors: readonly RegExp[] = [
  // VS Code's own search program is not built here, and its task search gives up on a slow machine.
  /ripgrep\/bin\/rg ENOENT/u,
  /Timed out getting tasks from/u,
  // Microsoft's own signing module, which no build from the open sources has.
  /\/static\/node_modules\/vsda\//,
  // VS Code looks for a sign-in to its own service; there is none in this build.
  /Timed out waiting for authentication provider 'github'/,
];

const patience = { timeout: 120_000 };
const clickPatience = { timeout: 6000 };

/** Opens the workbench in a new browser page; resolves when its activity bar is there. */
export async function openWindow(context: BrowserContext, url: string): Promise<WorkbenchWindow> {
  const page = await context.newPage();
  // The usual half a minute is little on a slow machine that starts a VS Code besides.
  page.setDefaultTimeout(90_000);
  const consoleErrors: string[] = [];
  const keep = (text: string): void => {
    if (!knownConsoleErrors.some((known) => known.test(text))) consoleErrors.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') keep(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => keep(error.stack ?? error.message));
  const ready = async (): Promise<void> => {
    await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor(patience);
    await page.locator('.monaco-workbench .statusbar .statusbar-item').first().waitFor(patience);
    // Until the colours of the theme are there, the window shows others.
    await page.locator('.monaco-workbench[class*="-themes-"]').waitFor(patience);
  };
  await page.goto(url, patience);
  await ready();

  const view = (title?: string): Locator => {
    const sideBar = page.locator('.part.sidebar');
    return title === undefined ? sideBar : sideBar.locator('.pane').filter({ has: page.locator('.pane-header .title', { hasText: new RegExp(`^${escapeRegExp(title)}$`, 'i') }) });
  };
  const row = (text: string, title?: string): Locator => view(title).locator('.monaco-list-row', { hasText: text }).first();

  const screenshot = async (name: string): Promise<string> => {
    const folder = join(projectRoot, 'build', 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    return path;
  };

  /** To the empty middle of the status bar: the hover of what lies under the pointer would cover the view, and stays as long as the pointer does. */
  const restPointer = (): Promise<void> => page.mouse.move(640, (page.viewportSize()?.height ?? 800) - 8);

  /** A hover that came after the pointer had left its row stays until the pointer has been on it and has left it too. */
  const leaveHovers = async (): Promise<void> => {
    await restPointer();
    const hover = page.locator('.context-view .monaco-hover:visible, .context-view .workbench-hover:visible').first();
    const box = (await hover.count()) === 0 ? null : await hover.boundingBox({ timeout: 1000 }).catch(() => null);
    if (box !== null) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
    await restPointer();
  };

  return {
    page,
    url,
    consoleErrors,
    view,
    row,
    async command(title) {
      const input = page.locator('.quick-input-widget input[type="text"]').first();
      const entry = page.locator('.quick-input-widget .monaco-list-row', { hasText: title }).first();
      // The palette shows what is registered when it opens, and extensions register while the window already stands.
      for (let attempt = 1; ; attempt += 1) {
        // It closes when something else takes the focus, such as a page that has just loaded.
        await page.keyboard.press('F1');
        const done = await input.fill(`>${title}`, { timeout: 10_000 }).then(() => entry.waitFor({ timeout: 5000 })).then(() => entry.click({ timeout: 5000 })).then(() => true, () => false);
        if (done) return;
        if (attempt === 10) throw new Error(`The palette knows no command "${title}"; see ${await screenshot('failed-command')}`);
        await page.keyboard.press('Escape');
      }
    },
    async openMomentosView() {
      const item = page.locator('.activitybar .action-item', { has: page.locator('a[aria-label^="Momentos"]') });
      await item.waitFor(patience);
      const content = page.locator('.part.sidebar .pane, .part.sidebar .composite').first();
      for (let attempt = 1; ; attempt += 1) {
        const shown = (await item.getAttribute('class'))?.split(' ').includes('checked') && (await page.locator('.part.sidebar').isVisible());
        // At its edge: the badge covers the middle.
        if (!shown) await item.click({ ...patience, position: { x: 6, y: 6 } });
        // A window that has just been loaded may open the container by itself, and the click has closed it then.
        if (await content.waitFor({ timeout: 8000 }).then(() => true, () => false)) break;
        if (attempt === 8) throw new Error(`The side bar does not open; see ${await screenshot('failed-side-bar')}`);
      }
      await restPointer();
    },
    treeRows: async (title) =>
      view(title).locator('.monaco-list-row').evaluateAll((rows) =>
        rows.map((element) => ({
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          ariaLabel: element.getAttribute('aria-label') ?? '',
          level: Number(element.getAttribute('aria-level')),
          expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
          selected: element.getAttribute('aria-selected') === 'true',
        })),
      ),
    async clickRow(text, title) {
      // Each try is short: a hover may come while it lasts.
      for (let left = patience.timeout / clickPatience.timeout; left > 1; left -= 1) {
        await leaveHovers();
        if (await row(text, title).click(clickPatience).then(() => true, () => false)) return restPointer();
      }
      await row(text, title).click(clickPatience);
      await restPointer();
    },
    async pressInRow(text, button, title) {
      const press = (): Promise<void> => row(text, title).hover(clickPatience).then(() => row(text, title).locator(button).first().click(clickPatience));
      // The row may be drawn anew, or move, under the pointer: its buttons are gone then until the pointer moves.
      for (let left = patience.timeout / clickPatience.timeout / 2; left > 1; left -= 1) {
        if (await press().then(() => true, () => false)) return;
        await leaveHovers();
      }
      await press();
    },
    async webviewFrame(selector, timeout = patience.timeout) {
      const deadline = Date.now() + timeout;
      for (;;) {
        for (const frame of page.frames()) {
          if (frame !== page.mainFrame() && (await frame.locator(selector).count().catch(() => 0)) > 0) return frame;
        }
        if (Date.now() > deadline) throw new Error(`No webview shows ${selector}.`);
        await page.waitForTimeout(100);
      }
    },
    notification: (text) => page.locator('.notifications-toasts .notification-list-item, .notifications-center .notification-list-item').filter({ hasText: text }).first(),
    screenshot,
    async reload(kept) {
      // VS Code in a browser writes its state every few seconds, not when the window closes.
      for (const deadline = Date.now() + patience.timeout; kept !== undefined && !(await page.evaluate(isWrittenDown, kept)); await page.waitForTimeout(250)) {
        if (Date.now() > deadline) throw new Error(`VS Code does not write down ${kept}.`);
      }
      await page.reload(patience);
      await ready();
    },
  };
}

/** In the page: whether VS Code's own store holds an editor area with the text; a page that goes on to another citizen must say so without being scrolled. */
async function isWrittenDown(text: string): Promise<boolean> {
  const stored = async (name: string): Promise<string> => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error(name));
    });
    try {
      if (!database.objectStoreNames.contains('ItemTable')) return '';
      return await new Promise<string>((resolve) => {
        const reading: IDBRequest<unknown> = database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor');
        reading.onsuccess = () => resolve(typeof reading.result === 'string' ? reading.result : '');
        reading.onerror = () => resolve('');
      });
    } finally {
      database.close();
    }
  };
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('vscode-web-state-db-') === true ? [name] : []));
  return (await Promise.all(names.map(stored))).some((state) => state.includes(text));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Runs a command until this is seen: a question closes when something else takes the focus, such as what had it before a dialog. */
export async function commandShowing(window: WorkbenchWindow, title: string, shown: Locator): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await window.command(title);
    if (await shown.waitFor({ timeout: 15_000 }).then(() => true, () => false)) return;
    if (attempt === 4) throw new Error(`"${title}" does not show what it should; see ${await window.screenshot('failed-command')}`);
  }
}
