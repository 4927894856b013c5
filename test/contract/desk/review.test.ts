import { appendFile, chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTemplateFile, templateHash } from '../../../src/core/templateFile';
import { type TemplateStatus } from '../../../src/core/template';
import { noon } from '../store/testDesk';
import { ana, configWith, delayText, luz, raul, ReviewDesk } from './reviewDesk';

let at: ReviewDesk;

beforeEach(async () => {
  at = await ReviewDesk.make();
});
afterEach(async () => {
  await at.remove();
});

const codes = (status: TemplateStatus): string[] => status.problems.map(({ code }) => code);
const kinds = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { entry } of at.stores.audit.read()) found.push(entry.kind);
  return found;
};

describe('a template that waits for its review', () => {
  it('is a draft, then in review, then approved, and only then usable', async () => {
    const author = at.as(ana);
    expect((await author.get('delay')).state).toBe('draft');
    expect(await author.usable()).toEqual([]);

    const proposed = await author.propose('delay');
    expect(proposed.state).toBe('inReview');
    expect(proposed.proposedBy).toEqual({ id: 'p-ana', name: 'Ana Pérez', at: noon });
    expect(await author.usable()).toEqual([]);

    at.desk.clock.time += 1000;
    const approved = await at.as(luz).approve('delay', proposed.working!.contentHash);
    expect(approved.state).toBe('approved');
    expect((await author.usable()).map(({ id, version }) => [id, version])).toEqual([['delay', 1]]);
    expect(await readFile(at.path('approved', 'delay.v1.md'), 'utf8')).toBe(delayText());
    expect(JSON.parse(await readFile(at.path('approvals.jsonl'), 'utf8'))).toEqual({
      schemaVersion: 1, template: 'delay', version: 1, contentHash: templateHash(delayText()), scope: 'isc', expires: '2027-12-31',
      reviewer: 'Luz@isc.example', at: new Date(noon + 1000).toISOString(), signature: expect.stringMatching(/^[\w-]{86}$/u) as string,
    });
    expect(await author.history('delay')).toEqual([
      { kind: 'template.proposed', version: 1, by: 'Ana Pérez', at: noon, reason: undefined },
      { kind: 'template.approved', version: 1, by: 'Luz Marte', at: noon + 1000, reason: undefined },
    ]);
  });

  it('names nobody in the chain of the log', async () => {
    await at.approve();
    const chain = await readFile(at.desk.path('audit', '2026-05.jsonl'), 'utf8');
    expect(chain).not.toMatch(/isc\.example|Pérez|Marte/iu);
  });

  it('is found by its id only', async () => {
    await expect(at.as(ana).get('nothing')).rejects.toMatchObject({ code: 'template.notFound' });
    await expect(at.as(ana).propose('../delay')).rejects.toMatchObject({ code: 'template.notFound' });
  });

  it('is refused with a reason, and proposed again after a change or without', async () => {
    await at.as(ana).propose('delay');
    await expect(at.as(luz).reject('delay', '  ')).rejects.toMatchObject({ code: 'review.reasonMissing' });
    const rejected = await at.as(luz).reject('delay', 'Falta el plazo');
    expect([rejected.state, rejected.reason]).toEqual(['rejected', 'Falta el plazo']);
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'template.wrongState' });
    await at.write(delayText({ words: 'El plazo es este' }));
    expect((await at.as(ana).get('delay')).state).toBe('draft');
    await at.as(ana).propose('delay');
    expect((await at.as(luz).approve('delay')).state).toBe('approved');
  });

  it('is not proposed twice, and not without being whole', async () => {
    await at.as(ana).propose('delay');
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.wrongState' });
    await at.write(delayText().replace('{{days}}', '{{dias}}'));
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid', details: { problems: ['placeholder.unknown'] } });
    await at.write(delayText({ expires: '2026-05-19' }));
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid', details: { problems: ['expires.past'] } });
    await writeFile(at.path('delay.md'), Buffer.from([0xff, 0xfe, 0x41]));
    const status = await at.as(ana).get('delay');
    expect([status.state, codes(status)]).toEqual(['draft', ['file.unreadable']]);
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid' });
  });
});

describe('who may approve', () => {
  beforeEach(async () => {
    await at.as(ana).propose('delay');
  });

  it('is only a listed reviewer', async () => {
    const stranger = { ...luz, id: 'p-x', name: 'Luz Marte', email: 'luz@elsewhere.example' };
    await expect(at.as(stranger).approve('delay')).rejects.toMatchObject({ code: 'review.notReviewer' });
    await expect(at.as(stranger).reject('delay', 'No')).rejects.toMatchObject({ code: 'review.notReviewer' });
    const { email: _email, ...nameOnly } = luz;
    await expect(at.as({ ...nameOnly, id: 'p-y' }).approve('delay')).rejects.toMatchObject({ code: 'review.notReviewer' });
    expect(await kinds()).toEqual(['template.proposed']);
  });

  it('is a reviewer listed by name alone where neither side has an address', async () => {
    at.config = configWith({ reviewers: [{ name: 'Luz Marte' }] });
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'review.notReviewer' });
    const { email: _email, ...nameOnly } = luz;
    expect((await at.as(nameOnly).approve('delay')).state).toBe('approved');
  });

  it.each([
    ['the same person', ana],
    ['the same address in other letters under another id and name', { ...ana, id: 'p-z', name: 'A. P.', email: 'ANA@isc.example' }],
    ['the same name under another id and address', { ...ana, id: 'p-z', email: 'ana.perez@isc.example' }],
  ])('is not %s as the one who proposed it', async (_what, reviewer) => {
    at.config = configWith({ reviewers: [{ name: reviewer.name, email: reviewer.email ?? '' }] });
    await expect(at.as(reviewer).approve('delay')).rejects.toMatchObject({ code: 'review.ownProposal' });
    await expect(at.as(reviewer).reject('delay', 'No')).rejects.toMatchObject({ code: 'review.ownProposal' });
    const may = await at.as(reviewer).may(await at.as(reviewer).get('delay'));
    expect({ ...may, whyNot: may.whyNot?.code }).toEqual({ propose: false, approve: false, reject: false, withdraw: false, whyNot: 'review.ownProposal' });
  });

  it('is not one who proposed other words of the same version', async () => {
    await at.write(delayText({ words: 'Otra redacción' }));
    await at.as(luz).propose('delay');
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'review.ownProposal' });
    await expect(at.as({ ...raul }).approve('delay')).resolves.toMatchObject({ state: 'approved' });
  });

  it('is not the last author of the file in git, but another reviewer', async () => {
    await at.git('init', '-q');
    await at.git('add', 'templates');
    await at.git('-c', 'user.name=L. Marte', '-c', 'user.email=LUZ@isc.example', 'commit', '-q', '-m', 'Texto');
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'review.ownProposal' });
    expect((await at.as(raul).approve('delay')).state).toBe('approved');
  });

  it('is not somebody at the same account of the machine, unless a key of his own shows who proposed', async () => {
    const neighbour = { ...luz, osAccount: ana.osAccount };
    await expect(at.as(neighbour).approve('delay')).rejects.toMatchObject({ code: 'review.sameAccount' });
    at.config = configWith({ reviewers: [{ name: 'Ana Pérez', email: 'ana@isc.example' }, { name: 'Luz Marte', email: 'luz@isc.example' }] });
    expect((await at.as(neighbour).approve('delay')).state).toBe('approved');
  });
});

describe('texts that the desk itself proposed', () => {
  it('may be approved by a reviewer who committed the folder', async () => {
    await at.git('init', '-q');
    await at.git('add', 'templates');
    await at.git('-c', 'user.name=Luz Marte', '-c', 'user.email=luz@isc.example', 'commit', '-q', '-m', 'Mesa nueva');
    await at.stores.audit.append([
      { kind: 'template.proposed', at: noon, actor: 'desk', subject: 'delay', body: { template: 'delay', version: 1, contentHash: templateHash(delayText()) } },
    ]);
    expect((await at.as(luz).approve('delay')).state).toBe('approved');
  });
});

describe('what is approved', () => {
  it('is what the reviewer saw, and what was proposed', async () => {
    const { working } = await at.as(ana).propose('delay');
    await at.write(delayText({ words: 'Cambiado después' }));
    await expect(at.as(luz).approve('delay', working!.contentHash)).rejects.toMatchObject({ code: 'template.changed' });
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'template.changed' });
    expect(await kinds()).toEqual(['template.proposed']);
  });

  it('needs a proposal', async () => {
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'review.nothingToReview' });
    await at.approve();
    await expect(at.as(raul).approve('delay')).rejects.toMatchObject({ code: 'template.wrongState' });
    await expect(at.as(raul).reject('delay', 'Tarde')).rejects.toMatchObject({ code: 'template.wrongState' });
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.wrongState' });
  });

  it('stays in use while the working file changes, and other words need a higher version', async () => {
    await at.approve();
    await at.write(delayText({ words: 'Nueva redacción' }));
    const changed = await at.as(ana).get('delay');
    expect([changed.state, codes(changed), changed.approved?.bodies['es']]).toEqual(['draft', ['version.alreadyApproved'], 'Hola, {{author}}. Lamentamos la demora: tardará {{days}}.']);
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid', details: { problems: ['version.alreadyApproved'] } });

    await at.write(delayText({ words: 'Nueva redacción', version: 2 }));
    await at.as(ana).propose('delay');
    expect((await at.as(ana).usable()).map(({ version }) => version)).toEqual([1]);
    await at.as(luz).approve('delay');
    expect((await at.as(ana).usable()).map(({ version }) => version)).toEqual([2]);
    expect(await readFile(at.path('approved', 'delay.v1.md'), 'utf8')).toBe(delayText());

    await at.write(delayText({ words: 'Otra vez la vieja', version: 1 }));
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid' });
  });

  it('stays in use when the working file is broken or gone', async () => {
    await at.approve();
    await at.write('nothing of a template');
    const broken = await at.as(ana).get('delay');
    expect([broken.state, codes(broken), broken.approved?.version]).toEqual(['draft', ['frontMatter.missing'], 1]);
    await rm(at.path('delay.md'));
    const gone = await at.as(ana).get('delay');
    expect([gone.state, gone.path, gone.approved?.version]).toEqual(['approved', undefined, 1]);
    expect((await at.as(ana).list()).map(({ id }) => id)).toEqual(['delay']);
  });

  it('is not sent when its copy is not the approved text any more, or is gone', async () => {
    await at.approve();
    await at.write(delayText({ words: 'Borrador', version: 2 }));
    await chmod(at.path('approved', 'delay.v1.md'), 0o600);
    await appendFile(at.path('approved', 'delay.v1.md'), 'y una palabra más\n');
    const changed = await at.as(ana).get('delay');
    expect([changed.approved, codes(changed)]).toEqual([undefined, ['copy.changed']]);
    expect(await at.as(ana).usable()).toEqual([]);
    await rm(at.path('approved', 'delay.v1.md'));
    expect(codes(await at.as(ana).get('delay'))).toEqual(['copy.missing']);
    expect((await at.as(ana).propose('delay')).state).toBe('inReview');
  });

  it('is sent on its last day and not on the next, in the time zone of the institution', async () => {
    await at.approve(delayText({ expires: '2026-05-20' }));
    at.desk.clock.time = Date.UTC(2026, 4, 21, 3, 59);
    expect((await at.as(ana).get('delay')).state).toBe('approved');
    at.desk.clock.time = Date.UTC(2026, 4, 21, 4, 0);
    const expired = await at.as(ana).get('delay');
    expect([expired.state, expired.approved, codes(expired)]).toEqual(['expired', undefined, ['expires.past']]);
    await at.write(delayText({ version: 2 }));
    await at.as(ana).propose('delay');
    expect((await at.as(luz).approve('delay')).approved?.version).toBe(2);
  });

  it('is not sent any more when its reviewer is not listed, until another one approves it', async () => {
    await at.approve();
    at.config = configWith({ reviewers: [{ name: 'Raúl Díaz', email: 'raul@isc.example' }] });
    const orphaned = await at.as(ana).get('delay');
    expect([orphaned.state, orphaned.approved, codes(orphaned)]).toEqual(['draft', undefined, ['approval.reviewerUnlisted']]);
    await at.as(ana).propose('delay');
    expect((await at.as(raul).approve('delay')).state).toBe('approved');
    expect(await at.as(ana).usable()).toHaveLength(1);
  });

  it('does not fall back to an older version when the newest is not usable', async () => {
    await at.approve();
    await at.write(delayText({ version: 2, words: 'Nueva tarifa' }));
    await at.as(ana).propose('delay');
    await at.as(raul).approve('delay');
    at.config = configWith({ reviewers: [{ name: 'Luz Marte', email: 'luz@isc.example' }] });
    expect(await at.as(ana).usable()).toEqual([]);
  });

  it('needs bounded placeholders where only approved words may be sent', async () => {
    await at.approve(delayText({ maxLength: 200 }));
    expect(await at.as(ana).usable()).toHaveLength(1);
    at.config = configWith({ freeText: 'forbid' });
    const loose = await at.as(ana).get('delay');
    expect([loose.approved, codes(loose)]).toEqual([undefined, ['text.unbounded']]);
    await at.write(delayText({ version: 2, maxLength: 200 }));
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid', details: { problems: ['text.unbounded'] } });
  });
});

describe('approvals at practice', () => {
  const practice = { name: 'Revisora de práctica', practice: true };
  const { email: _email, ...base } = luz;
  const reviewer = { ...base, id: 'p-practice', name: practice.name };

  it('count only while every channel is on loopback, and are replaced by a real review', async () => {
    at.config = configWith({ channelUrl: 'http://127.0.0.1:4010', reviewers: [practice] });
    await at.as(ana).propose('delay');
    const approved = await at.as(reviewer).approve('delay');
    expect([approved.state, approved.approval?.practice]).toEqual(['approved', true]);
    at.config = configWith({ channelUrl: 'https://social.example', reviewers: [practice, { name: 'Luz Marte', email: 'luz@isc.example' }] });
    const real = await at.as(ana).get('delay');
    expect([real.state, real.approved, codes(real)]).toEqual(['draft', undefined, ['approval.practiceOnly']]);
    await at.as(ana).propose('delay');
    await expect(at.as(reviewer).approve('delay')).rejects.toMatchObject({ code: 'review.notReviewer' });
    expect((await at.as(luz).approve('delay')).state).toBe('approved');
  });

  it('do not count either when their line hides what they are', async () => {
    at.config = configWith({ channelUrl: 'http://127.0.0.1:4010', reviewers: [practice] });
    await at.as(ana).propose('delay');
    await at.as(reviewer).approve('delay');
    const line = await readFile(at.path('approvals.jsonl'), 'utf8');
    await writeFile(at.path('approvals.jsonl'), line.replace(',"practice":true', ''));
    at.config = configWith({ channelUrl: 'https://social.example', reviewers: [practice] });
    expect(await at.as(ana).usable()).toEqual([]);
  });
});

describe('after a process ended between the log and the files', () => {
  beforeEach(async () => {
    await at.approve();
  });

  it('the copy and its line are written at the next start, if the text still is the approved one', async () => {
    await rm(at.path('approved'), { recursive: true });
    await rm(at.path('approvals.jsonl'));
    expect((await at.as(ana).get('delay')).state).toBe('approved');
    expect(await readFile(at.path('approved', 'delay.v1.md'), 'utf8')).toBe(delayText());
    const line = await readFile(at.path('approvals.jsonl'), 'utf8');
    expect(JSON.parse(line)).toMatchObject({ template: 'delay', version: 1, contentHash: templateHash(delayText()), scope: 'isc', expires: '2027-12-31' });
    expect(await at.as(raul).usable()).toHaveLength(1);
    expect(await readFile(at.path('approvals.jsonl'), 'utf8')).toBe(line);
    expect(await kinds()).toEqual(['template.proposed', 'template.approved']);
  });

  it('nothing is written when the text has changed', async () => {
    await rm(at.path('approved'), { recursive: true });
    await rm(at.path('approvals.jsonl'));
    await at.write(delayText({ words: 'Otra cosa' }));
    expect(await at.as(ana).usable()).toEqual([]);
    await expect(readFile(at.path('approvals.jsonl'), 'utf8')).rejects.toThrow();
  });

  it('a copy of the desk that may not be written is read all the same', async () => {
    await rm(at.path('approved'), { recursive: true });
    const stores = await at.desk.open({ readOnly: true });
    const reading = at.as(ana, { store: stores.templates, audit: stores.audit });
    expect((await reading.list()).map(codes)).toEqual([['copy.missing']]);
    await expect(reading.propose('delay')).rejects.toMatchObject({ code: expect.stringMatching(/^template\.|^store\./u) as string });
  });
});

describe('what happens in another window', () => {
  it('is seen at the next look, without reading the log from its start', async () => {
    const mine = at.as(luz);
    expect((await mine.get('delay')).state).toBe('draft');
    const other = await at.desk.open();
    const theirs = at.as(ana, { store: other.templates, audit: other.audit });
    await theirs.propose('delay');
    expect((await mine.get('delay')).state).toBe('inReview');
    await mine.approve('delay');
    expect((await theirs.get('delay')).state).toBe('approved');
    expect((await theirs.history('delay')).map(({ kind }) => kind)).toEqual(['template.proposed', 'template.approved']);
  });

  it('tells those who listen of deeds', async () => {
    const mine = at.as(ana);
    let told = 0;
    const stop = mine.onDidChange(() => (told += 1));
    await mine.propose('delay');
    expect(told).toBeGreaterThan(0);
    stop();
    const before = told;
    await at.as(luz).reject('delay', 'No');
    expect(told).toBe(before);
  });
});

describe('a new template', () => {
  it('is written as a draft that can be proposed once it is worded', async () => {
    const path = await at.as(ana).create('holiday-hours', 'Horario: "feriados" #1');
    const text = await readFile(path, 'utf8');
    expect(parseTemplateFile(text, 'holiday-hours')).toMatchObject({ problems: [], template: { version: 1, title: { es: 'Horario: "feriados" #1', en: 'Horario: "feriados" #1' } } });
    expect((await at.as(ana).list()).map(({ id, state }) => [id, state])).toEqual([['delay', 'draft'], ['holiday-hours', 'draft']]);
    await expect(at.as(ana).create('holiday-hours', 'Otra')).rejects.toMatchObject({ code: 'export.exists' });
    await expect(at.as(ana).create('../x', 'Otra')).rejects.toMatchObject({ code: 'template.notFound' });
  });
});

describe('a desk that came by git without its local data', () => {
  it('uses what was approved elsewhere', async () => {
    await at.approve();
    const elsewhere = await ReviewDesk.make();
    try {
      await mkdir(elsewhere.path(), { recursive: true });
      await cp(at.path(), elsewhere.path(), { recursive: true });
      expect((await elsewhere.as(ana).get('delay')).state).toBe('approved');
      expect(await elsewhere.as(ana).usable()).toHaveLength(1);
    } finally {
      await elsewhere.desk.remove();
    }
  });
});
