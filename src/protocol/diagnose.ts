import type { DiagnosedCalendar, Diagnosis, Stage, StageResult } from '../core/diagnosis.ts'
import { type SyncError, toSyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { newProfile } from '../core/server-profile.ts'
import { type Capabilities, isUnanswered, mayWrite, readCapabilities } from './capabilities.ts'
import { credentialsOf } from './dav.ts'
import { type DiscoveryStep, discoverCalendars } from './discover.ts'
import type { Http } from './http.ts'
import { listResources } from './list.ts'
import { safeUrl } from './safe-url.ts'
import { tryWriting } from './try-writing.ts'

/** Counting events costs a listing each; of accounts with more calendars the first are counted. */
const MOST_COUNTED = 30

const TITLES: Readonly<Record<Stage, string>> = {
  address: 'The address was not looked at.',
  tls: 'The connection was not tried.',
  login: 'The login was not tried.',
  principal: 'Nobody was asked whose account this is.',
  home: 'Nobody was asked where the calendars lie.',
  calendars: 'No calendars were looked for.',
  read: 'No calendar was read.',
  write: 'Writing was not tried.',
}

/**
 * Looks at an account step by step, and says in plain words how far it came. A failure of the server or the account is
 * part of the answer; only an abort is thrown. One wrong password is one login (pitfall R11). With `testWrite` one marked
 * event is put into the first calendar that is open to it, and removed again. `onStage` hears of each step as soon as its
 * result is known; should a step that went well fail later on after all, it hears of it again.
 */
export async function diagnose(
  http: Http,
  account: Account,
  testWrite: boolean,
  signal: AbortSignal,
  onStage: (result: StageResult) => void = () => undefined,
): Promise<Diagnosis> {
  const report = new Report(/^\s*https:/i.test(account.url), onStage)
  const calendars: DiagnosedCalendar[] = []
  try {
    const found = await findCalendars(http, account, report, signal)
    for (const [index, calendar] of found.entries()) {
      calendars.push(await look(http, account, calendar, index < MOST_COUNTED, report, signal))
    }
    report.toldRead(calendars)
    if (testWrite) await writeStage(http, account, calendars, report, signal)
    else
      report.add('write', 'skipped', 'Writing was not tried; ask for it to have one event put in and taken out again.')
  } catch (thrown) {
    const error = toSyncError(thrown)
    if (error.kind === 'aborted' || error.kind === 'internal') throw error
    report.fail(error)
  }
  return { stages: report.stages(), calendars, software: report.software, features: report.features }
}

async function findCalendars(http: Http, account: Account, report: Report, signal: AbortSignal) {
  const steps: DiscoveryStep[] = []
  report.steps = steps
  const found = await discoverCalendars(http, account, signal, 'always', (step) => {
    steps.push(step)
    report.toldStep(step)
  })
  report.toldReached()
  report.add(
    'calendars',
    'ok',
    `${count(found.length, 'calendar')} for events ${found.length === 1 ? 'was' : 'were'} found.`,
  )
  return found
}

async function look(
  http: Http,
  account: Account,
  calendar: DiscoveredCalendar,
  isCounted: boolean,
  report: Report,
  signal: AbortSignal,
): Promise<DiagnosedCalendar> {
  const { url, displayName, color, components, marks } = calendar
  const credentials = credentialsOf(account)
  const can = await orNull(report, () => readCapabilities(http, url, credentials, signal))
  report.knows(can)
  const collection = { http, url, credentials, profile: account.profile ?? newProfile() }
  const listing = isCounted ? await orNull(report, () => listResources(collection, signal)) : null
  return {
    url,
    display_name: displayName,
    color,
    components,
    events: listing?.resources.length ?? null,
    reports: can?.reports ?? [],
    has_ctag: (marks?.ctag ?? null) !== null,
    has_sync_token: (marks?.syncToken ?? null) !== null,
    privileges: can?.privileges ?? [],
    writable: mayWrite(can?.privileges ?? []),
  }
}

/** Null where the server answers this one question with an error; whatever ends everything is thrown. */
async function orNull<T>(report: Report, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (thrown) {
    if (!isUnanswered(thrown)) throw thrown
    report.unread ??= toSyncError(thrown)
    return null
  }
}

async function writeStage(
  http: Http,
  account: Account,
  calendars: readonly DiagnosedCalendar[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const target = calendars.find(({ writable }) => writable !== false)
  if (!target) {
    report.add(
      'write',
      'failed',
      'No calendar is open to writing for this account. Ask its owner to share one for that.',
    )
    return
  }
  const collection = { http, url: target.url, credentials: credentialsOf(account), profile: newProfile() }
  try {
    await tryWriting(collection, signal)
    report.add('write', 'ok', `An event was put into "${target.display_name}" and removed again.`)
  } catch (thrown) {
    const error = toSyncError(thrown)
    if (error.kind === 'aborted' || error.kind === 'internal') throw error
    report.add('write', 'failed', error.message)
  }
}

/** Collects what is told, in the order of the stages. */
class Report {
  readonly #results = new Map<Stage, StageResult>()
  steps: readonly DiscoveryStep[] = []
  /** The first listing or question that a calendar answered with an error. */
  unread: SyncError | null = null
  software: string | null = null
  features: readonly string[] = []
  readonly #isSecure: boolean
  readonly #onStage: (result: StageResult) => void

  constructor(isSecure: boolean, onStage: (result: StageResult) => void) {
    this.#isSecure = isSecure
    this.#onStage = onStage
  }

  /** The first word counts, unless it fails afterwards. */
  add(stage: Stage, state: StageResult['state'], message: string): void {
    if (this.#results.has(stage) && state !== 'failed') return
    const result = { stage, state, message }
    this.#results.set(stage, result)
    this.#onStage(result)
  }

  /** What one step of the search shows already, while the search goes on. */
  toldStep({ found, url }: DiscoveryStep): void {
    this.#toldConnected()
    if (found === 'answer') return
    this.add('login', 'ok', 'The server let the account in.')
    if (found === 'principal') this.add('principal', 'ok', `The account is ${safeUrl(url)}.`)
    else this.add('home', 'ok', `Its calendars lie in ${safeUrl(url)}.`)
  }

  knows(can: Capabilities | null): void {
    this.software ??= can?.software ?? null
    if (this.features.length === 0) this.features = can?.features ?? []
  }

  /** An answer has come, and the account was let in. */
  toldReached(): void {
    this.#toldConnected()
    this.add('login', 'ok', 'The server let the account in.')
    const principal = this.#first('principal')
    const home = this.#first('home')
    if (principal) this.add('principal', 'ok', `The account is ${safeUrl(principal)}.`)
    else this.add('principal', 'skipped', 'The server does not say whose account this is; it was not needed.')
    if (home) this.add('home', 'ok', `Its calendars lie in ${safeUrl(home)}.`)
    else this.add('home', 'skipped', 'The address is that of a calendar itself; only this one is used.')
  }

  toldRead(calendars: readonly DiagnosedCalendar[]): void {
    const counted = calendars.filter(({ events }) => events !== null)
    const events = counted.reduce((sum, calendar) => sum + (calendar.events ?? 0), 0)
    if (this.unread && counted.length < Math.min(calendars.length, MOST_COUNTED)) {
      this.add('read', 'failed', `Not every calendar could be read: ${this.unread.message}`)
    } else this.add('read', 'ok', `${count(events, 'event')} in ${count(counted.length, 'calendar')} can be read.`)
  }

  /** Puts an error down at the stage it belongs to. */
  fail(error: SyncError): void {
    const { status, tls } = error.details
    const answered = this.#first('answer') !== undefined || status !== undefined
    if (tls) {
      this.add('address', 'ok', 'The server was found.')
      this.add('tls', 'failed', error.message)
    } else if (!answered && error.kind !== 'not-found') this.add('address', 'failed', error.message)
    else if (error.kind === 'login') {
      this.#toldConnected()
      this.add('login', 'failed', error.message)
    } else if (this.#first('answer') === undefined) {
      this.#toldConnected()
      this.add('login', 'skipped', 'No address asked for a login that it took or refused.')
      this.add('principal', 'failed', error.message)
    } else {
      this.toldReached()
      this.add('calendars', 'failed', error.message)
      this.add('read', 'failed', error.message)
    }
  }

  stages(): StageResult[] {
    const order = Object.keys(TITLES) as Stage[]
    return order.map((stage) => this.#results.get(stage) ?? { stage, state: 'skipped', message: TITLES[stage] })
  }

  #toldConnected(): void {
    this.add('address', 'ok', 'The server answers at this address.')
    if (this.#isSecure) this.add('tls', 'ok', 'The connection is encrypted, and the certificate is trusted.')
    else
      this.add(
        'tls',
        'skipped',
        'The connection is not encrypted: the password can be read on the way. Use https if you can.',
      )
  }

  #first(found: DiscoveryStep['found']): string | undefined {
    return this.steps.find((step) => step.found === found)?.url
  }
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`
}
