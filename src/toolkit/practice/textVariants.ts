import { type PracticeText } from './practiceText';
import { type SeededRandom } from './seededRandom';

/** Places of the Dominican Republic that stand in the texts without an article, so that one can stand for another. */
const places = [
  'Los Mina', 'Villa Mella', 'Herrera', 'Sabana Perdida', 'San Cristóbal', 'Baní', 'Azua', 'San Juan', 'Barahona', 'Bonao', 'La Vega', 'Moca',
  'Santiago', 'Puerto Plata', 'Mao', 'Dajabón', 'Montecristi', 'Nagua', 'Samaná', 'San Francisco de Macorís', 'Cotuí', 'Monte Plata', 'Hato Mayor',
  'El Seibo', 'Higüey', 'La Romana', 'San Pedro', 'Boca Chica', 'Haina', 'Los Alcarrizos', 'Pedro Brand', 'Naco', 'Gazcue', 'Cristo Rey', 'Sosúa',
  'Cabarete', 'Constanza', 'Jarabacoa', 'Neiba', 'Pedernales', 'Las Terrenas', 'Ocoa', 'Villa Altagracia', 'Yamasá', 'Esperanza', 'Tamboril',
] as const;
const weekdays = { es: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes'], en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] } as const;

const openings = {
  es: [
    'Saludos.', 'Buenos días.', 'Buenas tardes.', 'Buenas noches.', 'Hola.', 'Buenas.', 'Hola, buen día.', 'Disculpen.', 'Saludos cordiales.', 'Señores del ISC:',
    'Equipo del ISC:', 'Hola de nuevo.', 'Buen día, equipo.', 'Perdonen la hora.', 'Les escribo por aquí.', 'Feliz tarde.', 'Paz y bien.', 'Bendiciones.',
    'Hola a todos.', 'Una cosita.', 'A quien corresponda:', 'Dios les bendiga.', 'Vuelvo a escribir.', 'Seré breve.', 'Con su permiso.',
  ],
  en: [
    'Hello.', 'Hi there.', 'Good morning.', 'Good afternoon.', 'Good evening.', 'Dear ISC,', 'Hi team.', 'Hello again.', 'Greetings.', 'To whom it may concern:',
    'Excuse me.', 'Hi, writing from here.', 'Hello everyone.', 'Good day.', 'Writing once more.',
  ],
} as const;
const closings = {
  es: [
    'Les escribo desde {place}.', 'Vivo en {place}.', 'Mi solicitud es la {number}.', 'El número que me dieron es {number}.', 'Fue el {weekday}, en la oficina de {place}.',
    'Soy de {place}.', 'La solicitud {number}, por si hace falta.', 'Esto es para mi mamá, que vive en {place}.', 'Lo pregunté también el {weekday}.',
    'Caso {number}.', 'En {place} me dijeron que escribiera por aquí.', 'Es para un familiar en {place}.', 'Quedo pendiente, {place}.', 'Turno {number}, oficina de {place}.',
    'Desde {place}, {weekday}.', 'Me lo pide una empresa de {place}.',
  ],
  en: [
    'I am writing from {place}.', 'We live in {place}.', 'My request number is {number}.', 'The number they gave me is {number}.', 'This was on {weekday} at the {place} office.',
    'Case {number}.', 'My family is in {place}.', 'I also asked on {weekday}.', 'Ticket {number}, {place} office.', 'It is for a relative in {place}.',
  ],
} as const;

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const anyPlace = new RegExp(String.raw`(?<!\p{L})(?:${[...places].sort((a, b) => b.length - a.length).map(escaped).join('|')})(?!\p{L})`, 'gu');

/**
 * The same matter from somebody else: another place, other numbers and days, another opening and a closing line.
 * Labels stay true: nothing that carries a tone is touched.
 */
export function varied(text: PracticeText, random: SeededRandom, round: number): PracticeText {
  const language = text.language === 'en' ? 'en' : 'es';
  const fill = (line: string): string =>
    line.replace('{place}', () => random.pick(places)).replace('{number}', () => String(random.between(10_000, 99_999))).replace('{weekday}', () => random.pick(weekdays[language]));
  const moved = text.text.replaceAll(anyPlace, () => random.pick(places)).replaceAll(/\b\d{5,6}\b/g, (digits) => String(random.between(10 ** (digits.length - 1), 10 ** digits.length - 1)));
  const { images, edited: _edited, later: _later, html: _html, always: _always, ...plain } = text;
  return {
    ...plain, ...(images === undefined ? {} : { images }), id: `${text.id}~${String(round)}`,
    text: `${random.pick(openings[language])} ${moved} ${fill(random.pick(closings[language]))}`,
  };
}
