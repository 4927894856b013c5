import * as l10n from '@vscode/l10n';

export const pointCodes = [
  'answers', 'account', 'limits', 'capabilities', 'noToken', 'wrongToken', 'errorShape', 'feed', 'items', 'limit', 'paging', 'repeat', 'end', 'unknownCursor',
  'message', 'unknownMessage', 'conversation', 'unknownConversation',
  'reply', 'sameKey', 'otherText', 'once', 'unknownParent', 'tooLong', 'delete',
] as const;
/** A point of the contract of the Inbox API; the later ones are checked only where a reply may be posted. */
export type PointCode = (typeof pointCodes)[number];

/** What the contract says at a point, as one sentence. */
export function pointSentence(code: PointCode): string {
  switch (code) {
    case 'answers': return l10n.t('GET /v1/account answers 200 with JSON.');
    case 'account': return l10n.t('The account has an id, a handle and a name.');
    case 'limits': return l10n.t('The account says how long a reply may be (limits.reply.maxLength) and what counts as one (countedAs: graphemes or codePoints).');
    case 'capabilities': return l10n.t('The account says with true or false what the server can do (capabilities).');
    case 'noToken': return l10n.t('Without a token the server answers 401.');
    case 'wrongToken': return l10n.t('With a wrong token the server answers 401.');
    case 'errorShape': return l10n.t('Every refusal holds {"error":{"code","message"}}, the code in small letters.');
    case 'feed': return l10n.t('GET /v1/mentions answers 200 with items, nextCursor and hasMore.');
    case 'items': return l10n.t('Every item says its change; every message has externalId, conversationId, author.id, text and createdAt with a time zone.');
    case 'limit': return l10n.t('The feed gives no more items than limit asks for.');
    case 'paging': return l10n.t('Read in small pages, the feed gives the same items in the same order, and its cursor grows with each page.');
    case 'repeat': return l10n.t('Asked twice from the same cursor, the feed gives the same.');
    case 'end': return l10n.t('The feed comes to an end: no items, hasMore false, and a cursor to go on from.');
    case 'unknownCursor': return l10n.t('A cursor that the server never gave is refused with 400 and the code cursor_unknown.');
    case 'message': return l10n.t('GET /v1/mentions/{id} gives a message of the feed as it reads there.');
    case 'unknownMessage': return l10n.t('GET /v1/mentions/{id} answers 404 for a message that does not exist.');
    case 'conversation': return l10n.t('GET /v1/conversations/{id} gives the messages and replies of a conversation, oldest first, and says whether that is all.');
    case 'unknownConversation': return l10n.t('GET /v1/conversations/{id} answers 404 for a conversation that does not exist.');
    case 'reply': return l10n.t('POST /v1/replies answers 201 with externalId and createdAt.');
    case 'sameKey': return l10n.t('The same Idempotency-Key again is the same reply: 200, or 409 with its externalId.');
    case 'otherText': return l10n.t('The same Idempotency-Key with another text is refused with 422.');
    case 'once': return l10n.t('The reply stands once in its conversation, with own: true, the same text and inReplyTo.');
    case 'unknownParent': return l10n.t('A reply to a message that does not exist is refused with 404.');
    case 'tooLong': return l10n.t('A reply that is longer than the limit is refused with 422.');
    case 'delete': return l10n.t('DELETE /v1/replies/{id} answers 204, and then the reply is gone (404 or 410).');
  }
}
