import { Worker } from 'node:worker_threads';
import { type Logger } from '../../core/clock';
import { MomentosError } from '../../core/errors';
import { type ScoredText, type TextScoring, type TextToScore } from '../../core/textScoring';
import { type ScoringAnswer, type ScoringFound, type ScoringRequest } from './scoringMessages';
import { type ScoringSetup } from './textScorer';

/** Texts that go to the worker at once; a cancelled call ends after as many. */
const batchSize = 100;
/** A batch with which the worker ended is tried once more, in a new one. */
const triesPerBatch = 2;
/** Far more than lexicons, models and a batch take; what goes beyond ends the worker and not its host. */
const memoryMb = 256;

interface Batch {
  readonly id: number;
  readonly texts: readonly TextToScore[];
  tries: number;
  /** undefined: the worker ended with it each time. */
  readonly settle: (found: ScoringFound | undefined) => void;
  readonly refuse: (error: MomentosError) => void;
}

/** `file`: the bundle of scoringWorker.ts. */
export interface WorkerScoringOptions {
  readonly file: string;
  readonly setup: ScoringSetup;
  readonly logger: Logger;
}

/**
 * Scores in one worker thread, so that whoever types in this one never waits. The worker starts at first use, reads one batch at a time and ends with the desk. When it
 * dies, a new one tries the batch once more; after that its texts stay unread, and the next batch has a new worker again.
 */
export function createWorkerScoring(options: WorkerScoringOptions): TextScoring {
  return new WorkerScoring(options);
}

class WorkerScoring implements TextScoring {
  private worker: Worker | undefined;
  private current: Batch | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private nextId = 0;
  private disposed = false;

  constructor(private readonly options: WorkerScoringOptions) {}

  async score(texts: readonly TextToScore[], signal?: AbortSignal): Promise<readonly (ScoredText | undefined)[]> {
    const scored: (ScoredText | undefined)[] = [];
    for (let from = 0; from < texts.length; from += batchSize) {
      const batch = texts.slice(from, from + batchSize);
      const found = await this.inTurn(batch, signal);
      scored.push(...batch.map((_text, index) => found?.scored[index]));
    }
    return scored;
  }

  async versions(): ReturnType<TextScoring['versions']> {
    return (await this.inTurn([], undefined))?.versions;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    const { worker, current } = this;
    this.worker = undefined;
    this.current = undefined;
    current?.settle(undefined);
    await worker?.terminate();
  }

  private inTurn(texts: readonly TextToScore[], signal: AbortSignal | undefined): Promise<ScoringFound | undefined> {
    const turn = this.turn.then(() => {
      if (signal?.aborted === true) throw new MomentosError('network.cancelled');
      return this.ask(texts);
    });
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private ask(texts: readonly TextToScore[]): Promise<ScoringFound | undefined> {
    return new Promise((settle, refuse) => {
      this.current = { id: this.nextId++, texts, tries: 0, settle, refuse };
      this.post(this.current);
    });
  }

  private post(batch: Batch): void {
    if (this.disposed || batch.tries >= triesPerBatch) {
      this.current = undefined;
      batch.settle(undefined);
      return;
    }
    batch.tries += 1;
    const worker = (this.worker ??= this.start());
    // It keeps its process alive only while somebody waits for it.
    worker.ref();
    const request: ScoringRequest = { id: batch.id, texts: batch.texts };
    worker.postMessage(request);
  }

  private start(): Worker {
    const { file, setup, logger } = this.options;
    const worker = new Worker(file, { workerData: setup, resourceLimits: { maxOldGenerationSizeMb: memoryMb }, name: 'momentos-scoring' });
    worker.on('message', (answer: ScoringAnswer) => {
      const { current } = this;
      if (current?.id !== answer.id) return;
      this.current = undefined;
      worker.unref();
      if ('code' in answer) current.refuse(new MomentosError(answer.code, answer.details));
      else current.settle(answer);
    });
    worker.on('error', (error) => {
      logger.warn('the worker that reads texts failed', { error });
    });
    worker.on('exit', (code) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      logger.warn('the worker that reads texts ended', { code });
      if (this.current !== undefined) this.post(this.current);
    });
    return worker;
  }
}
