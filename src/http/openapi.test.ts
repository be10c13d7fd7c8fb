import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { NEW_SOURCE, testApp } from './test-app.ts'

interface Operation {
  readonly responses: Record<string, unknown>
  readonly security?: unknown[]
  readonly parameters?: { name: string; in: string; schema: unknown }[]
}

interface Document {
  readonly openapi: string
  readonly info: { title: string; version: string }
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: {
    schemas: Record<string, { properties?: Record<string, object> } | undefined>
    securitySchemes: object
  }
}

async function document(send: ReturnType<typeof testApp>['send']): Promise<Document> {
  const answer = await send('GET', '/api/openapi.json')
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/json'])
  return (await answer.json()) as Document
}

function operation({ paths }: Document, method: string, path: string): Operation {
  const found = new Map(Object.entries(new Map(Object.entries(paths)).get(path) ?? {})).get(method)
  assert.ok(found, `${method} ${path} is not described`)
  return found
}

const OPERATIONS: readonly string[] = [
  'get /api/health',
  'get /api/health/detailed',
  'get /api/sources',
  'post /api/sources',
  'get /api/sources/{id}',
  'put /api/sources/{id}',
  'delete /api/sources/{id}',
  'get /api/sources/{id}/status',
  'post /api/sources/{id}/sync',
  'get /api/sources/{source_id}/paths',
  'post /api/sources/{source_id}/paths',
  'put /api/sources/{source_id}/paths/{path_id}',
  'delete /api/sources/{source_id}/paths/{path_id}',
  'get /api/destinations/check-overlap',
  'get /api/destinations',
  'post /api/destinations',
  'get /api/destinations/{id}',
  'put /api/destinations/{id}',
  'delete /api/destinations/{id}',
  'get /api/destinations/{id}/status',
  'post /api/destinations/{id}/sync',
  'post /api/destinations/{id}/plan',
  'get /api/destinations/{id}/held',
  'post /api/destinations/{id}/approve',
  'post /api/destinations/{id}/dismiss',
  'post /api/destinations/{id}/release',
  'get /api/runs',
  'get /api/runs/{id}',
  'post /api/runs/{id}/undo',
  'get /api/events',
  'post /api/inspect',
  'get /api/imports',
  'put /api/imports/{name}',
  'delete /api/imports/{name}',
  'get /api/servers',
  'get /api/links',
  'post /api/links',
  'get /api/links/{id}',
  'put /api/links/{id}',
  'delete /api/links/{id}',
  'post /api/links/{id}/rotate',
  'get /api/links/{id}/reads',
  'get /api/links/{id}/subscribe',
  'get /api/rules/presets',
  'post /api/rules/preview',
  'get /api/sources/{id}/events',
  'get /api/links/{id}/events',
  'get /api/destinations/{id}/events',
  'get /api/sources/{id}/download',
  'get /api/links/{id}/download',
  'get /api/destinations/{id}/download',
  'get /api/sources/{id}/findings',
  'post /api/discover',
  'post /api/sources/{id}/discover',
  'post /api/destinations/{id}/discover',
  'post /api/destinations/plan',
  'post /api/sources/{id}/restore',
  'post /api/destinations/{id}/restore',
  'get /api/sources/{id}/event',
  'get /api/links/{id}/event',
  'get /api/destinations/{id}/event',
  'get /api/sources/{id}/calendars',
  'get /api/destinations/{id}/calendars',
  'get /api/overview',
  'get /api/system',
  'get /api/export',
  'post /api/import',
  'get /ics/{path}',
  'get /ics/public/{path}',
]

const CONTRACT_SCHEMAS = [
  'Source',
  'CreateSource',
  'UpdateSource',
  'SourceResponse',
  'SourceListResponse',
  'SyncResult',
  'SourcePath',
  'CreateSourcePath',
  'UpdateSourcePath',
  'SourcePathResponse',
  'SourcePathListResponse',
  'Destination',
  'CreateDestination',
  'UpdateDestination',
  'DestinationResponse',
  'DestinationListResponse',
  'ReverseSyncResult',
  'OverlapEntry',
  'OverlapResponse',
  'HealthResponse',
  'DetailedHealthResponse',
]

test('1.6: the document names every route, every schema of the contract, the login and the errors', async (t) => {
  const { send } = testApp(t)
  const whole = await document(send)
  const { openapi, info, paths, components } = whole
  assert.deepEqual([openapi, info.title, info.version], ['3.1.0', 'CalDAV/ICS Sync API', '9.8.7'])
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  assert.deepEqual(operations.toSorted(), OPERATIONS.toSorted())
  for (const name of CONTRACT_SCHEMAS) assert.ok(Object.hasOwn(components.schemas, name), name)
  assert.deepEqual(Object.keys(components.securitySchemes), ['basic'])
  assert.deepEqual(operation(whole, 'get', '/api/health').security, [])
  const codes = Object.keys(operation(whole, 'post', '/api/sources').responses)
  assert.deepEqual(new Set(codes), new Set(['201', '400', '401', '403', '413', '415', '422', '429', '500']))
  const { parameters } = operation(whole, 'put', '/api/sources/{source_id}/paths/{path_id}')
  assert.deepEqual(
    parameters?.map(({ name }) => name),
    ['source_id', 'path_id'],
  )
})

test('1.6: passwords are writeOnly where they are sent and absent where they are answered', async (t) => {
  const { components } = await document(testApp(t).send)
  const passwordOf = (name: string) =>
    new Map(Object.entries(components.schemas[name]?.properties ?? {})).get('password')
  for (const name of ['CreateSource', 'UpdateSource', 'CreateDestination', 'UpdateDestination'])
    assert.equal(Reflect.get(passwordOf(name) ?? {}, 'writeOnly'), true, name)
  for (const name of ['Source', 'Destination', 'OverlapEntry', 'Run']) assert.equal(passwordOf(name), undefined)
})

test('each route of the document is answered by the service', async (t) => {
  const { send } = testApp(t)
  const { paths } = await document(send)
  for (const [path, methods] of Object.entries(paths))
    for (const method of Object.keys(methods)) {
      const answer = await send(method.toUpperCase(), path.replace(/\{\w+\}/g, '7'))
      assert.notEqual(answer.status, 405, `${method} ${path}`)
      if (answer.status === 404) assert.doesNotMatch(await answer.text(), /There is nothing/)
    }
})

test('Swagger UI comes from our own files under a strict policy, with its initializer as a file', async (t) => {
  const { send } = testApp(t)
  const redirect = await send('GET', '/api/swagger-ui')
  assert.deepEqual([redirect.status, redirect.headers.get('location')], [308, '/api/swagger-ui/'])
  const page = await send('GET', '/api/swagger-ui/')
  const html = await page.text()
  assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8'])
  assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/)
  assert.doesNotMatch(html, /https?:/)
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
  assert.equal(files.length, 4)
  for (const file of files) {
    const answer = await send('GET', `/api/swagger-ui/${file}`)
    assert.equal(answer.status, 200, `no ${file}`)
    assert.ok((await answer.arrayBuffer()).byteLength > 100)
  }
  assert.match(await (await send('GET', '/api/swagger-ui/initializer.js')).text(), /url: '\/api\/openapi.json'/)
})

test('SWAGGER_UI off: its pages are 404, the document stays', async (t) => {
  const { send } = testApp(t, { swaggerUi: false })
  for (const path of ['/api/swagger-ui', '/api/swagger-ui/', '/api/swagger-ui/swagger-ui.css'])
    assert.equal((await send('GET', path)).status, 404)
  assert.equal((await send('GET', '/api/openapi.json')).status, 200)
})

test('health: ok whatever happens; detailed health tells of the database, in whole seconds', async (t) => {
  const { ask, store, clock } = testApp(t, { login: null }, { warnings: ['Certificates are not checked.'] })
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  clock.advance(61_900)
  const { status, body } = await ask('GET', '/api/health/detailed')
  const { warnings, ...rest } = body as { warnings: string[] }
  assert.deepEqual([status, rest], [200, { status: 'ok', uptime_seconds: 61, source_count: 1, db_ok: true }])
  assert.match(warnings[0] ?? '', /^Login is off/)
  assert.equal(warnings[1], 'Certificates are not checked.')
  store.healthy = () => {
    throw new Error('disk I/O error')
  }
  assert.deepEqual(await ask('GET', '/api/health'), { status: 200, body: { status: 'ok' } })
  const degraded = await ask('GET', '/api/health/detailed')
  assert.equal(degraded.status, 200)
  assert.deepEqual(
    [Reflect.get(degraded.body as object, 'status'), Reflect.get(degraded.body as object, 'db_ok')],
    ['degraded', false],
  )
})

test('A17: no secret in any answer, in any encoding of it', async (t) => {
  const canary = 'Canary"ß/7f3a'
  const login = { username: 'anna', password: { kind: 'plain' as const, secret: new Secret(`${canary}login`) } }
  const { send, store, runner, clock } = testApp(t, { login })
  const headers = { authorization: `Basic ${Buffer.from(`anna:${canary}login`).toString('base64')}` }
  const feedUrl = `https://u:${encodeURIComponent(canary)}@x.example/a.ics`
  const secret = { password: new Secret(canary) }
  const { password: _, ...source } = {
    ...NEW_SOURCE,
    caldav_url: `https://u:${canary.replace('/', '')}@h/`,
    public_ics: false,
    public_ics_path: null,
  }
  store.sources.create({ ...source, ...secret })
  const destination = {
    name: 'd',
    ics_url: feedUrl,
    caldav_url: feedUrl,
    calendar_name: 'c',
    username: 'u',
    sync_interval_secs: 0,
    ...DESTINATION_DEFAULTS,
  }
  store.destinations.create({ ...destination, ...secret })
  for (const kind of ['source', 'destination'] as const)
    store.schedule.recordFailure(kind, 1, `GET ${feedUrl} failed`, clock.now())
  const failure = { kind: 'unreachable' as const, message: `GET ${feedUrl} failed` }
  runner.report = { status: 'error', message: failure.message, counts: {}, problems: [], failure }
  const run = store.runs.start('source', 1, 'manual', clock.now())
  store.runs.finish(
    run,
    { ...runner.report, problems: [{ code: 'uid-missing', subject: feedUrl, message: failure.message }] },
    clock.now(),
  )

  const { paths } = await document((method, path) => send(method, path, { headers }))
  let answers = 0
  const bodies: (string | undefined)[] = [
    undefined,
    '{}',
    JSON.stringify({ password: canary }),
    JSON.stringify({ ...NEW_SOURCE, password: [canary] }),
    `{"password":"${canary}`,
    JSON.stringify({ caldav_url: 'https://evil.example/' }),
  ]
  const query = `?${new URLSearchParams({ caldav_url: feedUrl, calendar_name: 'c' })}`
  for (const [path, methods] of [
    ...Object.entries(paths),
    ['/', { get: {} }],
    ['/api/swagger-ui/', { get: {} }],
    ['/api/openapi.json', { get: {} }],
  ] as const)
    for (const method of path === '/api/events'
      ? []
      : Object.keys(methods).toSorted((a, b) => Number(a === 'delete') - Number(b === 'delete')))
      for (const body of method === 'get' || method === 'delete' ? [undefined] : bodies) {
        const content = body === undefined ? {} : { body }
        const type = body === undefined ? {} : { 'content-type': 'application/json' }
        if (method === 'delete' && !path.includes('path_id')) continue
        const url = path.replace(/\{\w+\}/g, '1') + (path.includes('check-overlap') ? query : '')
        const answer = await send(method.toUpperCase(), url, { ...content, headers: { ...headers, ...type } })
        const text = `${[...answer.headers].join('\n')}\n${await answer.text()}`
        answers += 1
        for (const form of [
          canary,
          canary.replace('/', ''),
          encodeURIComponent(canary),
          JSON.stringify(canary).slice(1, -1),
          Buffer.from(canary).toString('base64').slice(0, 12),
        ])
          assert.ok(!text.includes(form), `${method} ${path} ${body}: ${text}`)
      }
  t.diagnostic(`${answers} answers`)
})

test('A8: reading everything twice changes nothing', async (t) => {
  const { send, ask, store, runner } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  runner.calls.length = 0
  const rows = () =>
    JSON.stringify([
      store.sources.list(),
      store.destinations.list(),
      store.sourcePaths.list(1),
      store.runs.list({ limit: 10 }),
    ])
  const before = rows()
  const { paths } = await document(send)
  for (const _ of [1, 2])
    for (const path of Object.keys(paths)) if (path !== '/api/events') await send('GET', path.replace(/\{\w+\}/g, '1'))
  assert.deepEqual([rows(), runner.calls], [before, []])
})
