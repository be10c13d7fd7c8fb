/** What every workload of the bench is made of; `bench/main.ts` runs them and prints one table. */

/** What one run cost. What was not or cannot be measured is left out. */
export interface Sample {
  /** Seconds on the wall. */
  readonly wall?: number
  /** Seconds of CPU, user and system, of the side that is measured. */
  readonly cpu?: number
  /** Highest resident memory in bytes. */
  readonly peak?: number
  readonly requests?: number
  /** Bytes from and to the side that is measured. */
  readonly sent?: number
  readonly received?: number
  /** Units of the workload per second, where it has a unit (`Workload.unit`). */
  readonly rate?: number
}

export type Figure = keyof Sample

/** One who does the work: ours, the least that any program would need, or another program of the field. */
export interface Contender {
  readonly name: string
  readonly role: 'ours' | 'floor' | 'peer'
  /** Does the work once. Whatever has to be set back before is set back in here, outside of what is measured. */
  run(): Promise<Sample>
  /** At most so many rounds, for what takes minutes. */
  readonly rounds?: number
}

export interface Opened {
  readonly contenders: readonly Contender[]
  /** What was measured and has no column, as sentences; filled while the contenders run. */
  readonly notes?: readonly string[]
  close(): Promise<void>
}

/** A bound of the project on one of the figures. */
export interface Target {
  readonly text: string
  /** Events; where left out, at every size. */
  readonly size?: number
  /** The figure that has to be within the limit, or null where it could not be measured. */
  value(rows: Rows): number | null
  readonly atMost?: number
  readonly atLeast?: number
  /** What stands in its way, where it is missed; as a sentence. */
  readonly why?: string
}

export interface Workload {
  /** `W1 Radicale`: the number of the workload and what tells its variants apart. */
  readonly id: string
  readonly title: string
  /** Numbers of events that it is run with, or of what `sized` names. */
  readonly sizes: readonly number[]
  readonly sized?: string
  /** The figure that ratios are taken of. */
  readonly compare: Figure
  /** What `rate` counts per second. */
  readonly unit?: string
  readonly targets?: readonly Target[]
  /** Sets everything up. Throws `Absent` where what it needs is not on this machine. */
  open(size: number): Promise<Opened>
}

/** Something that the workload cannot do without is not on this machine; the message names it. */
export class Absent extends Error {}

export interface Row {
  readonly workload: string
  readonly size: number
  readonly name: string
  readonly role: Contender['role']
  readonly rounds: number
  /** The median of each figure. */
  readonly median: Sample
  /** The least and the most of the figure that is compared. */
  readonly least: number
  readonly most: number
}

/** The rows of one workload at one size. */
export interface Rows {
  /** The median of a figure of the one with that name, or null. */
  of(name: string, figure: Figure): number | null
  /** Ours against another. */
  ratio(name: string, figure: Figure): number | null
}
