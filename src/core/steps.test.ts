import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarText } from '../../test/fakes/world.ts'
import { mergeFeed, mergeFeedInSteps } from './ical/merge.ts'
import { readCalendar, readCalendarInSteps } from './ical/objects.ts'
import { atOnce, inSteps, type Steps } from './steps.ts'

const large = calendarText(...Array.from({ length: 1000 }, (_, number) => [`e${number}`, `Event ${number}`] as const))

function count<T>(steps: Steps<T>): { result: T; breaks: number } {
  for (let breaks = 0; ; breaks += 1) {
    const step = steps.next()
    if (step.done) return { result: step.value, breaks }
  }
}

test('a long calendar is read, and its feed made, in steps, and reads as if read at once', () => {
  const read = count(readCalendarInSteps(large))
  assert.ok(read.breaks >= 10, `${read.breaks} breaks`)
  assert.deepEqual(
    read.result.objects.map(({ uid }) => uid),
    readCalendar(large).objects.map(({ uid }) => uid),
  )
  const made = count(mergeFeedInSteps([read.result.objects]))
  assert.ok(made.breaks >= 10, `${made.breaks} breaks`)
  assert.equal(made.result.text, mergeFeed([readCalendar(large).objects]).text)
})

test('what goes wrong in a step goes wrong for whoever runs it', () => {
  const broken = inSteps([1], () => {
    throw new Error('broken')
  })
  assert.throws(() => atOnce(broken), /broken/)
})
