/** How much of somebody else's text may appear in a message of ours. */
const MAX_QUOTED = 300

/** Says in a few words what a body is, for "expected a calendar, got …" messages. */
export function describeBody(body: Uint8Array, contentType: string | null): string {
  const text = peek(body)
  if (body.byteLength === 0) return 'an empty body'
  if (text.trim() === '') return 'nothing but blanks'
  if (isHtml(text, contentType)) {
    const title = clean(/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '', 80)
    return title === '' ? 'an HTML page' : `an HTML page titled '${title}'`
  }
  if (body[0] === 0x1f && body[1] === 0x8b) return 'gzip-compressed data that is not declared as such'
  if (/^\s*[{[]/.test(text)) return 'JSON'
  if (/^\s*<(\?xml|[a-z])/i.test(text)) return 'XML'
  if (hasBinary(text)) return 'binary data'
  return `text that begins '${clean(text, 60)}'`
}

/** An upstream error body as at most 300 characters of plain text: no markup, no control characters, one line. */
export function plainText(body: Uint8Array, contentType: string | null, max = MAX_QUOTED): string {
  const text = peek(body)
  if (hasBinary(text)) return ''
  const stripped =
    isHtml(text, contentType) || /^\s*</.test(text)
      ? text.replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>?/g, ' ')
      : text
  return clean(stripped, max)
}

function isHtml(text: string, contentType: string | null): boolean {
  return /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(text) || /html/i.test(contentType ?? '')
}

/** Enough of the body to recognise it, whatever its encoding. */
function peek(body: Uint8Array): string {
  const head = body.subarray(0, 16_384)
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  return new TextDecoder(utf16 ?? 'utf-8').decode(head)
}

function hasBinary(text: string): boolean {
  return /[\p{Cc}--[\t\n\v\f\r\u{7f}-\u{9f}]]/v.test(text.slice(0, 1000))
}

function clean(text: string, max: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line
}

/** The first characters, ASCII only and without byte order mark: enough to tell markup from other text. */
export function beginning(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 200))
    .toString('latin1')
    .replace(/[^!-~\s]/g, '')
}
