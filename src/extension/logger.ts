import type * as vscode from 'vscode';
import { type Logger } from '../core/clock';

/** The output channel "Momentos" as the desk's logger. Fields never hold a secret: the desk sees to that. */
export function createLogger(channel: vscode.LogOutputChannel): Logger {
  const line = (message: string, fields: Readonly<Record<string, unknown>> | undefined): string => (fields === undefined ? message : `${message} ${asJson(fields)}`);
  return {
    debug: (message, fields) => {
      channel.debug(line(message, fields));
    },
    info: (message, fields) => {
      channel.info(line(message, fields));
    },
    warn: (message, fields) => {
      channel.warn(line(message, fields));
    },
    error: (message, fields) => {
      channel.error(line(message, fields));
    },
  };
}

function asJson(fields: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value));
  } catch {
    return '{}';
  }
}
