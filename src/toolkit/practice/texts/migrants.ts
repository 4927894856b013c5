import { practiceTexts } from '../practiceText';

/** People who came from Venezuela or Haiti, and Dominicans abroad: regularisation, residence, cards. */
export const migrantTexts = practiceTexts('es', 'migracion', [
  ['mig-01', 'neutral', 'question', 'normal', 'requirements', 'Chamo, buenas, ¿el carnet de la normalización lo renuevan ustedes o Migración? Me tienen como pelota de ping pong.'],
  ['mig-02', 'neutral', 'question', 'normal', 'requirements', 'Bonjou, mwen pale yon ti panyòl: mi papel de residencia dice 2 años, ¿puedo pedir la cédula con ese?'],
  ['mig-03', 'negative', 'complaint', 'high', 'apology', 'Fui a preguntar por el trámite y el guardia, antes de oírme, me pidió los papeles y me mandó a sacar de la fila. Nací en San Pedro. Nací aquí.'],
  ['mig-04', 'positive', 'praise', 'low', 'thanks', '¡Qué fino! Me atendieron chévere, ni un mal modo. En tres años es la primera vez que salgo de una oficina sin ganas de llorar. Gracias, panas.'],
  ['mig-05', 'neutral', 'question', 'normal', 'requirements', 'Mis hijos nacieron en el país, yo tengo visa de trabajo. ¿Ellos van al libro de extranjería o al normal? Con todo respeto, nadie explica.'],
  ['mig-06', 'negative', 'complaint', 'normal', 'delay', 'Nueve meses con un comprobante provisional que en el banco ni lo miran. No me dejan cobrar mi propio sueldo, pana, esto es una arrechera.'],
  ['mig-07', 'neutral', 'question', 'normal', 'hours-location', 'donde puedo hacer fila en dajabon para el papel, yo trabajar en construccion hasta 5'],
  ['mig-08', 'neutral', 'request', 'normal', 'requirements', 'Buenos días. Tengo acta de Haití traducida y apostillada, pero dicen que el traductor no está en la lista. ¿Me pueden enviar la lista, por favor?'],
  ['mig-09', 'neutral', 'question', 'low', 'requirements', 'Soy dominicana por mi mamá, nací en Caracas. ¿La declaración la hago en el consulado o directo allá con ustedes?'],
  ['mig-10', 'negative', 'complaint', 'high', 'case-status', 'Me retuvieron el pasaporte original para "verificarlo" y van siete semanas. Sin él no puedo ni alquilar un cuarto. Es mi único documento, ¿entienden?'],
  ['mig-11', 'neutral', 'question', 'normal', 'requirements', 'Epa, ¿para el permiso de menores que viajan con uno solo de los padres sirve el poder notariado de Venezuela o tiene que ser de acá?'],
  ['mig-12', 'neutral', 'request', 'normal', 'appointment', 'Vivo en Jimaní, la cita más cerca que sale es en la capital a las 8 de la mañana. No hay transporte a esa hora. ¿Pueden cambiarla para mediodía?'],
]);
