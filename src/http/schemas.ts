/** The shapes of requests and answers (contract 1.3 to 1.6): validation, types and OpenAPI document come from these. */
import { z } from '@hono/zod-openapi'
import { AUTH_METHODS } from '../core/connection.ts'
import { DESTINATION_DEFAULTS, GUESTS, LOCAL_EDITS } from '../core/items.ts'
import { RulesSchema } from './rule-schemas.ts'
import { count, id, itemStatus, optional, password, seconds, stamp, success } from './schema-basics.ts'

const pem = z.string().nullable().optional()

export const ConnectionSchema = z
  .object({
    auth_method: z.enum(AUTH_METHODS).optional().openapi({
      description: '`password`: Basic or Digest, as the server asks; `bearer`: the password is a token. Not for feeds',
    }),
    user_agent: z.string().nullable().optional(),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .openapi({ description: 'Sent with each request, to this server only; `***` keeps a stored value' }),
    ca_certificate: pem.openapi({ description: 'PEM; trusted beside the usual authorities' }),
    client_certificate: pem.openapi({ description: 'PEM, with its chain' }),
    client_key: pem.openapi({
      description: 'PEM without a passphrase; `***` keeps the stored one',
      format: 'password',
    }),
  })
  .openapi('Connection')

export const ConnectionViewSchema = z
  .object({
    auth_method: z.enum(AUTH_METHODS),
    user_agent: z.string().nullable(),
    headers: z.record(z.string(), z.string()).openapi({ description: 'Every value is shown as `***`' }),
    ca_certificate: z.string().nullable(),
    client_certificate: z.string().nullable(),
    client_key: z.string().nullable().openapi({ description: 'Shown as `***`' }),
  })
  .nullable()
  .openapi('ConnectionView')

const paused = z.boolean().openapi({ description: 'It runs by hand only' })
const calendars = z
  .array(z.string().max(2048))
  .min(1, { error: 'name at least one calendar' })
  .max(1000)
  .openapi({ description: 'Addresses of the calendars that go into the feed; null: all, those made later as well' })

export const SourceSchema = z
  .object({
    id,
    name: z.string(),
    caldav_url: z.string(),
    username: z.string(),
    ics_path: z.string(),
    sync_interval_secs: z.number().openapi({ type: 'integer', format: 'int64' }),
    public_ics: z.boolean(),
    public_ics_path: z.string().nullable(),
    paused,
    calendars: calendars.nullable(),
    connection: ConnectionViewSchema,
    ...itemStatus,
  })
  .openapi('Source')

const sourceFields = {
  name: z.string(),
  caldav_url: z.string().openapi({ example: 'https://cloud.example.com/remote.php/dav' }),
  username: z.string(),
  password,
  ics_path: z.string().openapi({ example: 'family', description: 'The feed is served at `/ics/{ics_path}`' }),
  sync_interval_secs: seconds,
}

export const CreateSourceSchema = z
  .object({
    ...sourceFields,
    public_ics: z.boolean().default(false),
    public_ics_path: z.string().nullable().optional(),
    paused: paused.default(false),
    calendars: calendars.nullable().optional(),
    connection: ConnectionSchema.nullable().optional(),
  })
  .openapi('CreateSource')

export const UpdateSourceSchema = z
  .object({
    name: optional(z.string()),
    caldav_url: optional(z.string()),
    username: optional(z.string()),
    password: optional(password),
    ics_path: optional(z.string()),
    sync_interval_secs: optional(seconds).openapi({ type: ['integer', 'null'] }),
    public_ics: optional(z.boolean()),
    public_ics_path: optional(z.string()).openapi({ description: 'Absent keeps it, null or a blank text clears it' }),
    paused: optional(paused),
    calendars: calendars
      .nullable()
      .optional()
      .openapi({ description: 'Absent keeps it while the account stays the same, null: all calendars' }),
    connection: optional(ConnectionSchema).openapi({ description: 'Replaces all of it; `{}` clears it' }),
  })
  .openapi('UpdateSource')

export const SourceResponseSchema = z.object({ ...success, source: SourceSchema }).openapi('SourceResponse')
export const SourceListResponseSchema = z.object({ sources: z.array(SourceSchema) }).openapi('SourceListResponse')

export const SyncResultSchema = z
  .object({ status: z.enum(['success', 'error']), message: z.string(), events: count, calendars: count })
  .openapi('SyncResult')

const SourcePathSchema = z
  .object({ id, source_id: id, path: z.string(), is_public: z.boolean(), created_at: stamp })
  .openapi('SourcePath')

export const CreateSourcePathSchema = z
  .object({ path: z.string(), is_public: z.boolean().default(false) })
  .openapi('CreateSourcePath')

export const UpdateSourcePathSchema = z
  .object({ path: optional(z.string()), is_public: optional(z.boolean()) })
  .openapi('UpdateSourcePath')

export const SourcePathResponseSchema = z.object({ ...success, path: SourcePathSchema }).openapi('SourcePathResponse')
export const SourcePathListResponseSchema = z
  .object({ paths: z.array(SourcePathSchema) })
  .openapi('SourcePathListResponse')

const destinationOptions = {
  remove_dropped: z.boolean().openapi({
    description: 'With keep_local: what this destination added is removed once it leaves the feed; past events stay',
  }),
  local_edits: z
    .enum(LOCAL_EDITS)
    .openapi({ description: 'An event of ours edited in the calendar: written over, or left alone' }),
  guests: z.enum(GUESTS).openapi({
    description: 'Guests: `silent` (no server invites them), `text` (named in the description), `keep` (as they are)',
  }),
  create_calendar: z.boolean().openapi({ description: 'Make the calendar where the account has none of this name' }),
  rules: RulesSchema.openapi({ description: 'What of the feed is written, and how; none: all of it, as it is' }),
  paused,
}

const deleteLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .openapi({ description: 'Deletions of one run that need no yes, where that is more than usual; null: as usual' })

export const DestinationSchema = z
  .object({
    id,
    name: z.string(),
    ics_url: z.string().openapi({ description: 'A password in it is shown as `***`' }),
    caldav_url: z.string(),
    calendar_name: z.string(),
    username: z.string(),
    sync_interval_secs: z.number().openapi({ type: 'integer', format: 'int64' }),
    sync_all: z.boolean(),
    keep_local: z.boolean(),
    ...destinationOptions,
    delete_limit: deleteLimit.nullable(),
    connection: ConnectionViewSchema,
    feed_connection: ConnectionViewSchema,
    held: count.openapi({ description: 'Deletions that wait for a person; see `/api/destinations/{id}/held`' }),
    ...itemStatus,
  })
  .openapi('Destination')

const destinationFields = {
  name: z.string(),
  ics_url: z.string().openapi({ example: 'webcal://calendar.example.com/team.ics' }),
  caldav_url: z.string(),
  calendar_name: z.string(),
  username: z.string(),
  password,
  sync_interval_secs: seconds,
}

export const CreateDestinationSchema = z
  .object({
    ...destinationFields,
    sync_all: z.boolean().default(DESTINATION_DEFAULTS.sync_all),
    keep_local: z.boolean().default(DESTINATION_DEFAULTS.keep_local),
    remove_dropped: destinationOptions.remove_dropped.default(DESTINATION_DEFAULTS.remove_dropped),
    local_edits: destinationOptions.local_edits.default(DESTINATION_DEFAULTS.local_edits),
    guests: destinationOptions.guests.default(DESTINATION_DEFAULTS.guests),
    create_calendar: destinationOptions.create_calendar.default(DESTINATION_DEFAULTS.create_calendar),
    rules: destinationOptions.rules.default([]),
    paused: paused.default(false),
    delete_limit: deleteLimit.nullable().optional(),
    connection: ConnectionSchema.nullable().optional(),
    feed_connection: ConnectionSchema.nullable().optional(),
  })
  .openapi('CreateDestination')

export const UpdateDestinationSchema = z
  .object({
    name: optional(z.string()),
    ics_url: optional(z.string()),
    caldav_url: optional(z.string()),
    calendar_name: optional(z.string()),
    username: optional(z.string()),
    password: optional(password),
    sync_interval_secs: optional(seconds).openapi({ type: ['integer', 'null'] }),
    sync_all: optional(z.boolean()),
    keep_local: optional(z.boolean()),
    remove_dropped: optional(z.boolean()),
    local_edits: optional(z.enum(LOCAL_EDITS)),
    guests: optional(z.enum(GUESTS)),
    create_calendar: optional(z.boolean()),
    rules: optional(RulesSchema),
    paused: optional(paused),
    delete_limit: deleteLimit.nullable().optional().openapi({ description: 'Absent keeps it, null: as usual' }),
    connection: optional(ConnectionSchema),
    feed_connection: optional(ConnectionSchema),
  })
  .openapi('UpdateDestination')

export const DestinationResponseSchema = z
  .object({ ...success, destination: DestinationSchema })
  .openapi('DestinationResponse')
export const DestinationListResponseSchema = z
  .object({ destinations: z.array(DestinationSchema) })
  .openapi('DestinationListResponse')

export const ReverseSyncResultSchema = z
  .object({
    status: z.enum(['success', 'error']),
    message: z.string(),
    uploaded: count,
    skipped: count,
    deleted: count,
    total: count,
  })
  .openapi('ReverseSyncResult')

export const OverlapEntrySchema = z
  .object({ id, name: z.string(), ics_url: z.string(), sync_all: z.boolean(), keep_local: z.boolean() })
  .openapi('OverlapEntry')
export const OverlapResponseSchema = z.object({ overlapping: z.array(OverlapEntrySchema) }).openapi('OverlapResponse')

export const HealthResponseSchema = z.object({ status: z.literal('ok') }).openapi('HealthResponse')
export const DetailedHealthResponseSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    uptime_seconds: count,
    source_count: count,
    db_ok: z.boolean(),
    warnings: z.array(z.string()).openapi({ description: 'What about the set-up a person should look at' }),
  })
  .openapi('DetailedHealthResponse')
