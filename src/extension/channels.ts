import * as vscode from 'vscode';
import { type Clock } from '../core/clock';
import { registerChannelActions } from './commands/channelActions';
import { registerChannelCommands } from './commands/channelCommands';
import { type Deeds } from './deeds';
import { type DeskSession } from './deskSession';
import { type Polling } from './polling';
import { SignInCallback } from './signInCallback';
import { type Situation } from './situation';
import { ChannelsTree } from './tree/channelsTree';

export interface ChannelParts {
  readonly session: DeskSession;
  readonly situation: Situation;
  readonly polling: Polling;
  readonly clock: Clock;
  readonly extension: vscode.Extension<unknown>;
}

/** All about channels: their view, connecting them, what can be done with each. */
export function registerChannels(deeds: Deeds, { extension, ...parts }: ChannelParts): vscode.Disposable {
  const callback = new SignInCallback(extension.id);
  const version = String((extension.packageJSON as { readonly version?: unknown }).version ?? '');
  return vscode.Disposable.from(
    callback,
    new ChannelsTree(parts.session, parts.situation, parts.clock),
    registerChannelCommands(deeds, { ...parts, callback }),
    registerChannelActions(deeds, { ...parts, version }),
  );
}
