import type { LogLevel } from './core/settings.ts'
import type { Clock, LogFields, Logger } from './core/types.ts'

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 }
/** A message or value longer than this is cut, so that a foreign error page cannot fill the log. */
const LONGEST_TEXT = 2000
/** Control characters, line and paragraph separators, lone surrogates, and marks that turn the text direction around. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/gu
/** The login in `https://user:password@host/`. */
const USER_INFO = /\/\/[^\s/?#]*@/g

/**
 * One line per message: time (UTC), level, message, `key=value` pairs. `write` gets the line without its line end.
 * Whatever a field holds, it stays one line, and a login inside a URL is not printed.
 */
export function createLogger(level: LogLevel, write: (line: string) => void, clock: Clock): Logger {
  const at = (own: LogLevel) => (message: string, fields?: LogFields) => {
    if (RANK[own] > RANK[level]) return
    const time = new Date(clock.now()).toISOString()
    write(`${time} ${own.toUpperCase().padEnd(5)} ${plain(message)}${pairs(fields)}`)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function pairs(fields: LogFields | undefined): string {
  let text = ''
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (value !== undefined) text += ` ${plain(key)}=${quoted(String(value))}`
  }
  return text
}

/** Quoted where a reader could not tell where the value ends. */
function quoted(value: string): string {
  const safe = plain(value)
  if (safe !== '' && !/[\s"=]/.test(safe)) return safe
  return `"${safe.replaceAll('"', '\\"')}"`
}

function plain(text: string): string {
  // Cut twice: before the URLs are searched, so that a huge text costs little, and after it, so that no login is cut in two.
  const shown = text.slice(0, 2 * LONGEST_TEXT).replace(USER_INFO, '//[secret]@')
  const cut = shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown
  return cut.replace(UNPRINTABLE, escaped)
}

function escaped(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
