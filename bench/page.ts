/**
 * Writes docs/performance.md and its plot from what the bench left behind; given two reports, both runs are told.
 * `node bench/page.ts build/bench/result.json [build/bench/earlier.json]`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { growthPlot } from './lib/growth-plot.ts'
import { type Report, type Result, titleOf } from './lib/report.ts'
import { resultTable, verdictLine } from './lib/table.ts'

const docs = join(import.meta.dirname, '../docs')
const [latest, earlier] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report)
if (latest === undefined) throw new Error('Name the report: node bench/page.ts build/bench/result.json')

/** Ours at each size, where a workload was measured at several. */
function growthLines({ results }: Report) {
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

function section(result: Result, { results }: Report): string {
  const isSized = results.filter(({ workload }) => workload === result.workload).length > 1
  const before = earlier?.results.find(({ workload, size }) => workload === result.workload && size === result.size)
  const lines = [`### ${titleOf(result, isSized)}`, '', resultTable(result), '']
  for (const note of result.notes) lines.push(`- ${note}`)
  for (const [index, verdict] of result.targets.entries()) {
    const then = before?.targets[index]
    const other = then?.value == null ? '' : `; in the earlier run ${Number(then.value.toPrecision(3))}`
    lines.push(verdictLine(verdict) + other)
  }
  return lines.join('\n')
}

function page(report: Report): string {
  const verdicts = report.results.flatMap(({ targets }) => targets)
  const count = (met: boolean | null) => verdicts.filter((verdict) => verdict.met === met).length
  const runs = [report, ...(earlier ? [earlier] : [])].map(({ started, ended }) => `${started} to ${ended}`)
  return `# Performance

Made by \`npm run bench\` and \`node bench/page.ts\`; nothing here is typed in. Medians of ${report.rounds} rounds, in which everybody takes
turns. Compare within a table only: **ours**, the floor that no program can go below, and other programs of the field.

- Machine: ${report.machine}
- Runs: ${runs.join('; ')}
- Targets: ${count(true)} met, ${count(false)} missed, ${count(null)} not measured
${report.absent.map((line) => `- Not run: ${line}\n`).join('')}
## How cost grows

![CPU time of the service by events in the calendar](images/growth.svg)

## Tables

${report.results.map((result) => section(result, report)).join('\n\n')}
`
}

writeFileSync(join(docs, 'performance.md'), page(latest))
writeFileSync(join(docs, 'images/growth.svg'), growthPlot(growthLines(latest)))
