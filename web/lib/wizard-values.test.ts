import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Discovery, FoundCalendar } from './types.ts'
import {
  blankDestination,
  blankSource,
  freePath,
  isEnough,
  newDestinationBody,
  newSourceBody,
  stillThere,
  targetName,
  ticked,
} from './wizard-values.ts'

const calendar = (segment: string, name: string): FoundCalendar => ({
  url: `https://dav.test/anna/${segment}/`,
  display_name: name,
  color: null,
  components: null,
  events: 0,
  reports: [],
  has_ctag: true,
  has_sync_token: true,
  privileges: [],
  writable: true,
})

test('unticking one of all calendars names the others, and ticking keeps their order', () => {
  assert.deepEqual(ticked(null, ['a', 'b', 'c'], 'b'), ['a', 'c'])
  assert.deepEqual(ticked(['c', 'a'], ['a', 'b', 'c'], 'b'), ['a', 'b', 'c'])
  assert.deepEqual(ticked(['a'], ['a', 'b'], 'a'), [])
})

test('a choice outlives another look as far as its calendars do', () => {
  assert.deepEqual(stillThere(['a', 'gone'], ['a', 'b']), ['a'])
  assert.equal(stillThere(['gone'], ['a', 'b']), null)
  assert.equal(stillThere(null, ['a', 'b']), null)
})

test('the path comes from the name and clashes with no other', () => {
  assert.equal(freePath('Döner & Co', new Set()), 'doner-co')
  assert.equal(freePath('Work', new Set(['work', 'work-2'])), 'work-3')
  assert.equal(freePath('Public', new Set()), 'public-calendar')
  assert.equal(freePath('日本', new Set()), '')
})

test('a calendar is named so that no other can be meant', () => {
  const work = calendar('work', 'Work')
  const team = calendar('target', 'Team')
  assert.equal(targetName(team, [work, team]), 'Team')
  const twin = calendar('8f1c', 'Team')
  assert.equal(targetName(team, [team, twin]), 'target')
  // Its name is the end of another's address, which would be found first.
  assert.equal(targetName(calendar('a%20b', 'work'), [work, calendar('a%20b', 'work')]), 'a b')
})

test('an account without calendars is enough only where one can be made', () => {
  const stages: Discovery['stages'] = [{ stage: 'home', state: 'ok', message: '' }]
  const empty: Discovery = {
    status: 'success',
    message: '',
    ok: false,
    software: null,
    features: [],
    stages,
    calendars: [],
  }
  assert.equal(isEnough('destination', empty), true)
  assert.equal(isEnough('destination', { ...empty, stages: [] }), false)
  assert.equal(isEnough('source', empty), false)
  assert.equal(isEnough('source', { ...empty, calendars: [calendar('work', 'Work')] }), true)
})

test('a source takes the chosen calendars, and a public path only where it is public', () => {
  const details = { ...blankSource.details, name: 'Work', ics_path: 'work', public_ics_path: 'work/abc' }
  const body = newSourceBody({ ...blankSource, calendars: ['a'], details })
  assert.deepEqual([body.calendars, body.public_ics_path, body.sync_interval_secs], [['a'], null, 3600])
  assert.equal(newSourceBody({ ...blankSource, details: { ...details, public_ics: true } }).public_ics_path, 'work/abc')
})

test('each answer about removal is one pair of options, and a calendar that is new is made', () => {
  const team = calendar('target', 'Team')
  const options = (removal: 'dropped' | 'nothing' | 'mirror', url: string | null) => {
    const target = { ...blankDestination.target, calendar: url, new_name: ' School ' }
    const body = newDestinationBody({ ...blankDestination, target, removal }, [team])
    return [body.keep_local, body.remove_dropped, body.calendar_name, body.create_calendar]
  }
  assert.deepEqual(options('dropped', team.url), [true, true, 'Team', false])
  assert.deepEqual(options('nothing', team.url), [true, false, 'Team', false])
  assert.deepEqual(options('mirror', null), [false, false, 'School', true])
})
