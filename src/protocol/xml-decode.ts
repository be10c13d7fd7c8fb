/** Turns bytes into text by byte order mark, else by the declared charset, else by the XML declaration, else UTF-8. */
export function createXmlDecoder(contentType: string | null): { decode(chunk: Uint8Array): string; end(): string } {
  let decoder: TextDecoder | null = null
  return {
    decode(chunk) {
      decoder ??= decoderFor(chunk, contentType)
      return decoder.decode(chunk, { stream: true })
    },
    end: () => decoder?.decode() ?? '',
  }
}

function decoderFor(head: Uint8Array, contentType: string | null): TextDecoder {
  const [a, b, c] = head
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le')
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be')
  if (a === 0x3c && b === 0) return new TextDecoder('utf-16le')
  if (a === 0 && b === 0x3c) return new TextDecoder('utf-16be')
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder()
  const declaration = Buffer.from(head.subarray(0, 120)).toString('latin1')
  const label = charsetOf(contentType) ?? /^\s*<\?xml[^>]*encoding=["']([\w.:-]+)/.exec(declaration)?.[1] ?? 'utf-8'
  try {
    // Bytes that begin with `<` cannot be UTF-16, whatever is declared.
    return new TextDecoder(/^utf-?16/i.test(label) ? 'utf-8' : label)
  } catch {
    return new TextDecoder()
  }
}

/** The charset parameter of a Content-Type (RFC 9110 section 8.3.2), lower case. */
export function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*"?([\w.:+-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null
}
