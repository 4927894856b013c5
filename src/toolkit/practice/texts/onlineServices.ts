import { practiceTexts } from '../practiceText';

/** The web portal and the app: down, slow, confusing. */
export const onlineServiceTexts = practiceTexts('es', 'portal', [
  ['por-01', 'negative', 'complaint', 'high', 'outage', 'El portal está caído desde anoche. Blanco total. ¿Lo saben o les estoy dando la noticia?'],
  ['por-02', 'negative', 'complaint', 'normal', 'outage', 'Llené seis páginas de formulario y al darle a Guardar me sacó y lo borró todo. Me dieron ganas de tirar la laptop por el balcón.'],
  ['por-03', 'neutral', 'question', 'normal', 'outage', 'ya subió el sistema? o sigo esperando'],
  ['por-04', 'neutral', 'question', 'normal', 'outage', 'Me pide un "token de 6 dígitos" que nunca llega al teléfono. Cambié de compañía hace poco, ¿será por eso?'],
  ['por-05', 'negative', 'complaint', 'normal', 'outage', 'La aplicación nueva pide permiso para ver mis contactos, mis fotos y mi ubicación. ¿Para sacar un acta? No, gracias.'],
  ['por-06', 'positive', 'praise', 'low', 'thanks', 'Tengo 71 años y pude hacer mi solicitud sola en la página, con letra grande y todo. Díganle al que la diseñó que Dios lo bendiga.'],
  ['por-07', 'neutral', 'request', 'normal', 'acknowledgement', 'El portal no se puede usar con lector de pantalla: los botones no tienen nombre, solo dicen "botón, botón, botón". Soy ciego y quisiera poder hacerlo yo mismo.'],
  ['por-08', 'negative', 'complaint', 'normal', 'outage', 'ERROR 500 ERROR 500 ERROR 500. Ya hasta sueño con ese número.'],
  ['por-09', 'neutral', 'question', 'normal', 'requirements', 'Olvidé la clave y la pregunta secreta es "nombre de su primera mascota". Nunca tuve mascota. ¿Cómo la recupero?'],
  ['por-10', 'negative', 'complaint', 'normal', 'wait-channel', 'El formulario de contacto de la página devuelve el correo: "buzón lleno". Más claro no canta un gallo.'],
  ['por-11', 'neutral', 'question', 'low', 'outage', '¿La app funciona en Huawei? No la encuentro en la tienda.'],
  ['por-12', 'negative', 'complaint', 'normal', 'outage', 'no me deja subir la foto dice "formato no permitido" y es jpg como pide!!! lo intente 9 veces ya'],
  ['por-13', 'neutral', 'request', 'normal', 'outage', 'Reporte técnico: el certificado TLS de citas.isc.example venció hoy a las 00:00 UTC. Renueven y ya. De nada. 🙂'],
  ['por-14', 'positive', 'praise', 'low', 'thanks', '¡Volvió el portal! Y más rápido que antes. Se agradece el esfuerzo de los técnicos a esa hora.'],
  ['por-15', 'negative', 'complaint', 'high', 'private-details', 'OJO: entré con mi usuario y me salieron los datos de OTRA persona, con dirección y todo. Eso es gravísimo. Ciérrenlo.'],
  ['por-16', 'neutral', 'question', 'low', 'requirements', 'Que navegador recomiendan? en mi compu vieja con Windows 7 sale todo regado'],
  ['por-17', 'negative', 'complaint', 'normal', 'outage', 'Lenta, lenta, leeeenta la página. Puse a colar café, me lo tomé, lavé la greca y seguía cargando.'],
  ['por-18', 'neutral', 'question', 'normal', 'case-status', 'En "mis solicitudes" no aparece ninguna y yo hice dos. ¿Se borraron o es otra cosa?'],
]);
