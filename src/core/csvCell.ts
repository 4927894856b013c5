/** Signs with which a spreadsheet takes a cell for a formula, their full-width forms among them (OWASP, "CSV Injection"). */
const formulaStart = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/u;
/**
 * The same behind what another spreadsheet may take for the end of a cell: with the semicolon as its separator (as set up in Spanish) it does not
 * see that the quoted cell goes on.
 */
const formulaInside = /([;\t\r\n]\s*)(?=[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/gu;

const mayEndCell = /[;\t\r\n]/u;

/** A text for a CSV cell that no spreadsheet runs: an apostrophe stands before what would start a formula. */
export function defusedText(text: string): string {
  const inside = mayEndCell.test(text) ? text.replace(formulaInside, "$1'") : text;
  return formulaStart.test(inside) ? `'${inside}` : inside;
}

/** RFC 4180 with CRLF: quoted where needed, at semicolons too, which end a cell in spreadsheets set up in Spanish. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",;\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
