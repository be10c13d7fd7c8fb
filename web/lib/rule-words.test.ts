import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleWords } from './rule-words.ts'

const said: readonly (readonly [string, string])[] = [
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=DAILY;INTERVAL=3', 'Every 3 days'],
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday, Monday to Friday'],
  ['FREQ=WEEKLY', 'Every week'],
  ['FREQ=WEEKLY;BYDAY=FR,MO,WE,TH,TU', 'Every weekday, Monday to Friday'],
  ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,FR', 'Every 2 weeks on Monday and Friday'],
  ['freq=weekly;byday=tu;', 'Every week on Tuesday'],
  ['FREQ=MONTHLY', 'Every month'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'Every month on day 15'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'Every month on day 1 and 15'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day of the month'],
  ['FREQ=MONTHLY;BYDAY=1MO', 'Every month on the first Monday'],
  ['FREQ=MONTHLY;BYDAY=+2TU,-1FR', 'Every month on the second Tuesday and last Friday'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'Every month on the last weekday, Monday to Friday'],
  ['FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2', 'Every month on the second Sunday'],
  ['FREQ=YEARLY', 'Every year'],
  ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', 'Every year on December 24'],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'Every year on the last Sunday in March'],
  ['FREQ=YEARLY;INTERVAL=2;BYMONTH=6,7', 'Every 2 years in June and July'],
  ['FREQ=DAILY;COUNT=1', 'Every day, once'],
  ['FREQ=WEEKLY;COUNT=10', 'Every week, 10 times'],
  ['FREQ=WEEKLY;UNTIL=20270301', 'Every week, until March 1, 2027'],
  ['FREQ=WEEKLY;UNTIL=20270301T080000', 'Every week, until March 1, 2027'],
]

for (const [rule, words] of said) test(`${rule} is said as: ${words}`, () => assert.equal(ruleWords(rule), words))

const unsaid = [
  '',
  'FREQ=HOURLY',
  'FREQ=WEEKLY;BYHOUR=9,10',
  'FREQ=YEARLY;BYWEEKNO=20',
  'FREQ=YEARLY;BYDAY=MO',
  'FREQ=DAILY;INTERVAL=2;BYDAY=MO',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=WEEKLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
  'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1',
  'FREQ=MONTHLY;BYMONTHDAY=-3',
  'FREQ=MONTHLY;BYMONTHDAY=32',
  'FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1',
  'FREQ=WEEKLY;UNTIL=soon',
  'FREQ=WEEKLY;COUNT=many',
]

for (const rule of unsaid)
  test(`${rule || 'an empty rule'} is left to be shown as it stands`, () => {
    assert.equal(ruleWords(rule), null)
  })

test('a moment that ends a series is told as a day of the reader', () => {
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(Date.UTC(2027, 1, 28, 23, 30))
  assert.equal(ruleWords('FREQ=DAILY;UNTIL=20270228T233000Z'), `Every day, until ${day}`)
})
