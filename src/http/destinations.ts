import { createRoute, z } from '@hono/zod-openapi'
import { type Destination, type DestinationSettings, scheduledSecs } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import { checkDestination } from './checks.ts'
import { updateConnection } from './connection.ts'
import type { AppDeps } from './deps.ts'
import { newDestination } from './destination-input.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { checkRules } from './link-checks.ts'
import { changedOnly, dropAbsent, keepStored, keptInterval, newPassword } from './patch.ts'
import { redactUrl } from './redact.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { bringBack } from './restore.ts'
import { ErrorResponseSchema, idText } from './schema-basics.ts'
import {
  CreateDestinationSchema,
  DestinationListResponseSchema,
  DestinationResponseSchema,
  OverlapResponseSchema,
  ReverseSyncResultSchema,
  UpdateDestinationSchema,
} from './schemas.ts'
import { runNow } from './sync-now.ts'
import { destinationView } from './views.ts'

const params = z.object({ id: idText })
const answer = jsonContent(DestinationResponseSchema, 'The destination')

const overlapRoute = createRoute({
  method: 'get',
  path: '/api/destinations/check-overlap',
  operationId: 'checkDestinationOverlap',
  tags: ['destinations'],
  summary: 'Destinations that write to the same calendar',
  request: {
    query: z.object({ caldav_url: z.string(), calendar_name: z.string(), exclude_id: idText.optional() }),
  },
  responses: { 200: jsonContent(OverlapResponseSchema, 'May be empty'), 400: notFoundErrors[400], ...anyErrors },
})

const listRoute = createRoute({
  method: 'get',
  path: '/api/destinations',
  operationId: 'listDestinations',
  tags: ['destinations'],
  summary: 'All destinations, by id',
  responses: { 200: jsonContent(DestinationListResponseSchema, 'All destinations'), ...anyErrors },
})

const createDestinationRoute = createRoute({
  method: 'post',
  path: '/api/destinations',
  operationId: 'createDestination',
  tags: ['destinations'],
  summary: 'Add a destination and fill it at once',
  middleware: [jsonBody(CreateDestinationSchema)] as const,
  request: { body: jsonRequest(CreateDestinationSchema) },
  responses: { 201: answer, ...bodyErrors, ...anyErrors },
})

const getRoute = createRoute({
  method: 'get',
  path: '/api/destinations/{id}',
  operationId: 'getDestination',
  tags: ['destinations'],
  summary: 'One destination',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...anyErrors },
})

const updateRoute = createRoute({
  method: 'put',
  path: '/api/destinations/{id}',
  operationId: 'updateDestination',
  tags: ['destinations'],
  summary: 'Change some fields of a destination',
  middleware: [idsFirst, jsonBody(UpdateDestinationSchema)] as const,
  request: { params, body: jsonRequest(UpdateDestinationSchema) },
  responses: { 200: answer, ...notFoundErrors, ...bodyErrors, ...anyErrors },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/destinations/{id}',
  operationId: 'deleteDestination',
  tags: ['destinations'],
  summary: 'Delete a destination; what it wrote stays in the calendar',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: jsonContent(DestinationResponseSchema.omit({ destination: true }), 'Deleted; see restore'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
  },
})

const restoreRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/restore',
  operationId: 'restoreDestination',
  tags: ['destinations'],
  summary: 'Bring back a destination that was deleted a moment ago, with all that belonged to it',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: answer,
    ...notFoundErrors,
    ...writeErrors,
    409: jsonContent(ErrorResponseSchema, 'Another item has its place'),
    ...anyErrors,
  },
})

const statusRoute = createRoute({
  method: 'get',
  path: '/api/destinations/{id}/status',
  operationId: 'getDestinationStatus',
  tags: ['destinations'],
  summary: 'When a destination was last tried',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...anyErrors },
})

const syncResult = (description: string) => jsonContent(ReverseSyncResultSchema, description)

const syncRoute = createRoute({
  method: 'post',
  path: '/api/destinations/{id}/sync',
  operationId: 'syncDestination',
  tags: ['destinations'],
  summary: 'Bring the calendar up to date now and wait for the result',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: syncResult('The calendar is up to date'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
    404: syncResult('Not found'),
    500: syncResult('The feed could not be read, or something could not be written'),
    503: syncResult('The service is stopping'),
  },
})

/** The settings a run works with; a change of any other leaves a run under way alone. */
const RUN_SETTINGS = [
  'ics_url',
  'caldav_url',
  'calendar_name',
  'username',
  'sync_all',
  'keep_local',
  'remove_dropped',
  'local_edits',
  'guests',
  'create_calendar',
] as const

export function destinationRoutes(deps: AppDeps) {
  const { store, runner, events } = deps
  const app = routeGroup()

  const view = (destination: Destination) => destinationView(destination, store.held.waiting(destination.id))

  function find(id: string): Destination {
    const destination = store.destinations.get(toId(id))
    if (destination === undefined) throw new ApiError(404, 'Destination not found')
    return destination
  }

  const withOverlap = app.openapi(overlapRoute, (c) => {
    const { caldav_url, calendar_name, exclude_id } = c.req.valid('query')
    const exceptId = exclude_id === undefined ? undefined : toId(exclude_id)
    const overlapping = store.destinations
      .overlapping(caldav_url, calendar_name, exceptId)
      .map(({ id, name, ics_url, sync_all, keep_local }) => ({
        id,
        name,
        ics_url: redactUrl(ics_url),
        sync_all,
        keep_local,
      }))
    return c.json({ overlapping }, 200)
  })
  // Before the routes with an id, so that this word is never taken for one.
  withOverlap.all('/api/destinations/check-overlap', methodNotAllowed('GET, HEAD'))

  const routes = withOverlap
    .openapi(listRoute, (c) => c.json({ destinations: store.destinations.list().map(view) }, 200))
    .openapi(createDestinationRoute, (c) => {
      const { password, connection, feed_connection, ...given } = c.req.valid('json')
      const settings = newDestination(store, password, { ...given, connection, feed_connection })
      const destination = store.destinations.create({ ...settings, password: new Secret(password) })
      runner.changed('destination', destination.id)
      events.publish({ type: 'item-changed', kind: 'destination', item_id: destination.id, change: 'created' })
      const message = `Destination created with id ${destination.id}`
      return c.json({ status: 'success' as const, message, destination: view(destination) }, 201)
    })
    .openapi(getRoute, (c) => {
      const destination = find(c.req.valid('param').id)
      const message = `Destination ${destination.id}`
      return c.json({ status: 'success' as const, message, destination: view(destination) }, 200)
    })
    .openapi(updateRoute, (c) => {
      const {
        password: givenPassword,
        connection,
        feed_connection,
        delete_limit: givenLimit,
        ...rest
      } = c.req.valid('json')
      const before = find(c.req.valid('param').id)
      const given = dropAbsent(rest)
      const password = newPassword(givenPassword)
      const icsUrl = keepStored(given.ics_url, before.ics_url)
      const caldavUrl = keepStored(given.caldav_url, before.caldav_url)
      const target = { label: 'CalDAV URL', url: before.caldav_url, connection: before.connection }
      const feed = { label: 'ICS URL', url: before.ics_url, connection: before.feed_connection }
      const settings: DestinationSettings = {
        name: given.name ?? before.name,
        ics_url: icsUrl,
        caldav_url: caldavUrl,
        calendar_name: given.calendar_name ?? before.calendar_name,
        username: given.username ?? before.username,
        sync_interval_secs: keptInterval(given.sync_interval_secs ?? before.sync_interval_secs),
        sync_all: given.sync_all ?? before.sync_all,
        keep_local: given.keep_local ?? before.keep_local,
        remove_dropped: given.remove_dropped ?? before.remove_dropped,
        local_edits: given.local_edits ?? before.local_edits,
        guests: given.guests ?? before.guests,
        create_calendar: given.create_calendar ?? before.create_calendar,
        rules: given.rules ?? before.rules,
        paused: given.paused ?? before.paused ?? false,
        delete_limit: givenLimit === undefined ? (before.delete_limit ?? null) : givenLimit,
        connection: updateConnection('connection', connection, target, caldavUrl),
        feed_connection: updateConnection('feed_connection', feed_connection, feed, icsUrl),
      }
      checkDestination(store, settings, password, before)
      checkRules(settings.rules)
      const changed = changedOnly(settings, before)
      const patch = password === null ? changed : { ...changed, password: new Secret(password) }
      const destination = store.destinations.update(before.id, patch)
      if (destination === undefined) throw new ApiError(404, 'Destination not found')
      const isReachChanged = connection != null || feed_connection != null
      const isRunChanged =
        password !== null ||
        isReachChanged ||
        (before.paused === true && destination.paused === false) ||
        JSON.stringify(destination.rules) !== JSON.stringify(before.rules) ||
        RUN_SETTINGS.some((field) => destination[field] !== before[field])
      if (isRunChanged) runner.changed('destination', destination.id)
      else if (scheduledSecs(destination) !== scheduledSecs(before)) runner.rescheduled('destination', destination.id)
      events.publish({ type: 'item-changed', kind: 'destination', item_id: destination.id, change: 'updated' })
      const message = 'Destination updated'
      return c.json({ status: 'success' as const, message, destination: view(destination) }, 200)
    })
    .openapi(deleteRoute, (c) => {
      const { id } = find(c.req.valid('param').id)
      // The row goes first: should the database refuse, the destination still has its runs.
      store.destinations.remove(id)
      runner.removed('destination', id)
      events.publish({ type: 'item-changed', kind: 'destination', item_id: id, change: 'deleted' })
      return c.json({ status: 'success' as const, message: 'Destination deleted' }, 200)
    })
    .openapi(restoreRoute, (c) => {
      const id = bringBack(deps, 'destination', toId(c.req.valid('param').id))
      const destination = find(String(id))
      return c.json(
        { status: 'success' as const, message: 'Destination restored', destination: view(destination) },
        200,
      )
    })
    .openapi(statusRoute, (c) => {
      const destination = find(c.req.valid('param').id)
      const message = `Last synced: ${destination.last_synced ?? 'never'}`
      return c.json({ status: 'success' as const, message, destination: view(destination) }, 200)
    })
    .openapi(syncRoute, async (c) => {
      const id = toId(c.req.valid('param').id)
      const { code, status, message, counts } = await runNow(deps, 'destination', store.destinations.get(id)?.id)
      const { uploaded = 0, skipped = 0, deleted = 0, total = 0 } = counts
      return c.json({ status, message, uploaded, skipped, deleted, total }, code)
    })

  routes.all('/api/destinations', methodNotAllowed('GET, HEAD, POST'))
  routes.all('/api/destinations/:id', methodNotAllowed('GET, HEAD, PUT, DELETE'))
  routes.all('/api/destinations/:id/restore', methodNotAllowed('POST'))
  routes.all('/api/destinations/:id/status', methodNotAllowed('GET, HEAD'))
  routes.all('/api/destinations/:id/sync', methodNotAllowed('POST'))
  return routes
}
