import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, finished, firstLine, json, jsonLines, type Json } from './support/cliWorld';

interface Scored { readonly label: string; readonly score: number; readonly confidence: number; readonly language: string; readonly evidence: readonly { readonly text: string; readonly weight: number }[] }

let home: CliHome;
beforeAll(() => {
  home = new CliHome();
});
afterAll(() => {
  home.close();
});

describe('momentos score', () => {
  test('gives one object a line with the fields of its contract, for a text of each kind', async () => {
    const input = 'Pésimo servicio, llevo horas esperando\nMil gracias, excelente atención\nThe office was closed and nobody answers, terrible\n\n';
    const { status, stdout, stderr } = await home.run(['score'], { input });
    expect(status).toBe(0);
    expect(stderr).toBe('');
    const scores = jsonLines<Scored>(stdout);
    expect(scores.map(({ label }) => label)).toEqual(['negative', 'positive', 'negative', 'neutral']);
    expect(scores.slice(0, 3).map(({ language }) => language)).toEqual(['es', 'es', 'en']);
    for (const score of scores) {
      expect(Object.keys(score)).toEqual(['label', 'score', 'confidence', 'unsure', 'language', 'evidence']);
      expect(Math.abs(score.score)).toBeLessThanOrEqual(1);
      expect(score.confidence).toBeGreaterThanOrEqual(0);
      expect(score.confidence).toBeLessThanOrEqual(1);
    }
    expect(scores[0]!.score).toBeLessThan(0);
    expect(scores[1]!.score).toBeGreaterThan(0);
    const [first] = scores[0]!.evidence;
    expect(Object.keys(first!)).toEqual(['text', 'weight']);
    expect(input).toContain(first!.text);
    expect(scores[3]!.evidence).toEqual([]);
  });

  test('keeps the order of 10,000 lines, and gives every one of them', async () => {
    const words = ['excelente', 'pésimo', 'normal'];
    const input = Array.from({ length: 10_000 }, (_, index) => words[index % 3]!).join('\n');
    const { status, stdout } = await home.run(['score', '-', '--language', 'es'], { input });
    expect(status).toBe(0);
    const labels = jsonLines<Scored>(stdout).map(({ label }) => label);
    expect(labels).toHaveLength(10_000);
    expect(labels.every((label, index) => label === ['positive', 'negative', 'neutral'][index % 3])).toBe(true);
  });

  test('answers a line while the next is still being written', async () => {
    const child = home.start(['score']);
    const answer = firstLine(child);
    child.stdin!.write('Mil gracias por su ayuda\n');
    expect(json<Scored>(await answer).label).toBe('positive');
    const rest = finished(child);
    child.stdin!.end('Qué desastre de oficina');
    const { status, stdout } = await rest;
    expect(status).toBe(0);
    expect(jsonLines<Scored>(stdout).map(({ label }) => label)).toEqual(['negative']);
  });

  test('reads a file, whatever its line ends and its first mark', async () => {
    const file = join(home.home, 'texts.txt');
    writeFileSync(file, '\uFEFFMil gracias\r\nPésimo servicio\r\n');
    const { status, stdout } = await home.run(['score', 'texts.txt']);
    expect(status).toBe(0);
    expect(jsonLines<Scored>(stdout).map(({ label }) => label)).toEqual(['positive', 'negative']);
    expect((await home.run(['score', file, '--json'])).stdout).toBe(stdout);
  });

  test('takes the language that it is told', async () => {
    for (const language of ['es', 'en', 'pt', 'fr']) {
      const { status, stdout } = await home.run(['score', '--language', language], { input: 'hola\n' });
      expect(status).toBe(0);
      expect(json<Scored>(stdout).language).toBe(language);
    }
  });

  test('refuses an unknown language and a file that is not there as wrong use', async () => {
    const language = await home.run(['score', '--language', 'de', '--json'], { input: 'hola\n' });
    expect(language.status).toBe(2);
    expect(json<{ error: Json }>(language.stdout).error['code']).toBe('usage.invalid');
    const file = await home.run(['score', 'missing.txt']);
    expect(file.status).toBe(2);
    expect(file.stdout).toBe('');
    expect(file.stderr).toContain('missing.txt');
    expect((await home.run(['score', home.home])).status).toBe(2);
  });

  test('ends in silence when nobody reads any more', async () => {
    const child = home.start(['score']);
    child.stdin!.on('error', () => undefined);
    const answer = firstLine(child);
    child.stdin!.write('gracias\n');
    await answer;
    let errors = '';
    child.stderr!.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
    child.stdout!.destroy();
    child.stdin!.write('gracias\n'.repeat(20_000));
    const [status] = (await once(child, 'close')) as [number | null];
    expect(errors).toBe('');
    expect(status).toBe(0);
  });
});
