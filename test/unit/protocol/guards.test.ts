import { describe, expect, it } from 'vitest';
import { pageGuard } from '../../../src/protocol/replyPanel';
import { previewGuard } from '../../../src/protocol/templatePreview';

const draft = { text: 'Hola', values: { days: '5' }, private: true };

describe('what the page may ask', () => {
  it.each([
    ['draft/save', draft],
    ['draft/save', { ...draft, mentionId: 'm-1', template: { id: 'delay', version: 3, language: 'es' }, again: { reason: 'x', corrects: 'r-1' } }],
    ['reply/send', { draft, confirmed: ['link'] }],
    ['reply/settle', { replyId: 'r-1', sent: true }],
    ['mention/close', {}],
    ['mention/close', { reason: 'spam' }],
    ['sentiment/correct', { label: 'neutral' }],
    ['link/open', { url: 'https://example.com' }],
  ] as const)('%s passes', (method, params) => {
    expect(pageGuard(method)(params)).toEqual(params);
  });

  it.each([
    ['draft/save', undefined],
    ['draft/save', { ...draft, text: 5 }],
    ['draft/save', { ...draft, values: { days: 5 } }],
    ['draft/save', { ...draft, text: 'a'.repeat(100_001) }],
    ['draft/save', { ...draft, template: { id: 'delay', version: 1.5, language: 'es' } }],
    ['reply/send', { draft }],
    ['reply/send', draft],
    ['reply/settle', { replyId: 'r-1', sent: 'yes' }],
    ['reply/withdraw', { replyId: 'r'.repeat(201), reason: 'x' }],
    ['mention/close', { reason: 'boredom' }],
    ['sentiment/correct', { label: 'angry' }],
    ['link/open', { url: 5 }],
    ['mention/show', null],
  ] as const)('%s with %j is refused', (method, params) => {
    expect(() => pageGuard(method)(params)).toThrowError(expect.objectContaining({ code: 'rpc.invalid' }));
  });

  it('drops what nobody asked for', () => {
    expect(pageGuard('mention/claim')({ extra: 1 })).toEqual({});
  });
});

describe('what the preview may ask', () => {
  it('approves by a whole hash only', () => {
    expect(previewGuard('template/approve')({ contentHash: 'a'.repeat(64) })).toEqual({ contentHash: 'a'.repeat(64) });
    expect(() => previewGuard('template/approve')({ contentHash: 'abc' })).toThrowError(expect.objectContaining({ code: 'rpc.invalid' }));
    expect(() => previewGuard('template/approve')({})).toThrowError(expect.objectContaining({ code: 'rpc.invalid' }));
  });
});
