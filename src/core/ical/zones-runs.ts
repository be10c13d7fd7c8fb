/** Finds the yearly rules behind a list of offset changes, such as "last Sunday of March". */
import { DAY_SECONDS, dayNumber, daysInMonth, weekdayOf } from '../recurrence/days.ts'
import type { EpochMs } from '../types.ts'

/** Offsets are milliseconds east of UTC. */
export interface Change {
  readonly name: 'STANDARD' | 'DAYLIGHT'
  readonly epoch: EpochMs
  /** Onset on the clock before it, seconds since 1970-01-01T00:00:00. */
  readonly wall: number
  readonly year: number
  readonly offsetFrom: number
  readonly offsetTo: number
}

export interface ChangeRun {
  readonly first: Change
  /** The BY parts of a yearly rule; null for a change that stands alone. */
  readonly rule: string | null
  /** Last change of the rule; null where it is still in force when the list ends. */
  readonly until: EpochMs | null
}

/** Fewer years are written as dates: a rule would say more than is known. */
const SHORTEST_RUN = 3

interface Pattern {
  readonly rule: string
  /** The day number on which it falls in a year. */
  readonly dayIn: (year: number) => number
}

/** Divides changes (rising) into runs. A rule that reaches `lastYear` is taken as still in force. */
export function runsOf(changes: readonly Change[], lastYear: number): ChangeRun[] {
  const left = new Set(changes)
  const runs: ChangeRun[] = []
  for (const first of changes) {
    if (!left.has(first)) continue
    let best: { rule: string; members: Change[] } = { rule: '', members: [] }
    for (const { rule, dayIn } of patternsOf(first)) {
      const members = membersOf(first, dayIn, left)
      if (members.length > best.members.length) best = { rule, members }
    }
    const last = best.members.at(-1)
    if (best.members.length < SHORTEST_RUN || last === undefined) {
      left.delete(first)
      runs.push({ first, rule: null, until: null })
      continue
    }
    for (const member of best.members) left.delete(member)
    runs.push({ first, rule: best.rule, until: last.year >= lastYear ? null : last.epoch })
  }
  return runs
}

/** Changes of the same kind at the same time of day in the years that follow without a break. */
function membersOf(first: Change, dayIn: (year: number) => number, left: ReadonlySet<Change>): Change[] {
  const members = [first]
  const time = first.wall - dayIn(first.year) * DAY_SECONDS
  for (const change of left) {
    const year = (members.at(-1)?.year ?? first.year) + 1
    if (change.year > year) break
    const same =
      change.name === first.name && change.offsetFrom === first.offsetFrom && change.offsetTo === first.offsetTo
    if (same && change.year === year && change.wall === dayIn(year) * DAY_SECONDS + time) members.push(change)
  }
  return members
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function patternsOf({ wall, year }: Change): Pattern[] {
  const day = Math.floor(wall / DAY_SECONDS)
  const month = new Date(day * DAY_SECONDS * 1000).getUTCMonth() + 1
  const date = day - dayNumber(year, month, 1) + 1
  const weekday = weekdayOf(day)
  const name = weekdays[weekday] ?? ''
  /** First such weekday on or after a day of the month. */
  const onOrAfter = (from: number) => (inYear: number) => {
    const begin = dayNumber(inYear, month, from)
    return begin + ((weekday - weekdayOf(begin) + 7) % 7)
  }
  const ordinal = Math.ceil(date / 7)
  const patterns: Pattern[] = [
    {
      rule: `BYMONTH=${month};BYDAY=-1${name}`,
      dayIn: (inYear) => onOrAfter(daysInMonth(inYear, month) - 6)(inYear),
    },
  ]
  // A fifth weekday does not exist in every year.
  if (ordinal <= 4) {
    patterns.unshift({ rule: `BYMONTH=${month};BYDAY=${ordinal}${name}`, dayIn: onOrAfter(ordinal * 7 - 6) })
  }
  for (let from = Math.max(1, date - 6); from <= Math.min(date, 22); from += 1) {
    const days = Array.from({ length: 7 }, (_, index) => from + index).join(',')
    patterns.push({ rule: `BYMONTH=${month};BYMONTHDAY=${days};BYDAY=${name}`, dayIn: onOrAfter(from) })
  }
  patterns.push({ rule: `BYMONTH=${month};BYMONTHDAY=${date}`, dayIn: (inYear) => dayNumber(inYear, month, date) })
  // A pattern that does not even fit the year it was taken from is none, such as "last Sunday" for a 9th.
  return patterns.filter(({ dayIn }) => dayIn(year) === day)
}
