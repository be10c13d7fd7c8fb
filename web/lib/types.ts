/** What the API sends and takes, derived from its own schemas: types only, nothing of the server is bundled. */
import type { z } from '@hono/zod-openapi'
import type { LinkReadsResponseSchema, LinkSchema, SubscribeSchema } from '../../src/http/link-schemas.ts'
import type { OverviewSchema, SystemSchema } from '../../src/http/overview-schemas.ts'
import type { PresetListResponseSchema, RulesPreviewSchema, RulesSchema } from '../../src/http/rule-schemas.ts'
import type {
  HeldResponseSchema,
  ImportListResponseSchema,
  ImportResponseSchema,
  InspectResponseSchema,
  OperationSchema,
  PlanResponseSchema,
  RunListResponseSchema,
  RunResponseSchema,
} from '../../src/http/run-schemas.ts'
import type { ProblemSchema } from '../../src/http/schema-basics.ts'
import type {
  CreateDestinationSchema,
  CreateSourceSchema,
  DestinationListResponseSchema,
  DestinationSchema,
  DetailedHealthResponseSchema,
  OverlapEntrySchema,
  OverlapResponseSchema,
  ReverseSyncResultSchema,
  SourceListResponseSchema,
  SourceSchema,
  UpdateDestinationSchema,
  UpdateSourceSchema,
} from '../../src/http/schemas.ts'
import type { DiscoverResponseSchema, ServerListResponseSchema } from '../../src/http/server-schemas.ts'
import type {
  CalendarListSchema,
  EventDetailsSchema,
  FindingListSchema,
  InstanceListSchema,
} from '../../src/http/shown-schemas.ts'
import type { ImportResultSchema } from '../../src/http/transfer-schemas.ts'

export type Kind = 'source' | 'destination'
export type ShownKind = Kind | 'link'

export type Source = z.infer<typeof SourceSchema>
export type SourceList = z.infer<typeof SourceListResponseSchema>
export type CreateSource = z.input<typeof CreateSourceSchema>
export type UpdateSource = z.input<typeof UpdateSourceSchema>

export type Destination = z.infer<typeof DestinationSchema>
export type DestinationList = z.infer<typeof DestinationListResponseSchema>
export type CreateDestination = z.input<typeof CreateDestinationSchema>
export type UpdateDestination = z.input<typeof UpdateDestinationSchema>

export type Removal = z.infer<typeof ReverseSyncResultSchema>

export type OverlapEntry = z.infer<typeof OverlapEntrySchema>
export type OverlapList = z.infer<typeof OverlapResponseSchema>
export type Uploaded = z.infer<typeof ImportResponseSchema>
export type ImportedFile = z.infer<typeof ImportListResponseSchema>['imports'][number]
export type DetailedHealth = z.infer<typeof DetailedHealthResponseSchema>

export type Problem = z.infer<typeof ProblemSchema>
export type Operation = z.infer<typeof OperationSchema>
export type RunList = z.infer<typeof RunListResponseSchema>
export type Run = RunList['runs'][number]
export type RunAnswer = z.infer<typeof RunResponseSchema>
export type RunDetails = RunAnswer['run']
export type PlanAnswer = z.infer<typeof PlanResponseSchema>
export type Held = z.infer<typeof HeldResponseSchema>['held'][number]
export type HeldList = z.infer<typeof HeldResponseSchema>

export type Overview = z.infer<typeof OverviewSchema>
export type RecentRun = Overview['runs'][number]
export type Activity = Overview['activity'][number]
export type System = z.infer<typeof SystemSchema>

export type Link = z.infer<typeof LinkSchema>
export type LinkReads = z.infer<typeof LinkReadsResponseSchema>
export type Subscribe = z.infer<typeof SubscribeSchema>

export type Rule = z.infer<typeof RulesSchema>[number]
export type Condition = Rule['when'][number]
export type Action = Rule['actions'][number]
export type PresetList = z.infer<typeof PresetListResponseSchema>
export type RulesPreview = z.infer<typeof RulesPreviewSchema>

export type Discovery = z.infer<typeof DiscoverResponseSchema>
export type Stage = Discovery['stages'][number]
export type FoundCalendar = Discovery['calendars'][number]
export type ServerList = z.infer<typeof ServerListResponseSchema>
export type Inspected = z.infer<typeof InspectResponseSchema>['feed']
export type InspectAnswer = z.infer<typeof InspectResponseSchema>

export type InstanceList = z.infer<typeof InstanceListSchema>
export type Instance = InstanceList['events'][number]
export type EventDetails = z.infer<typeof EventDetailsSchema>
export type CalendarList = z.infer<typeof CalendarListSchema>
export type FindingList = z.infer<typeof FindingListSchema>
export type ImportResult = z.infer<typeof ImportResultSchema>

/** What both kinds tell about themselves and their runs. */
export type Item = Pick<
  Source,
  | 'id'
  | 'name'
  | 'sync_interval_secs'
  | 'paused'
  | 'created_at'
  | 'last_synced'
  | 'last_sync_status'
  | 'last_sync_error'
  | 'last_attempt_at'
  | 'next_run_at'
  | 'failures'
> & { readonly held?: number }

/** One of either kind, in a list of both. */
export type ListedItem = Item & { readonly kind: Kind }
