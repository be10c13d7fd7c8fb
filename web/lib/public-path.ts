const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** `Döner & Co` as `doner-co`; empty where nothing usable is left. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/**
 * A path that cannot be guessed: `<slug of name or username>/<8 characters>`. The characters come from the browser's
 * secure generator, which works on plain http too.
 */
export function makePublicPath(name: string, username: string): string {
  const prefix = slug(name) || slug(username) || 'calendar'
  return `${prefix}/${randomLetters(8)}`
}

function randomLetters(length: number): string {
  let text = ''
  while (text.length < length) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    // 252 is the largest multiple of 36 in a byte: what lies above would favour the first letters.
    if (byte < 252) text += letters.charAt(byte % letters.length)
  }
  return text
}
