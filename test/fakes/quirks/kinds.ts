import type { ServerKind } from './kind.ts'
import { baikal, cyrus, davical, radicale, sabre, sogo, xandikos } from './measured.ts'
import { reported } from './reported.ts'

/** Every server that servers.md knows enough of. */
export const kinds: readonly ServerKind[] = [radicale, xandikos, davical, cyrus, sogo, sabre, baikal, ...reported]
