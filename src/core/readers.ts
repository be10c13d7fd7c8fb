/** Who reads a link: families of programs, never people. */
import type { EpochMs } from './types.ts'

export interface ReaderHistory {
  readonly client: string
  readonly reads: number
  readonly first_at: EpochMs
  readonly last_at: EpochMs
}

/** So many reads tell how often a reader comes. */
const ENOUGH_READS = 4
const DAY_MS = 86_400_000

/** True for a reader that used to come and has stayed away three times as long as is usual for it, and a day at least. */
export function hasStopped({ reads, first_at, last_at }: ReaderHistory, now: EpochMs): boolean {
  if (reads < ENOUGH_READS) return false
  const usual = (last_at - first_at) / (reads - 1)
  return now - last_at > Math.max(3 * usual, DAY_MS)
}

/** First match counts: many products name the engine or library they are built on as well. */
const FAMILIES: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/CalDAV-ICS-Sync/i, 'CalDAV/ICS Sync'],
  [/Google-Calendar-Importer|Google-Calendar|GoogleCalendar/i, 'Google Calendar'],
  [/Microsoft\.Exchange|Exchange(Services|Web)|OutlookWeb/i, 'Outlook.com, Exchange'],
  [/Microsoft Office|Microsoft Outlook|MSOffice/i, 'Outlook'],
  [/Thunderbird|Lightning|Betterbird/i, 'Thunderbird'],
  [/DAVx5|DAVdroid/i, 'DAVx⁵'],
  [/ICSx5|ICSdroid/i, 'ICSx⁵'],
  [/\biOS\/|iPhone|iPad.*dataaccessd|dataaccessd|iPhone OS/i, 'Apple Calendar (iOS)'],
  [/macOS|Mac OS X.*CalendarAgent|CalendarAgent|\bCalendar\/\d|iCal\//i, 'Apple Calendar (Mac)'],
  [/Nextcloud|ownCloud/i, 'Nextcloud'],
  [/HomeAssistant|Home Assistant/i, 'Home Assistant'],
  [/Evolution|gnome-calendar|libsoup/i, 'GNOME'],
  [/Akonadi|KOrganizer|KDE/i, 'KDE'],
  [/Yahoo/i, 'Yahoo'],
  [/Proton/i, 'Proton Calendar'],
  [/Fastmail|Cyrus/i, 'Fastmail'],
  [/MagicMirror/i, 'MagicMirror'],
  [/vdirsyncer|khal/i, 'vdirsyncer'],
  [/curl|wget|HTTPie|python-requests|Go-http-client|node-fetch|undici|axios|aiohttp|okhttp/i, 'a program'],
  [/Mozilla\/5\.0.*(Chrome|Safari|Firefox|Edg)/i, 'a browser'],
]

/** The family of a User-Agent; `unknown` where it says nothing we know. No more of it is kept. */
export function clientFamily(userAgent: string | undefined): string {
  if (userAgent === undefined) return 'unknown'
  const text = userAgent.slice(0, 300)
  return FAMILIES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown'
}
