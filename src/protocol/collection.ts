import type { ServerProfile } from '../core/server-profile.ts'
import type { Credentials } from './credentials.ts'
import type { Http } from './http.ts'

/** One calendar collection and how to reach it. */
export interface OpenCollection {
  readonly http: Http
  /** Absolute, with its trailing slash. */
  readonly url: string
  readonly credentials: Credentials
  /** Learnt into. */
  readonly profile: ServerProfile
}
