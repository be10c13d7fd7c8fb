/**
 * Runs the workloads, interleaved with the floor and with other programs, and prints what each cost.
 * `npm run bench [-- --only W1,W7] [--rounds 3] [--sizes 1000,10000] [--out build/bench/result.json]`
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { machine } from './lib/machine.ts'
import { type Report, type Result, titleOf } from './lib/report.ts'
import { judge, resultTable, rowsOf, verdictLine } from './lib/table.ts'
import { Absent, type Contender, type Row, type Sample, type Workload } from './lib/workload.ts'
import { workloads } from './workloads.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '' },
    out: { type: 'string', default: join(import.meta.dirname, '../build/bench/result.json') },
  },
})
const only = values.only === '' ? null : values.only.split(',')
const sizes = values.sizes === '' ? null : values.sizes.split(',').map(Number)
const rounds = Number(values.rounds)

function median(samples: readonly Sample[], figure: keyof Sample): number | undefined {
  const found = samples.flatMap((sample) => sample[figure] ?? []).sort((a, b) => a - b)
  return found[Math.floor((found.length - 1) / 2)]
}

function rowOf(workload: Workload, size: number, { name, role }: Contender, samples: readonly Sample[]): Row {
  const figures = ['wall', 'cpu', 'peak', 'requests', 'sent', 'received', 'rate'] as const
  const compared = samples.flatMap((sample) => sample[workload.compare] ?? [])
  return {
    workload: workload.id,
    size,
    name,
    role,
    rounds: samples.length,
    median: Object.fromEntries(
      figures.flatMap((figure) => {
        const value = median(samples, figure)
        return value === undefined ? [] : [[figure, value]]
      }),
    ),
    least: Math.min(...compared),
    most: Math.max(...compared),
  }
}

/** Every contender once per round, each round beginning with another one. */
async function measure(workload: Workload, size: number): Promise<{ rows: Row[]; notes: readonly string[] }> {
  const opened = await workload.open(size)
  try {
    const { contenders, notes = [] } = opened
    const samples = new Map<Contender, Sample[]>(contenders.map((contender) => [contender, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < contenders.length; turn += 1) {
        const contender = contenders[(turn + round) % contenders.length]
        if (!contender || round >= (contender.rounds ?? rounds)) continue
        samples.get(contender)?.push(await contender.run())
      }
    }
    return {
      rows: contenders.map((contender) => rowOf(workload, size, contender, samples.get(contender) ?? [])),
      notes,
    }
  } finally {
    await opened.close()
  }
}

/** After each workload, so that a bench that is broken off has what it has. */
function save(): void {
  mkdirSync(dirname(values.out), { recursive: true })
  const report: Report = {
    machine: machine(),
    started: started.toISOString(),
    ended: new Date().toISOString(),
    rounds,
    results,
    absent,
  }
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
}

const started = new Date()
const results: Result[] = []
const absent: string[] = []
console.log(`${machine()}\n${rounds} rounds, medians; begun ${started.toISOString()}`)
for (const workload of workloads) {
  if (only && !only.some((wanted) => workload.id === wanted || workload.id.startsWith(`${wanted} `))) continue
  for (const size of workload.sizes.filter((each) => sizes?.includes(each) ?? true)) {
    const { id, compare, unit = '', sized = 'events' } = workload
    const head = { workload: id, title: workload.title, size, sized, compare, unit }
    const title = titleOf(head, workload.sizes.length > 1)
    try {
      const { rows, notes } = await measure(workload, size)
      const targets = (workload.targets ?? [])
        .filter((target) => target.size === undefined || target.size === size)
        .map((target) => judge(target, rowsOf(rows)))
      const result: Result = { ...head, rows, notes, targets }
      results.push(result)
      console.log(`\n### ${title}\n\n${resultTable(result)}\n`)
      for (const note of notes) console.log(`- ${note}`)
      for (const target of targets) console.log(verdictLine(target))
    } catch (thrown) {
      if (!(thrown instanceof Absent)) throw new Error(`${title} broke off`, { cause: thrown })
      absent.push(`${title}: ${thrown.message}`)
      console.log(`\n### ${title}\n\nNot run: ${thrown.message}`)
    }
    save()
  }
}
const verdicts = results.flatMap(({ targets }) => targets)
const missed = verdicts.filter(({ met }) => met === false).length
console.log(
  `\n${verdicts.filter(({ met }) => met).length} targets met, ${missed} missed, ${absent.length} workloads not run`,
)
console.log(`Figures: ${values.out}`)
