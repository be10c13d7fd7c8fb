import { createHttp, type Http, type HttpOptions } from '../src/protocol/http.ts'

export const QUIET = { debug() {}, info() {}, warn() {}, error() {} }

/** Noon of a fixed day: what the clock of a test client says. */
export const NOW = Date.UTC(2026, 2, 1, 12)

/** A client like the real one, with a clock that stands still. */
export function testHttp(options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    clock: { now: () => NOW },
    log: QUIET,
    userAgent: 'test',
    allowPrivateNetworks: true,
    allowedPrivateHosts: [],
    ...options,
  })
}

/** A signal that is never aborted. */
export function never(): AbortSignal {
  return new AbortController().signal
}
