import { practiceTexts } from '../practiceText';

/** Appointments, queues and opening hours. */
export const appointmentTexts = practiceTexts('es', 'cita', [
  ['cit-01', 'negative', 'complaint', 'normal', 'appointment', 'Las citas salen a las 12:00 y a las 12:00:08 ya no hay. ¿Quién se las lleva, un robot?'],
  ['cit-02', 'neutral', 'question', 'normal', 'appointment', '¿Cómo cancelo una cita para dársela a mi hermana? El sistema solo dice "reprogramar".'],
  ['cit-03', 'neutral', 'question', 'low', 'hours-location', '¿Abren el lunes por la mañana?'],
  ['cit-04', 'negative', 'complaint', 'normal', 'apology', 'Mi cita era a las 9. Son las 12:35. Los que llegaron sin cita ya se fueron. Explíquenme la lógica.'],
  ['cit-05', 'positive', 'praise', 'low', 'thanks', 'Con cita a las 10:15, atendida a las 10:14. Un minuto de adelanto. Lo voy a enmarcar.'],
  ['cit-06', 'neutral', 'question', 'normal', 'appointment', 'no me llego el correo de confirmacion de la cita pero si me quito el cupo, q hago? voy o no voy'],
  ['cit-07', 'negative', 'complaint', 'normal', 'complaint-registered', 'En los grupos de Facebook están vendiendo las citas del ISC a 800 pesos. Les mandé el enlace hace una semana y siguen ahí.'],
  ['cit-08', 'neutral', 'question', 'normal', 'hours-location', 'Buenas, ¿hay parqueo en la oficina de Gazcue? Voy con una persona operada de la rodilla.'],
  ['cit-09', 'neutral', 'request', 'normal', 'appointment', 'Solicito, de ser posible, una cita en horario de la tarde. Trabajo de noche como enfermera y a las 8 a. m. estoy saliendo de turno.'],
  ['cit-10', 'negative', 'complaint', 'normal', 'outage', 'El calendario de citas me muestra el 31 de noviembre. TREINTA Y UNO. Y lo peor: está lleno.'],
  ['cit-11', 'neutral', 'question', 'low', 'hours-location', '¿Mañana por el feriado trabajan o lo corrieron para el lunes?'],
  ['cit-12', 'neutral', 'question', 'normal', 'appointment', 'Me equivoqué y puse Santiago en vez de Santo Domingo. ¿Me aceptan la cita en otra oficina?'],
  ['cit-13', 'negative', 'complaint', 'normal', 'wait-channel', 'Desde las 5 de la mañana en la acera con mi termo. Va amaneciendo y ya somos 70. ¿De verdad no hay otra forma en 2026?', { images: ['Fila larga de personas en una acera al amanecer, algunas sentadas en sillas plásticas'] }],
  ['cit-14', 'neutral', 'question', 'low', 'appointment', 'Los niños tambien necesitan cita aparte o van con la mia?'],
  ['cit-15', 'positive', 'praise', 'low', 'thanks', 'Bien por la nueva pantalla de turnos, por fin uno puede ir al baño sin perder el puesto 👍'],
  ['cit-16', 'neutral', 'request', 'normal', 'acknowledgement', 'Sugerencia humilde: avisen por mensaje cuando van retrasados, así uno no pierde la mañana completa.'],
  ['cit-17', 'negative', 'complaint', 'normal', 'apology', 'Llegué 4 minutos tarde por el tapón y me anularon la cita. Ustedes abrieron 40 minutos tarde y no pasó nada. Justicia pareja, ¿no?'],
  ['cit-18', 'neutral', 'question', 'normal', 'hours-location', 'La oficina de Jarabacoa, ¿sigue al lado del parque o se mudó? Google dice "cerrado permanentemente" y me asusté.'],
]);
