import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { SyncError } from '../core/errors.ts'
import { safeUrl } from './safe-url.ts'

/** What we say we can read; the decoders below know exactly these. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

/** Nobody needs more than one; two cost nothing, and a tower of them is an attack. */
const MAX_ENCODINGS = 2

/**
 * The decoded body, piece by piece. Throws SyncError when it is larger than `maxBytes` once decoded, when its
 * compression is unknown, or when it ends before its time.
 */
export async function* decodeBody(
  raw: Readable,
  contentEncoding: string | null,
  maxBytes: number,
  target: string,
): AsyncGenerator<Uint8Array> {
  const url = safeUrl(target)
  // Giving a body up makes undici report an abort that nobody waits for.
  raw.on('error', () => undefined)
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (encodings.length > MAX_ENCODINGS) {
    raw.destroy()
    throw new SyncError(
      'protocol',
      `${url} compresses its answer ${encodings.length} times over; that is not read. Check the server, and any proxy before it.`,
      {
        url,
      },
    )
  }
  let stream: Readable = raw
  let decoding = false
  for (const encoding of encodings.reverse()) {
    const decoder = await decoderFor(encoding, stream)
    if (!decoder) {
      raw.destroy()
      throw new SyncError(
        'protocol',
        `${url} compresses its answer as "${encoding.slice(0, 20)}", which nobody asked for. Check the server, and any proxy before it.`,
        { url },
      )
    }
    stream = decoder
    decoding = true
  }
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLarge(url, maxBytes)
      yield chunk
    }
  } catch (thrown) {
    if (decoding && isZlibError(thrown)) {
      throw new SyncError(
        'protocol',
        `The compressed answer of ${url} is cut off or damaged. It is tried again later.`,
        {
          url,
          cause: thrown,
        },
      )
    }
    throw thrown
  } finally {
    raw.destroy()
  }
}

export function tooLarge(url: string, maxBytes: number): SyncError {
  const mib = Math.round((maxBytes / 1024 / 1024) * 10) / 10
  return new SyncError(
    'refused',
    `The answer of ${url} is larger than ${mib} MiB once unpacked; it is not read further. Ask for a shorter period, or use a smaller calendar.`,
    { url },
  )
}

async function decoderFor(encoding: string, source: Readable): Promise<Readable | null> {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return through(source, createGunzip())
    case 'deflate':
      return inflate(source)
    case 'br':
      return through(source, createBrotliDecompress())
    case 'zstd':
      return through(source, createZstdDecompress())
    default:
      return null
  }
}

/** "deflate" means zlib (RFC 9110 section 8.4.1.2), but some servers send the bare form; the first byte tells. */
async function inflate(source: Readable): Promise<Readable> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const first = await chunks.next()
  const bare = !first.done && ((first.value[0] ?? 0) & 0x0f) !== 8
  async function* again() {
    if (first.done) return
    yield first.value
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return through(Readable.from(again()), bare ? createInflateRaw() : createInflate())
}

/** `pipeline` carries errors both ways; they arrive again at whoever iterates the decoder, so nothing is lost here. */
function through(source: Readable, decoder: Readable & NodeJS.WritableStream): Readable {
  pipeline(source, decoder, () => undefined)
  return decoder
}

function isZlibError(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR__?ERROR|ERR_BROTLI|ERR_ZSTD)/.test(code)
}
