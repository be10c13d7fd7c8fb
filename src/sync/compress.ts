import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Encodings } from '../store/served-types.ts'

/** Below this a compressed form does not pay for its header. */
const WORTHWHILE_BYTES = 256

const gzipBytes = promisify(gzip)
const brotliBytes = promisify(brotliCompress)
const zstdBytes = promisify(zstdCompress)

/** The compressed forms of a feed, made once when it is written, on zlib's own threads. */
export async function compress(body: Uint8Array): Promise<Encodings> {
  if (body.length < WORTHWHILE_BYTES) return { gzip: null, br: null, zstd: null }
  const [gz, br, zstd] = await Promise.all([
    gzipBytes(body, { level: 6 }),
    brotliBytes(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    zstdBytes(body, { params: { [constants.ZSTD_c_compressionLevel]: 6 } }),
  ])
  return { gzip: gz, br, zstd }
}
