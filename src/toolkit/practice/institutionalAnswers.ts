import { type PracticeTemplateId } from './practiceText';
import { type SeededRandom } from './seededRandom';

interface Answers {
  readonly es: readonly string[];
  readonly en: readonly string[];
}

/** How the invented institution answered before the desk was there. */
const answers: Record<PracticeTemplateId, Answers> = {
  acknowledgement: {
    es: ['Hola, recibimos su mensaje y lo estamos revisando. Le respondemos por aquí hoy mismo.', 'Gracias por escribirnos. Ya pasamos su mensaje al área que corresponde.'],
    en: ['Hello, we received your message and are looking into it. We will answer here today.'],
  },
  delay: {
    es: ['Lamentamos la demora. El plazo es de 5 días laborables; si ya pasó, envíenos su número de solicitud por mensaje privado.', 'Entendemos su molestia por la espera. Escríbanos en privado su número de solicitud y le decimos la nueva fecha.'],
    en: ['We are sorry about the wait. If five working days have passed, send us your request number in a private message.'],
  },
  requirements: {
    es: ['Para ese trámite necesita su documento de identidad y el acta de nacimiento. La lista completa: https://isc.example/requisitos', 'Puede hacerlo en cualquiera de nuestras oficinas. Aquí están los requisitos y el costo: https://isc.example/requisitos'],
    en: ['You need your identity document and your birth certificate. Full list: https://isc.example/requirements'],
  },
  'hours-location': {
    es: ['Atendemos de lunes a viernes de 8:00 a. m. a 4:00 p. m. Todas las oficinas: https://isc.example/oficinas', 'Esa oficina abre a las 8:00 a. m. Le recomendamos llegar antes de las 2:00 p. m.'],
    en: ['We are open Monday to Friday from 8:00 a.m. to 4:00 p.m. All offices: https://isc.example/offices'],
  },
  'wrong-institution': {
    es: ['Ese servicio no depende de nosotros. Le sugerimos comunicarse con su empresa distribuidora o su ayuntamiento.', 'Lamentamos no poder resolverlo: corresponde a otra institución. Aquí explicamos a cuál: https://isc.example/quien-hace-que'],
    en: ['That service is not ours, we are sorry. This page says who is in charge: https://isc.example/who-does-what'],
  },
  outage: {
    es: ['Tenemos una falla en el portal y trabajamos para resolverla hoy. Mientras tanto, le atendemos en nuestras oficinas.', 'Gracias por avisar. El servicio en línea está fallando; esperamos que vuelva antes de las 2:00 p. m.'],
    en: ['We have a problem with our website and are working on it. We expect it back before 2:00 p.m.'],
  },
  apology: {
    es: ['Lamentamos el trato que recibió. No es el servicio que queremos dar; ya hablamos con la persona encargada de esa oficina.', 'Tiene razón y le pedimos disculpas. Vamos a revisar lo que pasó.'],
    en: ['We are sorry for the way you were treated. We have spoken with the head of that office.'],
  },
  thanks: {
    es: ['¡Gracias por contarlo! Se lo diremos al equipo de esa oficina.', 'Nos alegra mucho. Gracias por tomarse el tiempo de escribir.'],
    en: ['Thank you for telling us! We will pass it on to the team.'],
  },
  'private-details': {
    es: ['Por su seguridad, no publique datos personales aquí. Escríbanos por nuestra vía privada: https://isc.example/contacto', 'Le pedimos borrar ese mensaje, porque muestra datos suyos, y escribirnos por aquí: https://isc.example/contacto'],
    en: ['For your safety, please do not post personal data here. Write to us privately: https://isc.example/contact'],
  },
  'information-request': {
    es: ['Puede pedirlo con la Ley 200-04 en nuestra oficina de acceso a la información; el plazo es de 15 días hábiles: https://isc.example/oai'],
    en: ['You can request it under Law 200-04 through our access-to-information office: https://isc.example/oai'],
  },
  'emergency-line': {
    es: ['Si hay peligro, llame ya al 9-1-1: nosotros no podemos enviar ayuda. Gracias por avisar.'],
    en: ['If anyone is in danger, call 9-1-1 right now: we cannot send help ourselves.'],
  },
  appointment: {
    es: ['Las citas se abren cada lunes a las 8:00 a. m. en https://isc.example/citas. Si no encuentra, visítenos sin cita después de la 1:00 p. m.', 'Puede cambiar su cita en https://isc.example/citas hasta un día antes.'],
    en: ['Appointments open every Monday at 8:00 a.m.: https://isc.example/appointments'],
  },
  'case-status': {
    es: ['Con su número de solicitud puede ver el estado en https://isc.example/estado. Si no aparece, escríbanos en privado.', 'Ya preguntamos por su solicitud y le respondemos por mensaje privado.'],
    en: ['With your request number you can see its status at https://isc.example/status'],
  },
  'payment-problem': {
    es: ['Lamentamos el inconveniente con su pago. Envíenos el comprobante por nuestra vía privada, nunca en público: https://isc.example/contacto'],
    en: ['We are sorry about the problem with your payment. Please send us the receipt privately: https://isc.example/contact'],
  },
  'complaint-registered': {
    es: ['Registramos su queja y la revisará la oficina correspondiente. Le damos respuesta en 10 días laborables.', 'Su queja quedó registrada. Si quiere agregar algo, escríbanos por nuestra vía privada.'],
    en: ['We have registered your complaint and will answer within ten working days.'],
  },
  'wait-channel': {
    es: ['Para que no espere, también puede llamarnos al *462 o escribir a nuestra vía privada: https://isc.example/contacto'],
    en: ['So that you do not have to wait, you can also write to us here: https://isc.example/contact'],
  },
};

/** One of the institution's earlier answers; the author's handle is not in it. */
export function institutionalAnswer(template: PracticeTemplateId, language: string, random: SeededRandom): string {
  return random.pick(language === 'en' ? answers[template].en : answers[template].es);
}
