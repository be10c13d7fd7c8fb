import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { SyncError } from '../core/errors.ts'
import { type AddressClass, classifyAddress } from './address.ts'

export type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

export interface AddressRules {
  readonly allowPrivateNetworks: boolean
  /** Host names or addresses, with or without `:port`, that may lie on a private network all the same. */
  readonly allowedPrivateHosts: readonly string[]
  /** Name resolution; tests put their own here. */
  readonly resolve?: Resolve
}

/** Which addresses may be connected to (threats D1, D2). */
export interface AddressGuard {
  /** Whether private addresses are open to this host. */
  isPrivateAllowed(host: Host): boolean
  isAcceptable(address: string, privateAllowed: boolean): boolean
  /** Hands on only the acceptable addresses of a name. */
  lookup(privateAllowed: boolean): LookupFunction
  /** Why an address is not connected to. */
  refusal(hostname: string, address: string): SyncError
  /** Throws that where the host itself is written as such an address, which no name resolution ever sees. */
  refuseLiteral(host: Host): void
}

export interface Host {
  /** Lower case, without brackets. */
  readonly hostname: string
  readonly port: string
}

/** The host that an address or a connection names; the port of the scheme where it has none. */
export function hostOf({ hostname, port, protocol }: { hostname: string; port?: string; protocol: string }): Host {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return { hostname: name, port: port || (protocol === 'https:' ? '443' : '80') }
}

const systemResolve: Resolve = (hostname, done) => systemLookup(hostname, { all: true }, done)

/** `publicOnly`: private addresses are closed, whatever the rules open. */
export function createAddressGuard(rules: AddressRules, publicOnly: boolean): AddressGuard {
  const allowedHosts = new Set(rules.allowedPrivateHosts.map((host) => host.toLowerCase()))
  const resolve = rules.resolve ?? systemResolve

  const guard: AddressGuard = {
    isPrivateAllowed({ hostname, port }) {
      const listed = allowedHosts.has(hostname) || allowedHosts.has(`${hostname}:${port}`)
      return !publicOnly && (rules.allowPrivateNetworks || listed)
    },
    isAcceptable(address, privateAllowed) {
      const kind = classifyAddress(address)
      return kind === 'public' || (kind === 'private' && privateAllowed)
    },
    lookup: (privateAllowed) => (hostname, options, done) => {
      resolve(hostname, (error, addresses) => {
        if (error) {
          done(error, [])
          return
        }
        // A host on a LAN often has a link-local address beside a usable one.
        const usable = addresses.filter(({ address }) => guard.isAcceptable(address, privateAllowed))
        const first = usable[0]
        if (first === undefined) {
          const kinds = addresses.map(({ address }) => classifyAddress(address))
          done(refusal(hostname, kinds.includes('private') ? 'private' : 'forbidden', publicOnly), [])
          return
        }
        if (options.all) done(null, usable)
        else done(null, first.address, first.family)
      })
    },
    refusal: (hostname, address) => refusal(hostname, classifyAddress(address), publicOnly),
    refuseLiteral(host) {
      if (isIP(host.hostname) === 0 || guard.isAcceptable(host.hostname, guard.isPrivateAllowed(host))) return
      throw guard.refusal(host.hostname, host.hostname)
    },
  }
  return guard
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
