import { foundWords } from './norm/normWords';
import { checkNorms, type NormSettings } from './norm/norms';
import { type TemplateProblem } from './template';
import { type TemplateBody } from './templateFile';

/** What the norm check says of a template's texts, place by place. A reviewer reads it: where an answer would be asked to be confirmed it is a hint. */
export function templateNorms(bodies: readonly TemplateBody[], settings: NormSettings): readonly TemplateProblem[] {
  return bodies.flatMap(({ language, text, line }) =>
    checkNorms(text, language, settings).flatMap(({ code, level, findings }) =>
      findings.map((finding): TemplateProblem => {
        const before = text.slice(0, finding.start);
        return {
          code: `norm.${code}`,
          level: level === 'refuse' ? 'refuse' : 'hint',
          detail: foundWords([finding]),
          line: line + (before.match(/\n/gu)?.length ?? 0),
          column: before.length - (before.lastIndexOf('\n') + 1) + 1,
          length: finding.length,
          ...(finding.suggestion === undefined ? {} : { suggestion: finding.suggestion }),
        };
      }),
    ),
  );
}
