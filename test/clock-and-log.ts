import type { Clock, Logger } from '../src/core/types.ts'

/** 2026-03-01 12:00:00 UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12)

/** A clock that stands still until it is moved. */
export function stillClock(start = NOON): Clock & { advance(milliseconds: number): void } {
  let now = start
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds
    },
  }
}

/** Keeps `level message {fields}` of every line. */
export function memoryLog(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const at =
    (level: string): Logger['info'] =>
    (message, fields) => {
      lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`)
    }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
