import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import type { Encodings } from '../store/served-types.ts'

/** Below this a compressed form does not pay for its header. */
const WORTHWHILE_BYTES = 256

/** Few pieces to be put together at the end. */
const CHUNK_BYTES = 256 * 1024

const gzipBytes = promisify(gzip)
const brotliBytes = promisify(brotliCompress)
const zstdBytes = promisify(zstdCompress)

/** From here on brotli costs more than it saves beside zstd, which every browser that knows brotli also knows by now. */
const LARGE_BYTES = 1024 * 1024

/**
 * The compressed forms of a feed, made once when it is written, on zlib's own threads. The levels are those after which
 * each more per cent of size doubles the time.
 */
export async function compress(body: Uint8Array): Promise<Encodings> {
  if (body.length < WORTHWHILE_BYTES) return { gzip: null, br: null, zstd: null }
  const large = body.length >= LARGE_BYTES
  const [gz, br, zstd] = await Promise.all([
    gzipBytes(body, { level: large ? 4 : 6, chunkSize: CHUNK_BYTES }),
    large ? null : brotliBytes(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    zstdBytes(body, { params: { [constants.ZSTD_c_compressionLevel]: large ? 3 : 6 }, chunkSize: CHUNK_BYTES }),
  ])
  return { gzip: gz, br, zstd }
}
