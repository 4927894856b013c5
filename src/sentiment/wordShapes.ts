import { hashText } from './hash';

/** Of Spanish, Portuguese and English laughs ("jajaja", "hehe", "rsrs"), and the letters they are made of, a bit each. */
export const laugh = /^a?(?:(?:[jh]+a+){2,}|(?:[jh]+e+){2,}|(?:j+i+){2,}|(?:h+i+){2,})[jh]*$|^(?:rs){2,}$/;
export const laughHash = hashText('jaja');
export const laughLetters = [...'ahjeirs'].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) - 97)), 0);
/** French words that lose their vowel before another: "n'est", "l'état", "qu'il". In other languages the apostrophe is dropped ("don't" is "dont"). */
export const elided = new Set(['l', 'd', 'n', 'j', 'c', 's', 'm', 't', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quelqu']);
/** English "I'll" and "he'll" are two words, lest they be read as "ill" and "hell". */
export const contractedWill = /^ll(?![\p{L}\p{N}])/iu;
