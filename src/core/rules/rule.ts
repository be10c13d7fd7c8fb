/** Rules as people write them; the same for links and destinations. Field names are those of the API. */

export const PARTICIPATIONS = ['accepted', 'declined', 'tentative', 'needs-action'] as const
export const STATUSES = ['CONFIRMED', 'TENTATIVE', 'CANCELLED'] as const
export const CLASSES = ['PUBLIC', 'PRIVATE', 'CONFIDENTIAL'] as const
export const TRANSPARENCIES = ['OPAQUE', 'TRANSPARENT'] as const
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export const COMPARISONS = ['contains', 'equals', 'matches'] as const

type Test =
  /** Any value of the property, without regard to letter case; `matches` takes an RE2 pattern. */
  | {
      readonly if: 'text'
      readonly property: string
      readonly is: (typeof COMPARISONS)[number]
      readonly value: string
    }
  | { readonly if: 'category' | 'calendar'; readonly value: string }
  /** The instance overlaps the time from `from` to `to`, durations relative to now (`-P7D`, `P90D`); absent: open. */
  | { readonly if: 'window'; readonly from?: string | undefined; readonly to?: string | undefined }
  /** It begins on one of these days, on its own clock. */
  | { readonly if: 'weekday'; readonly days: readonly (typeof WEEKDAYS)[number][] }
  /** It begins at or after `from` and before `to` (`HH:MM`, its own clock); all-day events never do. */
  | { readonly if: 'hours'; readonly from: string; readonly to: string }
  | { readonly if: 'duration'; readonly at_least?: string | undefined; readonly at_most?: string | undefined }
  | { readonly if: 'all-day' }
  | { readonly if: 'status'; readonly value: (typeof STATUSES)[number] }
  /** What I answered; `me` holds my addresses where they are not the account's. */
  | {
      readonly if: 'participation'
      readonly value: (typeof PARTICIPATIONS)[number]
      readonly me?: readonly string[] | undefined
    }
  | { readonly if: 'transparency'; readonly value: (typeof TRANSPARENCIES)[number] }
  | { readonly if: 'class'; readonly value: (typeof CLASSES)[number] }

export type Condition = Test & { readonly not?: boolean | undefined }

export type Action =
  | { readonly do: 'drop' | 'keep' | 'strip-alarms' }
  /** Only the times are left. */
  | { readonly do: 'busy'; readonly text?: string | undefined }
  /** `template` fills in `{PROPERTY}` and `{CALENDAR}`. */
  | { readonly do: 'set' | 'prefix' | 'template'; readonly property: string; readonly value: string }
  | { readonly do: 'remove'; readonly property: string }
  | { readonly do: 'add-alarm'; readonly before: string }
  | { readonly do: 'shift-zone'; readonly zone: string }

export interface Rule {
  readonly name?: string | undefined
  /** How several conditions count together; `all` where it is not given. */
  readonly match?: 'all' | 'any' | undefined
  /** None: every event. */
  readonly when: readonly Condition[]
  readonly actions: readonly Action[]
}

/** A rule that cannot be used, told so that a person can put it right. */
export class RuleError extends Error {
  /** Where in the list: `rules[0].when[1].value`. */
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.name = 'RuleError'
    this.path = path
  }
}
