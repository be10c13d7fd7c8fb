/** Keeping secrets out of what is shown: addresses may carry a login, and errors may repeat an address. */

/** Stands for a secret wherever one would be shown. */
export const MASK = '***'

/** `scheme:` with any number of slashes, then the authority up to its last `@`. */
const USER_INFO = /^(\s*[a-z][a-z0-9+.-]*:[/\\]*)([^/?#\\]*)@/i

/** The address with its password replaced by `***`; a lone user name is taken for a token and replaced as well. */
export function redactUrl(url: string): string {
  if (USER_INFO.test(url))
    return url.replace(USER_INFO, (_, scheme: string, userInfo: string) => `${scheme}${maskUserInfo(userInfo)}@`)
  // Line ends inside the scheme, which the URL parser drops, would hide the login from the pattern above.
  if (!hasUserInfo(url)) return url
  const parsed = new URL(url)
  if (parsed.password !== '') parsed.password = MASK
  else parsed.username = MASK
  return parsed.href
}

function maskUserInfo(userInfo: string): string {
  const colon = userInfo.indexOf(':')
  return colon < 0 ? MASK : `${userInfo.slice(0, colon)}:${MASK}`
}

/** True where the login in this address is our own mask instead of a secret. */
export function isRedacted(url: string): boolean {
  const userInfo = USER_INFO.exec(url)?.[2]
  return userInfo === MASK || userInfo?.endsWith(`:${MASK}`) === true
}

/** True where the address carries a user name or a password. */
export function hasUserInfo(url: string): boolean {
  if (USER_INFO.test(url)) return true
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  return parsed.username !== '' || parsed.password !== ''
}

const LONGEST_MESSAGE = 1000

/** A stored error fit for an answer: no login of an address, no control characters, no more than 1,000 characters. */
export function shownError(text: string): string {
  const plain = text
    .toWellFormed()
    .replaceAll('\u001b', '')
    .replace(/[\p{Cc}]+/gu, ' ')
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, `$1${MASK}@`)
  return plain.length <= LONGEST_MESSAGE ? plain : `${plain.slice(0, LONGEST_MESSAGE - 1).toWellFormed()}…`
}
