/** What the API sends and takes, derived from its own schemas: types only, nothing of the server is bundled. */
import type { z } from '@hono/zod-openapi'
import type { ImportResponseSchema } from '../../src/http/run-schemas.ts'
import type {
  CreateDestinationSchema,
  CreateSourceSchema,
  DestinationListResponseSchema,
  DestinationSchema,
  DetailedHealthResponseSchema,
  OverlapEntrySchema,
  OverlapResponseSchema,
  SourceListResponseSchema,
  SourceSchema,
  UpdateDestinationSchema,
  UpdateSourceSchema,
} from '../../src/http/schemas.ts'

export type Source = z.infer<typeof SourceSchema>
export type SourceList = z.infer<typeof SourceListResponseSchema>
export type CreateSource = z.input<typeof CreateSourceSchema>
export type UpdateSource = z.input<typeof UpdateSourceSchema>

export type Destination = z.infer<typeof DestinationSchema>
export type DestinationList = z.infer<typeof DestinationListResponseSchema>
export type CreateDestination = z.input<typeof CreateDestinationSchema>
export type UpdateDestination = z.input<typeof UpdateDestinationSchema>

export type OverlapEntry = z.infer<typeof OverlapEntrySchema>
export type OverlapList = z.infer<typeof OverlapResponseSchema>
export type Uploaded = z.infer<typeof ImportResponseSchema>
export type DetailedHealth = z.infer<typeof DetailedHealthResponseSchema>

/** What both kinds tell about themselves and their runs. */
export type Item = Pick<
  Source,
  | 'id'
  | 'name'
  | 'sync_interval_secs'
  | 'created_at'
  | 'last_synced'
  | 'last_sync_status'
  | 'last_sync_error'
  | 'last_attempt_at'
  | 'next_run_at'
  | 'failures'
>
