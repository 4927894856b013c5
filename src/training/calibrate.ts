import { minimize } from './lbfgs';

/** What makes chances true: the differences to neutral are divided by the temperature, then shifted. */
export interface Calibration {
  readonly temperature: number;
  readonly negative: number;
  readonly positive: number;
}

/** Temperature and two shifts that make the chances true on unseen texts (Platt scaling for three classes). */
export function calibrate(unseen: readonly { readonly negative: number; readonly positive: number; readonly label: number }[]): Calibration {
  const point = Float64Array.of(1, 0, 0);
  minimize((at, gradient) => {
    const [scale = 1, negativeShift = 0, positiveShift = 0] = at;
    let loss = 0;
    gradient.fill(0);
    for (const { negative, positive, label } of unseen) {
      const a = negative * scale + negativeShift;
      const b = positive * scale + positiveShift;
      const most = Math.max(a, b, 0);
      const expA = Math.exp(a - most);
      const expB = Math.exp(b - most);
      const total = expA + expB + Math.exp(-most);
      loss -= (label === 0 ? a : label === 2 ? b : 0) - most - Math.log(total);
      const pullA = expA / total - (label === 0 ? 1 : 0);
      const pullB = expB / total - (label === 2 ? 1 : 0);
      gradient[0] = (gradient[0] ?? 0) + pullA * negative + pullB * positive;
      gradient[1] = (gradient[1] ?? 0) + pullA;
      gradient[2] = (gradient[2] ?? 0) + pullB;
    }
    return loss;
  }, point, { rounds: 100, tolerance: 1e-4 });
  return { temperature: 1 / Math.max(0.05, point[0] ?? 1), negative: point[1] ?? 0, positive: point[2] ?? 0 };
}
