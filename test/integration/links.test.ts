import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCalendar } from '../../src/core/ical/objects.ts'
import { eventText } from '../servers/caldav-server.ts'
import { onBothServers, type Scene } from './both-servers.ts'

interface Answer {
  readonly message: string
  readonly link: { readonly id: number; readonly path: string; readonly readers: readonly { client: string }[] }
}

async function ask(
  scene: Scene,
  method: string,
  path: string,
  json?: object,
): Promise<Answer & Record<string, unknown>> {
  const { body } = await scene.api(method, path, json)
  return body as Answer & Record<string, unknown>
}

async function addSource(scene: Scene, path: string, caldav_url: string): Promise<number> {
  const settings = { name: path, caldav_url, ...scene.login, ics_path: path, sync_interval_secs: 0 }
  const { body } = await scene.api('POST', '/api/sources', settings)
  return body.source?.id ?? assert.fail(JSON.stringify(body))
}

onBothServers('Links', (scene) => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${scene().program.url}/ics/${path}`, { headers: { 'accept-encoding': 'identity', ...headers } })

  test('F7: the first reader of a link waits for the first read, and gets what the rules leave', async () => {
    const { server } = scene()
    const calendar = await server.makeCalendar('links', { displayName: 'Links' })
    await server.putObject(calendar, 'a.ics', eventText('a@example.org', 'Layoffs', ['LOCATION:HQ']))
    await server.putObject(calendar, 'b.ics', eventText('b@example.org', 'Lunch', ['TRANSP:TRANSPARENT']))
    const id = await addSource(scene(), 'linked', calendar)
    const rules = [{ when: [], actions: [{ do: 'busy' }] }]
    const { link } = await ask(scene(), 'POST', '/api/links', { source_ids: [id], rules, freshness_secs: 60 })
    const answer = await get(`${link.path}.ics`, { 'user-agent': 'Google-Calendar-Importer' })
    assert.equal(answer.status, 200)
    const text = await answer.text()
    assert.equal(readCalendar(text).objects.length, 1)
    assert.doesNotMatch(text, /Layoffs|HQ|example\.org/)
    assert.match(answer.headers.get('cache-control') ?? '', /^max-age=\d+$/)

    const again = await get(link.path, { 'if-none-match': answer.headers.get('etag') ?? '' })
    assert.equal(again.status, 304)
    const zipped = await get(link.path, { 'accept-encoding': 'gzip' })
    assert.equal(await zipped.text(), text)
    const shown = await ask(scene(), 'GET', `/api/links/${link.id}`)
    assert.ok(shown.link.readers.some(({ client }) => client === 'Google Calendar'))
  })

  test('what rules would do, what a subscriber sees and the file itself can be looked at', async () => {
    const { server } = scene()
    const calendar = await server.makeCalendar('looked', { displayName: 'Looked at' })
    await server.putObject(calendar, 'a.ics', eventText('c@example.org', 'Dentist', ['CLASS:PRIVATE']))
    const id = await addSource(scene(), 'looked', calendar)
    await scene().api('POST', `/api/sources/${id}/sync`)
    const rules = [
      {
        when: [
          { if: 'calendar', value: 'looked at' },
          { if: 'class', value: 'PRIVATE' },
        ],
        actions: [{ do: 'drop' }],
      },
    ]
    const preview = await ask(scene(), 'POST', '/api/rules/preview', { rules, source_id: id })
    assert.deepEqual([preview.events, preview.dropped], [1, 1])
    const events = await ask(scene(), 'GET', `/api/sources/${id}/events?from=2020-01-01&to=2029-12-31`)
    assert.equal((events.events as object[]).length, 1)
    assert.match(await (await fetch(`${scene().program.url}/api/sources/${id}/download`)).text(), /SUMMARY:Dentist/)
    assert.deepEqual((await ask(scene(), 'GET', `/api/sources/${id}/findings`)).findings, [])
  })

  test('F7: the reader of a link whose calendar cannot be reached waits for it once', async () => {
    const id = await addSource(scene(), 'dead', 'http://127.0.0.1:9/nothing/')
    const { link } = await ask(scene(), 'POST', '/api/links', { source_ids: [id], freshness_secs: 60 })
    assert.equal((await get(link.path)).status, 404)
    const before = await ask(scene(), 'GET', `/api/runs?kind=source&item_id=${id}`)
    assert.equal((await get(link.path)).status, 404)
    const after = await ask(scene(), 'GET', `/api/runs?kind=source&item_id=${id}`)
    assert.equal((after.runs as object[]).length, (before.runs as object[]).length)
  })

  test('rotating shows at once: the old address is gone, the new one serves', async () => {
    const { server } = scene()
    const calendar = await server.makeCalendar('turned')
    await server.putObject(calendar, 'a.ics', eventText('d@example.org', 'Walk'))
    const id = await addSource(scene(), 'turned', calendar)
    await scene().api('POST', `/api/sources/${id}/sync`)
    const { link } = await ask(scene(), 'POST', '/api/links', { source_ids: [id] })
    assert.match(await (await get(link.path)).text(), /SUMMARY:Walk/)
    const rotated = await ask(scene(), 'POST', `/api/links/${link.id}/rotate`)
    assert.equal((await get(link.path)).status, 410)
    assert.match(await (await get(rotated.link.path)).text(), /SUMMARY:Walk/)
  })
})
