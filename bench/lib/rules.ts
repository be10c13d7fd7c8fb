/** Rules as people have them, in one zone; counted so that they end before 2036, where ical.js stops to know zones. */
export const ZONE = 'Europe/Berlin'
export const START = '20200106T093000'
export const NOW = Date.UTC(2026, 10, 24)

/** Their first days are all on the rule. */
export const SERIES = [
  'FREQ=DAILY;COUNT=1000',
  'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1000',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;COUNT=1000',
  'FREQ=MONTHLY;BYDAY=1MO;COUNT=180',
  'FREQ=MONTHLY;BYMONTHDAY=6;COUNT=180',
  'FREQ=YEARLY;COUNT=15',
] as const

/** How many occurrences these are in all. */
export const OCCURRENCES = SERIES.reduce((sum, rule) => sum + Number(/COUNT=(\d+)/.exec(rule)?.[1]), 0)

/** Whether anything comes after `NOW`: endless, until a day, and counted ones. */
export const QUESTIONS = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,WE',
  'FREQ=MONTHLY;BYDAY=1MO',
  'FREQ=YEARLY',
  'FREQ=WEEKLY;BYDAY=MO;UNTIL=20250101T000000Z',
  'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T000000Z',
  'FREQ=DAILY;COUNT=20',
  'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1000',
] as const
