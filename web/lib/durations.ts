/**
 * Durations of rules (ISO 8601) as a number and a unit. The text stays what is stored: one that is no single number
 * with a unit is not taken apart, and is shown as it is.
 */
export const durationUnits = ['minutes', 'hours', 'days', 'weeks'] as const
export type DurationUnit = (typeof durationUnits)[number]

export interface DurationParts {
  /** Digits as typed; empty while nothing is typed. */
  readonly amount: string
  readonly unit: DurationUnit
  readonly negative: boolean
}

const letters = { minutes: 'M', hours: 'H', days: 'D', weeks: 'W' } as const

const singleForm = /^(-?)P(T?)(\d*)([MHDW])$/
const isTime: Readonly<Record<DurationUnit, boolean>> = { minutes: true, hours: true, days: false, weeks: false }

/** Null where number and unit cannot show all that the text says. */
export function readDuration(text: string): DurationParts | null {
  // How `now` is written: of no unit more than of another.
  if (text === 'PT0S') return { amount: '0', unit: 'days', negative: false }
  const [, sign, time, amount = '', letter] = singleForm.exec(text) ?? []
  const unit = durationUnits.find((each) => letters[each] === letter)
  if (unit === undefined || isTime[unit] !== (time === 'T')) return null
  return { amount, unit, negative: sign === '-' }
}

export function writeDuration({ amount, unit, negative }: DurationParts): string {
  return `${negative ? '-' : ''}P${isTime[unit] ? 'T' : ''}${amount}${letters[unit]}`
}

export const freshnessUnits = ['seconds', 'minutes', 'hours', 'days'] as const
export type FreshnessUnit = (typeof freshnessUnits)[number]

const secondsIn: Readonly<Record<FreshnessUnit, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }

/** Seconds in the largest unit that shows them without a rest. */
export function splitSeconds(total: number): { readonly amount: string; readonly unit: FreshnessUnit } {
  const unit = freshnessUnits.findLast((each) => total % secondsIn[each] === 0) ?? 'seconds'
  return { amount: String(total / secondsIn[unit]), unit }
}

export function joinSeconds(amount: string, unit: FreshnessUnit): number {
  return Number(amount) * secondsIn[unit]
}
