import { createHash } from 'node:crypto'
import { getCACertificates, type SecureContextOptions } from 'node:tls'
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { Connection } from '../core/connection.ts'
import type { OutgoingProxy } from '../core/settings.ts'
import { classifyAddress } from './address.ts'
import { type AddressGuard, type AddressRules, createAddressGuard, hostOf } from './address-guard.ts'
import { CONNECT_MS, CONNECTIONS_PER_HOST } from './limits.ts'

export interface NetworkRules extends AddressRules {
  /** Behind a proxy names are resolved by it, so that only addresses written as numbers can be judged here. */
  readonly outgoingProxy?: OutgoingProxy | null
}

/** Connection pools that judge every address at the moment of connecting (threats D1, D2). */
export interface Network {
  /**
   * The pool for a request to this URL with these certificates. `publicOnly`: for hops that a public host sent us on;
   * it reaches public addresses only. Throws SyncError where the URL itself names an address that is not reached.
   */
  dispatcher(url: URL, connection: Connection | null, publicOnly: boolean): Dispatcher
  /** True once a connection to this origin went to a public address. */
  isPublic(origin: string): boolean
  close(): Promise<void>
}

type Certificates = Pick<SecureContextOptions, 'ca' | 'cert' | 'key'>

/** As many items may have certificates of their own at once; the pool that was opened first goes when there are more. */
const MOST_POOLS = 100

/** This machine is nobody else's to reach. */
const NEVER_BY_PROXY = 'localhost,127.0.0.1,::1'

export function openNetwork(rules: NetworkRules): Network {
  const publicOrigins = new Set<string>()
  const publicGuard = createAddressGuard(rules, true)
  const guard = createAddressGuard(rules, false)
  const pools = new Map<string, Dispatcher>()

  function open(connection: Connection | null, publicOnly: boolean): Dispatcher {
    const certificates = certificatesOf(connection)
    const options = {
      connect: guardedConnector(publicOnly ? publicGuard : guard, certificates, publicOrigins),
      connections: CONNECTIONS_PER_HOST,
      keepAliveMaxTimeout: 30_000,
      allowH2: false,
    }
    const { outgoingProxy: proxy } = rules
    if (!proxy) return new Agent(options)
    return new EnvHttpProxyAgent({
      ...options,
      httpProxy: proxy.http?.reveal() ?? '',
      httpsProxy: proxy.https?.reveal() ?? '',
      noProxy: `${NEVER_BY_PROXY},${proxy.except}`,
      requestTls: { ...certificates, timeout: CONNECT_MS },
      proxyTls: { timeout: CONNECT_MS },
    })
  }

  return {
    dispatcher(url, connection, publicOnly) {
      if (rules.outgoingProxy) (publicOnly ? publicGuard : guard).refuseLiteral(hostOf(url))
      const key = `${publicOnly} ${certificatesKey(connection)}`
      const known = pools.get(key)
      if (known) return known
      const pool = open(connection, publicOnly)
      pools.set(key, pool)
      const [first] = pools
      if (pools.size > MOST_POOLS && first) {
        pools.delete(first[0])
        // Requests under way end first; what still goes wrong then is told to them.
        first[1].close().catch(() => undefined)
      }
      return pool
    },
    isPublic: (origin) => publicOrigins.has(origin),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

function certificatesOf(connection: Connection | null): Certificates {
  const { ca_certificate: ca = null, client_certificate: cert = null, client_key: key = null } = connection ?? {}
  return {
    // A list of our own replaces the usual one, so that has to be part of it.
    ...(ca === null ? {} : { ca: [...getCACertificates('default'), ca] }),
    ...(cert === null || key === null ? {} : { cert, key: key.reveal() }),
  }
}

/** Equal where the certificates are; a hash, because one of them is a secret. */
function certificatesKey(connection: Connection | null): string {
  const { ca_certificate: ca = null, client_certificate: cert = null, client_key: key = null } = connection ?? {}
  if (ca === null && cert === null) return ''
  return createHash('sha256')
    .update(JSON.stringify([ca, cert, key?.reveal()]))
    .digest('hex')
}

function guardedConnector(
  guard: AddressGuard,
  certificates: Certificates,
  publicOrigins: Set<string>,
): buildConnector.connector {
  const connectorFor = (privateAllowed: boolean) =>
    buildConnector({ ...certificates, timeout: CONNECT_MS, allowH2: false, lookup: guard.lookup(privateAllowed) })
  const strict = connectorFor(false)
  const open = connectorFor(true)
  return (options, callback) => {
    const host = hostOf(options)
    const privateAllowed = guard.isPrivateAllowed(host)
    const connect = privateAllowed ? open : strict
    try {
      guard.refuseLiteral(host)
    } catch (refused) {
      callback(refused as Error, null)
      return
    }
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null)
        return
      }
      const reached = socket.remoteAddress ?? ''
      if (!guard.isAcceptable(reached, privateAllowed)) {
        socket.destroy()
        callback(guard.refusal(host.hostname, reached), null)
        return
      }
      if (classifyAddress(reached) === 'public') {
        publicOrigins.add(`${options.protocol}//${options.host ?? host.hostname}`)
      }
      callback(null, socket)
    })
  }
}
