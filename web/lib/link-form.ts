import { linkForm as texts } from '../texts.ts'
import { type FreshnessUnit, joinSeconds, splitSeconds } from './durations.ts'
import { formatDate, formatExact } from './format.ts'
import type { Link } from './types.ts'

type Mark = Link['mark']

export interface LinkValues {
  readonly label: string
  readonly name: string
  readonly source_ids: readonly number[]
  readonly is_public: boolean
  readonly path: string
  /** The last day on which it works, `2026-12-31`; empty: it never ends. */
  readonly expires: string
  /** As typed; empty: as its sources. */
  readonly freshness: string
  readonly freshness_unit: FreshnessUnit
  readonly mark: Mark
}

export const marks = ['none', 'category', 'prefix'] as const satisfies readonly Mark[]

export function newLink(sourceIds: readonly number[]): LinkValues {
  return {
    label: '',
    name: '',
    source_ids: sourceIds,
    is_public: true,
    path: '',
    expires: '',
    freshness: '',
    freshness_unit: 'minutes',
    mark: 'none',
  }
}

export function linkValues(link: Link): LinkValues {
  const { amount, unit } =
    link.freshness_secs === null ? { amount: '', unit: 'minutes' as const } : splitSeconds(link.freshness_secs)
  return {
    label: link.label,
    name: link.name ?? '',
    source_ids: link.source_ids,
    is_public: link.is_public,
    path: link.path,
    expires: link.expires_at === null ? '' : lastDay(Date.parse(link.expires_at)),
    freshness: amount,
    freshness_unit: unit,
    mark: link.mark,
  }
}

/** What the API is told of a new link; an empty path is left out, so that the API makes one up. */
export function linkBody(values: LinkValues) {
  const { path, name, expires, freshness, freshness_unit, ...rest } = values
  return {
    ...rest,
    name: name.trim() === '' ? null : name.trim(),
    expires_at: expires === '' ? null : endOfDay(expires),
    freshness_secs: freshness.trim() === '' ? null : joinSeconds(freshness.trim(), freshness_unit),
    ...(path.trim() !== '' && { path: path.trim() }),
  }
}

/** Only what differs, so that an end at another hour than midnight, or what was changed elsewhere, stays. */
export function linkChanges(link: Link, values: LinkValues): Partial<ReturnType<typeof linkBody>> {
  const before = linkBody(linkValues(link))
  const after = linkBody(values)
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
    ),
  )
}

/** When a link ends, in words: the last day where it ends with that, else the moment. */
export function endWords(expiresAt: string): string {
  const at = Date.parse(expiresAt)
  const isWholeDay = endOfDay(lastDay(at)) === new Date(at).toISOString()
  return isWholeDay ? texts.endsAfter(formatDate(at - 1)) : texts.endsAt(formatExact(at))
}

/** True, or what is the matter. */
export function checkExpiry(text: string, now: number): true | string {
  if (text === '') return true
  const end = endOfDay(text)
  if (end === null) return texts.expiresNoDate
  return Date.parse(end) > now || texts.expiresPast
}

const shortest = 60
const longest = 366 * 86_400

export function checkFreshness(amount: string, unit: FreshnessUnit): true | string {
  const text = amount.trim()
  if (text === '') return true
  const seconds = /^\d{1,9}$/.test(text) ? joinSeconds(text, unit) : 0
  return (seconds >= shortest && seconds <= longest) || texts.freshnessBad
}

/** The moment at which a day of the reader's calendar is over. */
function endOfDay(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined) return null
  const end = new Date(Number(year), Number(month) - 1, Number(day) + 1)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}

/** The last day of the reader's calendar of which something lies before the moment. */
function lastDay(at: number): string {
  const date = new Date(at - 1)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export type LinkField = 'label' | 'name' | 'path' | 'source_ids' | 'expires' | 'freshness'

const places: readonly (readonly [pattern: RegExp, field: LinkField])[] = [
  [/\bsource_ids\b/, 'source_ids'],
  [/\bexpires_at\b/, 'expires'],
  [/\bfreshness_secs\b/, 'freshness'],
  [/^path\b/i, 'path'],
  [/^name\b|\bname:/, 'name'],
  [/\blabel\b/, 'label'],
]

/** The field that a refusal names; null where it names none. */
export function linkField(message: string): LinkField | null {
  return places.find(([pattern]) => pattern.test(message))?.[1] ?? null
}
