import { createHash } from 'node:crypto';
import { type ChannelConfig } from '../../core/config';
import { type IncomingPost, type Visibility } from '../../core/mention';
import { fold, singleLine } from '../../core/text/fold';
import { isCaseNumber } from '../../core/text/placeholderValue';
import { authorOf } from '../record';
import { type RejectReason } from './importApi';
import { parseImportDate, type DateOrder } from './importDates';
import { type ImportField, type ImportMapping } from './importFields';
import { type Cells } from './sourceRow';

const aheadMs = 60_000;
const maxText = 100_000;
const maxIdLength = 500;

/** A row that can be stored. */
export interface ImportRow {
  readonly line: number;
  readonly post: IncomingPost;
  readonly caseNumber: string | undefined;
  readonly answer: { readonly text: string; readonly at: number } | undefined;
}

export interface RowReading {
  readonly mapping: ImportMapping;
  readonly order: DateOrder;
  readonly timeZone: string;
  readonly channel: ChannelConfig;
  /** UTC ms. */
  readonly now: number;
}

/** Reads rows as mentions. Rows that say the same are told apart by how many of them came before, so that the same file gives the same ids again. */
export class RowReader {
  private readonly seen = new Map<string, number>();

  constructor(private readonly reading: RowReading) {}

  read(line: number, cells: Cells): ImportRow | RejectReason {
    const { mapping, channel, now } = this.reading;
    const cell = (field: ImportField): string => {
      const column = mapping[field];
      return column === undefined ? '' : (cells[column] ?? '');
    };
    const text = clean(cell('text'));
    if (text === '') return 'noText';
    if (text.length > maxText) return 'tooLarge';
    const at = this.moment(cell('at'), mapping.at !== undefined, now);
    if (typeof at !== 'number') return at;
    const answer = this.answer(clean(cell('answer')), cell('answeredAt'), at);
    if (typeof answer === 'string') return answer;
    const caseNumber = cell('case').trim();
    if (caseNumber !== '' && !isCaseNumber(caseNumber)) return 'badCase';
    const given = cell('id').trim().slice(0, maxIdLength);
    // On a network's channel a mention without the network's id could not be told from the one that the pull brings.
    if (given === '' && channel.network !== 'by-hand') return 'noId';
    const id = given === '' ? this.contentId(cells) : given;
    const url = cell('url').trim();
    const language = cell('language').trim().toLowerCase();
    const parentId = cell('parentId').trim().slice(0, maxIdLength);
    const author = authorOf({ handle: cell('handle'), name: cell('name') }, () => id);
    return {
      line,
      caseNumber: caseNumber === '' ? undefined : caseNumber,
      answer,
      post: {
        externalId: id,
        author: channel.network === 'by-hand' ? author : { id: author.id, handle: author.handle, name: author.name },
        text,
        ...(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/u.test(language) ? { language } : {}),
        postedAt: at,
        ...(parentId === '' ? {} : { parentId }),
        ...(/^https:\/\/\S+$/iu.test(url) && URL.canParse(url) ? { url: new URL(url).href } : {}),
        visibility: visibilityOf(cell('visibility'), channel),
        media: [],
        mentions: [],
        own: false,
      },
    };
  }

  private moment(text: string, mapped: boolean, now: number): number | RejectReason {
    if (!mapped) return now;
    if (text.trim() === '') return 'noDate';
    const at = parseImportDate(text, this.reading.timeZone, this.reading.order);
    if (at === undefined) return 'badDate';
    if (at > now + aheadMs) return 'future';
    return Math.min(at, now);
  }

  private answer(text: string, answeredAt: string, contactAt: number): ImportRow['answer'] | RejectReason {
    if (text === '') return undefined;
    if (text.length > maxText) return 'tooLarge';
    if (answeredAt.trim() === '') return 'answerWithoutTime';
    const at = this.moment(answeredAt, true, this.reading.now);
    if (typeof at !== 'number') return at;
    return at < contactAt ? 'answerEarly' : { text, at };
  }

  /** Of all that stands in the row, whatever the columns mean. */
  private contentId(cells: Cells): string {
    const content = JSON.stringify(Object.entries(cells).filter(([column]) => !column.startsWith('_')).map(([column, cell]) => [column, cell.trim()]));
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 27);
    const count = (this.seen.get(hash) ?? 0) + 1;
    this.seen.set(hash, count);
    return `row-${hash}${count === 1 ? '' : `-${String(count)}`}`;
  }
}

function clean(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/gu, '\n').replaceAll('\u0000', '').trim();
}

const visibilityNames: readonly (readonly [Visibility, RegExp])[] = [
  ['direct', /^(?:direct|direct message|dm|md|mensaje directo|mensaje privado|directo|privado|privada)$/u],
  ['private', /^(?:private|followers|followers only|solo seguidores|seguidores)$/u],
  ['unlisted', /^(?:unlisted|no listado|no listada)$/u],
  ['public', /^(?:public|publico|publica)$/u],
];

/** What was said to a person at the desk is between the two; what a file of a network does not say was public. */
function visibilityOf(text: string, channel: ChannelConfig): Visibility {
  const words = fold(singleLine(text));
  return visibilityNames.find(([, pattern]) => pattern.test(words))?.[0] ?? (channel.network === 'by-hand' ? 'direct' : 'public');
}
