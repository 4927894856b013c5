import { describe, expect, test } from 'vitest';
import { isMomentosError } from '../../../../src/core/errors';
import { parseStartOptions, startHelp } from '../../../../src/toolkit/start/startOptions';

const parse = (...args: string[]) => parseStartOptions(args, { XDG_DATA_HOME: '/data' }, '/here');

describe('the arguments of npm start', () => {
  test('without any: the usual desk, a password, any VS Code', () => {
    expect(parse()).toEqual({ help: false, fresh: false, browser: false, askPassword: true, port: undefined, deskDir: '/data/momentos/practice-desk', json: false });
  });

  test('all of them', () => {
    expect(parse('--fresh', '--browser', '--no-password', '--port', '8123', '--desk', '../there', '--json')).toEqual({
      help: false, fresh: true, browser: true, askPassword: false, port: 8123, deskDir: '/there', json: true,
    });
  });

  test.each([
    [['--nonsense'], '--nonsense'],
    [['--fresh', '--brwser'], '--brwser'],
    [['desk'], 'desk'],
    [['--port', '70000'], '--port 70000'],
    [['--port', '0'], '--port 0'],
    [['--port', '80x'], '--port 80x'],
    [['--desk'], '--desk'],
  ])('%j is refused and named', (args, reason) => {
    try {
      parse(...args);
      expect.unreachable();
    } catch (error) {
      expect(isMomentosError(error, 'usage.invalid') && error.details).toMatchObject({ reason });
    }
  });

  test('the help names every option', () => {
    for (const option of ['--desk', '--fresh', '--browser', '--port', '--no-password', '--json']) expect(startHelp()).toContain(option);
  });
});
