import { isUnsure, type Score, scoreWithReasons, type SentimentModel } from '../../src/core/sentiment';

const praise = [
  'Excelente la atención', 'Me gustó el local nuevo', 'Feliz con la licencia', 'Muy amable la cajera', 'Qué rápido el turno', 'Bien la página', 'Contenta con mi cita', 'Qué lindo el parque',
  'Me encanta el mural', 'Buena la charla', 'Genial el jardín', 'Amable el guardia',
];
const blame = [
  'horrible la espera', 'triste con la foto', 'lo que no me gustó fue la fila', 'mal el guardia', 'me molesta la música', 'qué pena el baño', 'lástima la luz', 'me cansa el ruido',
  'feo el color', 'aburrida la sala', 'rara la entrada', 'mala la silla',
];
const between = [', ', ' y ', ', pero ', '. '];

/** A mention with something for each side of which a model is unsure, however it was trained, and its score; the first of some hundred that are made of halves. */
export function tornText(model: SentimentModel): { readonly text: string; readonly score: Score } {
  for (const first of praise) {
    for (const second of blame) {
      for (const link of between) {
        const text = `${first}${link}${second}.`;
        const score = scoreWithReasons(model, text, { language: 'es' });
        if (isUnsure(score)) return { text, score };
      }
    }
  }
  throw new Error('The model is sure of every mixed text: how its confidence is calibrated wants a look.');
}
