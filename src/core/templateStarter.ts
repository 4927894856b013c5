import { stringify } from 'yaml';

const greetings: Readonly<Record<string, string>> = {
  es: 'Hola, {{author}}. Escriba aquí la respuesta, en primera persona del plural y de usted.',
  en: 'Hello, {{author}}. Write the answer here, in plain words.',
  pt: 'Olá, {{author}}. Escreva aqui a resposta, em palavras simples.',
  fr: 'Bonjour, {{author}}. Écrivez ici la réponse, en mots simples.',
};

/** The text of a new template file: everything that the front matter can hold, a body to be written per language. */
export function starterTemplate(id: string, title: string, languages: readonly string[], topics: readonly string[] = []): string {
  const front = {
    id,
    version: 1,
    title: Object.fromEntries(languages.map((language) => [language, title])),
    topics,
    words: Object.fromEntries(languages.map((language) => [language, []])),
    placeholders: [],
  };
  const bodies = languages.map((language) => `<!-- lang: ${language} -->\n${greetings[language] ?? '{{author}}'}\n`);
  return `---\n${stringify(front, { lineWidth: 0 })}---\n${bodies.join('\n')}`;
}
