const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for the content of an element or a quoted attribute; what no document may hold becomes U+FFFD. */
export function html(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]/gu, (sign) => (/[\t\n\r]/u.test(sign) ? sign : '\ufffd')).replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign);
}
