import type * as vscode from 'vscode';
import { type Wire } from '../../protocol/rpc';

/** A webview as one end of the message channel. What is posted while the page is hidden is lost: it asks for everything when it is shown again. */
export function webviewWire(webview: vscode.Webview): Wire {
  return {
    post: (message) => {
      void webview.postMessage(message).then(undefined, () => undefined);
    },
    listen: (listener) => {
      const listening = webview.onDidReceiveMessage(listener);
      return () => {
        listening.dispose();
      };
    },
  };
}
