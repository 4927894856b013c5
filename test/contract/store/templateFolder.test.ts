import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemplateApproval } from '../../../src/core/template';
import { TestDesk } from './testDesk';

let desk: TestDesk;
const at = (...parts: readonly string[]): string => join(desk.dir, 'templates', ...parts);
beforeEach(async () => {
  desk = await TestDesk.make();
  await mkdir(at('approved'), { recursive: true });
});
afterEach(async () => {
  await desk.remove();
});

const approval: TemplateApproval = { schemaVersion: 1, template: 'thanks', version: 1, contentHash: 'a'.repeat(64), scope: 'isc', expires: null, reviewer: 'eva@isc.example', at: '2026-05-20T16:00:00.000Z' };

describe('working templates', () => {
  it('read as normalised text, in the order of ids', async () => {
    await writeFile(at('thanks.md'), '\ufeff---\r\nid: thanks\r\n---\r\nGracias, Jose\u0301\r\n');
    await writeFile(at('delay.md'), 'Demora\n');
    await writeFile(at('LEEME.md'), 'not a template');
    await writeFile(at('notes.txt'), 'not a template');
    const { templates } = await desk.open();
    expect(await templates.working()).toEqual([
      { id: 'delay', text: 'Demora\n', path: at('delay.md') },
      { id: 'thanks', text: '---\nid: thanks\n---\nGracias, José\n', path: at('thanks.md') },
    ]);
    expect(await templates.workingOne('nothing')).toBeUndefined();
  });

  it('that cannot be used say why, and hide no other', async () => {
    await writeFile(at('bytes.md'), Buffer.from([0x41, 0xff, 0xfe]));
    await writeFile(at('large.md'), 'x'.repeat(256 * 1024 + 1));
    await writeFile(at('largest.md'), 'x'.repeat(256 * 1024));
    await mkdir(at('folder.md'));
    await symlink('/etc/hostname', at('link.md'));
    await writeFile(at('good.md'), 'Bien');
    const { templates } = await desk.open();
    expect((await templates.working()).map((file) => [file.id, file.problem, file.text.length])).toEqual([
      ['bytes', 'file.unreadable', 0],
      ['folder', 'file.unreadable', 0],
      ['good', undefined, 4],
      ['large', 'tooLarge', 0],
      ['largest', undefined, 256 * 1024],
      ['link', 'file.unreadable', 0],
    ]);
  });

  it('are created once, in a folder that is made when it is missing', async () => {
    const { templates } = await desk.open();
    expect(await templates.create('apology', 'Lo sentimos')).toBe(at('apology.md'));
    await expect(templates.create('apology', 'Otra')).rejects.toMatchObject({ code: 'export.exists' });
    expect(await readFile(at('apology.md'), 'utf8')).toBe('Lo sentimos');
  });

  it.each(['../momentos', 'a/b', 'A', '', '.hidden', 'approved/x', 'a\0'])('are not reached by the id %j', async (id) => {
    const { templates } = await desk.open();
    await expect(templates.create(id, 'x')).rejects.toMatchObject({ code: 'template.notFound' });
    expect(await templates.workingOne(id)).toBeUndefined();
    expect(await templates.approvedCopy(id, 1)).toBeUndefined();
    await expect(templates.writeApproval({ ...approval, template: id }, 'x')).rejects.toMatchObject({ code: 'template.notFound' });
  });

  it('tell a listener when one changed', async () => {
    const { templates } = await desk.open();
    const told = new Promise<void>((resolve) => {
      templates.onDidChange(resolve);
    });
    await writeFile(at('new.md'), 'Nuevo');
    await told;
    expect((await templates.working()).map((file) => file.id)).toEqual(['new']);
  });
});

describe('approvals', () => {
  it('keep the exact text beside, and a line each', async () => {
    const { templates } = await desk.open();
    await templates.writeApproval(approval, 'Gracias\n');
    await templates.writeApproval({ ...approval, version: 2, contentHash: 'b'.repeat(64) }, 'Muchas gracias\n');
    await templates.writeApproval({ ...approval, version: 10 }, 'Mil gracias\n');
    expect(await templates.approvedCopy('thanks', 1)).toEqual({ id: 'thanks', text: 'Gracias\n', path: at('approved', 'thanks.v1.md') });
    expect(await templates.approvedVersions('thanks')).toEqual([1, 2, 10]);
    expect(await templates.approvedVersions('than')).toEqual([]);
    expect((await templates.approvals()).map((line) => line.version)).toEqual([1, 2, 10]);
  });

  it('never touch an approved text', async () => {
    const { templates } = await desk.open();
    await templates.writeApproval(approval, 'Gracias\n');
    await templates.writeApproval(approval, 'Gracias\n');
    expect(await templates.approvals()).toEqual([approval]);
    await expect(templates.writeApproval(approval, 'Otra cosa\n')).rejects.toMatchObject({ code: 'template.changed', details: { template: 'thanks', version: 1 } });
    expect(await readFile(at('approved', 'thanks.v1.md'), 'utf8')).toBe('Gracias\n');
    expect(await templates.approvals()).toEqual([approval]);
  });

  it('of a file that was merged by hand: each line that can be read counts, the others stay and are reported', async () => {
    await writeFile(at('approvals.jsonl'), `${JSON.stringify(approval)}\r\n<<<<<<< HEAD\n\n{"schemaVersion":2}\n${JSON.stringify({ ...approval, version: 2 })}`);
    const { templates } = await desk.open();
    expect((await templates.approvals()).map((line) => line.version)).toEqual([1, 2]);
    expect(desk.log.lines.filter((line) => line.level === 'warn').map((line) => (line.fields as { line: number }).line)).toEqual([2, 4]);
    await templates.writeApproval({ ...approval, version: 3 }, 'Tres\n');
    expect((await templates.approvals()).map((line) => line.version)).toEqual([1, 2, 3]);
    expect(await readFile(at('approvals.jsonl'), 'utf8')).toContain('<<<<<<< HEAD\n');
  });

  it('of several windows at once all stand', async () => {
    const [one, two] = [await desk.open(), await desk.open()];
    await Promise.all(Array.from({ length: 12 }, async (_unused, index) => (index % 2 === 0 ? one : two).templates.writeApproval({ ...approval, version: index + 1 }, `Texto ${String(index)}\n`)));
    expect((await one.templates.approvals()).map((line) => line.version).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_unused, index) => index + 1));
  });

  it('are not written through a link in place of the folder', async () => {
    const outside = await TestDesk.make();
    const other = await TestDesk.make();
    await symlink(outside.dir, join(other.dir, 'templates'));
    const { templates } = await other.open();
    await expect(templates.writeApproval(approval, 'x')).rejects.toMatchObject({ code: 'store.unreadable' });
    await expect(templates.create('thanks', 'x')).rejects.toMatchObject({ code: 'store.unreadable' });
    expect(await readdir(outside.dir)).toEqual([]);
    await outside.remove();
    await other.remove();
  });

  it('can be read while nothing may be written', async () => {
    const { templates } = await desk.open();
    await templates.writeApproval(approval, 'Gracias\n');
    await appendFile(at('thanks.md'), 'Gracias\n');
    const readOnly = (await desk.open({ readOnly: true })).templates;
    expect(await readOnly.approvals()).toEqual([approval]);
    await expect(readOnly.writeApproval({ ...approval, version: 2 }, 'x')).rejects.toMatchObject({ code: 'store.notWritable' });
    await expect(readOnly.create('other', 'x')).rejects.toMatchObject({ code: 'store.notWritable' });
  });
});
