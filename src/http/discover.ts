/** A look at an account: one that is typed in, or that of an item which stands already. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { StageResult } from '../core/diagnosis.ts'
import { SyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { Account } from '../core/remote.ts'
import { Secret } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import { checkAccount } from './checks.ts'
import { checkConnection } from './connection.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { redactUrl, shownError } from './redact.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { idText } from './schema-basics.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { DiscoverResponseSchema, DiscoverSchema } from './server-schemas.ts'

/** Looks under way at once: each may hold connections to a server for minutes. */
const MOST_AT_ONCE = 4
const PATIENCE_MS = 120_000
const LINES = 'application/x-ndjson'

const found = {
  200: {
    description:
      'What was found, also where a step failed. With `Accept: application/x-ndjson` each step as a line of its own, as soon as it is done, and then the whole answer',
    content: {
      'application/json': { schema: DiscoverResponseSchema },
      [LINES]: { schema: z.string() },
    },
  },
}

const discoverRoute = createRoute({
  method: 'post',
  path: '/api/discover',
  operationId: 'discoverCalendars',
  tags: ['servers'],
  summary: 'Look at an account step by step: what answers, what it holds, and what is wrong; nothing is kept',
  middleware: [jsonBody(DiscoverSchema)] as const,
  request: { body: jsonRequest(DiscoverSchema) },
  responses: { ...found, ...bodyErrors, ...anyErrors },
})

function ofItem<K extends ItemKind>(kind: K) {
  return createRoute({
    method: 'post',
    path: `/api/${kind}s/{id}/discover`,
    operationId: `discover${kind === 'source' ? 'Source' : 'Destination'}`,
    tags: ['servers'],
    summary: `The same for the account of a ${kind}, with its stored password`,
    middleware: [idsFirst, noForeignBody] as const,
    request: { params: z.object({ id: idText }) },
    responses: { ...found, ...notFoundErrors, ...writeErrors, ...anyErrors },
  })
}

type Answer = z.infer<typeof DiscoverResponseSchema>

export function discoverRoutes({ diagnose, store, log }: AppDeps) {
  let underWay = 0

  async function look(
    account: Account,
    testWrite: boolean,
    signal: AbortSignal,
    onStage?: (stage: StageResult) => void,
  ) {
    if (underWay >= MOST_AT_ONCE) {
      throw new ApiError(429, 'Four servers are being looked at already; try again when one of them is done')
    }
    underWay += 1
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
      return shown(await diagnose(account, testWrite, limited, onStage))
    } catch (thrown) {
      if (!(thrown instanceof SyncError) || thrown.kind !== 'aborted') throw thrown
      throw new ApiError(
        500,
        'The server took too long to be looked at; try again, or enter the address of one calendar',
      )
    } finally {
      underWay -= 1
    }
  }

  function respond(c: Context<AppEnv>, account: Account, testWrite: boolean): Promise<Response> | Response {
    const { signal } = c.req.raw
    const wantsLines = c.req.header('accept')?.includes(LINES) === true
    if (!wantsLines) return look(account, testWrite, signal).then((answer) => c.json(answer, 200))
    const lines = linesOf(
      (onStage, left) => look(account, testWrite, AbortSignal.any([signal, left]), onStage),
      (thrown) => log.error('A look at a server failed', { reason: shownError(String(thrown)) }),
    )
    const headers = {
      ...SECURITY_HEADERS,
      'content-type': LINES,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    }
    return new Response(lines, { status: 200, headers })
  }

  function accountOf(kind: ItemKind, id: number): Account {
    const item = store[`${kind}s`].get(id)
    const password = store[`${kind}s`].password(id)
    if (!item || !password) throw new ApiError(404, `${kind === 'source' ? 'Source' : 'Destination'} not found`)
    return { url: item.caldav_url, username: item.username, password, connection: item.connection ?? null }
  }

  const routes = routeGroup()
    .openapi(discoverRoute, (c) => {
      const { caldav_url, username, password, connection, test_write } = c.req.valid('json')
      checkAccount({ caldav_url, username }, password)
      const account = {
        url: caldav_url,
        username,
        password: new Secret(password),
        connection: connection ? checkConnection('connection', connection, null) : null,
      }
      return respond(c, account, test_write)
    })
    .openapi(ofItem('source'), (c) => respond(c, accountOf('source', toId(c.req.valid('param').id)), false))
    .openapi(ofItem('destination'), (c) => respond(c, accountOf('destination', toId(c.req.valid('param').id)), false))
  for (const path of ['/api/discover', '/api/sources/:id/discover', '/api/destinations/:id/discover']) {
    routes.all(path, methodNotAllowed('POST'))
  }
  return routes
}

function shown({ calendars, software, features, ...diagnosis }: Awaited<ReturnType<AppDeps['diagnose']>>): Answer {
  const stages = diagnosis.stages.map(shownStage)
  const failed = stages.find(({ state }) => state === 'failed')
  return {
    status: 'success',
    message: failed?.message ?? `Found ${calendars.length} ${calendars.length === 1 ? 'calendar' : 'calendars'}`,
    ok: !failed,
    software,
    features: [...features],
    stages,
    calendars: calendars.map(({ url, components, reports, privileges, ...rest }) => ({
      ...rest,
      url: redactUrl(url),
      components: components && [...components],
      reports: [...reports],
      privileges: [...privileges],
    })),
  }
}

function shownStage(stage: StageResult): StageResult {
  return { ...stage, message: shownError(stage.message) }
}

/**
 * Each stage as a line `{"stage":…}`, at last `{"answer":…}`, or `{"error":…}` with a sentence. `left` fires when nobody
 * reads them any more.
 */
function linesOf(
  work: (onStage: (stage: StageResult) => void, left: AbortSignal) => Promise<Answer>,
  onFailure: (thrown: unknown) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const reader = new AbortController()
  return new ReadableStream({
    cancel() {
      reader.abort()
    },
    async start(controller) {
      const line = (value: object) => {
        if (!reader.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
      }
      try {
        line({ answer: await work((stage) => line({ stage: shownStage(stage) }), reader.signal) })
      } catch (thrown) {
        const isTold = thrown instanceof ApiError
        if (!isTold) onFailure(thrown)
        line({ error: isTold ? thrown.message : 'The service failed while it looked at the server; see its log' })
      }
      if (!reader.signal.aborted) controller.close()
    },
  })
}
