import type { HeaderReader } from './client-address.ts'
import type { AppDeps } from './deps.ts'

/** Under which origin the asker reaches this service: what PUBLIC_URL says, or what the request tells. */
export function ownOrigin(
  { publicUrl, settings }: Pick<AppDeps, 'publicUrl' | 'settings'>,
  requestUrl: string,
  header: HeaderReader,
): string {
  if (publicUrl !== null) return publicUrl
  const { origin } = new URL(requestUrl)
  const isBehindTls = settings.trustProxy && header('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https'
  return isBehindTls ? origin.replace(/^http:/, 'https:') : origin
}
