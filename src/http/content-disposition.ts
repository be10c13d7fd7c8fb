/**
 * `inline` with a file name (RFC 6266): a plain ASCII form for old readers and the real name in UTF-8. No character of
 * the name can end the header or the quoted string.
 */
export function attachedFileName(name: string, extension: string): string {
  return inlineFileName(name, extension).replace('inline', 'attachment')
}

export function inlineFileName(name: string, extension: string): string {
  const readable = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .trim()
    .slice(0, 100)
    .toWellFormed()
  const file = `${readable === '' ? 'calendar' : readable}.${extension}`
  const ascii = file.replace(/[^A-Za-z0-9 ._-]/g, '_')
  const encoded = encodeURIComponent(file).replace(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
