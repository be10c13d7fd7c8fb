import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress, zstdDecompressSync } from 'node:zlib'

/** Few pieces to be put together at the end. */
const CHUNK_BYTES = 256 * 1024

const zstdBytes = promisify(zstdCompress)
const unzstdBytes = promisify(zstdDecompress)

/** The bytes in the form in which they are stored (zstd), made on zlib's own threads: a feed shrinks to about an eighth. */
export async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  return await zstdBytes(bytes, { chunkSize: CHUNK_BYTES })
}

/** The bytes that were packed. Throws where they are not to be made out. */
export async function unpack(packed: Uint8Array): Promise<Buffer> {
  return await unzstdBytes(packed, { chunkSize: CHUNK_BYTES })
}

/** The same at once, where a person looks at a single one. */
export function unpackNow(packed: Uint8Array): Buffer {
  return zstdDecompressSync(packed)
}
