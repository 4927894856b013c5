/** Value of a function at a point; its gradient is written into the second argument. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

const memory = 8;
const armijo = 1e-4;

/** Finds the least point of a smooth convex function by limited-memory BFGS (Nocedal and Wright, algorithm 7.5) with backtracking; changes `point` in place. Deterministic. */
export function minimize(objective: Objective, point: Float64Array, options: { readonly rounds: number; readonly tolerance: number }): void {
  const size = point.length;
  let gradient = new Float64Array(size);
  let value = objective(point, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const direction = directionOf(gradient, steps, changes);
    const slope = dot(direction, gradient);
    if (slope >= 0 || norm(gradient) <= options.tolerance) return;
    let length = round === 0 ? Math.min(1, 1 / norm(gradient)) : 1;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Infinity;
    for (let attempt = 0; attempt < 40; attempt += 1, length /= 2) {
      for (let at = 0; at < size; at += 1) next[at] = (point[at] ?? 0) + length * (direction[at] ?? 0);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + armijo * length * slope) break;
    }
    if (!(nextValue < value)) return;
    const step = new Float64Array(size);
    const change = new Float64Array(size);
    for (let at = 0; at < size; at += 1) {
      step[at] = (next[at] ?? 0) - (point[at] ?? 0);
      change[at] = (nextGradient[at] ?? 0) - (gradient[at] ?? 0);
    }
    if (dot(step, change) > 1e-12) {
      steps.push(step);
      changes.push(change);
      if (steps.length > memory) {
        steps.shift();
        changes.shift();
      }
    }
    point.set(next);
    gradient = nextGradient;
    value = nextValue;
  }
}

function directionOf(gradient: Float64Array, steps: readonly Float64Array[], changes: readonly Float64Array[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const shares: number[] = [];
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index] ?? direction;
    const change = changes[index] ?? direction;
    const share = dot(step, direction) / dot(step, change);
    shares[index] = share;
    addTo(direction, change, -share);
  }
  const lastStep = steps.at(-1);
  const lastChange = changes.at(-1);
  if (lastStep !== undefined && lastChange !== undefined) {
    const scale = dot(lastStep, lastChange) / dot(lastChange, lastChange);
    for (let at = 0; at < direction.length; at += 1) direction[at] = (direction[at] ?? 0) * scale;
  }
  steps.forEach((step, index) => {
    const change = changes[index] ?? step;
    const share = dot(change, direction) / dot(step, change);
    addTo(direction, step, (shares[index] ?? 0) - share);
  });
  return direction;
}

function addTo(target: Float64Array, source: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at += 1) target[at] = (target[at] ?? 0) + factor * (source[at] ?? 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
