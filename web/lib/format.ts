import { details, language, relativeTime } from '../texts.ts'

/** Seconds as `1h 5m 3s` without the parts that are zero; 0 as `Manual only`. */
export function formatInterval(seconds: number): string {
  if (seconds === 0) return details.manualOnly
  const parts: string[] = []
  const { hours, minutes, seconds: rest } = splitInterval(seconds)
  if (hours > 0) parts.push(`${hours}h`)
  if (minutes > 0) parts.push(`${minutes}m`)
  if (rest > 0) parts.push(`${rest}s`)
  return parts.join(' ')
}

/** Seconds in whole hours, minutes and seconds. */
export function splitInterval(seconds: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60), seconds: seconds % 60 }
}

/** Uptime in seconds as `1h 5m`, below one hour as `5m`. */
export function formatUptime(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}h ${minutes}m` : `${minutes}m`
}

/** A stamp of the API, `YYYY-MM-DD HH:MM:SS` in UTC, as milliseconds since 1970; null for null and for anything else. */
export function parseStamp(stamp: string | null): number | null {
  if (stamp === null) return null
  const ms = Date.parse(`${stamp.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? null : ms
}

/** A moment of the API, ISO 8601, as milliseconds since 1970; null for null and for anything else. */
export function parseMoment(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** Milliseconds as `80 ms`, `1.2 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** A number of bytes in the unit people read best: `3.4 MB`. */
export function formatBytes(bytes: number): string {
  const place = Math.min(Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)), units.length - 1)
  const value = bytes / 1000 ** place
  return `${place === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[place]}`
}

const weekday = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** The day of a moment in the reader's zone, as `3 Mar`. */
export function dayName(at: number): string {
  return weekday.format(at)
}

/** The day of a moment in the reader's zone, the same text for all moments of one day. */
export function dayKey(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** A moment (milliseconds since 1970) in the reader's zone and manner. */
export function formatExact(at: number): string {
  return exact.format(at)
}

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** The day of a moment in the reader's zone and manner. */
export function formatDate(at: number): string {
  return date.format(at)
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

const steps = [
  { unit: 'second', ms: 1000, below: 60 },
  { unit: 'minute', ms: 60_000, below: 60 },
  { unit: 'hour', ms: 3_600_000, below: 24 },
  { unit: 'day', ms: 86_400_000, below: 30 },
  { unit: 'month', ms: 2_629_800_000, below: 12 },
] as const

/** A moment as seen from `now` (both milliseconds since 1970): `5 minutes ago`, `in 2 hours`, `just now`. */
export function formatRelative(at: number, now: number): string {
  const distance = at - now
  if (Math.abs(distance) < 10_000) return distance > 0 ? relativeTime.inAMoment : relativeTime.justNow
  for (const { unit, ms, below } of steps) {
    const count = Math.round(distance / ms)
    if (Math.abs(count) < below) return relative.format(count, unit)
  }
  return relative.format(Math.round(distance / 31_557_600_000), 'year')
}
