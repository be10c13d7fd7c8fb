import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { SyncError } from '../core/errors.ts'
import { type AddressClass, classifyAddress } from './address.ts'
import { CONNECT_MS, CONNECTIONS_PER_HOST } from './limits.ts'

export type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

export interface NetworkRules {
  readonly allowPrivateNetworks: boolean
  /** Host names or addresses, with or without `:port`, that may lie on a private network all the same. */
  readonly allowedPrivateHosts: readonly string[]
  /** Name resolution; tests put their own here. */
  readonly resolve?: Resolve
}

/** Connection pools that judge every address at the moment of connecting (threats D1, D2). */
export interface Network {
  readonly agent: Agent
  /** For hops that a public host sent us on: it reaches public addresses only. */
  readonly publicAgent: Agent
  /** True once a connection to this origin went to a public address. */
  isPublic(origin: string): boolean
  close(): Promise<void>
}

export function openNetwork(rules: NetworkRules): Network {
  const publicOrigins = new Set<string>()
  const agentFor = (publicOnly: boolean) =>
    new Agent({
      connect: guardedConnector(rules, publicOnly, publicOrigins),
      connections: CONNECTIONS_PER_HOST,
      keepAliveMaxTimeout: 30_000,
      allowH2: false,
    })
  const agent = agentFor(false)
  const publicAgent = agentFor(true)
  return {
    agent,
    publicAgent,
    isPublic: (origin) => publicOrigins.has(origin),
    async close() {
      await Promise.all([agent.destroy(), publicAgent.destroy()])
    },
  }
}

const defaultResolve: Resolve = (hostname, done) => systemLookup(hostname, { all: true }, done)

function guardedConnector(
  rules: NetworkRules,
  publicOnly: boolean,
  publicOrigins: Set<string>,
): buildConnector.connector {
  const allowedHosts = new Set(rules.allowedPrivateHosts.map((host) => host.toLowerCase()))
  const connectorFor = (privateAllowed: boolean) => {
    const acceptable = (address: string) => {
      const kind = classifyAddress(address)
      return kind === 'public' || (kind === 'private' && privateAllowed)
    }
    const lookup = guardedLookup(rules.resolve ?? defaultResolve, acceptable, publicOnly)
    return { acceptable, connect: buildConnector({ timeout: CONNECT_MS, allowH2: false, lookup }) }
  }
  const strict = connectorFor(false)
  const open = connectorFor(true)
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, '').toLowerCase()
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    const listed = allowedHosts.has(hostname) || allowedHosts.has(`${hostname}:${port}`)
    const { acceptable, connect } = !publicOnly && (rules.allowPrivateNetworks || listed) ? open : strict
    const refuse = (address: string) => callback(refusal(hostname, classifyAddress(address), publicOnly), null)
    // A literal address never passes the lookup.
    if (isIP(hostname) !== 0 && !acceptable(hostname)) {
      refuse(hostname)
      return
    }
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null)
        return
      }
      const reached = socket.remoteAddress ?? ''
      if (!acceptable(reached)) {
        socket.destroy()
        refuse(reached)
        return
      }
      if (classifyAddress(reached) === 'public') publicOrigins.add(`${options.protocol}//${options.host ?? hostname}`)
      callback(null, socket)
    })
  }
}

/** Hands on only the acceptable addresses: a host on a LAN often has a link-local address beside a usable one. */
function guardedLookup(
  resolve: Resolve,
  acceptable: (address: string) => boolean,
  publicOnly: boolean,
): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error) {
        done(error, [])
        return
      }
      const usable = addresses.filter(({ address }) => acceptable(address))
      const first = usable[0]
      if (first === undefined) {
        const kinds = addresses.map(({ address }) => classifyAddress(address))
        done(refusal(hostname, kinds.includes('private') ? 'private' : 'forbidden', publicOnly), [])
        return
      }
      if (options.all) done(null, usable)
      else done(null, first.address, first.family)
    })
  }
}

function refusal(hostname: string, kind: AddressClass, publicOnly: boolean): SyncError {
  if (kind === 'forbidden') {
    const message = `The host ${hostname} lies at a link-local, metadata or reserved address, which is never connected to. Use the address of the server itself.`
    return new SyncError('refused', message)
  }
  const message = publicOnly
    ? `A public server sends us on to ${hostname}, which lies on a private network. That is not followed; enter that address itself if you mean it.`
    : `The host ${hostname} lies on a private network, and ALLOW_PRIVATE_NETWORKS is off. Add the host to the allow-list or use a public address.`
  return new SyncError('refused', message)
}
