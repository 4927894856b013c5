import { describe, expect, it } from 'vitest';
import { shippedModel } from './lexicons';

const languageOf = (text: string, language?: string) => shippedModel.score(text, { language }).language;

describe('the language of a text', () => {
  it.each([
    ['es', 'Llevo tres meses esperando mi cédula y nadie me responde'], ['es', 'Nadie contesta'], ['es', 'Gracias'], ['es', 'Otra vez sin agua en Los Mina'], ['es', 'a q hora abren mañana?'],
    ['en', 'I have been waiting for three months and nobody answers the phone'], ['en', 'Thanks!'], ['en', 'no water again'], ['en', 'where can I renew my passport'],
    ['pt', 'Ninguém atende o telefone há três dias'], ['pt', 'Obrigado pelo atendimento'], ['fr', 'Personne ne répond au téléphone depuis trois jours'], ['fr', 'C\'est une honte'],
  ])('is %s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it.each([
    ['Haitian Creole', 'Poukisa pa gen kouran depi twa jou nan katye a?'], ['Haitian Creole', 'Mèsi anpil pou bon sèvis la'], ['Haitian Creole', 'Nou pap tann ankò, nou bezwen dlo'],
    ['German', 'Seit drei Monaten warte ich auf meinen Termin und niemand antwortet'], ['Italian', 'Sono tre mesi che aspetto una risposta, è una vergogna'], ['Catalan', 'Fa tres mesos que espero una resposta i ningú no contesta'],
    ['Dutch', 'Ik wacht al drie maanden op een antwoord van de gemeente'], ['Galician', 'Grazas pola axuda, moi bo servizo'], ['Guaraní', 'Mba\'éichapa, aikotevẽ pytyvõ che róga rehegua'],
    ['Romanian', 'Aștept de trei luni un răspuns și nimeni nu răspunde'], ['Tagalog', 'Tatlong buwan na akong naghihintay at wala pa ring sagot'], ['Vietnamese', 'Cảm ơn bạn rất nhiều vì sự giúp đỡ'],
    ['Russian', 'Я жду ответа три месяца'], ['Arabic', 'أنتظر منذ ثلاثة أشهر'], ['Chinese', '我等了三个月没有人回答'], ['nothing', ''], ['signs', '🔥 100 % !!!'], ['noise', 'xkcd qwrtz fghjk'],
  ])('is "other" rather than a wrong guess: %s', (_name, text) => {
    expect(languageOf(text)).toBe('other');
  });

  it('follows the network where the text does not tell', () => {
    expect(languageOf('👍👍', 'es')).toBe('es');
    expect(languageOf('ok', 'en-US')).toBe('en');
    expect(languageOf('Bonjou', 'ht')).toBe('other');
    expect(languageOf('ok', 'de')).toBe('other');
    expect(languageOf('ok', 'und')).toBe('other');
  });

  it('follows the text where the network is plainly wrong', () => {
    expect(languageOf('Llevo tres meses esperando mi cédula y nadie responde en la oficina', 'en')).toBe('es');
    expect(languageOf('Llevo tres meses esperando mi cédula y nadie responde en la oficina', 'de')).toBe('es');
    expect(languageOf('Poukisa pa gen kouran depi twa jou nan katye a?', 'fr')).toBe('other');
    expect(languageOf('Я жду ответа три месяца', 'es')).toBe('other');
  });

  it('follows what its author wrote before where the text is short or mixed', () => {
    const after = (text: string, conversation: string, language?: string) => shippedModel.score(text, { conversation, language }).language;
    expect(languageOf('ok')).toBe('other');
    expect(after('ok', 'es')).toBe('es');
    expect(after('ok', 'pt')).toBe('pt');
    expect(after('ok', 'es', 'en')).toBe('en');
    expect(after('Gracias', 'es', 'en')).toBe('es');
    expect(after('The office is closed', 'es')).toBe('en');
    expect(after('Llevo tres meses esperando mi cédula', 'en')).toBe('es');
    expect(after('Bonjou', 'es', 'ht')).toBe('other');
    expect(after('Poukisa pa gen kouran depi twa jou nan katye a?', 'es')).toBe('other');
    expect(after('Я жду', 'es')).toBe('other');
  });

  it('is what the caller forces', () => {
    expect(shippedModel.score('Nadie contesta', { force: 'fr' }).language).toBe('fr');
  });
});
