import { type NormRule } from './normRule';
import { likeCase, ownProseOf, places } from './prose';

/** Forms of one person that answers, with those of the institution. Forms that are also nouns (`envío`, `apoyo`, `saludo`) are left out. */
const spanish: Readonly<Record<string, string>> = {
  yo: 'nosotros', me: 'nos', mi: 'nuestro', mis: 'nuestros', mí: 'nosotros', conmigo: 'con nosotros', mío: 'nuestro', mía: 'nuestra', míos: 'nuestros', mías: 'nuestras',
  agradezco: 'agradecemos', aseguro: 'aseguramos', ayudo: 'ayudamos', comparto: 'compartimos', comprendo: 'comprendemos', comunico: 'comunicamos', confirmo: 'confirmamos', considero: 'consideramos',
  creo: 'creemos', digo: 'decimos', disculpo: 'disculpamos', doy: 'damos', entiendo: 'entendemos', escribo: 'escribimos', espero: 'esperamos', estaré: 'estaremos', estoy: 'estamos', explico: 'explicamos',
  felicito: 'felicitamos', garantizo: 'garantizamos', hago: 'hacemos', haré: 'haremos', hice: 'hicimos', indico: 'indicamos', informo: 'informamos', invito: 'invitamos', lamento: 'lamentamos',
  necesito: 'necesitamos', ofrezco: 'ofrecemos', pido: 'pedimos', procedo: 'procedemos', pregunto: 'preguntamos', prometo: 'prometemos', pude: 'pudimos', puedo: 'podemos', quedo: 'quedamos',
  quiero: 'queremos', quisiera: 'quisiéramos', recomiendo: 'recomendamos', remito: 'remitimos', respondo: 'respondemos', revisé: 'revisamos', reviso: 'revisamos', sé: 'sabemos', siento: 'sentimos',
  solicito: 'solicitamos', soy: 'somos', sugiero: 'sugerimos', tengo: 'tenemos', verifico: 'verificamos', verifiqué: 'verificamos', voy: 'vamos',
};

const english: Readonly<Record<string, string>> = {
  'i am': 'we are', 'i’m': 'we are', 'i\'m': 'we are', 'i was': 'we were', 'i’ll': 'we will', 'i\'ll': 'we will', 'i’ve': 'we have', 'i\'ve': 'we have', 'i’d': 'we would', 'i\'d': 'we would',
  i: 'we', me: 'us', my: 'our', myself: 'ourselves',
};

/** `I` is a number after these words: "Phase I". */
const numbered = /(?:phase|part|title|type|annex|level|chapter|section|war|act|grade|article|table|class|appendix)\s+$/iu;

/**
 * The institution answers, not a person: first person plural ("lamentamos", "nuestro").
 * Source: NORTIC E1:2014, directives of tone, point 3 (first person plural); kept in E1:2022.
 */
export const firstPerson: NormRule = {
  code: 'firstPerson',
  level: 'hint',
  check(text, { language }) {
    const prose = ownProseOf(text);
    if (language === 'es') {
      return places(prose, /(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu, (found, start) => {
        const word = found.toLowerCase();
        if (!Object.hasOwn(spanish, word)) return false;
        // "Mi Pasaporte" is the name of a service.
        if (/^mis?$/u.test(word) && /^\p{Lu}/u.test(found) && /^\s+\p{Lu}/u.test(prose.slice(start + found.length))) return false;
        return likeCase(found, spanish[word] ?? '');
      });
    }
    if (language !== 'en') return [];
    return places(prose, /(?<![\p{L}\p{N}'’])(?:I(?:\s+(?:am|was)|['’](?:m|ll|ve|d))?|[Mm]e|ME|[Mm]y|MY|[Mm]yself)(?![\p{L}\p{N}'’])/gu, (found, start) => {
      if (found === 'I' && (numbered.test(prose.slice(Math.max(0, start - 12), start)) || !/^\s+\p{Ll}/u.test(prose.slice(start + 1)))) return false;
      if (found === 'My' && /^\s+\p{Lu}/u.test(prose.slice(start + 2))) return false;
      const plural = english[found.toLowerCase().replace(/\s+/gu, ' ')] ?? 'we';
      return found.startsWith('I') && !/(?:^|[.!?¡¿]\s*)$/u.test(prose.slice(0, start)) ? plural : likeCase(found === 'I' ? 'We' : found.startsWith('I') ? 'Ii' : found, plural);
    });
  },
};
