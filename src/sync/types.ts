import type { Inspection } from '../core/inspection.ts'
import type { ItemKind } from '../core/items.ts'
import type { Rule } from '../core/rules/rule.ts'
import type { RunReport, RunTrigger } from '../core/runs.ts'
import type { EventDetails, Instance, InstanceList, RulesPreview } from '../core/shown.ts'
import type { EpochMs, Problem } from '../core/types.ts'

/** Which run is to be taken back. */
export interface UndoOrder {
  readonly undoneRunId: number
  /** Also bring back what somebody else edited since. */
  readonly includeEdited: boolean
}

/** A feed by its address (also `source:3`), or its text itself. */
export type InspectRequest =
  | { readonly url: string }
  | { readonly text: string }
  /** A file, in whatever encoding it has. */
  | { readonly bytes: Uint8Array }

export interface InspectedFeed extends Inspection {
  /** Characters of the decoded text. */
  readonly size: number
  /** It has an ETag or Last-Modified, so that asking again costs next to nothing; null: it was given as text. */
  readonly cheap_to_poll: boolean | null
  /** The next events, or the last ones where none is to come. */
  readonly preview: readonly Pick<Instance, 'summary' | 'start' | 'starts_at' | 'all_day' | 'recurring'>[]
}

/** What the HTTP layer may ask of the engine. Runs are jobs: a caller waits for one but does not own it. */
export interface Runner {
  /**
   * Starts a run of this item, or joins the one under way, and waits for its report. `approve` waits for the one under
   * way and starts another. Never rejects for a failed run: the report says so. Rejects only when the service is
   * stopping.
   */
  run(kind: ItemKind, id: number, trigger: Exclude<RunTrigger, 'undo'>): Promise<RunReport>
  /**
   * What a run of this destination would do now; nothing is written, neither there nor here. Rejects with SyncError
   * where it cannot be told.
   */
  plan(destinationId: number): Promise<RunReport>
  /** Takes a run of this destination back, after the one under way, and waits for the report. */
  undo(destinationId: number, order: UndoOrder): Promise<RunReport>
  /** The item was created, or a setting its run uses was changed: end its present run at a safe point, run anew soon. */
  changed(kind: ItemKind, id: number): void
  /** The interval alone was changed: reschedule, leave a run under way alone. */
  rescheduled(kind: ItemKind, id: number): void
  /** The item was deleted: end its run at a safe point and forget it. */
  removed(kind: ItemKind, id: number): void
}

export interface LinkFeeds {
  /** Makes the feed of this link anew where anything it is made of changed. Rejects where its rules cannot be used. */
  refresh(linkId: number): Promise<void>
  /** The same for every link that shows this source; a link that fails is logged, and the others go on. */
  sourceChanged(sourceId: number): Promise<void>
  /** True where rules look at the clock and the stored feed is from an earlier hour, or there is none yet. */
  isDue(linkId: number): boolean
}

export interface ReadTrail {
  /** Notes one read; of the User-Agent only its family is kept. */
  note(linkId: number, userAgent: string | undefined, status: number, bytes: number): void
  /** Writes what was noted; never throws. */
  flush(): void
}

export type ShownKind = 'source' | 'link' | 'destination'

export interface Shown {
  /** Undefined where there is no event of this UID. */
  details(kind: ShownKind, id: number, uid: string): EventDetails | undefined
  /** Instances from `from` to `to` (exclusive), at most `most`. */
  instances(kind: ShownKind, id: number, span: { from: EpochMs; to: EpochMs; most: number }): InstanceList
  /** The current feed; of a destination what its calendar holds as last read. Undefined where there is none yet. */
  download(kind: ShownKind, id: number): Uint8Array | undefined
  /** What the rules would do to the stored events of an item. Throws RuleError where they cannot be used. */
  preview(kind: ShownKind, id: number, rules: readonly Rule[]): RulesPreview
  /** What there is to say about the stored events of a source. */
  findings(sourceId: number): readonly Problem[]
}
