/**
 * Writes docs/performance.md and its plot from what the bench left behind; given two reports, both runs are told, and what
 * only the earlier one measured is taken from there.
 * `node bench/page.ts build/bench/result.json [build/bench/earlier.json]`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { growthPlot } from './lib/growth-plot.ts'
import { type Report, type Result, titleOf } from './lib/report.ts'
import { resultTable, type Verdict } from './lib/table.ts'
import { workloads } from './workloads.ts'

const docs = join(import.meta.dirname, '../docs')
const [latest, earlier] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report)
if (latest === undefined) throw new Error('Name the report: node bench/page.ts build/bench/result.json')

const isSame = (one: Result, other: Result) => one.workload === other.workload && one.size === other.size
const earlierOnly = (earlier?.results ?? []).filter((result) => !latest.results.some((one) => isSame(one, result)))
/** In the order in which they are run. */
const order = workloads.map(({ id }) => id)
const results = [...latest.results, ...earlierOnly].sort(
  (a, b) => order.indexOf(a.workload) - order.indexOf(b.workload) || a.size - b.size,
)

/** Ours at each size, where a workload was measured at several. */
function growthLines() {
  return Map.groupBy(results, ({ workload }) => workload)
    .entries()
    .map(([name, sizes]) => ({
      name,
      points: sizes.flatMap(({ size, sized, rows }): (readonly [number, number])[] => {
        const cpu = rows.find(({ role }) => role === 'ours')?.median.cpu
        return cpu === undefined || cpu <= 0 || sized !== 'events' ? [] : [[size, cpu]]
      }),
    }))
    .filter(({ points }) => points.length > 1)
    .toArray()
}

function titled(result: Result): string {
  return titleOf(result, results.filter(({ workload }) => workload === result.workload).length > 1)
}

function section(result: Result): string {
  const from = earlierOnly.includes(result) ? ' (from the earlier run)' : ''
  const lines = [`### ${titled(result)}${from}`, '', resultTable(result), '']
  for (const note of result.notes) lines.push(`- ${note}`)
  return lines.join('\n').trimEnd()
}

const number = ({ value }: Pick<Verdict, 'value'>) =>
  value === null ? '' : Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3))

/** Every target with what both runs measured, and what stands in the way of those that are missed. */
function targets(): string {
  const lines = ['| workload | target | this run | earlier run | |', '| --- | --- | --- | --- | --- |']
  const reasons = new Map<string, string>()
  for (const result of results) {
    const isOld = earlierOnly.includes(result)
    const before = isOld ? undefined : earlier?.results.find((one) => isSame(one, result))
    for (const [index, verdict] of result.targets.entries()) {
      const other = before?.targets[index]
      const [now, then] = isOld ? ['', number(verdict)] : [number(verdict), other ? number(other) : '']
      const word = verdict.met === null ? 'not measured' : verdict.met ? 'met' : '**missed**'
      const size = results.some((one) => one.workload === result.workload && one.size !== result.size)
      const name = size ? `${result.workload}, ${result.size.toLocaleString('en')}` : result.workload
      lines.push(`| ${name} | ${verdict.text} | ${now} | ${then} | ${word} |`)
      const target = workloads
        .find(({ id }) => id === result.workload)
        ?.targets?.find((one) => one.text === verdict.text)
      if (verdict.met === false && target?.why) reasons.set(`${result.workload}: ${verdict.text}`, target.why)
    }
  }
  const why = [...reasons].map(([text, reason]) => `- *${text}*: ${reason}`)
  return [
    ...lines,
    '',
    ...(why.length > 0 ? ['What stands in the way of those that are missed:', '', ...why] : []),
  ].join('\n')
}

function page(report: Report): string {
  const verdicts = results.flatMap((result) => result.targets)
  const count = (met: boolean | null) => verdicts.filter((verdict) => verdict.met === met).length
  const runs = [report, ...(earlier ? [earlier] : [])].map(({ started, ended }) => `${started} to ${ended}`)
  return `# Performance

Made by \`npm run bench\` and \`node bench/page.ts\`; no figure here is typed in. Medians of up to ${report.rounds} rounds, in which everybody takes
turns. Compare within a table only: **ours**, the floor that no program can go below, and other programs of the field.

- Machine: ${report.machine}
- Runs: ${runs.join('; ')}
- Targets: ${count(true)} met, ${count(false)} missed, ${count(null)} not measured
${report.absent.map((line) => `- Not run: ${line}\n`).join('')}
## How cost grows

![CPU time of the service by events in the calendar](images/growth.svg)

## Targets

${targets()}

## Tables

${results.map(section).join('\n\n')}
`
}

writeFileSync(join(docs, 'performance.md'), page(latest))
writeFileSync(join(docs, 'images/growth.svg'), growthPlot(growthLines()))
