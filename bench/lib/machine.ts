import { readFileSync } from 'node:fs'
import { arch, cpus, release, totalmem } from 'node:os'

/** The machine that figures come from, in one line. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} × ${model} (${arch()}), ${memory} GiB, ${system}, kernel ${release()}, Node ${process.versions.node}`
}
