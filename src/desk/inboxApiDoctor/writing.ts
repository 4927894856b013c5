import * as l10n from '@vscode/l10n';
import { type Probed } from '../../channels/inboxApi/probe';
import { misfits, strictReply } from '../../channels/inboxApi/strictShapes';
import { type CheckRun } from './checkRun';
import { type PointCode } from './points';
import { placesSeen, type ReadingResult, statusSeen } from './reading';

const points = ['reply', 'sameKey', 'otherText', 'once', 'unknownParent', 'tooLong', 'delete'] as const satisfies readonly PointCode[];

/** Posts one test reply to a message, checks its key, and deletes it and whatever else was posted against the contract. Nothing is posted where it could not be deleted. */
export async function checkWriting(run: CheckRun, { capabilities, maxLength }: ReadingResult, mention: string): Promise<void> {
  const missing = (['reply', 'delete'] as const).find((name) => !capabilities[name]);
  if (missing !== undefined) {
    for (const code of points) run.skipped(code, l10n.t('the server does not declare {0}', missing));
    return;
  }
  const parent = await run.probe.get(`/v1/mentions/${encodeURIComponent(mention)}`, {}, 'given', run.signal);
  const { visibility, conversationId } = (parent.json ?? {}) as { readonly visibility?: unknown; readonly conversationId?: unknown };
  if (parent.status !== 200) {
    for (const code of points) run.skipped(code, l10n.t('there is no message {0}', mention));
    return;
  }
  const made = new Set<string>();
  const text = l10n.t('Test of the connection. This reply is deleted at once.');
  const body = { inReplyTo: mention, text, visibility: visibility === 'public' ? 'public' : 'private' };
  const key = (): string => `momentos-doctor-${Buffer.from(run.random.bytes(12)).toString('hex')}`;
  const post = async (json: object, with_: string): Promise<Probed> => {
    const answer = await run.probe.post(json, with_, run.signal);
    const id = idOf(answer);
    if (id !== undefined && answer.status < 300) made.add(id);
    return answer;
  };
  try {
    const first = key();
    const sent = await post(body, first);
    const id = idOf(sent);
    if (!run.point('reply', statusSeen(sent, 200, 201) ?? placesSeen(misfits(strictReply, sent.json))) || id === undefined) {
      for (const code of ['sameKey', 'otherText', 'once'] as const) run.skipped(code, l10n.t('no reply was posted'));
    } else {
      const again = await post(body, first);
      run.point('sameKey', statusSeen(again, 200, 201, 409) ?? (idOf(again) === id ? undefined : l10n.t('another reply was posted')));
      const other = await post({ ...body, text: `${text} 2` }, first);
      run.point('otherText', statusSeen(other, 422, 409));
      if (capabilities.thread && typeof conversationId === 'string') run.point('once', await standsOnce(run, conversationId, id, text, mention));
      else run.skipped('once', l10n.t('the server does not declare {0}', 'thread'));
    }
    run.point('unknownParent', statusSeen(await post({ ...body, inReplyTo: 'momentos-doctor-no-such-id' }, key()), 404));
    if (maxLength === undefined) run.skipped('tooLong', l10n.t('the server tells no limit'));
    else run.point('tooLong', statusSeen(await post({ ...body, text: 'á'.repeat(maxLength + 1) }, key()), 422));
  } finally {
    await clearUp(run, made);
  }
}

function idOf({ json }: Probed): string | undefined {
  const id = typeof json === 'object' && json !== null && 'externalId' in json ? json.externalId : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

async function standsOnce(run: CheckRun, conversationId: string, id: string, text: string, mention: string): Promise<string | undefined> {
  const answer = await run.probe.get(`/v1/conversations/${encodeURIComponent(conversationId)}`, {}, 'given', run.signal);
  const { items } = (answer.json ?? {}) as { readonly items?: readonly { readonly externalId?: unknown; readonly own?: unknown; readonly text?: unknown; readonly inReplyTo?: unknown }[] };
  if (!Array.isArray(items)) return statusSeen(answer, 200) ?? placesSeen(['items']);
  const same = items.filter((item) => item.text === text);
  const standing = items.find((item) => item.externalId === id);
  if (standing === undefined) return l10n.t('it is not in the conversation');
  if (same.length > 1) return l10n.t('it stands {0} times in the conversation', same.length);
  return placesSeen([...(standing.own === true ? [] : ['own']), ...(standing.text === text ? [] : ['text']), ...(standing.inReplyTo === mention ? [] : ['inReplyTo'])]);
}

/** Deletes everything that was posted; what could not be deleted is named, so that a person can. */
async function clearUp(run: CheckRun, made: ReadonlySet<string>): Promise<void> {
  if (made.size === 0) {
    run.skipped('delete', l10n.t('no reply was posted'));
    return;
  }
  const wrong: string[] = [];
  for (const id of made) {
    const gone = await run.probe.delete(id);
    const left = await run.probe.get(`/v1/mentions/${encodeURIComponent(id)}`);
    if (gone.status !== 204) wrong.push(l10n.t('status {0} for {1}', gone.status, id));
    else if (left.status !== 404 && left.status !== 410) wrong.push(l10n.t('{0} is still there', id));
  }
  run.point('delete', wrong.length === 0 ? undefined : wrong.join(', '));
}
