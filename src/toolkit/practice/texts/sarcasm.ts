import { practiceTexts } from '../practiceText';

/** Kind words that are not meant kindly. */
export const sarcasmTexts = practiceTexts('es', 'ironia', [
  ['sar-01', 'negative', 'complaint', 'normal', 'delay', 'Felicidades a la institución por cumplir un año procesando mi solicitud. ¿Hacemos bizcocho? 🎂'],
  ['sar-02', 'negative', 'complaint', 'normal', 'outage', 'Qué belleza de portal, tan minimalista: una página en blanco. Arte moderno.'],
  ['sar-03', 'negative', 'complaint', 'normal', 'wait-channel', 'Gracias por dejarme en espera 50 minutos, ya me aprendí la canción y la voy a tocar en la boda de mi prima.'],
  ['sar-04', 'negative', 'complaint', 'normal', 'apology', 'Súper amable el de seguridad, casi me abraza... con la puerta, en la cara.'],
  ['sar-05', 'negative', 'complaint', 'normal', 'appointment', 'Conseguí cita para el 2027. Me siento bendecido. Si Dios me da vida y el país existe, allá nos vemos.'],
  ['sar-06', 'negative', 'complaint', 'normal', 'payment-problem', 'Sí, claro, cóbrenme otra vez, si a mí el dinero me sale por los poros.'],
  ['sar-07', 'negative', 'complaint', 'normal', 'delay', 'Mi cédula viene en yola desde China, remando un solo hombre. No hay otra explicación.'],
  ['sar-08', 'negative', 'complaint', 'normal', 'complaint-registered', 'Aplausos para el genio que puso UNA ventanilla y CINCO personas mirando. Nobel de Logística ya.'],
  ['sar-09', 'negative', 'complaint', 'normal', 'case-status', '"Su caso está siendo trabajado". Ah bueno, entonces me quedo tranquilito. Lo llevan trabajando desde que mi hijo gateaba; ya juega pelota.'],
  ['sar-10', 'negative', 'complaint', 'normal', 'outage', 'Una pregunta seria: ¿el sistema se cae o lo acuestan? Porque a las 12 en punto le da sueño todos los días.'],
  ['sar-11', 'negative', 'complaint', 'low', 'acknowledgement', 'Me encanta su campaña "Servicio con calidez". Muy cálido, sí: 38 grados y el abanico dañado.'],
]);
