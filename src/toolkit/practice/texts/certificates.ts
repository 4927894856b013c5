import { practiceTexts } from '../practiceText';

/** Certificates of good conduct, apostilles, legalisations. */
export const certificateTexts = practiceTexts('es', 'certificado', [
  ['cer-01', 'neutral', 'question', 'normal', 'requirements', '¿El certificado de buena conducta sale el mismo día? Me lo piden para un trabajo en un hotel de Samaná.'],
  ['cer-02', 'negative', 'complaint', 'high', 'case-status', 'Mi certificado dice que tengo un caso abierto. Es otro Juan Martínez. Hay mil Juan Martínez. Perdí la plaza de maestro por eso.'],
  ['cer-03', 'neutral', 'question', 'normal', 'requirements', 'Para apostillar un título universitario, ¿primero va al ministerio o directo con ustedes?'],
  ['cer-04', 'positive', 'praise', 'low', 'thanks', 'Salí con mi certificado enseguida y el joven de la puerta hasta me prestó un lapicero. Detalles que uno agradece.'],
  ['cer-05', 'negative', 'complaint', 'normal', 'delay', 'apostilla "en 48 horas" y van 19 días. ¿48 horas de qué planeta?'],
  ['cer-06', 'neutral', 'question', 'low', 'requirements', 'Buenos días, ¿la apostilla tiene fecha de vencimiento? La mía es de 2019.'],
  ['cer-07', 'neutral', 'request', 'normal', 'requirements', 'Represento a una empresa textil con 140 empleados; ¿ofrecen operativo para certificados de buena conducta en planta? Ponemos salón, electricidad y almuerzo.'],
  ['cer-08', 'negative', 'complaint', 'normal', 'outage', 'El código de verificación del certificado dice NO VÁLIDO y lo sacaron ustedes mismos ayer. El reclutador cree que lo falsifiqué.'],
  ['cer-09', 'neutral', 'question', 'normal', 'requirements', 'Hola, soy venezolana, ¿puedo pedir carta de no antecedentes con el pasaporte vencido? Tengo el carnet de la normalización.'],
  ['cer-10', 'neutral', 'question', 'normal', 'hours-location', 'En cuál oficina apostillan en el Cibao? ir a la capital me come el día'],
  ['cer-11', 'negative', 'complaint', 'normal', 'apology', 'Me devolvieron los papeles de la apostilla porque la firma estaba en tinta negra. En la página no dice nada de tinta. Y la muchacha encima suspirando.'],
  ['cer-12', 'neutral', 'question', 'normal', 'payment-problem', 'Pagué el impuesto del certificado en línea pero escribí mal mi cédula. ¿Se puede corregir el recibo 61830 o lo doy por perdido?'],
  ['cer-13', 'positive', 'praise', 'low', 'thanks', 'Ya pueden decir que una institución pública me sorprendió para bien: apostilla solicitada el lunes, entregada el miércoles en Bonao.'],
  ['cer-14', 'neutral', 'request', 'high', 'case-status', 'Necesito retirar hoy un certificado para firmar contrato antes de las cinco. Número 35562. Estoy en camino desde Haina, díganme si vale la pena llegar.'],
  ['cer-15', 'negative', 'complaint', 'normal', 'complaint-registered', 'El gestor que está sentado AL LADO de su oficina vende turnos. Lleva una libreta con los nombres. Todo el mundo lo sabe menos ustedes, parece.'],
  ['cer-16', 'neutral', 'question', 'low', 'requirements', '¿Traducen ustedes documentos al francés o tengo que buscar un intérprete judicial? Es para Haití.'],
  ['cer-17', 'neutral', 'question', 'normal', 'appointment', 'Saqué cita para apostillar 3 documentos y me salen 14. ¿Cita nueva o los llevo todos de una vez?'],
  ['cer-18', 'neutral', 'question', 'low', 'wrong-institution', '¿Dan ustedes la certificación de cotizaciones de la seguridad social? Me mandaron para acá de tres sitios.'],
]);
