/** W4: whole runs against servers that mail guests, and every mail counted (servers.md section 7). */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Guests } from '../src/core/items.ts'
import { ADDRESS, HOME, type ServerKind } from './fakes/quirks/kind.ts'
import { openKindWorld } from './fakes/quirks/kind-world.ts'
import { kinds } from './fakes/quirks/kinds.ts'
import { calendarText } from './fakes/world.ts'

const mailing = kinds.filter(({ mails }) => mails !== null)
const settings: readonly Guests[] = ['silent', 'text', 'keep']

const organizer = (address: string, agent = '') => `ORGANIZER;CN=Boss${agent}:mailto:${address}`
const guest = (address: string, agent = '') => `ATTENDEE;PARTSTAT=NEEDS-ACTION${agent}:mailto:${address}`

function meeting(uid: string, summary: string, ...people: readonly string[]): string {
  return calendarText([uid, summary]).replace('END:VEVENT', [...people, 'END:VEVENT'].join('\r\n'))
}

/** One calendar of the events of several. */
function feed(...calendars: readonly string[]): string {
  const events = calendars.flatMap((text) => /BEGIN:VEVENT.*END:VEVENT/s.exec(text)?.[0] ?? [])
  return calendarText().replace('END:VCALENDAR', [...events, 'END:VCALENDAR'].join('\r\n'))
}

/** A meeting the account organizes, one it is a guest of, one it has no part in, a series with a moved instance. */
function meetings(edition: string): string[] {
  const own = [organizer(ADDRESS), guest('ann@example.net'), guest(ADDRESS)]
  const override = meeting('series', `Moved ${edition}`, 'RECURRENCE-ID:20260402T090000Z', ...own)
  const series = meeting('series', `Series ${edition}`, 'RRULE:FREQ=DAILY;COUNT=3', ...own)
  return [
    meeting('own', `Own ${edition}`, ...own),
    meeting('none', `Agent none ${edition}`, organizer(ADDRESS), guest('eve@example.net', ';SCHEDULE-AGENT=NONE')),
    meeting('invited', `Invited ${edition}`, organizer('boss@example.net'), guest(ADDRESS), guest('bob@example.net')),
    meeting('others', `Others ${edition}`, organizer('boss@example.net'), guest('bob@example.net')),
    series,
    override,
  ]
}

async function wholeLife(t: Parameters<typeof openKindWorld>[0], kind: ServerKind, guests: Guests) {
  const world = await openKindWorld(t, kind)
  const destination = world.addDestination({ guests })
  const plain = meeting('plain', 'Plain')
  for (const text of [
    feed(plain, ...meetings('first')),
    feed(plain, ...meetings('second')),
    feed(plain, ...meetings('second').slice(1)),
    feed(plain),
  ]) {
    world.give(text)
    const report = await world.push(destination)
    assert.equal(report.counts.failed ?? 0, 0, report.message)
  }
  return { ...world, destination }
}

for (const kind of mailing) {
  describe(`W4: guests on ${kind.name}`, () => {
    for (const guests of settings.filter((one) => one !== 'keep')) {
      test(`W4: ${guests}: create, change, remove and mirror send no mail`, async (t) => {
        const { server, texts } = await wholeLife(t, kind, guests)
        assert.deepEqual(server.mails, [])
        assert.equal(texts().length, 1)
      })

      test(`W4: ${guests}: undo of a run that removed meetings sends no mail`, async (t) => {
        const world = await wholeLife(t, kind, guests)
        const report = await world.undo(world.destination)
        assert.deepEqual(world.server.mails, [])
        if (!kind.uid?.bin) assert.ok(world.texts().length > 1, report.message)
      })
    }

    test('W4: keep: guests are written to, so the counter counts', async (t) => {
      const { server } = await wholeLife(t, kind, 'keep')
      const invited = server.mails.filter(({ kind: what, to }) => what === 'REQUEST' && to === 'ann@example.net')
      assert.ok(invited.length >= 2)
    })

    test('W4: a meeting of their own that lies in the target is neither changed nor removed', async (t) => {
      const world = await openKindWorld(t, kind)
      const theirs = meeting('own', 'Theirs', organizer(ADDRESS), guest('ann@example.net'))
      world.target.put('theirs.ics', theirs)
      const destination = world.addDestination()
      for (const text of [feed(...meetings('first')), feed(meeting('plain', 'Plain'))]) {
        world.give(text)
        await world.push(destination, 'approve')
      }
      assert.deepEqual(world.server.mails, [])
      assert.match(world.target.get('theirs.ics')?.text ?? '', /SUMMARY:Theirs/)
    })

    test('W4: undo brings back an invitation that a mirror removed, and nobody hears of it', async (t) => {
      const world = await openKindWorld(t, kind)
      const invitation = meeting('invited', 'Invited', organizer('boss@example.net'), guest(ADDRESS))
      world.target.put('invited.ics', invitation)
      const destination = world.addDestination()
      world.give(feed(meeting('plain', 'Plain')))
      await world.push(destination)
      assert.equal(world.texts().length, 1, 'the mirror removed it')
      await world.undo(destination)
      assert.deepEqual(world.server.mails, [])
    })

    test('the fake mails as the measured server does', async (t) => {
      const world = await openKindWorld(t, kind)
      const { server } = world
      const { username, password } = server.account()
      const ask = async (method: string, name: string, body?: string, headers: Record<string, string> = {}) => {
        server.mails.length = 0
        const authorization = `Basic ${Buffer.from(`${username}:${password.reveal()}`, 'utf8').toString('base64')}`
        const url = `${server.origin}${HOME}target/${name}`
        const answer = await fetch(url, { method, headers: { authorization, ...headers }, ...(body ? { body } : {}) })
        assert.ok(answer.ok, `${method} ${name}: ${answer.status}`)
        return server.mails.map(({ kind: what, to }) => `${what} ${to}`)
      }
      if (kind.login === 'digest') return t.diagnostic('asked through the engine only: the login is Digest')
      const own = (agent = '') => meeting('o', 'O', organizer(ADDRESS), guest('ann@example.net', agent))
      assert.deepEqual(await ask('PUT', 'o.ics', own()), ['REQUEST ann@example.net'])
      const honoured = kind.mails?.honoursNone === true
      assert.deepEqual(
        await ask('PUT', 'o.ics', own(';SCHEDULE-AGENT=NONE')),
        honoured ? [] : ['REQUEST ann@example.net'],
      )
      assert.deepEqual(await ask('PUT', 'o.ics', own(';SCHEDULE-AGENT=CLIENT')), [])
      await ask('PUT', 'o.ics', own())
      assert.deepEqual(await ask('DELETE', 'o.ics'), ['CANCEL ann@example.net'])
      await ask('PUT', 'p.ics', own().replace('UID:o', 'UID:p'))
      assert.deepEqual(await ask('DELETE', 'p.ics', undefined, { 'schedule-reply': 'F' }), [])
      const invited = meeting('i', 'I', organizer('boss@example.net'), guest(ADDRESS))
      assert.deepEqual(await ask('PUT', 'i.ics', invited), [])
      assert.deepEqual(await ask('DELETE', 'i.ics'), ['REPLY boss@example.net'])
      await ask('PUT', 'q.ics', own().replace('UID:o', 'UID:q'))
      assert.deepEqual(await ask('DELETE', ''), ['CANCEL ann@example.net'])
    })
  })
}
