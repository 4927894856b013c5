import { type Logger } from '../../core/clock';

/** `npm start` says what matters itself. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
