import { settings as texts } from '../texts.ts'

/** Reads what was chosen as a file of settings; throws a sentence for people where it is something else. */
export function readSettingsFile(text: string): object {
  let value: unknown
  try {
    // Some editors put a mark of the byte order before the text.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new Error(texts.importNotJson)
  }
  if (typeof value === 'object' && value !== null && 'format' in value && value.format === 'caldav-ics-sync')
    return value
  throw new Error(texts.importForeign)
}
