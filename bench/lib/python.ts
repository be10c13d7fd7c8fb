import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Debian's own, which its packages belong to, also where another one comes first on the path. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

export function hasPythonModule(name: string): boolean {
  try {
    execFileSync(PYTHON, ['-c', `import ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
