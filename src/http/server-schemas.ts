/** The shapes of what is told of servers: what was learnt of them, and what a look at one finds. */
import { z } from '@hono/zod-openapi'
import { STAGES } from '../core/diagnosis.ts'
import { ConnectionSchema } from './schemas.ts'

const count = z.int().min(0)
const truth = z.boolean().nullable().openapi({ description: 'Null: not known yet' })
const text = z.string().nullable()

export const ServerListResponseSchema = z
  .object({
    servers: z.array(
      z.object({
        origin: z.string().openapi({ example: 'https://cloud.example.com' }),
        username: z.string(),
        software: text.openapi({ description: 'The Server header of its answers' }),
        sync_collection: truth,
        data_in_sync: truth,
        batch: count.openapi({ description: 'How many events are asked for at once' }),
        writers: count.openapi({ description: 'How many writes are under way at once' }),
        learnt_at: z.iso.datetime(),
        sources: z.array(z.int()),
        destinations: z.array(z.int()),
      }),
    ),
  })
  .openapi('ServerListResponse')

export const DiscoverSchema = z
  .object({
    caldav_url: z.string().openapi({ example: 'https://cloud.example.com' }),
    username: z.string(),
    password: z.string().openapi({ writeOnly: true, format: 'password' }),
    connection: ConnectionSchema.nullable().optional(),
    test_write: z
      .boolean()
      .default(false)
      .openapi({ description: 'Also put one marked event into the first calendar that is open to it, and remove it' }),
  })
  .openapi('Discover')

export const DiscoverResponseSchema = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    ok: z.boolean().openapi({ description: 'No step failed' }),
    software: text,
    features: z.array(z.string()).openapi({ description: 'Of the DAV header' }),
    stages: z.array(
      z.object({ stage: z.enum(STAGES), state: z.enum(['ok', 'failed', 'skipped']), message: z.string() }),
    ),
    calendars: z.array(
      z.object({
        url: z.string(),
        display_name: z.string(),
        color: text,
        components: z.array(z.string()).nullable(),
        events: count.nullable().openapi({ description: 'Null: they could not be listed' }),
        reports: z.array(z.string()),
        has_ctag: z.boolean(),
        has_sync_token: z.boolean(),
        privileges: z.array(z.string()),
        writable: z.boolean().nullable().openapi({ description: 'Null: the server does not say' }),
      }),
    ),
  })
  .openapi('DiscoverResponse')
