import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { asMomentosError } from '../core/errors';
import { sentence } from '../desk/sentences';
import { type Choice } from './ask';
import { plainNotice } from './safeText';

/** Where a question stands among the others. */
export interface StepPlace {
  readonly number: number;
  /** undefined = not known yet. */
  readonly total: number | undefined;
  /** There is a question before it to go back to. */
  readonly canGoBack: boolean;
}

/** undefined = the person let it be. */
export type Turn = 'next' | 'back' | undefined;
export type Step = (place: StepPlace) => Promise<Turn>;

/** Asks one after the other, back and forth; false = the person let it be. The list is asked for anew after each answer, as it may depend on it. */
export async function runSteps(steps: () => { readonly list: readonly Step[]; readonly complete: boolean }): Promise<boolean> {
  for (let at = 0; ; ) {
    const { list, complete } = steps();
    const step = list[at];
    if (step === undefined) return true;
    const turn = await step({ number: at + 1, total: complete ? list.length : undefined, canGoBack: at > 0 });
    if (turn === undefined) return false;
    at += turn === 'back' ? -1 : 1;
  }
}

interface Answered<T> {
  readonly turn: Turn;
  readonly value?: T;
}

/** A choice. `item.stay`: what choosing it does, instead of answering. */
export async function pickStep<T>(place: StepPlace, question: { readonly title: string; readonly placeHolder?: string; readonly items: readonly (Choice<T> & { readonly stay?: (() => Thenable<unknown>) | undefined })[] }): Promise<Answered<T>> {
  const input = vscode.window.createQuickPick<(typeof question.items)[number]>();
  input.items = question.items;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  return show(input, place, question.title, (answer) => {
    input.placeholder = question.placeHolder;
    return input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (item === undefined) return;
      if (item.stay !== undefined) void item.stay();
      else answer(item.value);
    });
  });
}

/**
 * A line of text. `check`: what is wrong with it, in words. `accept`: does something with it before the next question; its error is said below the line, and
 * the person may try again.
 */
export async function textStep(
  place: StepPlace,
  question: {
    readonly title: string;
    readonly prompt: string;
    readonly value?: string | undefined;
    readonly placeHolder?: string;
    readonly password?: boolean;
    readonly mayBeEmpty?: boolean;
    readonly check?: (text: string) => string | undefined;
    readonly accept?: (text: string) => Promise<unknown>;
  },
): Promise<Answered<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = question.prompt;
  input.value = question.value ?? '';
  input.placeholder = question.placeHolder;
  input.password = question.password === true;
  const problemOf = (text: string): string | undefined => {
    if (text === '') return question.mayBeEmpty === true ? undefined : l10n.t('Please write something.');
    return question.check?.(text);
  };
  return show(input, place, question.title, (answer) => {
    const take = async (): Promise<void> => {
      const text = input.value.trim();
      input.validationMessage = problemOf(text);
      if (input.validationMessage !== undefined || input.busy) return;
      if (question.accept === undefined) {
        answer(text);
        return;
      }
      input.busy = true;
      input.enabled = false;
      try {
        await question.accept(text);
        answer(text);
      } catch (thrown) {
        input.validationMessage = plainNotice(sentence(asMomentosError(thrown)), 400);
      }
      input.busy = false;
      input.enabled = true;
    };
    return vscode.Disposable.from(
      input.onDidAccept(() => void take()),
      input.onDidChangeValue(() => {
        input.validationMessage = undefined;
      }),
    );
  });
}

/** Stays open when the window loses the focus: people go to the browser and back. */
function show<T>(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[]; onDidTriggerButton: vscode.Event<vscode.QuickInputButton> }, place: StepPlace, title: string, listen: (answer: (value: T) => void) => vscode.Disposable): Promise<Answered<T>> {
  input.title = title;
  input.step = place.number;
  input.totalSteps = place.total;
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Answered<T>>((resolve) => {
    const end = (answered: Answered<T>): void => {
      resolve(answered);
      listening.dispose();
      input.dispose();
    };
    const listening = vscode.Disposable.from(
      listen((value) => {
        end({ turn: 'next', value });
      }),
      input.onDidTriggerButton(() => {
        end({ turn: 'back' });
      }),
      input.onDidHide(() => {
        end({ turn: undefined });
      }),
    );
    input.show();
  });
}
