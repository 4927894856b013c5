import { practiceTexts } from '../practiceText';

/** Thanks and good words that are about no single procedure. */
export const praiseTexts = practiceTexts('es', 'agradecimiento', [
  ['gra-01', 'positive', 'praise', 'low', 'thanks', '¡Excelente trabajo! Siempre responden rápido y con respeto.'],
  ['gra-02', 'positive', 'praise', 'low', 'thanks', 'Oye, al césar lo que es del césar: el operativo del domingo en Cristo Rey fue un palo. Hasta payaso había para los niños.'],
  ['gra-03', 'positive', 'praise', 'low', 'thanks', 'Quiero dejar constancia de la honradez del conserje de la oficina de Nagua, que guardó mi cartera con todo el dinero adentro.'],
  ['gra-04', 'positive', 'praise', 'low', 'thanks', 'nitido el servicio hoy, sin lio ni na 🔥'],
  ['gra-05', 'positive', 'praise', 'low', 'thanks', 'Gracias por contestarme anoche a esa hora. Pensé que era un robot y resultó ser gente buena.'],
  ['gra-06', 'positive', 'praise', 'low', 'thanks', 'Vine a quejarme y me voy a tener que tragar mis palabras. Todo resuelto antes de que terminara de escribir la queja.'],
  ['gra-07', 'positive', 'praise', 'low', 'thanks', 'Mi papá es sordo y una empleada lo atendió en lengua de señas. Él llegó a la casa contándolo con las dos manos. 🤟'],
  ['gra-08', 'positive', 'praise', 'low', 'thanks', 'Respetados señores: por este medio expreso mi gratitud por la celeridad con que fue atendido el caso de mi señora madre. Que sirva de ejemplo.'],
  ['gra-09', 'positive', 'praise', 'low', 'thanks', 'Eso es lo que uno quiere, que le hablen a uno como persona. Un abrazo desde Elías Piña.'],
  ['gra-10', 'positive', 'praise', 'low', 'thanks', 'Limpia, fresca, con agua fría y baño abierto. La oficina de Mao está irreconocible, ¡bravo!'],
  ['gra-11', 'positive', 'praise', 'low', 'thanks', '❤️❤️❤️ los mejores'],
  ['gra-12', 'positive', 'praise', 'low', 'thanks', 'El muchacho del módulo 9, no sé su nombre, tiene aretes y una paciencia infinita. Súbanle el sueldo a ese tíguere.'],
  ['gra-13', 'positive', 'praise', 'low', 'thanks', 'Me ayudaron con lo de mi tía sin pedir nada a cambio. Todavía queda gente así en lo público.'],
]);
