import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarKey, choosable } from './calendar-choice.ts'
import type { FoundCalendar } from './types.ts'

const home = 'https://dav.example/alice'
const known = (name: string) => ({ url: `${home}/${name}/`, display_name: name, color: null, events: 2, read_at: null })

function found(name: string, components: string[] | null = ['VEVENT']): FoundCalendar {
  const facts = { color: '#ff0000', reports: [], has_ctag: true, has_sync_token: true, privileges: [], writable: true }
  return { url: `${home}/${name}/`, display_name: name, components, events: 3, ...facts }
}

const names = (...args: Parameters<typeof choosable>) =>
  choosable(...args).map(({ name, gone }) => (gone ? `-${name}` : name))

test('two spellings of an address are one calendar', () => {
  assert.equal(calendarKey('https://DAV.example/a%40b/'), calendarKey('https://dav.example/a@b'))
  assert.notEqual(calendarKey('https://dav.example/a'), calendarKey('https://dav.example/b'))
  assert.equal(calendarKey('%'), '%')
  assert.equal(calendarKey('https://dav.example/%zz/'), 'https://dav.example/%zz')
})

test('before anybody has looked, what was last read is there to choose, and what is chosen but not read yet', () => {
  assert.deepEqual(names([known('work')], null, null), ['work'])
  assert.deepEqual(names([known('work')], null, [`${home}/work`, `${home}/family/`]), ['work', 'family'])
})

test('a look replaces what was last read, leaves out task lists, and tells what is gone', () => {
  const all = [found('work'), found('tasks', ['VTODO']), found('untold', null)]
  assert.deepEqual(names([known('work'), known('old')], all, null), ['work', 'untold'])
  assert.deepEqual(names([], all, [`${home}/old/`]), ['work', 'untold', '-old'])
})
