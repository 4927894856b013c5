/** Runs a deed once, some time after it was last asked for. */
export interface Debounced {
  /** Starts the wait anew. */
  later(): void;
  /** Runs now if it is waiting. */
  now(): void;
  cancel(): void;
}

export function debounced(ms: number, run: () => void): Debounced {
  let timer: number | undefined;
  const cancel = (): void => {
    window.clearTimeout(timer);
    timer = undefined;
  };
  return {
    later() {
      cancel();
      timer = window.setTimeout(() => {
        timer = undefined;
        run();
      }, ms);
    },
    now() {
      if (timer === undefined) return;
      cancel();
      run();
    },
    cancel,
  };
}
