/**
 * Text from outside without NUL and the other control characters (line end and tab stay) and without halves of surrogate pairs, which no file
 * can hold. Direction marks stay: they may be meant, and the displays escape them.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\t\n]/gu, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
