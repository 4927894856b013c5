/**
 * Text from outside without NUL and the other control characters (line end and tab stay) and without halves of surrogate pairs, which no file
 * can hold. Direction marks stay: they may be meant, and the displays escape them.
 */
export function cleanText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  return text.replace(/\r\n?/gu, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
