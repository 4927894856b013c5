import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../../src/channels/cleanText';
import { htmlToPlainText } from '../../../../src/channels/mastodon/plainText';

describe('a post as plain text', () => {
  test.each([
    ['paragraphs and line breaks', '<p>Uno<br>dos<br />tres</p><p>cuatro</p>', 'Uno\ndos\ntres\n\ncuatro'],
    ['entities', '<p>Pérez &amp; hijos &lt;3 &#39;hoy&#39; &nbsp;ya</p>', "Pérez & hijos <3 'hoy' \u00a0ya"],
    ['a mention as Mastodon writes it', '<p><span class="h-card" translate="no"><a href="https://social.example/@isc" class="u-url mention">@<span>isc</span></a></span> hola</p>', '@isc hola'],
    ['a remote mention with host', '<p><a href="https://b.example/@ana" class="mention">@ana@b.example</a> hola</p>', '@ana@b.example hola'],
    ['a hashtag', '<p><a href="https://social.example/tags/cedula" class="mention hashtag" rel="tag">#<span>cédula</span></a></p>', '#cédula'],
    ['a link that Mastodon shortened', '<p><a href="https://isc.example/tramites/renovar?x=1" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">isc.example/tramites/re</span><span class="invisible">novar?x=1</span></a></p>', 'https://isc.example/tramites/renovar?x=1'],
    ['a link that another server shortened', '<p><a href="https://isc.example/tramites/renovar">isc.example/tramites/…</a></p>', 'https://isc.example/tramites/renovar'],
    ['a link with words', '<p>Vea <a href="https://mal.example/x">esta página</a>.</p>', 'Vea esta página [https://mal.example/x].'],
    ['a link that pretends', '<p><a href="https://mal.example/">https://isc.example</a></p>', 'https://isc.example [https://mal.example/]'],
    ['a mention that pretends with words', '<a class="mention" href="https://mal.example/">@isc pague aquí</a>', '@isc pague aquí [https://mal.example/]'],
    ['a link to a script', '<p><a href="javascript:alert(1)">pulse</a></p>', 'pulse'],
    ['an empty link', '<p>a <a href="https://isc.example/"></a> b</p>', 'a https://isc.example/ b'],
    ['emoji of the server', '<p>Gracias :isc_corazon:</p>', 'Gracias :isc_corazon:'],
    ['emoji as pictures', '<p>Gracias <img src="https://x.example/e.png" alt=":corazon:" class="emoji"></p>', 'Gracias :corazon:'],
    ['quotes and lists', '<blockquote><p>cita</p></blockquote><ul><li>uno</li><li>dos</li></ul>', '> cita\n\n * uno\n * dos'],
    ['headings as they are written', '<h2>Aviso</h2><p>texto</p>', 'Aviso\n\ntexto'],
    ['scripts and styles', '<p>a</p><script>alert(1)</script><style>p{}</style>', 'a'],
    ['plain text with line ends', 'Primera línea\nsegunda & última\r\ntercera', 'Primera línea\nsegunda & última\ntercera'],
    ['plain text with angle brackets', 'si a < b y mi correo es <ana@ejemplo.do>, ¿qué hago?', 'si a < b y mi correo es <ana@ejemplo.do>, ¿qué hago?'],
    ['plain text with entities', 'Pérez &amp; hijos', 'Pérez & hijos'],
    ['broken HTML', '<p>uno <b>dos</p> tres', 'uno dos\n\ntres'],
    ['direction marks, which stay', '<p>\u202eabc\u202c \u200fשלום</p>', '\u202eabc\u202c \u200fשלום'],
    ['control characters', '<p>a\u0000b\u0007c\u001b[31md\u009be</p>', 'abc[31mde'],
    ['half a surrogate pair', '<p>a\ud83db</p>', 'a\ufffdb'],
    ['nothing', '', ''],
  ])('%s', (_name, html, text) => {
    expect(htmlToPlainText(html)).toBe(text);
  });

  test('of enormous size is cut, and says so', () => {
    for (const html of [`<p>${'palabra '.repeat(400_000)}</p>`, 'x'.repeat(5_000_000), '😀'.repeat(300_000)]) {
      const text = htmlToPlainText(html);
      expect(text.length).toBeLessThanOrEqual(40_001);
      expect(text.endsWith('…')).toBe(true);
    }
  });

  test('of hostile depth does not overflow', () => {
    expect(htmlToPlainText(`${'<div>'.repeat(20_000)}hola${'</div>'.repeat(20_000)}`)).toEqual(expect.any(String));
    expect(htmlToPlainText(`<a href="https://x.example">${'<b>'.repeat(20_000)}hola</a>`)).toEqual(expect.any(String));
  });

  test('never holds what no display or file can bear', () => {
    const pieces = fc.constantFrom('\u0000', '\u0007', '\r', '\n', '\t', '\u001b', '\u007f', '\u0085', '\ud83d', '\ude00', '😀', '\u202e', '<p>', '</p>', '<a href="https://x.example/', '">', '</a>', '<', '&#0;', '&#x1b;', '&#xd800;', '&amp;', 'ñ', ' a ', '<br>', '<!--');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')), (html) => {
      expect(htmlToPlainText(html)).not.toMatch(/[^\P{Cc}\t\n]|\p{Surrogate}/u);
    }), { seed: 5 });
  });

  test('clean text stays as it is', () => {
    const text = 'Ñandú ¿sí?\n\t👩🏽‍⚖️ שלום \u200d';
    expect(cleanText(text)).toBe(text);
  });
});
