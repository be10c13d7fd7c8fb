/** One way to log in that a server offers (RFC 9110 section 11.6.1). */
export interface Challenge {
  /** Lower case. */
  readonly scheme: string
  /** Names in lower case, quotes undone; empty for a scheme without parameters or with a bare token. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`
const PARAMETER = new RegExp(String.raw`^(${TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))`)
const SCHEME = new RegExp(`^(${TOKEN})(?=[\\s,]|$)`)

/**
 * Reads WWW-Authenticate: several challenges may stand in one header, divided by the same commas as their parameters.
 * What makes no sense ends the reading; what came before it counts.
 */
export function parseChallenges(header: string | null): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let rest = (header ?? '').trim()
  while (rest !== '') {
    const parameter = PARAMETER.exec(rest)
    const scheme = parameter ? null : SCHEME.exec(rest)
    const current = challenges.at(-1)
    if (parameter && current) {
      const [, name = '', quoted, plain = ''] = parameter
      current.parameters.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'))
    } else if (scheme) challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() })
    else break
    rest = rest.slice((parameter ?? scheme)?.[0].length ?? 0).replace(/^[\s,]+/, '')
  }
  return challenges
}
