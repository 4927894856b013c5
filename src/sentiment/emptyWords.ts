import { type ScoredLanguage } from '../core/sentiment';
import { hashText } from './hash';

/** Articles, prepositions, pronouns, auxiliaries, joining words: whatever they weigh in the model, nobody would take one alone for a reason. Folded. */
const lists: Readonly<Record<ScoredLanguage, string>> = {
  es: `a al ante con contra de del desde durante e el ella ellas ello ellos en entre era eran es esa esas ese eso esos esta estaba estaban estan estas este esto estos estoy fue fueron ha habia han has
    hasta hay he hemos la las le les lo los me mi mis mia mio mientras nos nosotras nosotros o os para pa por pq porque pues q que quien quienes se segun ser si sobre somos son soy su sus suyo suya te tu tus ti
    tuya tuyo u un una unas uno unos usted ustedes va vamos van voy vosotros y ya yo cual cuales cuando como donde aqui ahi alli asi tal tan tanto todo toda todos todas otra otro otras otros ud uds d l n xq`,
  en: `a about am an and are as at be because been being but by can could d did do does doing for from had has have having he her hers him his how i if im in into is it its ive just ll me my mine of on onto
    or our ours out over re s she should so some such than that the their theirs them then there these they this those through to too u ur us ve was we were what when where which who whom whose will with
    would you your yours yet all any both each im id ill its also here`,
  pt: `a ao aos as ante ate com como contra da das de dela dele deles desde do dos e ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava este estes estou eu foi foram ha isso isto
    ja la lhe lhes mas me meu meus mim minha minhas n na nas nele no nos nossa nosso num numa o os ou para pela pelas pelo pelos por porque pq pra pro q qual quando que quem se ser seu seus si sou sua suas ta
    tambem tb te tem teu teus ti to tu tua tuas um uma umas uns vai vao vc vcs voce voces vou aqui ai ali assim tal tao tanto todo toda todos todas outra outro so onde`,
  fr: `a ai ainsi alors as au aux avec avez avons c ca car ce cela celle celles celui ces cet cette ceux chez comme d dans de des donc du elle elles en entre es est et etait etaient ete etes etre eu eux il ils
    j je l la le les leur leurs lui m ma mais me mes moi mon n nos notre nous on ont ou par pour qu quand que qui quoi s sa se ses si soi sommes son sont sous suis sur t ta te tes toi ton tu un une vers vos
    votre vous y ici la tel telle tant tout toute tous toutes autre autres dont quel quelle aussi deja`,
};

const made = new Map<ScoredLanguage, ReadonlySet<number>>();

/** Hashes of the folded words of a language that never stand alone as evidence. */
export function emptyWords(language: ScoredLanguage): ReadonlySet<number> {
  const known = made.get(language);
  if (known !== undefined) return known;
  const words = new Set(lists[language].split(/\s+/).map(hashText));
  made.set(language, words);
  return words;
}
