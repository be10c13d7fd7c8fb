import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Diagnosis, StageResult } from '../core/diagnosis.ts'
import type { DestinationSettings, WithPassword } from '../core/items.ts'
import type { Account } from '../core/remote.ts'
import type { RunReport } from '../core/runs.ts'
import type { Settings, ShownVariable } from '../core/settings.ts'
import type { Clock, EpochMs, Logger } from '../core/types.ts'
import type { ImportFolder } from '../store/imports.ts'
import type { LinkPlace } from '../store/served-types.ts'
import type { Store } from '../store/types.ts'
import type { EventBus } from '../sync/events.ts'
import type { InspectedFeed, InspectRequest, LinkFeeds, ReadTrail, Runner, Shown } from '../sync/types.ts'

/** What of the settings this layer reads. */
export type AppSettings = Pick<
  Settings,
  'login' | 'rateLimit' | 'trustProxy' | 'swaggerUi' | 'allowedHosts' | 'proxyUrl' | 'dbPath' | 'journalDays'
>

export interface AppDeps {
  readonly store: Store
  readonly runner: Runner
  readonly events: EventBus
  /** Brings what is shown here up to date; null where it is. Never rejects. */
  readonly freshen: (place: LinkPlace) => Promise<void> | null
  /** Seconds for which what is shown here need not be asked for again. */
  readonly freshForSecs: (place: LinkPlace) => number
  /** When what is shown here becomes too old; Infinity: never by itself. */
  readonly freshUntil: (place: LinkPlace) => EpochMs
  readonly linkFeeds: Pick<LinkFeeds, 'refresh' | 'sourceChanged'>
  readonly trail: ReadTrail
  readonly shown: Shown
  readonly inspect: (request: InspectRequest, signal: AbortSignal) => Promise<InspectedFeed>
  readonly imports: ImportFolder
  /** `onStage` hears of each step as it is done. */
  readonly diagnose: (
    account: Account,
    testWrite: boolean,
    signal: AbortSignal,
    onStage?: (result: StageResult) => void,
  ) => Promise<Diagnosis>
  /** What the first run of this destination would do; it is not stored. Rejects with SyncError where it cannot be told. */
  readonly planDraft: (settings: DestinationSettings & WithPassword, signal: AbortSignal) => Promise<RunReport>
  readonly settings: AppSettings
  readonly clock: Clock
  readonly log: Logger
  readonly version: string
  /** The address under which people reach this service, without a slash at its end; null: not told. */
  readonly publicUrl: string | null
  readonly startedAt: EpochMs
  /** The variables that were read, for people. */
  readonly environment: readonly ShownVariable[]
  /** Folder of the exported dashboard; null: not built. */
  readonly webRoot: string | null
  /** Reaches the UI server named by SERVER_PROXY_URL; the runtime's own where not given. */
  readonly fetchImpl?: typeof fetch
  /** Sentences about the set-up that a person should read; shown by /api/health/detailed. */
  readonly warnings?: readonly string[]
}

/** What the server hands to each request beside the request itself; tests give the same through `app.request`. */
export interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } }
  /** Set for a websocket upgrade: a route that accepts it names the URL the connection is to be joined with. */
  readonly tunnel?: (target: URL) => void
}

/** What the app is to the server: a function from request to answer. */
export interface Fetchable {
  fetch(request: Request, env: Bindings): Response | Promise<Response>
  /** Asked before `fetch`: answers what needs no more thought and says true, or leaves the request as it is. */
  answerAtOnce?(incoming: IncomingMessage, outgoing: ServerResponse): boolean
}

export interface AppEnv {
  Bindings: Bindings
}
