import { practiceConversation } from '../practiceText';

/** Threads: citizens who come back, others who join, the institution in between. */
export const conversations = [
  practiceConversation('conv-cedula-tres-meses', 'es', 'cedula', [
    ['ana', 0, 'negative', 'complaint', 'high', 'delay', 'Van noventa días desde que pedí mi cédula. La vieja ya no me la aceptan ni en el banco.'],
    ['luisito_rd', 3, 'negative', 'complaint', 'normal', 'delay', 'A mí me pasa igual @isc, desde agosto.', { answers: 0 }],
    ['isc', 95, 'Lamentamos la demora. Escríbanos en privado su número de solicitud y le diremos la nueva fecha.', 0],
    ['ana', 40, 'negative', 'complaint', 'high', 'case-status', 'Ya les escribí en privado hace media hora y sigue en "enviado". ¿Van a leerlo o es otra fila?'],
  ]),
  practiceConversation('conv-acta-corregida', 'es', 'acta', [
    ['soniaenbani', 0, 'neutral', 'question', 'normal', 'requirements', '¿Cuánto dura la corrección de una letra en el acta de nacimiento? Es una z por una s.'],
    ['isc', 120, 'Si el error es solo de una letra, se corrige en la misma oficialía. Lleve el acta y su cédula.'],
    ['soniaenbani', 2880, 'positive', 'praise', 'low', 'thanks', 'Vuelvo para contarles que fui y me la corrigieron ahí mismo. Ni abogado hizo falta. ¡Gracias!'],
  ]),
  practiceConversation('conv-portal-caido', 'es', 'portal', [
    ['kelvin_hdz', 0, 'negative', 'complaint', 'normal', 'outage', '¿Soy yo o la página de citas no abre para nadie?'],
    ['yaniris_uasd', 2, 'negative', 'complaint', 'normal', 'outage', 'No eres tú, a mí me tira pantalla gris @isc', { answers: 0 }],
    ['brayan_mc', 6, 'negative', 'complaint', 'low', 'outage', '@isc en el cel tampoco. Y hoy era que abrían las de diciembre 😑', { answers: 1 }],
    ['kelvin_hdz', 25, 'neutral', 'question', 'normal', 'outage', 'Ok, ya prende pero dice "0 citas". ¿Las gastaron o no las han subido?', { answers: 0 }],
  ]),
  practiceConversation('conv-cobro-doble', 'es', 'pago', [
    ['dominicana_en_madrid', 0, 'negative', 'complaint', 'high', 'payment-problem', 'Buenas tardes, tengo dos cargos iguales de la apostilla en mi tarjeta.'],
    ['isc', 33, 'Lamentamos el inconveniente. Envíenos el comprobante por nuestra vía privada: https://isc.example/contacto'],
    ['dominicana_en_madrid', 12, 'negative', 'complaint', 'high', 'payment-problem', 'Esa página pide un número de caso que nadie me ha dado. ¿Qué pongo?'],
  ]),
  practiceConversation('conv-fila-preferencial', 'es', 'trato', [
    ['autismo_mama', 0, 'neutral', 'question', 'normal', 'hours-location', '¿En cuáles oficinas tienen hora silenciosa para personas con autismo?'],
    ['isc', 60, 'Los miércoles de 2:00 a 4:00 p. m. en la sede central y en Santiago.'],
    ['autismo_mama', 4300, 'negative', 'complaint', 'normal', 'apology', 'Fuimos hoy miércoles a las 2:15. Música a todo volumen y el guardia nunca había oído hablar de eso.'],
    ['silla_de_ruedas_rd', 9, 'negative', 'complaint', 'normal', 'complaint-registered', 'Confirmo, yo estaba ahí. Lo de la hora silenciosa es puro afiche @isc.'],
  ]),
  practiceConversation('conv-license-exchange', 'en', 'licencia', [
    ['retired_in_cabarete', 0, 'neutral', 'question', 'normal', 'requirements', 'Trying to exchange a UK licence. Do you need the paper counterpart? They stopped issuing those in 2015.'],
    ['isc', 75, 'Hello. The card is enough, together with your residence card and a medical certificate.'],
    ['retired_in_cabarete', 18, 'neutral', 'question', 'normal', 'hours-location', 'Great, and can the medical be done on the same floor or do I need my own doctor?'],
  ]),
  practiceConversation('conv-nota-de-prensa', 'es', 'acceso-informacion', [
    ['periodista_novel', 0, 'neutral', 'informationRequest', 'normal', 'information-request', 'Para un reportaje: ¿cuántas cédulas impresas con error hubo que repetir este año y cuánto costó?'],
    ['isc', 400, 'Puede pedirlo con la Ley 200-04 en nuestra oficina de acceso a la información: https://isc.example/oai'],
    ['periodista_novel', 35, 'neutral', 'informationRequest', 'high', 'information-request', 'Hecho, número 41007. Publico el lunes; si tienen el dato antes, con gusto lo incluyo.'],
  ]),
];
