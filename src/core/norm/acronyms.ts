import { type NormRule } from './normRule';
import { places, proseOf } from './prose';

/** Those that a citizen reads as words: nobody has to spell them out. */
const everybodyKnows = new Set(
  ('RD EE UU EEUU USA US UK UE EU ONU UN DNI ID PDF SMS GPS QR USB URL WIFI WWW HTML TV FM AM PM UTC GMT ADN DNA VIH HIV SIDA AIDS COVID IVA VAT ITBIS RNC CD DVD CV OK FAQ PIN ATM GB MB KB KG KM CM MM '
    + 'USD EUR DOP MXN COP CLP PEN ARS BRL GBP NASA UNESCO UNICEF SOS IT WHATSAPP ISBN MP DM RT VIP ISO IBAN NIF CURP RUT NIT PH IP CEO CM').split(' '),
);
/** Whole words that are written in capitals to be seen, not because they are acronyms. */
const shouted = new Set(
  ('NO SÍ SI NI YA HOY AQUÍ AHORA NUNCA SIEMPRE GRATIS URGENTE ATENCIÓN AVISO IMPORTANTE IMPORTANT NUEVO NUEVA CERRADO CERRADA ABIERTO ABIERTA RECUERDE OJO FIN DE LA EL LOS LAS EN POR CON SIN UN UNA AL DEL SU SE QUE O Y A '
    + 'NOT NEVER NEW FREE NOW TODAY HERE CLOSED OPEN URGENT NOTICE ALERT WARNING ALWAYS DO THE AND OR FOR TO OF IN ON AT IS ARE BE ALL ANY YES PLEASE ONLY TODOS TODAS SOLO SÓLO GRACIAS THANKS ALERTA PELIGRO DANGER').split(' '),
);
const roman = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u;

/**
 * An acronym is spelled out where it first stands: "Junta Central Electoral (JCE)" or "JCE (Junta Central Electoral)". What everybody knows, what the
 * desk lists (`norms.acronyms`) and words that are only shouted are left alone.
 * Source: US Section 508 toolkit for social media (spell out acronyms); NORTIC E1:2014, directives of tone, point 4 (words familiar to the user).
 */
export const acronyms: NormRule = {
  code: 'acronyms',
  level: 'hint',
  check(text, { acronyms: own }) {
    const prose = proseOf(text);
    const known = new Set([...everybodyKnows, ...own.map((each) => each.normalize('NFC').trim().toUpperCase())]);
    const seen = new Set<string>();
    return places(prose, /(?<![\p{L}\p{N}_])\p{Lu}{2,10}(?![\p{L}\p{N}_]|[-–/.]\p{N})/gu, (found, start) => {
      if (seen.has(found)) return false;
      seen.add(found);
      if (known.has(found) || shouted.has(found) || roman.test(found) || spelledOut(prose, start, found) || inShouting(prose, start, found)) return false;
      return undefined;
    });
  },
};

/** In brackets behind words, or followed by words in brackets. */
function spelledOut(prose: string, start: number, found: string): boolean {
  const before = prose.slice(Math.max(0, start - 80), start);
  const after = prose.slice(start + found.length, start + found.length + 120);
  return /\p{L}{2,}[\s»”"]+\([\s]*$/u.test(before) || /^\s*\(\s*\p{L}{2,}(?:\s+\p{L}+)+/u.test(after) || /^\s*[,:]\s+\p{L}+(?:\s+\p{L}+){1,9}\)/u.test(after);
}

/** Beside another word in capitals it is loud, not an acronym. */
function inShouting(prose: string, start: number, found: string): boolean {
  const before = /(?<![\p{L}\p{N}])(\p{L}+)[ \t,!¡¿?]+$/u.exec(prose.slice(Math.max(0, start - 40), start))?.[1];
  const after = /^[ \t,!¡¿?]+(\p{L}+)(?![\p{L}\p{N}])/u.exec(prose.slice(start + found.length, start + found.length + 40))?.[1];
  return [before, after].some((word) => word !== undefined && word.length > 2 && word === word.toUpperCase());
}
