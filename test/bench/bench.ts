// `npm run bench [-- area...] [--json]`: runs every area of this folder; `--json` prints one figure a line. `--task NAME` is what an area runs in processes of its own.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { auditTasks } from './support/auditTasks';
import { serveTask } from './support/childTask';
import { type Emit, type Figure } from './support/measure';
import { sentimentTasks } from './support/sentimentTasks';

/** A file of this folder: `audit.ts` is the area `audit`. */
interface Area {
  readonly area: string;
  readonly run: (emit: Emit) => Promise<void>;
}

async function main(args: readonly string[]): Promise<void> {
  const [first, name = '', ...rest] = args;
  if (first === '--task') {
    const task = auditTasks[name] ?? sentimentTasks[name];
    if (task === undefined) throw new Error(`no such task: ${name}`);
    await serveTask(task, rest);
    return;
  }
  const asJson = args.includes('--json');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const names = readdirSync(join(process.cwd(), 'test', 'bench')).flatMap((name) => (name.endsWith('.ts') && name !== 'bench.ts' ? name.slice(0, -3) : []));
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`No such area: ${unknown.join(', ')}. There are: ${names.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const name of names.filter((each) => wanted.length === 0 || wanted.some((name) => isIn(each, name)))) {
    const area = (await import(`./${name}.ts`)) as Area;
    await area.run((figure) => {
      console.log(asJson ? JSON.stringify(figure) : sentence(figure));
    });
  }
}

/** `audit` stands for `auditExport` too. */
function isIn(name: string, wanted: string): boolean {
  return name === wanted || (name.startsWith(wanted) && /^[A-Z]/u.test(name.slice(wanted.length)));
}

function sentence(figure: Figure): string {
  const goal = figure.target === undefined ? '' : `  (target ${String(figure.target)} ${figure.unit}: ${figure.met === true ? 'met' : 'missed'})`;
  return `${figure.name.padEnd(30)} ${String(figure.value).padStart(10)} ${figure.unit.padEnd(3)} against ${figure.against}${goal}`;
}

void main(process.argv.slice(2));
