import { fold } from '../../core/text/fold';

export const importFields = ['text', 'at', 'handle', 'name', 'id', 'url', 'language', 'parentId', 'case', 'visibility', 'answer', 'answeredAt'] as const;
/** What a column of a file may mean. */
export type ImportField = (typeof importFields)[number];

/** Which column stands for what; a column of the file for each field that there is. */
export type ImportMapping = Readonly<Partial<Record<ImportField, string>>>;

/** How people name such columns, folded, in Spanish and English; the usual name first. */
const names: Readonly<Record<ImportField, readonly string[]>> = {
  text: ['texto', 'mensaje', 'text', 'message', 'comentario', 'comment', 'contenido', 'content', 'full text', 'body', 'descripcion', 'description', 'detalle', 'queja', 'consulta', 'pregunta', 'planteamiento', 'asunto y detalle', 'tweet', 'post'],
  at: ['fecha', 'fecha y hora', 'date', 'datetime', 'date time', 'created at', 'created', 'timestamp', 'fecha de creacion', 'fecha creacion', 'fecha del contacto', 'fecha contacto', 'fecha de contacto', 'fecha de recepcion', 'recibido', 'received', 'received at', 'posted at', 'published at', 'published', 'time', 'hora', 'momento', 'at'],
  handle: ['usuario', 'user', 'username', 'user name', 'handle', 'screen name', 'cuenta', 'account', 'telefono', 'phone', 'phone number', 'celular', 'movil', 'whatsapp', 'correo', 'correo electronico', 'email', 'e mail', 'mail', 'author handle', 'user handle', 'author acct'],
  name: ['nombre', 'name', 'autor', 'author', 'ciudadano', 'ciudadana', 'citizen', 'nombre completo', 'full name', 'nombre y apellido', 'nombres', 'solicitante', 'remitente', 'sender', 'from', 'cliente', 'customer', 'display name', 'author name', 'user name display', 'contacto'],
  id: ['id', 'identificador', 'external id', 'message id', 'mensaje id', 'id del mensaje', 'tweet id', 'post id', 'status id', 'ticket', 'ticket id', 'folio', 'codigo', 'numero', 'no', 'uuid', 'registro', 'numero de registro'],
  url: ['url', 'enlace', 'link', 'permalink', 'vinculo', 'direccion web'],
  language: ['idioma', 'language', 'lang', 'lengua'],
  parentId: ['parent id', 'parent', 'in reply to', 'in reply to id', 'reply to', 'en respuesta a', 'respuesta a', 'padre', 'mensaje padre', 'id padre'],
  case: ['caso', 'case', 'case number', 'numero de caso', 'no de caso', 'expediente', 'numero de expediente', 'case id'],
  visibility: ['visibilidad', 'visibility', 'privacidad', 'privacy'],
  answer: ['respuesta', 'answer', 'reply', 'response', 'respuesta dada', 'texto de la respuesta', 'respuesta texto', 'reply text', 'answer text', 'contestacion'],
  answeredAt: ['fecha de respuesta', 'fecha respuesta', 'hora de respuesta', 'answered at', 'answer date', 'reply date', 'replied at', 'response date', 'respondido', 'respondida el', 'fecha de la respuesta'],
};

/** A heading without what differs between programs: `createdAt`, `created_at` and `Created At` are one. */
export function plainHeading(heading: string): string {
  return fold(heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** How well a heading names a field: 3 exactly so, 2 among other words, 0 not. */
export function headingScore(heading: string, field: ImportField): number {
  const plain = plainHeading(heading);
  if (names[field].includes(plain)) return 3;
  const words = new Set(plain.split(' '));
  // Names of one or two letters would be found everywhere.
  return names[field].some((name) => name.length > 3 && name.split(' ').every((word) => words.has(word))) ? 2 : 0;
}
