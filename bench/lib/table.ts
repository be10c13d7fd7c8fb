/** Measured rows as a Markdown table, with ratios to the floor and to each peer, and targets as met or not. */
import type { Result } from './report.ts'
import type { Figure, Row, Rows, Sample, Target } from './workload.ts'

function seconds(value: number): string {
  if (value < 0.000995) return `${(value * 1e6).toPrecision(3)} µs`
  return value < 0.0995 ? `${(value * 1000).toPrecision(3)} ms` : `${value.toPrecision(3)} s`
}

function bytes(value: number): string {
  if (value < 10_000) return `${Math.round(value)} B`
  return value < 1e6 ? `${(value / 1000).toFixed(0)} kB` : `${(value / 1e6).toFixed(1)} MB`
}

const write: { readonly [figure in Figure]: (value: number) => string } = {
  wall: seconds,
  cpu: seconds,
  peak: (value) => `${(value / 1e6).toFixed(0)} MB`,
  requests: (value) => String(value),
  sent: bytes,
  received: bytes,
  rate: (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)),
}

/** The rows of one workload at one size, to be asked for figures. */
export function rowsOf(rows: readonly Row[]): Rows {
  const of = (name: string, figure: Figure) => rows.find((row) => row.name === name)?.median[figure] ?? null
  const ours = rows.find(({ role }) => role === 'ours')?.name ?? ''
  return {
    of,
    ratio(name, figure) {
      const [mine, other] = [of(ours, figure), of(name, figure)]
      return mine === null || other === null || other === 0 ? null : mine / other
    },
  }
}

function cell(sample: Sample, figure: Figure): string {
  const value = sample[figure]
  return value === undefined ? '' : write[figure](value)
}

/** How many times the figure of `other` the figure of `row` is. */
function times(row: Row, other: Row | undefined, figure: Figure): string {
  const [mine, theirs] = [row.median[figure], other?.median[figure]]
  if (mine === undefined || !theirs || row === other) return ''
  const ratio = mine / theirs
  return `${ratio >= 99.5 ? Math.round(ratio).toLocaleString('en') : ratio.toPrecision(2)} ×`
}

const HEAD = [
  'who',
  'wall',
  'CPU',
  'peak memory',
  'requests',
  'sent',
  'received',
  'rate',
  '× floor',
  'ours × this',
  'spread',
]

/** One table per workload and size; ratios are of the figure that the workload compares. */
export function resultTable({ rows, compare, unit }: Pick<Result, 'rows' | 'compare' | 'unit'>): string {
  const floor = rows.find(({ role }) => role === 'floor')
  const ours = rows.find(({ role }) => role === 'ours')
  const lines = rows.map((row) => {
    const figures = (['wall', 'cpu', 'peak', 'requests', 'sent', 'received'] as const).map((f) => cell(row.median, f))
    const rate = row.median.rate === undefined ? '' : `${cell(row.median, 'rate')} ${unit}`
    const ratios = [times(row, floor, compare), ours && row !== ours ? times(ours, row, compare) : '']
    const spread = row.rounds > 1 ? `${write[compare](row.least)}–${write[compare](row.most)}` : ''
    const name = row.role === 'ours' ? `**${row.name}**` : `${row.name}${row.role === 'floor' ? ' (floor)' : ''}`
    return [name, ...figures, rate, ...ratios, spread]
  })
  const kept = HEAD.map((_, column) => column === 0 || lines.some((line) => line[column] !== ''))
  const write1 = (cells: readonly string[]) => `| ${cells.filter((_, column) => kept[column]).join(' | ')} |`
  return [write1(HEAD), write1(HEAD.map(() => '---')), ...lines.map(write1)].join('\n')
}

export interface Verdict {
  readonly text: string
  readonly value: number | null
  /** Null where it could not be measured. */
  readonly met: boolean | null
}

export function judge(target: Target, rows: Rows): Verdict {
  const value = target.value(rows)
  const met =
    value === null || Number.isNaN(value)
      ? null
      : value <= (target.atMost ?? Number.POSITIVE_INFINITY) && value >= (target.atLeast ?? Number.NEGATIVE_INFINITY)
  return { text: target.text, value, met }
}

export function verdictLine({ text, value, met }: Verdict): string {
  if (met === null || value === null) return `- not measured: ${text}`
  return `- ${met ? 'met' : '**missed**'}: ${text} – measured ${Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))}`
}
