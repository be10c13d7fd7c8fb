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

const CLIENT_CERTIFICATE_CODES = [
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
]

/** The status a proxy answered with instead of opening the way; only the words of undici's errors tell it. */
function proxyRefusal(thrown: unknown): string | null {
  const message = thrown instanceof Error ? thrown.message : ''
  return /^Proxy (?:response \(|Authentication Required \()(\d{3})\)/.exec(message)?.[1] ?? null
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
    const message = `The certificate of ${host} ${certificate}. Mend it on the server, enter the certificate of its authority with the connection (ca_certificate), or start this service with NODE_EXTRA_CA_CERTS pointing at it.`
    return new SyncError('refused', message, { ...details, tls: true })
  }
  if (CLIENT_CERTIFICATE_CODES.includes(code)) {
    const message = `${host} wants a client certificate, and takes none that it was shown. Enter the right one with its key in the connection (client_certificate, client_key).`
    return new SyncError('login', message, { ...details, tls: true })
  }
  const proxyStatus = proxyRefusal(thrown)
  if (proxyStatus !== null) {
    const message = `The proxy refuses the way to ${host} (${proxyStatus}). Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the login in them.`
    return new SyncError('unreachable', message, details)
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
      return new SyncError(
        'unreachable',
        `${host} does not speak a TLS that is accepted here. Check http or https, and the port.`,
        { ...details, tls: true },
      )
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
