import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The frame of a page: nothing may be loaded but our own script and style; no inline script, no connection; pictures only from the page's own memory. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: 'reply' | 'template', language: string): string {
  const nonce = randomBytes(18).toString('base64');
  const part = (extension: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', `${page}.${extension}`)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    ...(page === 'reply' ? ['img-src blob:'] : []),
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Momentos</title>
<link rel="stylesheet" href="${part('css')}">
</head>
<body>
<script nonce="${nonce}" src="${part('js')}"></script>
</body>
</html>`;
}

/** Where a page may read files from. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return { enableScripts: true, retainContextWhenHidden: false, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}

export function tabIcon(extensionUri: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
}
