/** Servers that many people have, with the shape of their addresses. Names and hints are in texts.ts, by id. */
import type { Kind } from './types.ts'

export type PresetId = 'nextcloud' | 'icloud' | 'fastmail' | 'mailbox' | 'baikal' | 'radicale' | 'google' | 'other'

export interface Preset {
  readonly id: PresetId
  /** Empty: there is no shape to offer. */
  readonly url: string
  /** The part of the address that is an example and has to be replaced; null: the address is the same for everybody. */
  readonly example: string | null
}

export const presets: readonly Preset[] = [
  { id: 'nextcloud', url: 'https://cloud.example.com/remote.php/dav', example: 'cloud.example.com' },
  { id: 'icloud', url: 'https://caldav.icloud.com', example: null },
  { id: 'fastmail', url: 'https://caldav.fastmail.com/', example: null },
  { id: 'mailbox', url: 'https://dav.mailbox.org', example: null },
  { id: 'baikal', url: 'https://example.com/dav.php', example: 'example.com' },
  { id: 'radicale', url: 'http://localhost:5232', example: 'localhost' },
  { id: 'google', url: '', example: null },
  { id: 'other', url: '', example: null },
]

/** Google lets programs write only after a sign-in of its own, so that a destination cannot be one of its calendars. */
export function presetsFor(kind: Kind): readonly Preset[] {
  return kind === 'source' ? presets : presets.filter(({ id }) => id !== 'google')
}

export function presetOf(id: PresetId): Preset {
  return presets.find((preset) => preset.id === id) ?? { id: 'other', url: '', example: null }
}

/** Where the example stands in what is typed, as a span to be selected; null where it was replaced or there is none. */
export function examplePart(url: string, { example }: Preset): readonly [from: number, to: number] | null {
  const from = example === null ? -1 : url.indexOf(`//${example}`)
  if (example === null || from === -1) return null
  const to = from + 2 + example.length
  // `example.com.au` is another host than `example.com`.
  return /^[:/]|^$/.test(url.slice(to)) ? [from + 2, to] : null
}

/** An example that can be nobody's own server; `localhost` may well be meant. */
export function isStillExample(url: string): boolean {
  const host = URL.parse(url.trim())?.hostname ?? ''
  return host === 'example.com' || host.endsWith('.example.com')
}
