import type { Http, HttpOptions } from './http.ts'

/**
 * A client that is loaded with its first request: a tenth of the start and of the memory, which a service that has
 * nothing to fetch does not need.
 */
export function createLazyHttp(options: HttpOptions): Http {
  let loading: Promise<Http> | null = null
  const load = () => {
    loading ??= import('./http.ts').then(({ createHttp }) => createHttp(options))
    return loading
  }
  return {
    clock: options.clock,
    log: options.log,
    request: async (request) => (await load()).request(request),
    close: async () => (await loading)?.close(),
  }
}
