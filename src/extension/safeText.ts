import { firstWords, showBidi } from '../core/text/fold';

/** Text from outside made safe for the places of VS Code that are no web page: rows, hovers, notices, quick picks. */

/** Control characters but for line end and tab, and letters of no width. */
const invisible = /[^\P{Cc}\t\n]|[\u200B\u2060\uFEFF]/gu;

/** Marks that turn the reading order are shown as their code; other invisible controls are left out. */
export function visibleText(text: string): string {
  return showBidi(text.replace(/\r\n?/gu, '\n').replace(invisible, ''));
}

/** One line, at most `max` characters as a person counts them. */
export function oneLine(text: string, max: number): string {
  return firstWords(visibleText(text), max);
}

/** For a MarkdownString: every sign that is no letter, digit or space as an entity, so that nothing becomes a link, an image or markup. */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replace(/[^\p{L}\p{M}\p{N}\s\p{Extended_Pictographic}]|[#*]/gu, (sign) => `&#${String(sign.codePointAt(0))};`)
    .replace(/^[ \t]+/gmu, (lead) => '&nbsp;'.repeat(lead.length))
    .replace(/\n/gu, '  \n');
}

/** For notices, quick picks and the status bar, which read `[text](target)` as a link and `$(name)` as an icon. */
export function plainNotice(text: string, max = 300): string {
  return oneLine(text, max).replace(/\]\(/gu, '] (').replace(/\$\(/gu, '$ (');
}
