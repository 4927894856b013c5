import { fold } from './text/fold';
import { type Priority } from './mention';
import { type Score } from './sentiment';
import { type TopicConfig } from './config';

/** A rule that a person can read: words (folded, at the start of a word) that put a mention on a level. */
interface PriorityRule {
  readonly name: string;
  readonly priority: Priority;
  readonly words: readonly string[];
}

const rules: readonly PriorityRule[] = [
  {
    name: 'danger',
    priority: 'urgent',
    words: [
      'emergencia', 'auxilio', 'socorro', 'incendio', 'se quema', 'fuego en', 'hay fuego', 'humo saliendo', 'sale humo', 'saliendo humo', 'fuga de gas', 'olor a gas', 'huele a gas', 'explosion', 'exploto',
      'cable caido', 'cables caidos', 'cable electrico', 'cables electricos', 'alta tension', 'echando chispas', 'poste caido', 'electrocut', 'tubo roto',
      'herido', 'herida de', 'sangrando', 'sangra mucho', 'desangr', 'se desmayo', 'desmayad', 'no reacciona', 'no respira', 'inconsciente', 'no se mueve', 'infarto', 'convulsion', 'manden una ambulancia', 'llamen una ambulancia',
      'cuidados intensivos', 'sin oxigeno', 'intoxicad', 'envenenad', 'se esta muriendo', 'se muere', 'riesgo de muerte', 'corre riesgo', 'peligro', 'accidente frente', 'hubo un accidente', 'atropell', 'ahog',
      'derrumbe', 'se derrumb', 'a punto de caer', 'se cayo el techo', 'se cayo parte', 'se agrieto', 'hueco enorme', 'inundacion', 'se inund', 'terremoto', 'temblor', 'temblo',
      'suicid', 'me quiero morir', 'no quiero vivir', 'no quiero seguir', 'quitarme la vida', 'ultimo que escribo',
      'violencia', 'amenaza de muerte', 'amenazando', 'me amenaz', 'lo amenaz', 'la amenaz', 'me tiene encerrad', 'me pega', 'me golpea', 'cuchillo', 'pistola', 'machete', 'arma de fuego', 'disparos', 'tiroteo', 'balacera', 'asalt',
      'desaparecid', 'secuestr', 'se perdio un nino', 'se perdio una nina', 'nino perdido', 'nina perdida', '9-1-1', '911',
      'emergency', 'on fire', 'there is a fire', 'smoke coming', 'gas leak', 'smell of gas', 'smells of gas', 'explosion', 'live wire', 'power line down', 'downed power',
      'injured', 'bleeding', 'unconscious', 'not breathing', 'wont wake up', 'won t wake up', 'fainted', 'took pills', 'overdose', 'ambulance', 'heart attack', 'drowning', 'danger', 'collapsed', 'flooding', 'earthquake', 'about to fall',
      'suicide', 'kill myself', 'threaten', 'robbed', 'stabbed', 'gun', 'knife', 'shooting', 'kidnap', 'missing person', 'missing child', 'lost child', 'help me please',
    ],
  },
  {
    name: 'outage',
    priority: 'high',
    words: [
      'sin luz', 'sin agua', 'sin servicio', 'se fue la luz', 'se cayo el sistema', 'no hay sistema', 'pagina caida', 'portal caido', 'no carga la pagina', 'esta caida', 'esta caido', 'no funciona el portal', 'no abre el portal', 'averia',
      'outage', 'no power', 'no water', 'website is down', 'site is down', 'system is down', 'portal is down', 'power is out',
    ],
  },
  {
    name: 'deadline',
    priority: 'high',
    words: [
      'vence hoy', 'vence manana', 'se vence', 'viajo manana', 'viajo hoy', 'mi vuelo', 'pierdo el vuelo', 'ultimo dia', 'hoy mismo', 'urgente', 'urge', 'me urge', 'de urgencia', 'es para manana',
      'expires today', 'expires tomorrow', 'my flight', 'flying tomorrow', 'fly tomorrow', 'last day', 'urgent', 'deadline',
    ],
  },
  {
    name: 'money',
    priority: 'high',
    words: ['doble cobro', 'me cobraron dos', 'cobraron doble', 'cobro doble', 'estafa', 'soborno', 'mordida', 'corrupcion', 'me pidieron dinero', 'charged twice', 'double charge', 'scam', 'bribe'],
  },
  {
    name: 'informationRequest',
    priority: 'high',
    words: ['200-04', 'ley de acceso', 'acceso a la informacion', 'informacion publica', 'solicito copia', 'pido copia', 'freedom of information', 'public records', 'information request'],
  },
  {
    name: 'spam',
    priority: 'low',
    words: ['gana dinero', 'dinero facil', 'inversion segura', 'bitcoin', 'criptomoneda', 'prestamos rapidos', 'prestamo al instante', 'siguenos y gana', 'sorteo gratis', 'earn money', 'easy money', 'crypto', 'click here to win', 'followers cheap', 'work from home and earn'],
  },
];

/** Scores below this raise a mention to `high`. */
const clearlyNegative = -0.65;
/** Words as they are looked for: folded, with a blank before them. */
const needles = new Map(rules.map((rule) => [rule.name, rule.words.map((word) => ` ${fold(word)}`)]));
const order: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
const searchedLength = 20_000;

export interface RankedPriority {
  readonly priority: Priority;
  /** Names of the rules that spoke, strongest first. */
  readonly reasons: readonly string[];
}

/**
 * Where a mention stands in the queue, by rules alone. A clearly negative text raises to `high`; sentiment never lowers.
 * Only the spam rule and the desk's own topics can lower, and never below a rule that raises.
 */
export function rankPriority(text: string, score: Score, topics: readonly TopicConfig[]): RankedPriority {
  const folded = ` ${fold(text.slice(0, searchedLength)).replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  const has = (needle: string): boolean => folded.includes(needle);
  const found = rules.filter((rule) => needles.get(rule.name)?.some(has)).map(({ name, priority }) => ({ name, priority }));
  for (const topic of topics) if (topic.priority !== undefined && topic.words.some((word) => has(` ${fold(word)}`))) found.push({ name: `topic:${topic.id}`, priority: topic.priority });
  if (score.label === 'negative' && score.score <= clearlyNegative) found.push({ name: 'negative', priority: 'high' });
  const raising = found.filter(({ priority }) => priority !== 'low');
  const speaking = raising.length > 0 ? raising : found;
  const sorted = [...speaking].sort((a, b) => order.indexOf(a.priority) - order.indexOf(b.priority));
  return { priority: sorted[0]?.priority ?? 'normal', reasons: sorted.map(({ name }) => name) };
}
