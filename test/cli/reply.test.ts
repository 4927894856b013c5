import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, json, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string; readonly details: Json } };

const mentions = [
  { text: '@isc ¿Qué papeles llevo para renovar la cédula?', author: 'pedro@otra.ejemplo', name: 'Pedro' },
  { text: '@isc Thank you very much for your help today at the office', author: 'john' },
  { text: '@isc Tengo una pregunta sobre mi pago', author: 'ana' },
  { text: '@isc Otra pregunta más', author: 'eva' },
  { text: '@isc ¿Dónde queda la oficina de Azua?', author: 'iris' },
  { text: '@isc ¿Abren el sábado?', author: 'olga' },
  { text: '@isc ¿Cuánto cuesta el acta?', author: 'ines' },
  { text: '@isc ¿Atienden sin cita?', author: 'hugo' },
];

let desk: CliDesk;
let ids: Record<string, string>;
beforeAll(async () => {
  desk = await CliDesk.make();
  const received = await desk.receive(...mentions);
  ids = Object.fromEntries(mentions.map(({ author }, index) => [author.split('@')[0], received[index]!]));
});
afterAll(() => {
  desk.close();
});

const posted = (): readonly { readonly text: string }[] => desk.server.control.posted() as unknown as readonly { text: string }[];

describe('momentos reply', () => {
  test('sends an approved template once, and asks before a second answer', async () => {
    const id = ids['pedro']!;
    const args = ['reply', id, '--template', 'requirements', '--set', 'procedure=renovar la cédula', '--set', 'requirements=acta y cédula', '--set', 'place=nuestras oficinas', '--set', 'link=https://isc.example/requisitos?a=1&b=2'];

    const checked = await desk.one(...args, '--dry-run');
    expect(checked).toMatchObject({ status: 'checked' });
    expect(checked).not.toHaveProperty('replyId');
    expect(checked).not.toHaveProperty('url');
    expect(checked['text']).toContain('renovar la cédula');
    expect(posted()).toEqual([]);

    const sent = await desk.one(...args);
    expect(Object.keys(sent)).toEqual(['status', 'replyId', 'url', 'text', 'latencyMs']);
    expect(sent).toMatchObject({ status: 'sent', text: checked['text'], url: expect.stringMatching(/^http:/u) as string });
    expect(sent['text']).toMatch(/^@pedro@otra\.ejemplo /u);
    expect(sent['text']).toContain('https://isc.example/requisitos?a=1&b=2');
    expect(sent['latencyMs']).toBeGreaterThanOrEqual(0);
    expect(posted()).toHaveLength(1);
    expect((await desk.lines('inbox', '--all')).find((mention) => mention['id'] === id)).toMatchObject({ status: 'answered', replies: [{ id: sent['replyId'], state: 'sent' }] });

    const second = await desk.in(...args, '--json');
    expect(second.status).toBe(5);
    expect(json<Failure>(second.stdout).error).toMatchObject({ code: 'reply.toConfirm', details: { confirm: ['answered'] } });
    const dry = await desk.in(...args, '--dry-run', '--json');
    expect(dry.status).toBe(5);
    expect(posted()).toHaveLength(1);

    expect(await desk.one('reply', id, '--text', 'Se nos olvidó decirle el horario.', '--again', 'faltaba el horario')).toMatchObject({ status: 'sent' });
    expect(await desk.one('reply', id, '--text', 'Abrimos a las ocho.', '--confirm', 'answered')).toMatchObject({ status: 'sent' });
    expect(posted()).toHaveLength(3);
  });

  test('chooses the language that it is told, and the citizen\'s otherwise', async () => {
    const id = ids['john']!;
    expect((await desk.one('reply', id, '--template', 'thanks', '--dry-run'))['text']).toContain('Thank you');
    expect((await desk.one('reply', id, '--template', 'thanks', '--language', 'es', '--dry-run'))['text']).toContain('Muchas gracias');
    const missing = await desk.in('reply', id, '--template', 'thanks', '--language', 'fr', '--json');
    expect(missing.status).toBe(5);
    expect(json<Failure>(missing.stdout).error.code).toBe('template.noLanguage');
  });

  test('exits 5 and sends nothing where a rule refuses or a person has to confirm', async () => {
    const before = posted().length;
    const id = ids['ana']!;
    const cases: readonly (readonly [string, readonly string[], Json?])[] = [
      ['reply.hole', ['--template', 'requirements', '--set', 'procedure=cédula']],
      ['reply.invalidValue', ['--template', 'thanks', '--set', 'nada=x']],
      ['reply.empty', ['--text', '  ']],
      ['reply.tooLong', ['--text', 'a'.repeat(600)]],
      ['reply.toConfirm', ['--text', 'Su cuenta ana@correo.example está lista'], { confirm: ['personal-data'] }],
      ['reply.toConfirm', ['--text', 'Mire https://otra.example/pagina'], { confirm: ['link'] }],
      ['reply.toConfirm', ['--text', 'Escriba a ana@correo.example o vea https://otra.example', '--confirm', 'link'], { confirm: ['personal-data'] }],
    ];
    await Promise.all(cases.map(async ([code, args, details]) => {
      const { status, stdout } = await desk.in('reply', id, ...args, '--json');
      expect(json<Failure>(stdout).error).toMatchObject({ code, ...(details === undefined ? {} : { details }) });
      expect(status).toBe(5);
    }));
    expect(posted()).toHaveLength(before);
    const confirmed = await desk.one('reply', id, '--text', 'Escriba a ana@correo.example o vea https://otra.example', '--confirm', 'link,personal-data');
    expect(confirmed['status']).toBe('sent');
  });

  test('gives advice on the words beside what it would send, and says it on stderr when it sends', async () => {
    const id = ids['iris']!;
    const text = 'Yo lamento la demora.';
    expect(await desk.one('reply', id, '--text', text, '--dry-run')).toMatchObject({ status: 'checked', hints: [{ code: 'norm.firstPerson', message: expect.stringContaining('Yo → Nosotros') as unknown }] });
    const screen = await desk.in('reply', id, '--text', text, '--dry-run');
    expect(screen.status).toBe(0);
    expect(screen.stderr).toContain('lamento → lamentamos');
  });

  test('exits 2 for a call that nobody can understand, before the desk does anything', async () => {
    const id = ids['eva']!;
    const wrong: readonly (readonly string[])[] = [
      ['reply', id], ['reply', id, '--template', 'thanks', '--text', 'x'], ['reply', id, '--text', 'x', '--confirm', 'todo'], ['reply', id, '--template', 'thanks', '--set', 'novalue'],
      ['reply', 'm-zzzzzzzzzz', '--text', 'x'], ['reply', id, '--template', 'nonesuch'], ['reply', id, '--text', 'x', '--nonsense'], ['reply'],
    ];
    await Promise.all(wrong.map(async (args) => {
      const { status, stdout } = await desk.in(...args, '--json');
      expect({ args, status }).toEqual({ args, status: 2 });
      expect(Object.keys(json<Failure>(stdout).error)).toEqual(['code', 'message', 'details']);
    }));
  });

  test('says on a screen what would be sent, and where it went', async () => {
    const id = ids['iris']!;
    const dry = await desk.in('reply', id, '--text', 'Queda en el centro.', '--dry-run');
    expect(dry.stdout).toContain('@iris Queda en el centro.');
    const sent = await desk.in('reply', id, '--text', 'Queda en el centro.');
    expect(sent.status).toBe(0);
    expect(sent.stdout).toMatch(/^Sent: http:/u);
    const again = await desk.in('reply', id, '--text', 'Queda en el centro.');
    expect(again.status).toBe(5);
    expect(again.stdout).toBe('');
    expect(again.stderr).toContain('answered already');
  });

  test('notices that a colleague answered in the network\'s own app', async () => {
    const id = ids['olga']!;
    desk.server.control.fault({ kind: 'answered', path: 'context$' });
    const { status, stdout } = await desk.in('reply', id, '--text', 'Sí, de ocho a doce.', '--json');
    expect(status).toBe(5);
    expect(json<Failure>(stdout).error.details['confirm']).toEqual(['answered']);
  });

  test('exits 4 and keeps nothing half done when the network refuses or cannot be reached; the next try sends once', async () => {
    const id = ids['ines']!;
    const before = posted().length;
    desk.server.control.fault({ kind: '401', path: '^/api/v1/statuses' });
    const refused = await desk.in('reply', id, '--text', 'Cuesta cien pesos.', '--json');
    expect(refused.status).toBe(4);
    expect(json<Failure>(refused.stdout).error.code).toBe('network.unauthorized');
    desk.server.control.clearFaults();
    // The answer gets lost after it was written: the thread tells that it stands.
    desk.server.control.fault({ kind: 'timeoutAfterWrite' });
    const { status, stdout } = await desk.in('reply', id, '--text', 'Cuesta cien pesos.', '--json');
    expect(status).toBe(0);
    expect(json(stdout)['status']).toBe('sent');
    expect(posted()).toHaveLength(before + 1);
    expect((await desk.one<{ ok: boolean }>('audit', 'verify')).ok).toBe(true);
  });
});

describe('momentos withdraw', () => {
  test('deletes an answer on the network, with a reason, and opens the mention again', async () => {
    const id = ids['hugo']!;
    const { replyId } = await desk.one<{ replyId: string }>('reply', id, '--text', 'Sí, sin cita.');
    const before = posted().length;
    expect((await desk.in('withdraw', replyId, '--json')).status).toBe(2);
    const empty = await desk.in('withdraw', replyId, '--reason', ' ', '--json');
    expect(empty.status).toBe(5);
    expect(json<Failure>(empty.stdout).error.code).toBe('reply.reasonMissing');
    expect(await desk.one('withdraw', replyId, '--reason', 'era falso')).toEqual({ status: 'withdrawn', replyId, mention: id });
    expect(posted()).toHaveLength(before - 1);
    expect((await desk.lines('inbox')).find((mention) => mention['id'] === id)).toMatchObject({ status: 'open', replies: [{ state: 'withdrawn', text: expect.stringContaining('sin cita') as string }] });
    expect((await desk.in('withdraw', 'r-zzzzzzzzzz', '--reason', 'x')).status).toBe(2);
  });
});
