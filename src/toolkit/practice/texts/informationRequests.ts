import { practiceTexts } from '../practiceText';

/** Requests under Ley 200-04, the Dominican law of free access to public information. */
export const informationRequestTexts = practiceTexts('es', 'acceso-informacion', [
  ['inf-01', 'neutral', 'informationRequest', 'normal', 'information-request', 'Pido copia del contrato de limpieza de las oficinas del ISC, años 2024 y 2025, al amparo de la Ley 200-04.', { always: true }],
  ['inf-02', 'neutral', 'informationRequest', 'normal', 'information-request', 'En virtud de la Ley General de Libre Acceso a la Información Pública, solicito la nómina de personal contratado de septiembre en formato abierto (CSV, no PDF escaneado).'],
  ['inf-03', 'negative', 'informationRequest', 'high', 'information-request', 'Hoy se cumplen 15 días hábiles de mi solicitud SAIP 40218 y no he recibido ni acuse. El silencio también es una respuesta y la ley la castiga.'],
  ['inf-04', 'neutral', 'informationRequest', 'normal', 'information-request', '¿Cuánto gastó la institución en publicidad este año y con cuáles agencias? Es para un reportaje.'],
  ['inf-05', 'neutral', 'informationRequest', 'normal', 'information-request', 'Quisiera conocer el tiempo promedio de entrega por trámite y por oficina en los últimos doce meses. Estoy haciendo mi tesis de grado.'],
  ['inf-06', 'neutral', 'question', 'low', 'information-request', 'como se pide informacion publica? hay que ser abogado o cualquiera puede'],
  ['inf-07', 'neutral', 'informationRequest', 'normal', 'information-request', 'Solicito el listado de vehículos propiedad del ISC y su consumo de combustible mensual.'],
  ['inf-08', 'negative', 'informationRequest', 'normal', 'information-request', 'Me entregaron la información pedida con todo tachado en negro, hasta el título. ¿Eso es transparencia? Apelo.'],
  ['inf-09', 'neutral', 'informationRequest', 'normal', 'information-request', 'Buenas tardes, necesito los planos de evacuación de la sede de Gazcue, somos la comisión de seguridad del barrio.'],
  ['inf-10', 'positive', 'praise', 'low', 'thanks', 'La oficina de acceso a la información me contestó en 4 días, completo y ordenado. Ojalá todas fueran así.'],
  ['inf-11', 'neutral', 'informationRequest', 'normal', 'information-request', 'Queremos el acta del comité de compras donde se adjudicó la impresión de formularios. Número de proceso ISC-CCC-CP-2025-0007.'],
  ['inf-12', 'neutral', 'informationRequest', 'normal', 'information-request', '¿Cuántas quejas recibieron en 2025, cuántas respondieron y cuántas llevaron a una sanción? Datos por provincia, por favor.'],
  ['inf-13', 'negative', 'informationRequest', 'normal', 'information-request', 'Llevan el portal de transparencia con la última ejecución presupuestaria de ABRIL. Estamos en noviembre, digo yo.'],
  ['inf-14', 'neutral', 'informationRequest', 'low', 'information-request', 'Hola! Donde puedo ver los sueldos de los directores? Curiosidad ciudadana 👀'],
  ['inf-15', 'neutral', 'informationRequest', 'normal', 'information-request', 'Requiero copia certificada de mi propio expediente de 2016, que reposa en el archivo de Puerto Plata. ¿Es por la 200-04 o por otro procedimiento?'],
  ['inf-16', 'neutral', 'informationRequest', 'normal', 'information-request', 'Como observatorio ciudadano pedimos las actas de inventario de los equipos donados tras la tormenta. Esperamos respuesta dentro del plazo legal.'],
]);
