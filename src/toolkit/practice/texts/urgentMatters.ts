import { practiceTexts } from '../practiceText';

/** Danger to people, and matters that can't wait for the afternoon. */
export const urgentTexts = practiceTexts('es', 'emergencia', [
  ['urg-01', 'negative', 'request', 'urgent', 'emergency-line', 'HAY HUMO SALIENDO DEL SEGUNDO PISO DE SU OFICINA DE SAN CRISTÓBAL Y HAY GENTE ADENTRO'],
  ['urg-02', 'negative', 'request', 'urgent', 'emergency-line', 'Un señor se desmayó en la fila, no reacciona y aquí nadie sabe qué hacer. Oficina de Villa Mella. Por favor manden a alguien.'],
  ['urg-03', 'negative', 'request', 'urgent', 'emergency-line', 'mi marido me quito los papeles y me tiene encerrada con los niños. no puedo llamar. ayuda'],
  ['urg-04', 'negative', 'complaint', 'urgent', 'emergency-line', 'Cable de alta tensión en el suelo frente a la escuela de Herrera, echando chispas, y los muchachos salen a las 12.', { images: ['Cable en la acera mojada, cerca de un portón escolar'], always: true }],
  ['urg-05', 'negative', 'request', 'urgent', 'emergency-line', 'El río está entrando a las casas en La Ciénaga, hay una señora en silla de ruedas en el techo del 14. ¿A quién llamo, el 911 da ocupado?'],
  ['urg-06', 'negative', 'request', 'urgent', 'emergency-line', 'Se perdió un niño de 5 años en el operativo de hoy en Santiago, camiseta roja, se llama Elián. Estábamos en la carpa de las actas.'],
  ['urg-07', 'negative', 'request', 'urgent', 'emergency-line', 'hay un hombre con un cuchillo peleando en la fila de la oficina de Haina 😨😨 vengan rapido'],
  ['urg-08', 'negative', 'complaint', 'urgent', 'emergency-line', 'Huele a gas fuerte en el edificio de ustedes en Naco. Se lo dije al de seguridad y me mandó a sentarme.', { always: true }],
  ['urg-09', 'negative', 'request', 'urgent', 'emergency-line', 'No quiero seguir. Me quitaron la pensión, me quitaron la casa. Esto es lo último que escribo.'],
  ['urg-10', 'negative', 'request', 'urgent', 'case-status', 'Mi hermana está en cuidados intensivos y la clínica no la opera sin el documento que ustedes tienen retenido. Es para HOY.', { always: true }],
  ['urg-11', 'negative', 'complaint', 'urgent', 'emergency-line', 'Se cayó parte del plafón encima de la gente en la sala de espera de La Romana. Hay dos heridos sangrando.', { images: ['Trozos de techo sobre sillas plásticas'] }],
  ['urg-12', 'negative', 'request', 'urgent', 'private-details', 'Me están amenazando de muerte porque ustedes publicaron mi dirección en la lista del portal. Bórrenla YA, tengo tres hijos.'],
  ['urg-13', 'negative', 'request', 'urgent', 'emergency-line', 'Accidente frente al ISC de Baní, un motor contra una guagua, el muchacho está vivo pero no se mueve'],
  ['urg-14', 'negative', 'request', 'urgent', 'emergency-line', 'temblo y se agrieto la pared de la oficina en samana, la gente sigue adentro, eso se ve feo'],
]);
