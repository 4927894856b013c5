import { practiceTexts } from '../practiceText';

/** Water, light, rubbish, streets, schools, hospitals: told to the wrong institution. */
export const otherInstitutionTexts = practiceTexts('es', 'otra-institucion', [
  ['otr-01', 'negative', 'complaint', 'normal', 'wrong-institution', 'Se fue la luz desde las seis y no hay quien conteste. Tengo insulina en la nevera.'],
  ['otr-02', 'negative', 'complaint', 'normal', 'wrong-institution', 'Doce días sin una gota de agua en Los Alcarrizos. Compramos camión a 2,500. ¿Ustedes se bañan, verdad?'],
  ['otr-03', 'neutral', 'question', 'low', 'wrong-institution', '¿A quién le reporto un hoyo que se tragó media goma de mi carro en la 27?'],
  ['otr-04', 'negative', 'complaint', 'normal', 'wrong-institution', 'El camión de la basura no pasa hace dos semanas y los perros hicieron fiesta. Sabana Perdida huele a gloria 🤢', { images: ['Fundas de basura rotas en una esquina', null] }],
  ['otr-05', 'neutral', 'request', 'normal', 'wrong-institution', 'Solicitamos como junta de vecinos que se pode el laurel que está encima de los cables. Carta firmada por 40 familias.'],
  ['otr-06', 'negative', 'complaint', 'normal', 'wrong-institution', 'la factura de la luz me llego en 9 mil pesos y yo tengo dos bombillos y un abanico. DOS BOMBILLOS'],
  ['otr-07', 'neutral', 'question', 'normal', 'wrong-institution', 'Mi hijo no aparece inscrito en el sistema de la escuela pública. ¿Eso es con ustedes o con Educación?'],
  ['otr-08', 'negative', 'complaint', 'high', 'wrong-institution', 'En el hospital no hay pediatra de noche. Llevo desde las 9 con la niña con fiebre y me mandaron a "buscar por otro lado".'],
  ['otr-09', 'positive', 'praise', 'low', 'thanks', 'Ya arreglaron el poste que denuncié, en dos días. Gracias, aunque creo que ustedes no eran los responsables jajaja'],
  ['otr-10', 'neutral', 'question', 'low', 'wrong-institution', 'disculpe la ignorancia, uds dan el bono gas?'],
  ['otr-11', 'negative', 'complaint', 'normal', 'wrong-institution', 'Los vecinos tienen un teteo con bocinas hasta las 4 de la mañana todos los jueves. Mi mamá sufre del corazón. Hagan algo.'],
  ['otr-12', 'neutral', 'question', 'normal', 'wrong-institution', '¿Quién entrega el permiso para cerrar la calle por una vela de muerto?'],
  ['otr-13', 'negative', 'complaint', 'normal', 'wrong-institution', 'Internet pagado y sin señal hace una semana en Constanza. En la compañía dicen que vayamos a donde el gobierno. Aquí estoy.'],
  ['otr-14', 'neutral', 'request', 'normal', 'wrong-institution', 'Hay una filtración en el acueducto que está tumbando la pared del cementerio de Hato Mayor. Les adjunto imagen para que la refieran.', { images: ['Pared de bloques inclinada, con agua que sale por la base'] }],
  ['otr-15', 'negative', 'complaint', 'normal', 'wrong-institution', 'El colmado de la esquina me vendió un pollo dañado y me botó cuando reclamé. ¿Quién defiende al consumidor en este país?'],
  ['otr-16', 'neutral', 'question', 'low', 'wrong-institution', 'Cuándo pagan la tarjeta de la solidaridad este mes?'],
  ['otr-17', 'negative', 'complaint', 'normal', 'wrong-institution', 'Mi patrono no me paga desde agosto y dice que me puedo ir quejando con quien quiera. Pues me quejo. ¿Con quién?'],
  ['otr-18', 'neutral', 'question', 'normal', 'wrong-institution', 'Necesito una ambulancia programada para llevar a mi tío a diálisis los martes. ¿Lo gestionan por aquí?'],
  ['otr-19', 'negative', 'complaint', 'normal', 'wrong-institution', 'La guagua de la ruta 12 subió el pasaje sin permiso y el chofer amenaza al que proteste.'],
  ['otr-20', 'neutral', 'question', 'normal', 'wrong-institution', '¿Dónde vacunan perros gratis? En el ayuntamiento me dijeron que llamara al ISC.'],
  ['otr-21', 'negative', 'complaint', 'normal', 'wrong-institution', 'Otra vez apagón. Otra vez. Ya ni rabia me da, me da risa.'],
]);
