import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { Rpc, type NotificationMap, type RequestMap, type Wire } from '../../../src/protocol/rpc';

const rootFolder = fileURLToPath(new URL('../../../', import.meta.url));
const screenshots = path.join(rootFolder, 'build', 'screenshots', 'webview');

export const themes = ['dark', 'light', 'hc', 'hcLight'] as const;
export type Theme = (typeof themes)[number];

const bodyClass: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-high-contrast',
  hcLight: 'vscode-high-contrast vscode-high-contrast-light',
};

export interface Look {
  readonly name: string;
  readonly theme: Theme;
  readonly width: number;
}

export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** What `getState` gives before the page sets anything. */
  readonly kept?: unknown;
}

export interface OpenedPage<Calls extends RequestMap, Emits extends NotificationMap> {
  readonly page: Page;
  readonly host: Rpc<Calls, Emits>;
  /** Policy violations, errors and console errors so far, without the inline styles that the toolkit tries in vain. */
  readonly complaints: readonly string[];
  /** Requests to any other place than the page's own files. */
  readonly strangers: readonly string[];
  /** The last `setState`. */
  kept(): unknown;
  /** Changes theme and width under the open page, as VS Code does. */
  wear(look: Look): Promise<void>;
  shot(name: string): Promise<void>;
  expectAccessible(): Promise<void>;
  close(): Promise<void>;
}

/** Polls as long as a slow machine may need; a page that is right passes at once. */
export function eventually<Value>(look: () => Value): ReturnType<typeof expect.poll> {
  return expect.poll(look, { timeout: 20_000 });
}

/** A browser and a server for one built page, joined to a host in this process by the real Rpc class. */
export class PageHarness {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly origin: string,
    private readonly pageName: string,
  ) {}

  static async start(name: 'reply' | 'template'): Promise<PageHarness> {
    const out = path.join(rootFolder, 'build', 'webview-test');
    await build({ entryPoints: [path.join(rootFolder, 'webview', name, `${name}.ts`)], outfile: path.join(out, `${name}.js`), bundle: true, platform: 'browser', format: 'iife', target: 'es2022', logLevel: 'error' });
    const files: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
      [`/${name}.js`]: { type: 'text/javascript', body: readFileSync(path.join(out, `${name}.js`)) },
      [`/${name}.css`]: { type: 'text/css', body: readFileSync(path.join(out, `${name}.css`)) },
      '/themes.css': { type: 'text/css', body: readFileSync(fileURLToPath(new URL('themes.css', import.meta.url))) },
    };
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const file = files[url.pathname];
      if (file !== undefined) {
        response.writeHead(200, { 'content-type': file.type }).end(file.body);
        return;
      }
      if (url.pathname !== '/') {
        response.writeHead(404).end();
        return;
      }
      const nonce = randomBytes(16).toString('base64');
      const theme = themes.find((each) => each === url.searchParams.get('theme')) ?? 'dark';
      const self = `http://${request.headers.host ?? ''}`;
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${self}; font-src ${self}; img-src blob:` })
        .end(`<!DOCTYPE html><html lang="en" data-theme="${theme}"><head><meta charset="utf-8"><title>Momentos</title><link rel="stylesheet" href="themes.css"><link rel="stylesheet" href="${name}.css"></head><body class="${bodyClass[theme]}" data-page="${name}"><div id="root"></div><script nonce="${nonce}" src="${name}.js"></script></body></html>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return new PageHarness(browser, server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, name);
  }

  /** `prepare` sets up the host before the page loads. */
  async open<Calls extends RequestMap, Emits extends NotificationMap>(prepare: (host: Rpc<Calls, Emits>) => void, options: PageOptions = {}): Promise<OpenedPage<Calls, Emits>> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 980, height: options.height ?? 860 },
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
      locale: 'en-US',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    const strangers: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !/inline style/iu.test(text) && !/favicon/u.test(message.location().url)) complaints.push(text);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.origin) && !request.url().startsWith(`blob:${this.origin}`)) strangers.push(request.url());
    });
    let listener: (message: unknown) => void = () => undefined;
    let kept = options.kept;
    await page.exposeFunction('hostPost', (message: unknown) => {
      listener(message);
    });
    await page.exposeFunction('hostKeep', (state: unknown) => {
      kept = state;
    });
    await page.addInitScript((first: unknown) => {
      let state = first;
      const scope = window as unknown as { hostPost(message: unknown): void; hostKeep(state: unknown): void; acquireVsCodeApi: unknown };
      scope.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => {
          scope.hostPost(structuredClone(message));
        },
        getState: () => state,
        setState: (next: unknown) => {
          state = next;
          scope.hostKeep(next);
        },
      });
    }, options.kept);
    const wire: Wire = {
      post: (message) => {
        if (!page.isClosed()) page.evaluate((data) => window.postMessage(data, '*'), message).catch(() => undefined);
      },
      listen: (hear) => {
        listener = hear;
        return () => {
          listener = () => undefined;
        };
      },
    };
    const host = new Rpc<Calls, Emits>(wire, { word: (error) => `Sentence for ${error.code}.` });
    prepare(host);
    await page.goto(`${this.origin}/?theme=${options.theme ?? 'dark'}`);
    return {
      page,
      host,
      complaints,
      strangers,
      kept: () => kept,
      wear: async ({ theme, width }) => {
        await page.setViewportSize({ width, height: options.height ?? 860 });
        await page.evaluate(
          async ([name, className]) => {
            document.documentElement.dataset['theme'] = name;
            document.body.className = className;
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          },
          [theme, bodyClass[theme]] as const,
        );
      },
      shot: async (name) => {
        mkdirSync(screenshots, { recursive: true });
        await page.screenshot({ path: path.join(screenshots, `${this.pageName}-${name}.png`), fullPage: true });
      },
      expectAccessible: () => expectAccessible(page),
      close: async () => {
        host.dispose();
        await context.close();
      },
    };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** No finding of axe at WCAG 2.2 AA, the toolkit's shadow trees included. */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const scope = window as unknown as { axe: { run(context: unknown, options: unknown): Promise<{ violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> } };
    const { violations } = await scope.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map((violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`);
  });
  expect(findings).toEqual([]);
}
