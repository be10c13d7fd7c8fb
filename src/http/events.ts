import { createRoute, z } from '@hono/zod-openapi'
import type { SentEvent, ServiceEvent } from '../sync/events.ts'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import { clientKey } from './client-address.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { ErrorResponseSchema } from './schema-basics.ts'

/** Open streams in all, and of one client: a browser holds one for each tab. */
const MOST_STREAMS = 100
const MOST_PER_CLIENT = 20
/** Proxies close what says nothing for a minute. */
const HEARTBEAT_MS = 20_000
/** A reader that has let so many events pile up is cut off; it comes back and is told what it missed. */
const MOST_WAITING = 300

const eventsRoute = createRoute({
  method: 'get',
  path: '/api/events',
  operationId: 'watchEvents',
  tags: ['runs'],
  summary: 'What happens from now on, as server-sent events',
  description:
    'Events `run-started`, `run-progress` (phase, done, total), `run-finished`, `run-held` and `item-changed`, each with JSON data. With Last-Event-ID what came after it is sent first; where that is no longer known, one event `reset` says so: load everything anew.',
  request: {
    query: z.object({ last_event_id: z.string().optional().openapi({ description: 'Instead of the header' }) }),
  },
  responses: {
    200: {
      description: 'A stream that does not end',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...anyErrors,
    503: jsonContent(ErrorResponseSchema, 'Too many streams are open'),
  },
})

export function eventRoutes({ events, settings }: AppDeps) {
  const open = new Map<string, number>()
  let all = 0

  /** Counts one stream of this client; gives back what takes it off the count, once. */
  function admit(client: string): () => void {
    const own = open.get(client) ?? 0
    if (all >= MOST_STREAMS || own >= MOST_PER_CLIENT) {
      throw new ApiError(503, 'Too many event streams are open; close some pages of the dashboard and try again')
    }
    all += 1
    open.set(client, own + 1)
    let left = false
    return () => {
      if (left) return
      left = true
      all -= 1
      const rest = (open.get(client) ?? 1) - 1
      if (rest > 0) open.set(client, rest)
      else open.delete(client)
    }
  }

  const routes = routeGroup().openapi(eventsRoute, (c) => {
    const asked = c.req.header('last-event-id') ?? c.req.valid('query').last_event_id ?? ''
    const since = /^\d{1,16}$/.test(asked) ? Number(asked) : null
    const headers = {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would otherwise collect the events before it passes them on.
      'x-accel-buffering': 'no',
    }
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const peer = c.env.incoming?.socket.remoteAddress
    const leave = admit(clientKey(peer, (name) => c.req.header(name), settings.trustProxy))
    return c.body(streamOf(events, since, leave), 200, headers)
  })
  routes.all('/api/events', methodNotAllowed('GET, HEAD'))
  return routes
}

function streamOf(events: AppDeps['events'], since: number | null, leave: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = leave
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) close()
          else controller.enqueue(encoder.encode(text))
        }
        const close = () => {
          end()
          controller.close()
        }
        const subscription = events.subscribe(since, (sent) => send(textOf(sent)), close)
        const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS)
        heartbeat.unref()
        end = () => {
          clearInterval(heartbeat)
          subscription.end()
          leave()
        }
        const { missed, lastId } = subscription
        send('retry: 3000\n\n')
        if (missed === null) send(`id: ${lastId}\nevent: reset\ndata: {}\n\n`)
        else for (const sent of missed) send(textOf(sent))
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: MOST_WAITING }),
  )
}

function textOf({ id, at, event }: SentEvent): string {
  const data = JSON.stringify({ ...shown(event), at: new Date(at).toISOString() })
  return `id: ${id}\nevent: ${event.type}\ndata: ${data}\n\n`
}

function shown(event: ServiceEvent): ServiceEvent {
  return 'message' in event ? { ...event, message: shownError(event.message) } : event
}
