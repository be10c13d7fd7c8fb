/** What a person may ask of a destination beside its settings: a plan, and answers to what it waits for. */
import { createRoute, z } from '@hono/zod-openapi'
import { SyncError } from '../core/errors.ts'
import type { Destination } from '../core/items.ts'
import type { RunReport } from '../core/runs.ts'
import { Secret } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { newDestination } from './destination-input.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { AnswerResponseSchema, HeldResponseSchema, PlanResponseSchema, ReleaseSchema } from './run-schemas.ts'
import { ErrorResponseSchema, idText } from './schema-basics.ts'
import { CreateDestinationSchema, ReverseSyncResultSchema } from './schemas.ts'
import { runNow } from './sync-now.ts'
import { operationView, problemView } from './views.ts'

const request = { params: z.object({ id: idText }) }
const conflict = { 409: jsonContent(ErrorResponseSchema, 'There is nothing that waits for an answer') }

const planRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/plan',
  operationId: 'planDestination',
  tags: ['destinations'],
  summary: 'What a run would do now, event by event; nothing is written',
  middleware: [idsFirst, noForeignBody] as const,
  request,
  responses: {
    200: jsonContent(PlanResponseSchema, 'The plan'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
    500: jsonContent(ErrorResponseSchema, 'The feed or the calendar could not be read'),
  },
})

const draftRoute = createRoute({
  method: 'post',
  path: '/api/destinations/plan',
  operationId: 'planNewDestination',
  tags: ['destinations'],
  summary: 'What the first run of a destination with these settings would do; nothing is stored or written',
  middleware: [jsonBody(CreateDestinationSchema)] as const,
  request: { body: jsonRequest(CreateDestinationSchema) },
  responses: {
    200: jsonContent(PlanResponseSchema, 'The plan'),
    ...bodyErrors,
    ...anyErrors,
    500: jsonContent(ErrorResponseSchema, 'The feed or the calendar could not be read'),
  },
})

const heldRoute = createRoute({
  method: 'get',
  path: '/api/destinations/{id}/held',
  operationId: 'listHeldDeletions',
  tags: ['destinations'],
  summary: 'Deletions that wait for a person, and those a person dismissed',
  middleware: [idsFirst] as const,
  request,
  responses: { 200: jsonContent(HeldResponseSchema, 'May be empty'), ...notFoundErrors, ...anyErrors },
})

const approveRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/approve',
  operationId: 'approveDeletions',
  tags: ['destinations'],
  summary: 'Carry out the deletions that are held, and wait for the run',
  middleware: [idsFirst, noForeignBody] as const,
  request: {
    ...request,
    query: z.object({
      expected: z
        .string()
        .regex(/^\d{1,9}$/, { error: 'expected a number' })
        .optional()
        .openapi({ type: 'integer', description: 'How many a person was asked about; where others wait by now, 409' }),
    }),
  },
  responses: {
    200: jsonContent(ReverseSyncResultSchema, 'They were carried out'),
    ...notFoundErrors,
    ...writeErrors,
    ...conflict,
    ...anyErrors,
    404: jsonContent(ErrorResponseSchema, 'Not found'),
    500: jsonContent(ReverseSyncResultSchema, 'The run failed; the approval stands'),
    503: jsonContent(ReverseSyncResultSchema, 'The service is stopping; the approval stands'),
  },
})

const dismissRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/dismiss',
  operationId: 'dismissDeletions',
  tags: ['destinations'],
  summary: 'Keep the events whose deletion is held, for as long as the feed lacks them',
  middleware: [idsFirst, noForeignBody] as const,
  request,
  responses: {
    200: jsonContent(AnswerResponseSchema, 'They stay'),
    ...notFoundErrors,
    ...writeErrors,
    ...conflict,
    ...anyErrors,
  },
})

const releaseRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/release',
  operationId: 'releaseEdits',
  tags: ['destinations'],
  summary: 'Let events that were edited in the calendar follow the feed again from the next run on',
  middleware: [idsFirst, jsonBody(ReleaseSchema)] as const,
  request: { ...request, body: jsonRequest(ReleaseSchema) },
  responses: {
    200: jsonContent(AnswerResponseSchema, 'They follow the feed'),
    ...notFoundErrors,
    ...bodyErrors,
    ...anyErrors,
  },
})

/** A feed or a calendar that takes longer is not planned while somebody looks at a page. */
const PLAN_PATIENCE_MS = 180_000

async function planAnswer(report: Promise<RunReport>) {
  try {
    const { message, counts, operations = [], problems } = await report
    const plan = {
      counts: { ...counts },
      operations: operations.map(operationView),
      problems: problems.map(problemView),
    }
    return { status: 'success' as const, message: shownError(message), plan }
  } catch (thrown) {
    if (!(thrown instanceof SyncError)) throw thrown
    throw new ApiError(500, shownError(thrown.message))
  }
}

export function destinationActionRoutes(deps: AppDeps) {
  const { store, runner, clock, planDraft } = deps

  function find(id: string): Destination {
    const destination = store.destinations.get(toId(id))
    if (destination === undefined) throw new ApiError(404, 'Destination not found')
    return destination
  }

  /** Answers what waits; that nothing does is told, because the page that asked shows something old. */
  function answer(id: number, given: 'approved' | 'dismissed'): number {
    const count = store.held.answer(id, given)
    if (count === 0) throw new ApiError(409, 'No deletion waits for an answer')
    return count
  }

  const routes = routeGroup()
    .openapi(planRoute, async (c) => {
      const { id } = find(c.req.valid('param').id)
      return c.json(await planAnswer(runner.plan(id)), 200)
    })
    .openapi(draftRoute, async (c) => {
      const { password, connection, feed_connection, ...given } = c.req.valid('json')
      const settings = newDestination(store, password, { ...given, connection, feed_connection })
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(PLAN_PATIENCE_MS)])
      return c.json(await planAnswer(planDraft({ ...settings, password: new Secret(password) }, signal)), 200)
    })
    .openapi(heldRoute, (c) => {
      const { id } = find(c.req.valid('param').id)
      const held = store.held.get(id).map(({ uid, subject, firstSeenAt, times, answer: given }) => ({
        uid,
        subject: shownError(subject),
        first_seen_at: new Date(firstSeenAt).toISOString(),
        times,
        answer: given,
      }))
      return c.json({ held }, 200)
    })
    .openapi(approveRoute, async (c) => {
      const { id } = find(c.req.valid('param').id)
      const { expected } = c.req.valid('query')
      const waiting = store.held.waiting(id)
      if (expected !== undefined && waiting > 0 && waiting !== Number(expected)) {
        const wait = waiting === 1 ? 'deletion waits' : 'deletions wait'
        throw new ApiError(409, `${waiting} ${wait} by now, not ${expected}. Look at them and answer again`)
      }
      answer(id, 'approved')
      const { code, status, message, counts } = await runNow(deps, 'destination', id, 'approve')
      const { uploaded = 0, skipped = 0, deleted = 0, total = 0 } = counts
      if (code === 404) throw new ApiError(404, message)
      return c.json({ status, message, uploaded, skipped, deleted, total }, code)
    })
    .openapi(dismissRoute, (c) => {
      const count = answer(find(c.req.valid('param').id).id, 'dismissed')
      const message = `${count} ${count === 1 ? 'event stays' : 'events stay'} in the calendar`
      return c.json({ status: 'success' as const, message, count }, 200)
    })
    .openapi(releaseRoute, (c) => {
      const { id } = find(c.req.valid('param').id)
      const uids = [...new Set(c.req.valid('json').uids)]
      store.transaction(() => {
        for (const uid of uids) {
          const decision = { uid, kind: 'released', fingerprint: null, message: 'released by a person' } as const
          store.decisions.put(id, { ...decision, runId: null, at: clock.now(), retryAt: null })
        }
      })
      const message = `${uids.length} ${uids.length === 1 ? 'event follows' : 'events follow'} the feed from the next run on`
      return c.json({ status: 'success' as const, message, count: uids.length }, 200)
    })

  routes.all('/api/destinations/plan', methodNotAllowed('POST'))
  routes.all('/api/destinations/:id/held', methodNotAllowed('GET, HEAD'))
  for (const action of ['plan', 'approve', 'dismiss', 'release']) {
    routes.all(`/api/destinations/:id/${action}`, methodNotAllowed('POST'))
  }
  return routes
}
