import type { Verdict } from './table.ts'
import type { Figure, Row } from './workload.ts'

/** One workload at one size, as measured. */
export interface Result {
  readonly workload: string
  readonly title: string
  readonly size: number
  /** What its size counts. */
  readonly sized: string
  readonly compare: Figure
  readonly unit: string
  readonly rows: readonly Row[]
  readonly notes: readonly string[]
  readonly targets: readonly Verdict[]
}

/** What `bench/main.ts` leaves behind as JSON. */
export interface Report {
  readonly machine: string
  /** ISO 8601, UTC. */
  readonly started: string
  readonly ended: string
  readonly rounds: number
  readonly results: readonly Result[]
  /** What could not be run, and why. */
  readonly absent: readonly string[]
}

/** `W1 Radicale: first read, 10,000 events` */
export function titleOf(result: Pick<Result, 'workload' | 'title' | 'size' | 'sized'>, isSized: boolean): string {
  const size = isSized ? `, ${result.size.toLocaleString('en')} ${result.sized}` : ''
  return `${result.workload}: ${result.title}${size}`
}
