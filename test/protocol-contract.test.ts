import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SyncError } from '../src/core/errors.ts'
import type { Account, RemoteCalendar } from '../src/core/remote.ts'
import { type ETag, type Href, Secret } from '../src/core/types.ts'
import { openCalendar } from '../src/protocol/calendar.ts'
import { diagnose } from '../src/protocol/diagnose.ts'
import { discoverCalendars } from '../src/protocol/discover.ts'
import { hrefKey } from '../src/protocol/href.ts'
import { findTargetCalendar } from '../src/protocol/target.ts'
import { failureOf } from './failure.ts'
import { startDavServer } from './fakes/dav-server.ts'
import type { Quirks } from './fakes/dav-state.ts'
import { never, testHttp } from './http-client.ts'
import { type CalDavServer, eventText } from './servers/caldav-server.ts'
import { isRadicaleInstalled, startRadicale } from './servers/radicale.ts'
import { isXandikosInstalled, startXandikos } from './servers/xandikos.ts'

const called = (calendarName: string) => ({ calendarName, knownUrl: null })

/** What the suite needs of a server, real or fake. */
interface Subject {
  readonly origin: string
  readonly home: string
  account(url?: string): Account
  makeCalendar(segment: string, displayName: string): Promise<string>
  putObject(calendarUrl: string, name: string, text: string): Promise<void>
  stop(): Promise<void>
}

interface Kind {
  readonly name: string
  readonly skip: string | false
  readonly checksLogin: boolean
  readonly start: () => Promise<Subject>
}

const DIALECTS: readonly (readonly [string, Partial<Quirks>])[] = [
  ['like sabre', { dialect: 'prefixed', etags: 'silent-put', rewrites: true }],
  ['like Xandikos', { dialect: 'numeric', hidesErrors: true, sync: 'failing', rewrites: true }],
  ['like Cyrus', { dialect: 'cdata', sync: 'paged', hrefs: 'absolute' }],
  ['like SOGo', { dialect: 'redeclared', hrefs: 'unencoded', crowdedHome: true, rewrites: true }],
  ['like Radicale', { dialect: 'default-namespace', sync: 'old-deletions', hrefs: 'encoded-hard' }],
  ['like Open-Xchange', { etags: 'unquoted', sync: 'forbidden', multiget: 'omits-odd' }],
  ['behind a proxy that weakens ETags', { etags: 'weak', hrefs: 'other-port' }],
  ['with PROPFIND only', { sync: 'forbidden', query: 'refused', multiget: 'fails-on-odd' }],
]

const KINDS: readonly Kind[] = [
  {
    name: 'Radicale',
    skip: isRadicaleInstalled() ? false : 'RADICALE IS NOT INSTALLED: this suite did not run',
    checksLogin: true,
    start: () => startReal(startRadicale),
  },
  {
    name: 'Xandikos',
    skip: isXandikosInstalled() ? false : 'XANDIKOS IS NOT INSTALLED: this suite did not run',
    checksLogin: false,
    start: () => startReal(startXandikos),
  },
  ...DIALECTS.map(([name, quirks]) => ({
    name: `a fake ${name}`,
    skip: false as const,
    checksLogin: true,
    start: () => startFake(quirks),
  })),
]

for (const kind of KINDS) {
  describe(`CalDAV client against ${kind.name}`, { skip: kind.skip }, () => {
    const http = testHttp()
    let server: Subject
    let url: string
    let calendar: RemoteCalendar

    before(async () => {
      server = await kind.start()
      url = await server.makeCalendar('work', 'Büro & <Work>')
      calendar = openCalendar(http, server.account(), url)
      for (const [name, uid] of NAMES) await server.putObject(url, name, eventText(uid, `Füße & <${uid}> ]]> 🎉`))
    })
    after(async () => {
      await http.close()
      await server?.stop()
    })

    test('R6: finds the calendar from the host, the home and the calendar, with and without the slash', async () => {
      for (const given of [server.origin, `${server.origin}/`, server.home, bare(server.home), url, bare(url)]) {
        const found = await discoverCalendars(http, server.account(given), never())
        assert.deepEqual(
          found.map((one) => [one.url, one.displayName]),
          [[url, 'Büro & <Work>']],
          given,
        )
      }
    })

    test('a look step by step finds nothing wrong, counts the events, and its write test leaves nothing behind', async () => {
      const before = (await calendar.list(never())).resources.length
      const found = await diagnose(http, server.account(server.origin), true, never())
      const failed = found.stages.filter(({ state }) => state === 'failed')
      assert.deepEqual(failed, [])
      assert.deepEqual(
        found.calendars.map(({ url, events, writable }) => [url, events, writable !== false]),
        [[url, before, true]],
      )
      assert.equal((await calendar.list(never())).resources.length, before)
    })

    test('R6: finds the calendar from .well-known', async () => {
      const found = await discoverCalendars(http, server.account(`${server.origin}/.well-known/caldav`), never())
      assert.deepEqual(
        found.map((one) => one.url),
        [url],
      )
    })

    test('W13: the target is found by path segment, by display name and in another case', async () => {
      for (const name of ['work', 'Büro & <Work>', 'WORK', 'büro & <work>']) {
        const found = await findTargetCalendar(http, server.account(), called(name), never())
        assert.equal(found.url, url, name)
      }
      assert.equal((await findTargetCalendar(http, server.account(url), called('work'), never())).url, url)
    })

    test('W13, H9: an unknown calendar name is an error that lists what exists', async () => {
      const error = await failureOf(findTargetCalendar(http, server.account(), called('Nowhere'), never()))
      assert.equal(error.kind, 'not-found')
      assert.match(error.message, /"Nowhere".*"Büro & <Work>" \(work\)/)
    })

    test('lists every resource once and reads each as it was stored', async () => {
      const listing = await calendar.list(never())
      assert.deepEqual(
        listing.resources.map(({ href }) => hrefKey(href, url)).sort(),
        NAMES.map(([name]) => hrefKey(name, url)).sort(),
      )
      const hrefs = listing.resources.map(({ href }) => href)
      const fetched = await calendar.fetch(hrefs, never())
      assert.deepEqual([fetched.gone, fetched.unreadable], [[], []])
      assert.deepEqual(new Set(fetched.resources.map(({ href }) => href)), new Set(hrefs))
      assert.equal(fetched.resources.length, hrefs.length)
      for (const [name, uid] of NAMES) {
        const resource = fetched.resources.find(({ href }) => hrefKey(href, url) === hrefKey(name, url))
        assert.ok(resource?.text.includes(`SUMMARY:Füße & <${uid}> ]]> 🎉`), `${name}: ${resource?.text}`)
        const listed = listing.resources.find(({ href }) => href === resource?.href)
        assert.equal(resource?.etag, listed?.etag)
      }
    })

    test('R4: an href that is gone is reported as gone, and only that one', async () => {
      const { resources } = await calendar.list(never())
      const missing = new URL(`${url}missing.ics`).pathname as Href
      const fetched = await calendar.fetch([...resources.map(({ href }) => href), missing], never())
      assert.deepEqual(fetched.gone, [missing])
      assert.equal(fetched.resources.length, resources.length)
    })

    test('creates, updates and removes under conditions', async () => {
      const made = await calendar.create('abc-1.ics', eventText('abc-1', 'one'), never())
      assert.equal(made.href, new URL(`${url}abc-1.ics`).pathname)
      const taken = await failureOf(calendar.create('abc-1.ics', eventText('abc-1', 'two'), never()))
      assert.deepEqual([taken.kind, taken.details.status], ['refused', 412])

      const before = await refOf(calendar, made.href)
      if (made.etag !== null) assert.equal(made.etag, before.etag)
      const etag = await calendar.update(before, eventText('abc-1', 'three'), never())
      const now = await refOf(calendar, made.href)
      assert.notEqual(now.etag, before.etag)
      if (etag !== null) assert.equal(etag, now.etag)
      const stale = await failureOf(calendar.update(before, eventText('abc-1', 'four'), never()))
      assert.deepEqual([stale.kind, stale.details.status], ['refused', 412])
      const held = await failureOf(calendar.remove(before, never()))
      assert.deepEqual([held.kind, held.details.status], ['refused', 412])
      const [read] = (await calendar.fetch([made.href], never())).resources
      assert.match(read?.text ?? '', /SUMMARY:three/)

      await calendar.remove(now, never())
      await calendar.remove(now, never())
      const listing = await calendar.list(never())
      assert.ok(listing.resources.every(({ href }) => hrefKey(href, url) !== hrefKey(made.href, url)))
    })

    test('W2, W3: nothing can be written outside the calendar or onto it', async () => {
      const text = eventText('x', 'x')
      for (const name of ['', '.ics', '../x.ics', 'a/b.ics', 'A.ics', 'x.ics?', '%2e%2e.ics', 'x.ics/']) {
        await assert.rejects(calendar.create(name, text, never()), SyncError, name)
      }
      const path = new URL(url).pathname
      for (const href of [
        path,
        bare(path),
        `${path}../x.ics`,
        `${path}a/b.ics`,
        'https://evil.example/x.ics',
        '/x.ics',
      ]) {
        const ref = { href: href as Href, etag: '"x"' as ETag }
        await assert.rejects(calendar.update(ref, text, never()), /does not lie in the calendar/, href)
        await assert.rejects(calendar.remove(ref, never()), /does not lie in the calendar/, href)
      }
      assert.equal((await calendar.list(never())).resources.length, NAMES.length)
    })

    test('a calendar that does not exist is not found, never empty', async () => {
      const error = await failureOf(openCalendar(http, server.account(), `${server.home}nope/`).list(never()))
      assert.equal(error.kind, 'not-found')
    })

    test('an empty calendar lists as empty', async () => {
      const empty = await server.makeCalendar('empty', 'Empty')
      const listing = await openCalendar(http, server.account(), empty).list(never())
      assert.deepEqual(listing, { complete: true, resources: [] })
    })

    if (kind.checksLogin) {
      test('R11, D13: a wrong password is one request and a login error', async () => {
        const wrong = { ...server.account(), password: new Secret('wrong') }
        for (const ask of [
          () => discoverCalendars(http, wrong, never()),
          () => findTargetCalendar(http, wrong, called('work'), never()),
          () => openCalendar(http, wrong, url).list(never()),
        ]) {
          const error = await failureOf(ask())
          assert.equal(error.kind, 'login')
          assert.doesNotMatch(error.message, /wrong/)
        }
      })
    }
  })
}

const NAMES: readonly (readonly [name: string, uid: string])[] = [
  ['plain.ics', 'plain'],
  ['odd-one.ics', 'odd'],
  ['mixed%40example.com.ics', 'at'],
  ['%C3%A9t%C3%A9.ics', 'summer'],
  ['two%20words.ics', 'space'],
]

async function startReal(start: () => Promise<CalDavServer>): Promise<Subject> {
  const server = await start()
  return { ...server, makeCalendar: (segment, displayName) => server.makeCalendar(segment, { displayName }) }
}

async function startFake(quirks: Partial<Quirks>): Promise<Subject> {
  const server = await startDavServer(quirks)
  return {
    ...server,
    async makeCalendar(segment, displayName) {
      return server.addCalendar(segment, { displayName })
    },
    async putObject(calendarUrl, name, text) {
      const segment = new URL(calendarUrl).pathname.split('/').at(-2) ?? ''
      server.calendars.get(segment)?.objects.set(decodeURIComponent(name), text)
    },
  }
}

function bare(url: string): string {
  return url.replace(/\/$/, '')
}

async function refOf(calendar: RemoteCalendar, href: Href) {
  const { resources } = await calendar.list(never())
  const found = resources.find((one) => hrefKey(one.href, calendar.url) === hrefKey(href, calendar.url))
  assert.ok(found)
  return found
}
