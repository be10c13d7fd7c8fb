import { SyncError } from '../core/errors.ts'
import type { Credentials } from './credentials.ts'
import { askDav } from './dav.ts'
import { NAMES } from './dav-names.ts'
import { CAPABILITY_PROPS } from './dav-requests.ts'
import type { Http } from './http.ts'
import type { XmlElement } from './xml.ts'

/** What a server says it can do with one calendar, and what this account may do there. Empty lists: it does not say. */
export interface Capabilities {
  /** Local names of the REPORTs (RFC 3253 section 3.1.5). */
  readonly reports: readonly string[]
  /** Local names of the privileges (RFC 3744 section 5.5). */
  readonly privileges: readonly string[]
  readonly software: string | null
  /** Of the DAV header (RFC 4918 section 10.1). */
  readonly features: readonly string[]
}

/** PROPFIND Depth 0 for the capabilities of a calendar; throws SyncError where it is not answered. */
export async function readCapabilities(
  http: Http,
  url: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Capabilities> {
  const question = {
    method: 'PROPFIND',
    url,
    depth: '0',
    body: CAPABILITY_PROPS,
    limits: 'discovery',
    doing: 'ask what the server can do',
  } as const
  const reports = new Set<string>()
  const privileges = new Set<string>()
  const answer = await askDav(http, credentials, question, signal, ({ props }) => {
    for (const name of leavesIn(props.get(NAMES.supportedReports))) reports.add(name)
    for (const name of leavesIn(props.get(NAMES.privileges))) privileges.add(name)
  })
  const { software, features } = answer
  return { reports: [...reports], privileges: [...privileges], software, features }
}

/** Whether these privileges let events be added and changed; null where there are none to tell. */
export function mayWrite(privileges: readonly string[]): boolean | null {
  if (privileges.length === 0) return null
  return privileges.some((name) => ['all', 'write', 'write-content', 'bind'].includes(name))
}

/** True for a failure that only means that the question is not understood. */
export function isUnanswered(thrown: unknown): boolean {
  return thrown instanceof SyncError && thrown.details.status !== undefined && thrown.kind !== 'login'
}

/** The innermost names: both sets wrap each name in elements of their own. */
function leavesIn(element: XmlElement | undefined): string[] {
  return (element?.children ?? []).flatMap((child) =>
    child.children.length === 0 ? [child.name.replace(/^\{.*\}/, '')] : leavesIn(child),
  )
}
