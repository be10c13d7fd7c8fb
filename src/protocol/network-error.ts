import { SyncError } from '../core/errors.ts'
import { safeUrl } from './safe-url.ts'

const CERTIFICATE_CODES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an unknown authority, or the server does not send its chain',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an unknown authority',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet; check the clock of this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host name',
}

/** Turns whatever the transport threw into a SyncError: no answer, no connection, no trust. */
export function networkError(thrown: unknown, target: string | URL): SyncError {
  if (thrown instanceof SyncError) return thrown
  const url = safeUrl(target)
  const host = URL.parse(String(target))?.host ?? url
  const code = codeOf(thrown)
  const details = { url, cause: thrown }
  const certificate = CERTIFICATE_CODES[code]
  if (certificate) {
    const message = `The certificate of ${host} ${certificate}. Mend it on the server, or start this service with NODE_EXTRA_CA_CERTS pointing at the certificate of the authority.`
    return new SyncError('refused', message, details)
  }
  const unreachable = (what: string) => new SyncError('unreachable', what, details)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`The host name ${host} could not be found. Check the URL and the network.`)
    case 'ECONNREFUSED':
      return unreachable(`Nothing answers at ${host}. Check the port, and that the server is running.`)
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unreachable(`There is no way to ${host} from here. Check the network.`)
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return unreachable(`${host} could not be reached in time. Check the address and the network.`)
    case 'UND_ERR_HEADERS_TIMEOUT':
      return unreachable(`${host} accepted the request and then said nothing for too long. It is tried again later.`)
    case 'UND_ERR_BODY_TIMEOUT':
      return unreachable(`${host} stopped in the middle of its answer. It is tried again later.`)
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return unreachable(`${host} does not speak a TLS that is accepted here. Check http or https, and the port.`)
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new SyncError('protocol', `${host} does not answer in valid HTTP. Check the port.`, details)
  }
  return unreachable(
    `The connection to ${host} was cut off${code === '' ? '' : ` (${code})`}. It is tried again later.`,
  )
}

/** A connection that was closed under a request before any answer; an idempotent read may be asked once more. */
export function isReset(thrown: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_INFO'].includes(codeOf(thrown))
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return ''
  const { code } = thrown as NodeJS.ErrnoException
  if (typeof code === 'string') return code
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0])
  return codeOf(thrown.cause)
}
