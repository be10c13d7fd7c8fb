/** The one place that knows the pattern library: RE2 syntax, which runs in linear time whatever people write. */
import { RE2JS } from 're2js'
import { RuleError } from './rule.ts'

const LONGEST_PATTERN = 1_000

/** Tests whether a text holds a match, without regard to letter case. Throws RuleError where the pattern cannot be used. */
export function compilePattern(pattern: string, path: string): (text: string) => boolean {
  if (pattern.length > LONGEST_PATTERN) {
    throw new RuleError(path, `is a pattern of more than ${LONGEST_PATTERN} characters; use a shorter one.`)
  }
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    return (text) => compiled.test(text)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.replace(/^error parsing regexp:\s*/, '') : String(thrown)
    throw new RuleError(
      path,
      `is no pattern that can be used (${reason}). RE2 syntax is allowed; look-arounds and references back are not.`,
    )
  }
}
