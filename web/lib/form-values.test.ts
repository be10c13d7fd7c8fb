import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  destinationBody,
  destinationChanges,
  destinationValues,
  intervalSeconds,
  isInterval,
  newDestination,
  newSource,
  sourceBody,
  sourceChanges,
  sourceValues,
} from './form-values.ts'
import type { Destination, Source } from './types.ts'

const status = {
  last_synced: null,
  last_sync_status: null,
  last_sync_error: null,
  created_at: '2026-01-01 00:00:00',
  last_attempt_at: null,
  last_success_at: null,
  next_run_at: null,
  failures: 0,
} as const

const source: Source = {
  id: 1,
  name: 'Work',
  caldav_url: 'https://cal.example.com/',
  username: 'ann',
  ics_path: 'work',
  sync_interval_secs: 3903,
  public_ics: true,
  public_ics_path: 'work/abcd1234',
  paused: false,
  calendars: null,
  connection: null,
  ...status,
}

const destination: Destination = {
  id: 2,
  name: 'Team',
  ics_url: 'https://ann:***@feeds.example.com/team.ics',
  caldav_url: 'https://cal.example.com/ann/',
  calendar_name: 'team',
  username: 'ann',
  sync_interval_secs: 0,
  sync_all: false,
  keep_local: true,
  paused: false,
  delete_limit: null,
  remove_dropped: false,
  local_edits: 'overwrite',
  guests: 'silent',
  rules: [],
  create_calendar: false,
  connection: null,
  feed_connection: null,
  held: 0,
  ...status,
}

test('new forms begin with one hour, not public, and both options of a destination on', () => {
  assert.equal(sourceBody(newSource).sync_interval_secs, 3600)
  assert.equal(sourceBody(newSource).public_ics, false)
  assert.equal(sourceBody(newSource).public_ics_path, null)
  assert.equal(destinationBody(newDestination).sync_all, true)
  assert.equal(destinationBody(newDestination).keep_local, true)
})

test('an untouched edit form changes nothing', () => {
  assert.deepEqual(sourceChanges(source, sourceValues(source)), {})
  assert.deepEqual(destinationChanges(destination, destinationValues(destination)), {})
})

test('S5: an update sends only what differs, so a masked login and an empty password never go back', () => {
  const values = {
    ...destinationValues(destination),
    name: 'Crew',
    interval: { hours: '2', minutes: '', seconds: '0' },
  }
  assert.deepEqual(destinationChanges(destination, values), { name: 'Crew', sync_interval_secs: 7200 })
})

test('a cleared public path is sent as blank, a source made private as null', () => {
  assert.deepEqual(sourceChanges(source, { ...sourceValues(source), public_ics_path: '' }), { public_ics_path: '' })
  assert.deepEqual(sourceChanges(source, { ...sourceValues(source), public_ics: false }), {
    public_ics: false,
    public_ics_path: null,
  })
})

test('interval boxes take whole numbers from 0 up, and an empty box is 0', () => {
  assert.equal(isInterval({ hours: '1', minutes: '', seconds: '0' }), true)
  assert.equal(isInterval({ hours: '-1', minutes: '0', seconds: '0' }), false)
  assert.equal(isInterval({ hours: '1.5', minutes: '0', seconds: '0' }), false)
  assert.equal(intervalSeconds({ hours: '1', minutes: '5', seconds: '3' }), 3903)
  assert.equal(intervalSeconds({ hours: '', minutes: '', seconds: '' }), 0)
})
