import { readDate } from './dates.ts'
import type { ReportMend } from './mend-report.ts'

const frequencies: ReadonlySet<string> = new Set([
  'SECONDLY',
  'MINUTELY',
  'HOURLY',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'YEARLY',
])

const weekday = /^(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/
const number = /^[+-]?\d{1,3}$/

/** What each part of a rule may hold (RFC 5545 section 3.3.10, RFC 7529). */
const partForms: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['FREQ', (value: string) => frequencies.has(value)],
  ['UNTIL', (value: string) => readDate(value) !== null],
  ['COUNT', isPositive],
  ['INTERVAL', isPositive],
  ['BYSECOND', list(numbersUpTo(0, 60))],
  ['BYMINUTE', list(numbersUpTo(0, 59))],
  ['BYHOUR', list(numbersUpTo(0, 23))],
  ['BYDAY', list((value) => weekday.test(value))],
  ['BYMONTHDAY', list(signedUpTo(31))],
  ['BYYEARDAY', list(signedUpTo(366))],
  ['BYWEEKNO', list(signedUpTo(53))],
  // RFC 7529 marks leap months with an L.
  [
    'BYMONTH',
    list((value) => /^\d{1,2}L?$/.test(value) && Number.parseInt(value, 10) >= 1 && Number.parseInt(value, 10) <= 13),
  ],
  ['BYSETPOS', list(signedUpTo(366))],
  ['WKST', (value: string) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value)],
  ['RSCALE', (value: string) => value !== ''],
  ['SKIP', (value: string) => /^(?:OMIT|BACKWARD|FORWARD)$/.test(value)],
])

function isPositive(value: string): boolean {
  return /^\d+$/.test(value) && Number(value) > 0
}

function numbersUpTo(least: number, most: number): (value: string) => boolean {
  return (value) => /^\d{1,2}$/.test(value) && Number(value) >= least && Number(value) <= most
}

function signedUpTo(most: number): (value: string) => boolean {
  return (value) => number.test(value) && Number(value) !== 0 && Math.abs(Number(value)) <= most
}

function list(form: (value: string) => boolean): (value: string) => boolean {
  return (value) => value.split(',').every((part) => form(part.trim()))
}

/**
 * A recurrence rule every server reads, or null where only leaving it out is possible. A rule in order is returned as it
 * is. INTERVAL=0 is read as 1; of COUNT and UNTIL the latter stays, because a moment means the same to every reader; a
 * rule that has another unreadable part cannot be guessed: the event is sent without it, as its first instance.
 */
export function mendRule(rule: string, report: ReportMend): string | null {
  const parts: string[] = []
  const names = new Set<string>()
  let mended = false
  for (const part of rule.trim().split(';')) {
    if (part.trim() === '') {
      mended = true
      continue
    }
    const equals = part.indexOf('=')
    const name = part.slice(0, Math.max(equals, 0)).trim().toUpperCase()
    const value = part
      .slice(equals + 1)
      .trim()
      .toUpperCase()
    const form = partForms.get(name)
    if (name === 'INTERVAL' && /^\+?0+$/.test(value)) {
      report('rule-mended', 'its repeat rule has INTERVAL=0, which was read as 1.')
      mended = true
    } else if (names.has(name) || (form === undefined ? !name.startsWith('X-') : !form(value))) {
      report(
        'rule-unreadable',
        `its repeat rule cannot be read at "${part.trim().slice(0, 60)}"; only its first instance was sent.`,
      )
      return null
    } else {
      names.add(name)
      parts.push(part)
    }
  }
  if (!names.has('FREQ')) {
    report('rule-unreadable', 'its repeat rule has no FREQ; only its first instance was sent.')
    return null
  }
  if (names.has('COUNT') && names.has('UNTIL')) {
    report('rule-mended', 'its repeat rule has both COUNT and UNTIL; COUNT was left out.')
    return parts.filter((part) => !/^\s*COUNT\s*=/i.test(part)).join(';')
  }
  return mended ? parts.join(';') : rule
}
