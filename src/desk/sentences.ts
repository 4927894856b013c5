import * as l10n from '@vscode/l10n';
import { type MomentosError } from '../core/errors';
import { type ReviewerStanding } from '../core/reviewers';
import { spokenFingerprint } from '../core/signing';
import { mentionStatuses, replyStates } from '../core/mention';
import { templateStates } from '../core/template';
import { lexiconSentence } from './lexiconWords';
import { normSentence } from './normSentences';
import { valueReasonsWords } from './valueWords';
import { reviewerStandingWords } from './reviewerWords';
import { replyStateWords, statusWords, templateStateWords } from './words';

/** What happened and what to do, for a person, in the configured language. Exhaustive: a new code does not compile without its sentence. */
export function sentence(error: MomentosError): string {
  const detail = (name: string): string => {
    const value = error.details[name];
    return value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value as string | number | boolean);
  };
  const host = detail('origin').replace(/^https?:\/\//u, '');
  switch (error.code) {
    case 'desk.notFound': return l10n.t('There is no momentos.json in {0} or above it. Open the folder of a desk, or set one up with "momentos init".', detail('dir'));
    case 'desk.exists': return l10n.t('{0} holds a desk already. Nothing was changed; choose another folder.', detail('dir'));
    case 'desk.untrusted': return l10n.t('This workspace is not trusted, so the desk stays closed. Trust the workspace to work in it.');
    case 'config.unreadable': return l10n.t('{0} cannot be read ({1}). Check the file and its permissions.', detail('path'), detail('reason'));
    case 'config.invalid': return detail('reason') === '' ? configSentence(detail) : lexiconSentence(detail('file'), detail('line'), detail('reason'));
    case 'config.unknownKey': return detail('nearest') === ''
      ? l10n.t('{0}: the key "{1}" is not known. Remove it or correct its name.', detail('path'), detail('key'))
      : l10n.t('{0}: the key "{1}" is not known. Did you mean "{2}"?', detail('path'), detail('key'), detail('nearest'));
    case 'config.newerSchema': return l10n.t('{0} was written by a newer Momentos (schema {1}). Update Momentos; nothing was changed.', detail('path'), detail('version'));
    case 'store.notWritable': return l10n.t('{0} cannot be written. Check the folder\'s permissions; nothing was sent.', detail('path') || '.momentos');
    case 'store.unreadable': return l10n.t('{0} cannot be read. It was kept as {1}; nothing was overwritten. Restore it from a backup or ask your administrator.', detail('path'), detail('kept') || detail('path'));
    case 'store.newerSchema': return l10n.t('{0} was written by a newer Momentos. Update Momentos; nothing was changed.', detail('path'));
    case 'store.diskFull': return l10n.t('The disk is full: {0} could not be written. Free some space and try again; your text is kept.', detail('path') || '.momentos');
    case 'lock.busy': return l10n.t('Another process is using this desk and does not let go (process {0}). Close it, or try again in a moment.', detail('pid'));
    case 'lock.otherHost': return l10n.t('This desk is in use on another machine ({0}). One desk is one machine: close it there first. If that machine is gone for good, delete .momentos/lock.', detail('host'));
    case 'lock.lost': return l10n.t('This process lost the lock of the desk while it was asleep. Nothing was written; please try again.');
    case 'audit.changedUnderneath': return l10n.t('The audit log was changed by something other than Momentos ({0}). Nothing was written. Run "Verify Audit Log" and restore the file.', detail('path'));
    case 'audit.noLog': return l10n.t('There is no audit log in {0}. Name the folder that holds files like 2026-05.jsonl.', detail('path'));
    case 'audit.notVerified': return l10n.t('The audit log does not verify: {0}.', detail('problems'));
    case 'secret.missing': return l10n.t('The channel {0} is not connected on this machine. Connect it with "Connect Channel..." or "momentos connect".', detail('channel'));
    case 'secret.expired': return l10n.t('The network has ended our access to {0}: it was taken back, or the app there was changed. Connect the channel again; your text is kept.', detail('channel') || l10n.t('this channel'));
    case 'secret.otherOrigin': return l10n.t('The token of {0} was granted by {1}, but momentos.json now names {2}. Nothing was sent there. If the new address is right, connect the channel again.', detail('channel'), detail('granted') || l10n.t('another address'), detail('origin'));
    case 'secret.otherAccount': return l10n.t('You signed in as {0}, but momentos.json names the account {1}. Sign in with that account, or correct momentos.json.', detail('found'), detail('expected'));
    case 'secret.unreadable': return l10n.t('The stored token of {0} cannot be read safely. Check the permissions of its file (0600, your own), or connect again.', detail('channel') || detail('path'));
    case 'signIn.refused': return signInRefused(detail('reason'));
    case 'signIn.cancelled': return l10n.t('The sign-in was cancelled. Nothing was changed.');
    case 'signIn.notThisWay': return l10n.t('This network is not connected in this way. Run "Connect Channel…" or "momentos connect" again and follow what it asks.');
    case 'signIn.appMissing': return l10n.t('X lets in only apps of the institution\'s own. Make one at {0} and write its Client ID as "clientId" beside the channel {1} in momentos.json; the README shows how.', 'https://console.x.com', detail('channel'));
    case 'signIn.missingScopes': return l10n.t('The sign-in did not give all that is needed ({0}). Let the app on the network read and write, then start again and allow everything that it asks for.', detail('scopes'));
    case 'signIn.timedOut': return l10n.t('The sign-in took too long. Start again.');
    case 'network.offline': return l10n.t('{0} cannot be reached. Check the connection; your text is kept.', host || l10n.t('The server'));
    case 'network.timeout': return l10n.t('{0} did not answer in time. Try again in a moment.', host || l10n.t('The server'));
    case 'network.tls': return l10n.t('The identity of {0} could not be proved (TLS). Nothing was sent. Check the address, or ask your administrator.', host || l10n.t('the server'));
    case 'network.plainHttp': return l10n.t('{0} is not encrypted. Only https addresses are allowed outside this machine; correct the url in momentos.json.', host || detail('url'));
    case 'network.redirect': return l10n.t('{0} wanted to send us to another server. That was refused and no token was sent. Check the url in momentos.json.', host || l10n.t('The server'));
    case 'network.tooLarge': return l10n.t('The answer of {0} was too large and was not read.', host || l10n.t('the server'));
    case 'network.malformed': return l10n.t('{0} answered with something that is not what its API promises. Try again; if it stays so, tell the server\'s administrator.', host || l10n.t('The server'));
    case 'network.unauthorized': return l10n.t('The token is no longer accepted. Connect the channel again; your text is kept.');
    case 'network.forbidden': return detail('reason') === 'replyDisabled' ? l10n.t('The author of the post lets nobody answer it there, or not our account. Nothing was sent.') : l10n.t('The server does not allow this for our account. Check the account\'s state and permissions on the network.');
    case 'network.notFound': return l10n.t('The post is not there any more, or cannot be seen by our account.');
    case 'network.invalid': return detail('reason') === 'visibility' ? l10n.t('More people would see the answer than the message that it answers. Nothing was sent; answer in another way.') : l10n.t('The server did not accept the message ({0}). Change the text and try again.', detail('reason') || detail('status'));
    case 'network.rateLimited': return l10n.t('The server asks us to wait before the next request. Momentos goes on by itself; your text is kept.');
    case 'network.unavailable': return l10n.t('The server has a problem of its own ({0}). Try again later; your text is kept.', detail('status'));
    case 'network.cancelled': return l10n.t('Cancelled. Nothing was changed.');
    case 'network.outcomeUnknown': return l10n.t('The connection broke while sending, so it is not known whether the answer arrived. Look at the conversation on the network before you try again.');
    case 'network.unexpected': return l10n.t('The server gave an unexpected answer ({0}).', detail('status'));
    case 'network.noCredits': return l10n.t('The institution\'s plan on X has no credits left, so X gives no answers. Whoever manages the plan can add some: {0}. Your text is kept.', 'https://console.x.com');
    case 'network.planForbids': return l10n.t('The institution\'s plan on X does not allow this. What each plan allows: {0}. Government offices need an Enterprise plan.', 'https://docs.x.com/x-api/getting-started/pricing');
    case 'network.capReached': return l10n.t('The institution has used up what its plan on X allows in this period. It goes on by itself in the next one, or sooner with a larger plan: {0}. Your text is kept.', 'https://console.x.com');
    case 'network.duplicate': return l10n.t('X did not take the answer, because our account has posted the same words before. Nothing was sent; change the text and send it again.');
    case 'network.replyForbidden': return l10n.t('X does not let us answer this post by program: its author has not mentioned or quoted us, or allows no answers. Who may be answered with which plan: {0}. It may still be answered in X itself.', 'https://docs.x.com/x-api/getting-started/pricing');
    case 'media.refused': return l10n.t('The picture lies where Momentos fetches nothing from: only public https addresses are asked. Open the post on the network to see it.');
    case 'media.noPicture': return l10n.t('That is no picture that can be shown here (PNG, JPEG, GIF or WebP). Open the post on the network to see it.');
    case 'mention.notFound': return l10n.t('There is no mention {0} at this desk. "momentos inbox --all" lists them.', detail('id'));
    case 'mention.ambiguous': return l10n.t('More than one mention begins with {0}: {1}. Give more of the id.', detail('id'), detail('candidates'));
    case 'mention.claimedByOther': return l10n.t('{0} has claimed this mention. Ask first, or take it over on purpose.', detail('name'));
    case 'mention.alreadyAnswered': return l10n.t('This mention has been answered already. Say why a second answer is needed.');
    case 'mention.wrongStatus': return l10n.t('This mention is {0}, so this cannot be done with it now.', stateWords(detail('status')));
    case 'mention.gone': return l10n.t('The citizen\'s post is no longer there, so it cannot be answered. Close the mention, or answer another post of the conversation.');
    case 'reply.notFound': return l10n.t('There is no reply {0} at this desk.', detail('id'));
    case 'reply.empty': return l10n.t('The answer is empty. Write something or choose a template.');
    case 'reply.tooLong': return detail('unit') === 'bytes' ? l10n.t('The answer is too long: {0} of {1} bytes. Shorten it, above all its emoji and accents.', detail('length'), detail('max')) : l10n.t('The answer is too long: {0} of {1}. Shorten it.', detail('length'), detail('max'));
    case 'reply.notApproved': return l10n.t('The template {0} has no approved version that may be sent now. Choose another, or have it reviewed.', detail('template'));
    case 'reply.hole': return l10n.t('Something is still missing: {0}. Fill it in before you send.', detail('names'));
    case 'reply.invalidValue': return l10n.t('This does not fit: {0}. Correct it before you send.', valueReasonsWords(detail('reasons')) ?? detail('names'));
    case 'reply.freeTextForbidden': return l10n.t('This desk sends only approved words. Choose a template and do not change its text.');
    case 'reply.norm': return l10n.t('This desk does not send it like this. {0}', normSentence(error));
    case 'reply.toConfirm': return l10n.t('Before this is sent, confirm: {0}.', confirmationList(error.details['confirm']));
    case 'reply.unsettled': return l10n.t('It is not known whether the answer was sent. Look at the conversation on the network and say whether it stands there.');
    case 'reply.reasonMissing': return l10n.t('Give a reason; it goes into the audit log.');
    case 'reply.notSupported': return l10n.t('This network cannot do that.');
    case 'reply.needsSecondPerson': return detail('why') === 'draftOnly'
      ? l10n.t('Your answers go out once a second person has seen them. Hand it in: "Send for Approval", or --submit.')
      : l10n.t('These words have not been approved, so a second person has to see them first. Hand them in with "Send for Approval" or --submit, or choose a template.');
    case 'reply.waitsForApproval': return l10n.t('An answer of {0} to this mention waits for approval. Approve or return it first, or let its author take it back.', detail('by'));
    case 'reply.notWaiting': return l10n.t('No answer to this mention waits for approval any more: somebody has sent it, returned it or taken it back. Nothing was sent twice.');
    case 'reply.ownAnswer': return l10n.t('Nobody approves an answer of their own. Ask another reviewer.');
    case 'reply.onHold': return l10n.t('Answers are on hold: {0} (set by {1}). {2}', detail('reason'), detail('by'), detail('statement') === '' ? l10n.t('Nothing goes out until it is lifted.') : l10n.t('Only the statement "{0}" may be sent until it is lifted.', detail('statement')));
    case 'hold.notFound': return l10n.t('There is no hold {0} any more. "momentos hold list" shows those that stand.', detail('id'));
    case 'hold.invalid': return l10n.t('The hold was not set: {0}.', detail('reason'));
    case 'hold.own': return l10n.t('Whoever set a hold does not lift it. Ask a second person, or wait for its end.');
    case 'retention.none': return l10n.t('momentos.json has no "retention": nothing is disposed of before it names rules and the law that they rest on. docs/data-protection.md shows how.');
    case 'retention.unsigned': return scheduleSentence(detail('standing'));
    case 'retention.own': return l10n.t('Whoever signed the schedule does not carry it out. Ask a second person.');
    case 'citizen.notFound': return l10n.t('This desk holds nothing of a person {0}. Name one of their mentions, or the id of the author as "momentos inbox --json" shows it.', detail('id'));
    case 'citizen.purposeMissing': return l10n.t('Say for what the data are given out, and to whom; it goes into the audit log.');
    case 'legalHold.notFound': return l10n.t('There is no legal hold {0} any more. "momentos legal-hold list" shows those that stand.', detail('id'));
    case 'legalHold.invalid': return legalHoldSentence(detail('reason'));
    case 'legalHold.own': return l10n.t('Whoever set a legal hold does not lift it. Ask a second person who decides on erasures.');
    case 'redaction.held': return l10n.t('A legal hold stands on it: {0} ({1}, set by {2}). Nothing of it is erased or disposed of until a second person lifts the hold.', detail('reason'), detail('hold'), detail('by'));
    case 'redaction.onHold': return l10n.t('Answers are on hold there: {0} (set by {1}). Nothing of it is erased while the crisis lasts.', detail('reason'), detail('by'));
    case 'redaction.underWay': return error.details['waits'] === true ? l10n.t('An answer to {0} waits for a second person. Send it or take it back first, then erase.', detail('mention')) : l10n.t('An answer to {0} is on its way, or nobody has said yet whether it was sent. Settle that first, then erase.', detail('mention'));
    case 'redaction.notFound': return l10n.t('No erasure {0} waits for a decision. "momentos audit redact list" shows those that do.', detail('id'));
    case 'redaction.nothing': return l10n.t('There is nothing left of it to erase. Check the id or the number.');
    case 'redaction.proposedAlready': return l10n.t('Its erasure was proposed already, as {0} by {1}. It waits for a second person.', detail('id'), detail('by'));
    case 'redaction.own': return l10n.t('Whoever proposed an erasure does not approve it. Ask a second person who decides on erasures.');
    case 'redaction.wholeMention': return l10n.t('This entry is the message itself. Erase the whole message: --mention {0}.', detail('mention'));
    case 'redaction.damaged': return l10n.t('The texts beside the audit log do not fit it ({0}), so nothing was erased. See "momentos audit verify", put back a good copy, then try again.', detail('path') || detail('segment'));
    case 'redaction.reasonMissing': return l10n.t('Give a reason. It stays in the audit log, so name nobody in it.');
    case 'redaction.changed': return l10n.t('What would be erased changed since it was shown. Look at it again, then decide.');
    case 'reply.inProgress': return detail('byHand') !== '' ? l10n.t('An answer to this mention is waiting to be given. Say first whether it was given.') : l10n.t('An answer to this mention is being sent by another window. Wait until it is done.');
    case 'template.notFound': return l10n.t('There is no template {0}. "momentos templates list" shows them.', (detail('id') || detail('template')));
    case 'template.invalid': return l10n.t('The template {0} has a problem: {1}. Correct its file first.', (detail('id') || detail('template')), detail('problem') || detail('problems'));
    case 'template.tooLarge': return l10n.t('The template {0} is larger than 256 KiB. Shorten it.', (detail('id') || detail('template')));
    case 'template.wrongState': return l10n.t('The template {0} is {1}, so this cannot be done with it now.', (detail('id') || detail('template')), stateWords(detail('state')));
    case 'template.noLanguage': return l10n.t('The template {0} has no text in {1}. It has: {2}.', (detail('id') || detail('template')), detail('language'), detail('languages'));
    case 'template.changed': return l10n.t('The text of {0} changed since it was proposed or shown. Look at it again, then propose or approve it anew.', (detail('id') || detail('template')));
    case 'review.notReviewer': return l10n.t('{0} is not listed under "reviewers" in momentos.json, so cannot approve or reject.', detail('name'));
    case 'review.ownProposal': return l10n.t('Whoever proposed or wrote a version cannot approve it. Ask another reviewer.');
    case 'review.sameAccount': return l10n.t('It was proposed from the same account of this machine ({0}), and no key tells the two people apart. Approve it from another account, or have a reviewer propose it with a key of his own.', detail('account'));
    case 'review.signedAlready': return l10n.t('You have signed this version already. It still waits for another reviewer.');
    case 'reviewer.notFound': return l10n.t('No reviewer has the key {0}. "momentos reviewers list" shows them.', detail('fingerprint').slice(0, 16));
    case 'reviewer.notCounted': return l10n.t('The entry of {0} under "reviewers" does not count: {1}. "Momentos: Set Up Reviewer Key" shows the way.', detail('name'), reviewerStandingWords(detail('standing') as ReviewerStanding | 'revoked'));
    case 'reviewer.keyInUse': return l10n.t('This key belongs to {0} already. Each reviewer needs a key of his own.', detail('name'));
    case 'reviewer.roleMissing': return l10n.t('The entry of {0} under "reviewers" does not give the role "{1}". A reviewer who has it, or the holder of the first key, gives it: "momentos reviewers add ... --role {1}".', detail('name'), detail('role'));
    case 'reviewer.ownEntry': return l10n.t('Nobody signs an entry of their own, except the holder of the first key. Ask another reviewer.');
    case 'reviewer.keyMissing': return l10n.t('Say whose key it is: a public key of 43 letters and digits, as "Set Up Reviewer Key" shows it.');
    case 'key.missing': return l10n.t('A signature is needed and there is no reviewer key here. Make one with "Momentos: Set Up Reviewer Key", or name its file with --key.');
    case 'key.notYours': return l10n.t('The key at hand is not the one that stands beside {0} under "reviewers". Use that one, or have the new key signed by another reviewer.', detail('name'));
    case 'key.unreadable': return l10n.t('The reviewer key cannot be read: it must be an Ed25519 private key in a PEM file that only you can read.');
    case 'key.passphrase': return error.details['given'] === true ? l10n.t('The passphrase does not open this key. Try again.') : l10n.t('This key is locked with a passphrase. Give it when asked, or in the file that --passphrase-file names.');
    case 'key.weakPassphrase': return l10n.t('The passphrase is too short: use at least {0} characters, best several words.', detail('least'));
    case 'key.invalid': return l10n.t('"{0}" is no public key. It has 43 letters, digits, hyphens and underscores, as "Set Up Reviewer Key" shows it.', detail('key'));
    case 'key.exists': return l10n.t('There is a key already: {0}. Keep it, or choose another place.', detail('path') || detail('fingerprint').slice(0, 16));
    case 'trust.missing': return l10n.t('Nobody has confirmed on this machine whose key stands first at this desk. Compare its fingerprint with the institution, then confirm it with "Momentos: Trust the Reviewers of This Desk" or --trust: {0}', spokenFingerprint(detail('fingerprint')));
    case 'trust.mismatch': return l10n.t('The first key of this desk is not the one that was confirmed. Known: {0}. Given: {1}. Do not go on before the institution has explained it.', detail('known').slice(0, 16), detail('given').slice(0, 16));
    case 'trust.invalid': return l10n.t('"{0}" is no fingerprint: it has 64 digits and letters from a to f.', detail('text'));
    case 'review.reasonMissing': return l10n.t('Say why; the author will see it, and it goes into the audit log.');
    case 'review.nothingToReview': return l10n.t('The template {0} has not been proposed. Propose it first.', (detail('id') || detail('template')));
    case 'close.reasonMissing': return detail('known') === '' ? l10n.t('Choose why it is closed without an answer.') : l10n.t('Choose why it is closed without an answer: {0}.', detail('known'));
    case 'unit.notFound': return l10n.t('There is no unit "{0}" in momentos.json. Known units: {1}.', detail('unit'), detail('known') || '-');
    case 'import.unreadable': return detail('reason') === 'noList' ? l10n.t('{0} holds no list of objects. Nothing was imported.', detail('path')) : l10n.t('{0} cannot be read ({1}). Nothing was imported.', detail('path'), detail('reason'));
    case 'import.empty': return l10n.t('{0} is empty. Nothing was imported.', detail('path'));
    case 'import.mapping': return mappingSentence(detail);
    case 'import.datesUnclear': return l10n.t('In "{0}" each date could have the day or the month first. Say which: --dates dmy or --dates mdy. Nothing was imported.', detail('column'));
    case 'import.needsId': return l10n.t('Messages of "{0}" need the id that the network gave them, or they would come twice. Name the column with the id. Nothing was imported.', detail('channel'));
    case 'contact.invalid': return contactSentence(detail);
    case 'reply.notGiven': return l10n.t('The answer was not given. Its text is kept as a draft.');
    case 'reply.toGive': return l10n.t('No network takes the answers of this channel. Give the text above, then run the same command with --given. Nothing has been noted yet.');
    case 'case.invalid': return l10n.t('"{0}" cannot be a case number. Use up to 40 letters, digits, dots, slashes and hyphens.', detail('case'));
    case 'snooze.inPast': return l10n.t('That time has passed already. Choose a later one.');
    case 'snooze.invalid': return l10n.t('"{0}" is not a time. Write it like 2h, 3d or 2026-12-01T09:00.', detail('text'));
    case 'note.empty': return l10n.t('The note is empty. Write something first.');
    case 'referral.none': return l10n.t('This mention is not with a unit, so no answer of a unit can be recorded.');
    case 'kind.invalid': return l10n.t('"{0}" is not a kind of message. Use one of: {1}.', detail('kind'), detail('known'));
    case 'sentiment.invalid': return l10n.t('"{0}" is not a sentiment. Use negative, neutral or positive.', detail('label'));
    case 'report.invalidRange': return l10n.t('The range is not valid: its end must come after its start. Write dates like 2026-11-01 or 2026-11-01T08:00:00Z.');
    case 'export.exists': return l10n.t('{0} exists already. Choose another name or allow overwriting.', detail('path'));
    case 'export.purposeMissing': return l10n.t('Say what the personal data are taken out for: the purpose goes into the audit log.');
    case 'export.notWritable': return l10n.t('{0} cannot be written. Choose another place.', detail('path'));
    case 'usage.invalid': return l10n.t('This call is not understood: {0}. See --help.', detail('reason') || [detail('option'), detail('value')].join(' '));
    case 'operator.invalid': return l10n.t('"{0}" does not name a person. Write it like: Ana Pérez <ana@isc.example>.', detail('text'));
    case 'channel.noNetwork': return l10n.t('"{0}" has no network account behind it: its contacts are recorded by hand.', detail('channel'));
    case 'channel.notByHand': return l10n.t('Messages of "{0}" come from its network, so they cannot be written down by hand. Channels by hand: {1}.', detail('channel'), detail('known') || '-');
    case 'channel.notFound': return l10n.t('There is no channel "{0}" in momentos.json. Known channels: {1}.', detail('channel'), detail('known') || '-');
    case 'channel.exists': return l10n.t('This channel stands in momentos.json already, as "{0}". Connect that one.', detail('channel'));
    case 'channel.allFailed': return l10n.t('No channel could be read. The first reason: {0}', detail('first'));
    case 'rpc.timeout': return l10n.t('The page got no answer in time. Close it and open it again; the draft is kept.');
    case 'rpc.disposed': return l10n.t('The page was closed while it was working. The draft is kept.');
    case 'rpc.invalid': return l10n.t('The page sent something that Momentos does not understand. Close it and open it again.');
    case 'unexpected': return l10n.t('Something unexpected went wrong. Nothing more was done; see the log "Momentos" for details.');
  }
}

/** A state of a mention, a reply or a template, in words. */
function stateWords(code: string): string {
  const status = mentionStatuses.find((known) => known === code);
  if (status !== undefined) return statusWords(status);
  const reply = replyStates.find((known) => known === code);
  if (reply !== undefined) return replyStateWords(reply);
  const template = templateStates.find((known) => known === code);
  return template === undefined ? code : templateStateWords(template).toLowerCase();
}

function scheduleSentence(standing: string): string {
  switch (standing) {
    case 'badSignature': return l10n.t('Nothing is disposed of: the rules under "retention" were changed after they were signed. Whoever decides on erasures looks at them and signs them again with "momentos audit retain --sign".');
    case 'strangeSigner': return l10n.t('Nothing is disposed of: whoever signed the rules under "retention" does not decide on erasures, or not any more. Somebody with the role "redactions" signs them with "momentos audit retain --sign".');
    case 'replaced': return l10n.t('Nothing is disposed of: this desk knows a later schedule than the one in momentos.json. Put the later one back, or sign this one anew with "momentos audit retain --sign".');
    default: return l10n.t('Nothing is disposed of: nobody has signed the rules under "retention". Somebody with the role "redactions" signs them with "momentos audit retain --sign".');
  }
}

function legalHoldSentence(reason: string): string {
  switch (reason) {
    case 'case': return l10n.t('The legal hold was not set: that cannot be a case number.');
    case 'author': return l10n.t('The legal hold was not set: this desk knows no such author. Name one of their mentions instead.');
    default: return l10n.t('The legal hold was not set: the period ends before it begins.');
  }
}

function configSentence(detail: (name: string) => string): string {
  const [path, at, received] = [detail('path'), detail('at'), detail('received')];
  switch (detail('rule')) {
    case 'timeZone': return l10n.t('{0}: {1} is not a time zone ({2}). Use a name like America/Santo_Domingo.', path, at, received);
    case 'span': return l10n.t('{0}: {1} is not a span of time ({2}). Write 15m, 4h or 7d.', path, at, received);
    case 'hours': return l10n.t('{0}: {1} are not hours ({2}). Write 08:00-16:00.', path, at, received);
    case 'days': return l10n.t('{0}: {1} does not name weekdays. Write mon-fri or sat.', path, at);
    case 'slug': return l10n.t('{0}: {1} must hold only small letters, digits and hyphens ({2}).', path, at, received);
    case 'url': return l10n.t('{0}: {1} is not a web address ({2}). It begins with https://.', path, at, received);
    case 'urlCredentials': return l10n.t('{0}: {1} holds a user name or password. Take it out; secrets never belong in momentos.json.', path, at);
    case 'email': return l10n.t('{0}: {1} is not an e-mail address ({2}).', path, at, received);
    case 'country': return l10n.t('{0}: {1} is not a country code ({2}). Write two capital letters, like DO.', path, at, received);
    case 'language': return l10n.t('{0}: {1} is not a language code ({2}). Write es or en.', path, at, received);
    case 'missing': return l10n.t('{0}: {1} is missing. This network needs it.', path, at);
    case 'notForNetwork': return l10n.t('{0}: {1} does not belong to this network. Take it out.', path, at);
    case 'duplicate': return l10n.t('{0}: {1} stands twice ({2}). Each id must be there once.', path, at, received);
    default: return detail('expected') === ''
      ? l10n.t('{0} is not valid at {1}: {2}.', path, at, detail('rule'))
      : l10n.t('{0} is not valid at {1}: expected {2}, found {3}.', path, at, detail('expected'), received);
  }
}

function confirmationList(codes: unknown): string {
  return Array.isArray(codes) ? codes.map((code) => confirmationWords(String(code))).join('; ') : '';
}

/** What a person confirms, for a confirmation's code. */
export function confirmationWords(code: string): string {
  switch (code) {
    case 'personal-data': return l10n.t('it shows personal data in public');
    case 'answered': return l10n.t('the institution has answered already');
    case 'link': return l10n.t('it links outside the institution\'s domains');
    default: return code;
  }
}

/** What is missing of the meaning of a file's columns. */
function mappingSentence(detail: (name: string) => string): string {
  switch (detail('reason')) {
    case 'noColumn': return l10n.t('The file has no column "{0}". Nothing was imported.', detail('column'));
    case 'noAnswerTime': return l10n.t('The column with the answers needs one that says when they were given. Name it, or leave the answers out. Nothing was imported.');
    default: return l10n.t('No column holds the text of the messages. Name it with --map "column=text". Nothing was imported.');
  }
}

/** What is wrong with a contact that somebody wants to note. */
function contactSentence(detail: (name: string) => string): string {
  switch (detail('reason')) {
    case 'empty': return l10n.t('Write down what the citizen said: the text is empty.');
    case 'answerEmpty': return l10n.t('Write down what was answered: the answer is empty.');
    case 'tooLong': return l10n.t('The text is too long: at most {0} characters.', detail('max'));
    case 'future': return l10n.t('The contact lies in the future. Give the time at which the citizen spoke.');
    case 'answerFuture': return l10n.t('The answer lies in the future. Give the time at which it was given.');
    case 'answerEarly': return l10n.t('The answer lies before the contact. Correct one of the two times.');
    default: return l10n.t('"{0}" is not a time. Write it like 2026-03-14 08:30.', detail('text'));
  }
}

function signInRefused(reason: string): string {
  switch (reason) {
    case 'client': return l10n.t('The network does not know the app like this. Check its Client ID in momentos.json and its Client Secret, then start again.');
    case 'token': return l10n.t('The server did not take it. Copy it again, the whole of it, and check that it was made for this account.');
    case 'password': return l10n.t('The network does not take this app password for the account. Check both, or make a new app password in the account\'s settings, and paste it again.');
    case 'accountPassword': return l10n.t('That is the password of the account itself, with which the account could be taken over. Nothing was kept. Make an app password in the account\'s settings and paste that one.');
    case 'inactive': case 'deactivated': case 'suspended': case 'takendown': return l10n.t('The account is closed or blocked on the network. Put that right there, then connect again.');
    default: return l10n.t('The server refused the sign-in. Start again, and allow access on the page that opens.');
  }
}
