import { type HostNotifications, type PageRequests, type ReplyPanelState, type TemplateOption } from '../../src/protocol/replyPanel';
import { type Rpc } from '../../src/protocol/rpc';
import { debounced } from '../ui/debounced';
import { failureWords } from '../ui/failure';
import { chosenOption, draftMessage, isEdited, rendered, withLanguage, withTemplate, withValue, type Composing } from './composing';
import { allChecks, readiness } from './readiness';
import { canCompose, confirmationKey, pictureKey, type PageState, type PictureState } from './pageState';

/** Pause after the last change before the draft goes to the host, in ms. */
const savePause = 500;
/** Pause before the host is asked to check, in ms. */
const checkPause = 300;
/** Sending may wait for the network, in ms. */
const sendTimeout = 120_000;
/** A picture may be large and far away, in ms. */
const pictureTimeout = 120_000;
/** Deeds that ask the person something in VS Code's own inputs take as long as the person does, in ms. */
const deedTimeout = 30 * 60_000;

/** Deeds whose failure is told beside Send. */
const answerMethods: ReadonlySet<string> = new Set(['reply/send', 'reply/undo', 'reply/settle']);

export type HostRpc = Rpc<PageRequests, Record<never, never>>;
type Deed = Exclude<keyof PageRequests & string, 'panel/ready' | 'draft/save' | 'reply/check' | 'reply/send' | 'media/show'>;

/** Why `send` did not send. */
export type SendOutcome = 'sent' | 'refused' | 'unconfirmed' | 'notNow' | 'failed';

/** The one place of the page's state: the parts read it and call its deeds, nothing else changes it. */
export class ReplyPage {
  private current: PageState;
  private readonly listeners: ((state: PageState, before: PageState) => void)[] = [];
  private checkNumber = 0;
  private readonly save = debounced(savePause, () => void this.saveDraft());
  private readonly check = debounced(checkPause, () => void this.runCheck());

  constructor(
    private readonly rpc: HostRpc,
    first: { readonly language: string; readonly state: ReplyPanelState },
  ) {
    this.current = opened(first.language, first.state);
    rpc.on('panel/state', (value) => value as HostNotifications['panel/state'], ({ state, replaceDraft }) => {
      this.hear(state, replaceDraft);
    });
  }

  get state(): PageState {
    return this.current;
  }

  /** Told after each change. */
  subscribe(listener: (state: PageState, before: PageState) => void): void {
    this.listeners.push(listener);
  }

  /** Asks for the first check; called once the parts are there. */
  start(): void {
    void this.runCheck();
  }

  // Writing

  type(text: string): void {
    this.write({ ...this.current.composing, text });
  }

  /** Asks first when words of the person's own stand in the text. */
  choose(option: TemplateOption): void {
    if (!canCompose(this.current)) return;
    if (this.edited()) this.set({ question: { name: 'template', option } });
    else this.replaceWith(option);
  }

  speak(language: string): void {
    if (!canCompose(this.current) || this.current.composing.template?.language === language) return;
    if (this.edited()) this.set({ question: { name: 'language', language } });
    else this.replaceLanguage(language);
  }

  /** The answer to the question whether the text may be overwritten. */
  answer(replace: boolean): void {
    const { question } = this.current;
    this.set({ question: undefined });
    if (!replace || question === undefined) return;
    if (question.name === 'template') this.replaceWith(question.option);
    else this.replaceLanguage(question.language);
  }

  fill(name: string, value: string): void {
    const { composing, followed } = withValue(this.current.composing, this.current.panel.templates, name, value);
    this.write(composing, { notFollowed: followed ? undefined : name });
  }

  backToApproved(): void {
    const aside = this.current.composing.text;
    this.write(rendered(this.current.composing, this.current.panel.templates), { setAside: aside, notFollowed: undefined });
  }

  bringBack(): void {
    const { setAside, composing } = this.current;
    if (setAside !== undefined) this.write({ ...composing, text: setAside }, { setAside: undefined });
  }

  withoutTemplate(): void {
    this.write({ ...this.current.composing, template: undefined, values: {} }, { notFollowed: undefined, setAside: undefined, question: undefined });
  }

  privately(on: boolean): void {
    this.write({ ...this.current.composing, private: on });
  }

  reason(reason: string): void {
    const { again } = this.current.composing;
    this.write({ ...this.current.composing, again: { ...again, reason } });
  }

  confirm(key: string, on: boolean): void {
    const others = this.current.confirmed.filter((each) => each !== key);
    this.set({ confirmed: on ? [...others, key] : others });
  }

  // Deeds

  /** Checks what was not checked yet, then sends if nothing stands against it. */
  async send(): Promise<SendOutcome> {
    if (!canCompose(this.current)) return 'notNow';
    this.set({ failure: undefined });
    if (!this.current.checksFresh && readiness(this.current).refusals.length === 0) await this.runCheck();
    if (!canCompose(this.current)) return 'notNow';
    const { refusals, unconfirmed } = readiness(this.current);
    if (refusals.length > 0) return 'refused';
    if (unconfirmed.length > 0) return 'unconfirmed';
    this.save.cancel();
    this.set({ saved: 'untouched' });
    const confirmed = [...new Set(allChecks(this.current).filter((check) => check.severity === 'confirm').map((check) => check.code))];
    const sent = await this.ask('reply/send', () => this.rpc.request('reply/send', { draft: this.message(), confirmed }, sendTimeout));
    if (!sent) {
      this.save.later();
      this.set({ saved: 'waiting' });
      void this.runCheck();
    }
    return sent ? 'sent' : 'failed';
  }

  async undo(): Promise<void> {
    await this.do('reply/undo', {});
  }

  /** Any other deed of the host; the draft is saved before, as the deed may show another mention. */
  async do<Method extends Deed>(method: Method, params: PageRequests[Method]['params']): Promise<boolean> {
    this.set({ failure: undefined });
    await this.flush();
    return this.ask(method, () => this.rpc.request(method, params, deedTimeout));
  }

  /** The person has read why a deed failed. */
  dismiss(): void {
    this.set({ failure: undefined });
  }

  /** The host fetches it; the page itself loads nothing. */
  async showPicture(place: { readonly mentionId: string; readonly index: number }): Promise<void> {
    const key = pictureKey(place);
    const shownFor = this.current.panel.mention.id;
    const now = this.current.pictures[key]?.name;
    if (now === 'loading' || now === 'shown') return;
    this.setPicture(key, { name: 'loading' });
    let state: PictureState;
    try {
      const { type, base64 } = await this.rpc.request('media/show', place, pictureTimeout);
      state = { name: 'shown', url: URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type })) };
    } catch (error) {
      state = { name: 'failed', words: failureWords(error) };
    }
    if (this.current.panel.mention.id === shownFor) this.setPicture(key, state);
    else forget(state);
  }

  hidePicture(place: { readonly mentionId: string; readonly index: number }): void {
    const key = pictureKey(place);
    forget(this.current.pictures[key]);
    this.setPicture(key, undefined);
  }

  startWithdrawal(replyId: string | undefined): void {
    this.set({ withdrawing: replyId, failure: undefined });
  }

  async withdraw(replyId: string, reason: string): Promise<void> {
    if (await this.do('reply/withdraw', { replyId, reason })) this.set({ withdrawing: undefined });
  }

  /** Saves at once what waits to be saved; for when the page may go away. */
  async flush(): Promise<void> {
    if (this.current.saved !== 'waiting') return;
    this.save.cancel();
    await this.saveDraft();
  }

  // Inside

  private edited(): boolean {
    return isEdited(this.current.composing, this.current.panel.templates);
  }

  private replaceWith(option: TemplateOption): void {
    const { panel, composing } = this.current;
    this.write(withTemplate(composing, option, panel.language, panel.known), { setAside: undefined, notFollowed: undefined, question: undefined });
  }

  private replaceLanguage(language: string): void {
    const { panel, composing } = this.current;
    const option = chosenOption(composing, panel.templates);
    if (option !== undefined) this.write(withLanguage(composing, option, language, panel.known), { setAside: undefined, notFollowed: undefined, question: undefined });
  }

  private write(composing: Composing, more: Partial<PageState> = {}): void {
    this.checkNumber++;
    this.set({ composing, saved: 'waiting', checksFresh: false, ...more });
    this.save.later();
    this.check.later();
  }

  private message(): ReturnType<typeof draftMessage> {
    return draftMessage(this.current.composing, this.current.panel.templates, this.current.panel.mention.id);
  }

  private async saveDraft(): Promise<void> {
    const { composing, panel } = this.current;
    const unchanged = (): boolean => this.current.composing === composing && this.current.panel.mention.id === panel.mention.id;
    try {
      await this.rpc.request('draft/save', this.message());
      if (unchanged()) this.set({ saved: 'saved' });
    } catch (error) {
      if (unchanged()) this.set({ saved: 'failed', failure: { words: failureWords(error), aboutAnswer: true } });
    }
  }

  /** An answer about another text than the one that stands here by then is dropped. */
  private async runCheck(): Promise<void> {
    this.check.cancel();
    const number = ++this.checkNumber;
    try {
      const { checks, forApproval } = await this.rpc.request('reply/check', this.message());
      if (number !== this.checkNumber) return;
      const keys = checks.map(confirmationKey);
      this.set({ checks, forApproval: forApproval === true, checksFresh: true, checkFailure: undefined, confirmed: this.current.confirmed.filter((key) => keys.includes(key)) });
    } catch (error) {
      if (number === this.checkNumber) this.set({ checkFailure: failureWords(error) });
    }
  }

  private async ask(method: string, request: () => Promise<unknown>): Promise<boolean> {
    if (this.current.busy.includes(method)) return false;
    this.set({ busy: [...this.current.busy, method] });
    try {
      await request();
      return true;
    } catch (error) {
      this.set({ failure: { words: failureWords(error), aboutAnswer: answerMethods.has(method) } });
      return false;
    } finally {
      this.set({ busy: this.current.busy.filter((each) => each !== method) });
    }
  }

  private hear(panel: ReplyPanelState, replaceDraft: boolean): void {
    if (panel.mention.id !== this.current.panel.mention.id) {
      this.save.cancel();
      for (const picture of Object.values(this.current.pictures)) forget(picture);
      this.set({ ...opened(this.current.language, panel), busy: this.current.busy });
      void this.runCheck();
      return;
    }
    const clockOffset = panel.now - Date.now();
    const justSent = panel.phase.name === 'sent' && this.current.panel.phase.name !== 'sent';
    if (replaceDraft || justSent) {
      this.save.cancel();
      this.set({ panel, clockOffset, composing: panel.draft, question: undefined, setAside: undefined, notFollowed: undefined, confirmed: [], saved: 'untouched' });
    } else {
      this.set({ panel, clockOffset });
    }
    void this.runCheck();
  }

  private setPicture(key: string, state: PictureState | undefined): void {
    const others = Object.fromEntries(Object.entries(this.current.pictures).filter(([other]) => other !== key));
    this.set({ pictures: state === undefined ? others : { ...others, [key]: state } });
  }

  private set(change: Partial<PageState>): void {
    const before = this.current;
    this.current = { ...before, ...change };
    for (const listener of this.listeners) listener(this.current, before);
  }
}

function forget(picture: PictureState | undefined): void {
  if (picture?.name === 'shown') URL.revokeObjectURL(picture.url);
}

function opened(language: string, panel: ReplyPanelState): PageState {
  return {
    language,
    panel,
    clockOffset: panel.now - Date.now(),
    composing: panel.draft,
    question: undefined,
    setAside: undefined,
    notFollowed: undefined,
    saved: 'untouched',
    checks: [],
    checksFresh: false,
    forApproval: false,
    checkFailure: undefined,
    confirmed: [],
    busy: [],
    failure: undefined,
    withdrawing: undefined,
    pictures: {},
  };
}
