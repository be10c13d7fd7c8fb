import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { NextConfig } from 'next'

/** In development the page comes through the API server, under whatever address of this machine was opened. */
const ownAddresses = Object.values(networkInterfaces()).flatMap(
  (entries) => entries?.map((entry) => entry.address) ?? [],
)

const config: NextConfig = {
  output: 'export',
  // One fixed id: the same sources give the same bytes, so a rebuild invalidates no cache.
  generateBuildId: () => 'dashboard',
  turbopack: { root: join(import.meta.dirname, '..') },
  allowedDevOrigins: ['localhost', '127.0.0.1', ...ownAddresses],
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
}

export default config
