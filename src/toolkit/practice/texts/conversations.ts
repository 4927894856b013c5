import { practiceConversation } from '../practiceText';

/** Threads: citizens who come back, others who join, the institution in between. */
export const conversations = [
  practiceConversation('conv-cedula-tres-meses', 'es', 'cedula', [
    ['ana', 0, 'negative', 'complaint', 'high', 'delay', 'Van noventa días desde que pedí mi cédula. La vieja ya no me la aceptan ni en el banco.'],
    ['luis', 3, 'negative', 'complaint', 'normal', 'delay', 'A mí me pasa igual @isc, desde agosto.', { answers: 0 }],
    ['isc', 95, 'Lamentamos la demora. Escríbanos en privado su número de solicitud y le diremos la nueva fecha.'],
    ['ana', 40, 'negative', 'complaint', 'high', 'case-status', 'Ya les escribí en privado hace media hora y sigue en "enviado". ¿Van a leerlo o es otra fila?'],
  ]),
];
