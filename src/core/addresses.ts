/** Addresses of feeds, as they are written where no request says how this service is reached. */
import type { SourceSettings } from './items.ts'

/** The path of a feed below the service's own address, each part encoded. */
export function feedPath(path: string, isPublic = false): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return `/ics/${isPublic ? 'public/' : ''}${encoded}`
}

/** The most open address of a source: whoever reads its feed under another one learns nothing new from it. */
export function sourceAddress(source: Pick<SourceSettings, 'ics_path' | 'public_ics' | 'public_ics_path'>): string {
  const { ics_path, public_ics, public_ics_path } = source
  return public_ics && public_ics_path !== null ? feedPath(public_ics_path, true) : feedPath(ics_path)
}
