import { practiceTexts } from '../practiceText';

/** Chat as people type it: few words, no accents, letters drawn out. */
export const shortTexts = practiceTexts('es', 'general', [
  ['sho-01', 'neutral', 'question', 'low', 'acknowledgement', 'hola?'],
  ['sho-02', 'neutral', 'question', 'normal', 'wait-channel', 'hay alguien ahi'],
  ['sho-03', 'negative', 'complaint', 'normal', 'acknowledgement', 'mal mal mal maaaaal'],
  ['sho-04', 'neutral', 'request', 'normal', 'acknowledgement', 'q alguien me escriba x privado porfa'],
  ['sho-05', 'negative', 'complaint', 'normal', 'wait-channel', 'NO CONTESTAN EL TELÉFONOOOO'],
  ['sho-06', 'neutral', 'question', 'low', 'hours-location', 'abierto hoy?'],
  ['sho-07', 'positive', 'praise', 'low', 'thanks', 'grasias todo vien'],
  ['sho-08', 'negative', 'complaint', 'low', 'acknowledgement', '🙄'],
  ['sho-09', 'neutral', 'request', 'normal', 'hours-location', 'numero de telefono d la oficina d azua x favorrr'],
  ['sho-10', 'neutral', 'question', 'normal', 'requirements', 'ke ago si mi nombre ta mal escrito'],
  ['sho-11', 'negative', 'complaint', 'normal', 'delay', 'Y entonces???????'],
  ['sho-12', 'neutral', 'question', 'low', 'hours-location', 'Dirección?'],
  ['sho-13', 'positive', 'praise', 'low', 'thanks', 'Dioooos por fin!! 🥳🥳 ya lo tengo'],
  ['sho-14', 'negative', 'complaint', 'normal', 'apology', 'un abuso lo de hoy'],
  ['sho-15', 'neutral', 'question', 'low', 'requirements', 'eso paga?'],
  ['sho-16', 'neutral', 'request', 'low', 'acknowledgement', 'sigame para escribirle al dm'],
  ['sho-17', 'neutral', 'question', 'normal', 'case-status', 'ya salio lo mio'],
  ['sho-18', 'negative', 'complaint', 'normal', 'delay', 'toy cansao d esperar manito'],
]);
