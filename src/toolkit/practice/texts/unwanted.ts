import { practiceTexts } from '../practiceText';

/** Advertising and fraud. */
export const spamTexts = practiceTexts('es', 'publicidad', [
  ['spa-01', 'neutral', 'spam', 'low', null, '💰💰 GANA 500 DÓLARES DIARIOS DESDE TU CASA 💰💰 escribe INFO al privado, cupos limitados https://dinero-facil.example/r?id=9921'],
  ['spa-02', 'neutral', 'spam', 'low', null, '¿Necesita un préstamo sin buró ni garante? Aprobamos en 15 minutos. Whatsapp 829-555-0111'],
  ['spa-03', 'neutral', 'spam', 'low', null, 'Tramito VISA AMERICANA 100% garantizada, contacto directo adentro del consulado. Seriedad y discreción.'],
  ['spa-04', 'neutral', 'spam', 'low', null, 'Seguidores reales 🇩🇴 1000 x RD$300, likes, vistas, verificación. Paga después de recibir.'],
  ['spa-05', 'neutral', 'spam', 'low', null, 'El maestro Orlando une parejas, limpia casas de mala vibra y da números de la loto. Resultados en tres días.'],
  ['spa-06', 'neutral', 'spam', 'low', null, 'ATENCIÓN usuario del ISC: su cuenta será suspendida hoy. Verifique sus datos aquí https://isc-verificacion.example/login'],
  ['spa-07', 'neutral', 'spam', 'low', null, 'Inviertan en $QUISQ antes del lanzamiento 🚀🚀🚀 los que llegaron tarde a bitcoin esta es la segunda oportunidad'],
  ['spa-08', 'neutral', 'spam', 'low', null, 'Se venden solares con título en Las Terrenas, financiamiento propio, vista al mar. Llamar a la Lic. Brito.'],
  ['spa-09', 'neutral', 'spam', 'low', null, 'Pollo horneado, moro y ensalada a 275 hoy en Fritura Nelly, frente a la oficina del ISC. Delivery gratis 🍗'],
  ['spa-10', 'neutral', 'spam', 'low', null, 'Baje 10 kilos en 10 días con este té que los médicos no quieren que usted conozca 👉 https://te-magico.example'],
]);

/** Insults and threats. Nobody answers them; someone must still read them. */
export const abuseTexts = practiceTexts('es', 'insulto', [
  ['abu-01', 'negative', 'abuse', 'low', null, 'partida de vagos todos ustedes, chupasangre del pueblo'],
  ['abu-02', 'negative', 'abuse', 'low', null, 'El que maneja esta cuenta es un lambón con sueldo. Búsquese un oficio.'],
  ['abu-03', 'negative', 'abuse', 'high', 'complaint-registered', 'Sé a qué hora sale la gordita de la ventanilla 2 y por dónde camina. Dígale que me resuelva lo mío o que se cuide.'],
  ['abu-04', 'negative', 'abuse', 'low', null, 'CORRUPTOS LADRONES SINVERGÜENZAS ojalá se les caiga el edificio encima'],
  ['abu-05', 'negative', 'abuse', 'low', null, 'bola de inútiles 🖕🖕🖕'],
  ['abu-06', 'negative', 'abuse', 'low', null, 'La directora esa parece que compró el título en el pulguero, bruta y fea.'],
  ['abu-07', 'negative', 'abuse', 'low', null, 'Deberían botar a todos los extranjeros que atienden ahí, no los quiero ver ni en pintura'],
  ['abu-08', 'negative', 'abuse', 'normal', 'apology', 'Vayan a la mismísima mierda con su sistema, coño, tres horas perdiendo el tiempo'],
  ['abu-09', 'negative', 'abuse', 'low', null, 'jajaja miren a estos payasos contestando con plantillas. monos con teclado'],
]);
