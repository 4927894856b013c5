import { sentimentLabels } from '../core/sentiment';

/** What the scorer said of a labelled text: places in `sentimentLabels`, and how sure it was. */
export interface Prediction {
  readonly label: number;
  readonly said: number;
  readonly confidence: number;
}

/** By label: F1 in percent. */
export function f1ByLabel(predictions: readonly Prediction[]): number[] {
  return sentimentLabels.map((_name, label) => {
    const right = predictions.filter((each) => each.label === label && each.said === label).length;
    const meant = predictions.filter((each) => each.label === label).length;
    const said = predictions.filter((each) => each.said === label).length;
    return meant + said === 0 ? 0 : (200 * right) / (meant + said);
  });
}

export function macroF1(predictions: readonly Prediction[]): number {
  return f1ByLabel(predictions).reduce((sum, each) => sum + each, 0) / sentimentLabels.length;
}

/** Rows: the true label; columns: what was said. */
export function confusion(predictions: readonly Prediction[]): number[][] {
  return sentimentLabels.map((_name, label) => sentimentLabels.map((_other, said) => predictions.filter((each) => each.label === label && each.said === said).length));
}

/** Expected calibration error over ten equal bins of confidence, 0 to 1 (Guo et al., 2017). */
export function calibrationError(predictions: readonly Prediction[]): number {
  const bins = 10;
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const within = predictions.filter(({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === bin);
    if (within.length === 0) continue;
    const sure = within.reduce((sum, { confidence }) => sum + confidence, 0) / within.length;
    const right = within.filter(({ label, said }) => label === said).length / within.length;
    error += (Math.abs(sure - right) * within.length) / predictions.length;
  }
  return error;
}
