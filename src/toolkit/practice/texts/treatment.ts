import { practiceTexts } from '../practiceText';

/** How people were treated, access for everybody, and conduct of staff. */
export const treatmentTexts = practiceTexts('es', 'trato', [
  ['tra-01', 'negative', 'complaint', 'normal', 'apology', 'La recepcionista estaba en TikTok con el volumen alto y me hizo señas de "espérate". A una anciana. Eso no se enseña en la casa, parece.'],
  ['tra-02', 'negative', 'complaint', 'normal', 'complaint-registered', 'No dejaron entrar a mi abuela porque llevaba chancletas. Tiene los pies hinchados por la diabetes. ¿Qué ley prohíbe eso?'],
  ['tra-03', 'negative', 'complaint', 'high', 'complaint-registered', 'Un supervisor de la oficina de Higüey le pidió el número personal a mi hija de 17 para "ayudarla con el trámite". Quiero su nombre y quiero una investigación.'],
  ['tra-04', 'negative', 'complaint', 'normal', 'apology', 'me hablaron como si yo fuera bruta porque no se leer bien. yo trabajo dsd los 8 años señores, respeten'],
  ['tra-05', 'neutral', 'question', 'normal', 'hours-location', '¿Cuáles oficinas tienen ascensor que funcione de verdad? Uso silla eléctrica y pesa 90 kilos.'],
  ['tra-06', 'negative', 'complaint', 'normal', 'complaint-registered', 'Los baños cerrados con candado y el rótulo "solo personal". Tres horas. Una embarazada tuvo que ir al monte.'],
  ['tra-07', 'neutral', 'request', 'low', 'acknowledgement', 'Pongan por favor un letrero en creole en la entrada; hay mucha gente que no entiende y se les pasa el turno.'],
  ['tra-08', 'negative', 'complaint', 'normal', 'apology', 'Se burlaron de mi nombre por el altoparlante. Me llamo Usnavy, sí, y qué. Toda la sala riéndose.'],
  ['tra-09', 'negative', 'complaint', 'normal', 'complaint-registered', 'Pasaron delante de todos a un político con dos guardaespaldas. Foto abajo. Los demás, a esperar como siempre.', { images: ['Tres hombres de espaldas entran por una puerta lateral'] }],
  ['tra-10', 'neutral', 'question', 'normal', 'complaint-registered', '¿Dónde está el libro de quejas? Lo pedí en ventanilla y nadie sabía qué cosa era.'],
  ['tra-11', 'negative', 'complaint', 'normal', 'apology', 'El trato al dominicano que viene de fuera es pésimo: "ah, tú eres de los países", y ahí mismo empieza el abuso.'],
  ['tra-12', 'negative', 'complaint', 'normal', 'complaint-registered', 'Presenté una queja el 6 de octubre. Sigo sin número de caso. O sea que ahora me quejo de la queja.'],
  ['tra-13', 'neutral', 'request', 'normal', 'complaint-registered', 'Deseo interponer formal reclamación contra la decisión notificada el 12 del corriente. ¿Ante qué dirección la deposito y en cuántas copias?'],
  ['tra-14', 'negative', 'complaint', 'normal', 'apology', 'El aire acondicionado a 16 grados y la gente mayor temblando. Lo pedí dos veces y me dijeron que trajera abrigo.'],
  ['tra-15', 'negative', 'complaint', 'normal', 'wait-channel', 'Le escribo hace una semana y me dejan en visto. Ni mi ex, hermano.'],
]);
