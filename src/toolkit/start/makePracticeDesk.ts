import { type Clock, type Logger, type Randomness } from '../../core/clock';
import { initDesk } from '../../desk/initDesk';

export interface PracticeDeskOptions {
  readonly dir: string;
  /** The practice server that the desk is connected to. */
  readonly practice: { readonly url: string; readonly account: string };
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

/** Makes a practice desk in a folder that is empty or absent. Errors: those of `initDesk`. */
export async function makePracticeDesk({ practice, ...options }: PracticeDeskOptions): Promise<void> {
  await initDesk({
    ...options,
    institution,
    units,
    channel: { id: 'mastodon-main', ...practice },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    reviewer: { name: 'Revisora de práctica' },
    practice: true,
  });
}
