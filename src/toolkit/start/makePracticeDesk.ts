import { type Clock, type Logger, type Randomness } from '../../core/clock';
import { type NetworkChannelConfig } from '../../core/config';
import { initDesk } from '../../desk/initDesk';
import { practiceRules } from '../practiceRules';

/** Where a practice server listens, and in whose name the desk answers there. */
export interface PracticeAddress {
  readonly url: string;
  readonly account: string;
}

export interface PracticeDeskOptions {
  readonly dir: string;
  /** The practice server that the desk is connected to. */
  readonly practice: PracticeAddress;
  /** The practice web form, which speaks the Inbox API; undefined = the desk has the first channel only. */
  readonly form?: PracticeAddress | undefined;
  /** Folder with `templates/`. */
  readonly mediaDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

/** The invented institution of every practice desk. */
const institution = {
  id: 'isc',
  name: 'Instituto de Servicios al Ciudadano',
  country: 'DO',
  timeZone: 'America/Santo_Domingo',
  languages: ['es', 'en'],
  domains: ['isc.example'],
} as const;

const units = [
  { id: 'cedulas', name: 'Departamento de Cédulas', contact: 'cedulas@isc.example', target: '8h' },
  { id: 'pagos', name: 'Departamento de Pagos', contact: 'pagos@isc.example', target: '8h' },
  { id: 'informacion', name: 'Oficina de Acceso a la Información', contact: 'informacion@isc.example', target: '5d' },
] as const;

/** The entry of the practice web form in `momentos.json`. */
export function formChannel({ url, account }: PracticeAddress): NetworkChannelConfig {
  return { id: 'inbox-main', network: 'inbox-api', url, account, name: 'Formulario web' };
}

/** Makes a practice desk in a folder that is empty or absent. Errors: those of `initDesk`. */
export async function makePracticeDesk({ practice, form, ...options }: PracticeDeskOptions): Promise<void> {
  await initDesk({
    ...options,
    ...practiceRules,
    institution,
    units,
    channel: { id: 'mastodon-main', ...practice },
    ...(form === undefined ? {} : { otherChannels: [formChannel(form)] }),
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    reviewer: { name: 'Revisora de práctica' },
    practice: true,
  });
}
