import { type InitOptions } from '../desk/initDesk';

/** What the invented institution of every practice desk promises and looks for: the term of the Dominican Ley 200-04, and its own topics. */
export const practiceRules: Pick<InitOptions, 'informationRequests' | 'topics'> = {
  informationRequests: { workingDays: 15, source: 'Ley 200-04, art. 8' },
  topics: [
    { id: 'cedula', name: 'Cédula de identidad', words: ['cédula'] },
    { id: 'pasaporte', name: 'Pasaportes', words: ['pasaporte'] },
    { id: 'citas', name: 'Citas y turnos', words: ['cita', 'turno', 'fila'] },
    { id: 'pagos', name: 'Pagos y tasas', words: ['pago', 'pagué', 'pague', 'cobr', 'recibo'] },
    { id: 'portal', name: 'Portal y aplicación', words: ['portal', 'aplicación', 'sistema'] },
  ],
};
