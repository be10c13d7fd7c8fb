import type { Account } from '../core/remote.ts'
import { lookAt } from './collections.ts'
import { askDav, credentialsOf } from './dav.ts'
import { NAMES } from './dav-names.ts'
import { USER_ADDRESSES } from './dav-requests.ts'
import { accountUrl } from './discover.ts'
import type { Http } from './http.ts'

/**
 * The addresses under which a server that schedules knows this account (RFC 6638 section 2.4.1), as it writes them
 * (`mailto:ann@example.org`); null where it names none, as servers do that do not schedule. Throws SyncError where it
 * cannot be asked.
 */
export async function calendarUserAddresses(
  http: Http,
  account: Account,
  calendarUrl: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const credentials = credentialsOf(account)
  const here = await lookAt(http, calendarUrl, account, signal, accountUrl(account))
  if (here.principal === null) return null
  const addresses: string[] = []
  const question = {
    method: 'PROPFIND',
    url: here.principal,
    depth: '0',
    body: USER_ADDRESSES,
    limits: 'discovery',
    doing: 'read the addresses of the account',
    namedBy: here.url,
  } as const
  await askDav(http, credentials, question, signal, ({ props }) => {
    for (const child of props.get(NAMES.userAddresses)?.children ?? []) {
      if (child.name === NAMES.href && child.text.trim() !== '') addresses.push(child.text.trim())
    }
  })
  return addresses.length > 0 ? addresses : null
}
