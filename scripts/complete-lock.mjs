// Names in package-lock.json the builds of packages for platforms that the installing machine could not see.
// npm leaves them out when it writes the lock file on a machine whose registry or node_modules lacks them, and
// `npm ci` then refuses the lock file everywhere. Versions are exact, as the depending package names them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/paths.mjs'
import { PlainError, runScript, say } from './lib/say.mjs'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'windows']
const processors = ['arm64', 'armv7', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/** os, cpu and libc as such a package's own package.json has them, read from its name. */
function platformOf(name) {
  const parts = name.split(/[/-]/)
  const os = systems.find((system) => parts.includes(system))
  const cpu = processors.find((processor) => parts.includes(processor))
  if (os === undefined || cpu === undefined)
    throw new PlainError(`The platform of ${name} cannot be read from its name.`)
  const musl = parts.some((part) => part.startsWith('musl'))
  const gnu = parts.some((part) => part.startsWith('gnu'))
  return {
    os: [os === 'windows' ? 'win32' : os],
    cpu: [cpu === 'armv7' ? 'arm' : cpu],
    ...(musl ? { libc: ['musl'] } : gnu ? { libc: ['glibc'] } : {}),
  }
}

await runScript(async () => {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const added = []
  for (const entry of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`))) continue
      if (!/^\d+\.\d+\.\d+$/.test(version)) throw new PlainError(`${name} ${version} is not an exact version.`)
      lock.packages[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      }
      added.push(name)
    }
  }
  const [own, ...others] = Object.entries(lock.packages)
  lock.packages = Object.fromEntries([own, ...others.sort(([a], [b]) => a.localeCompare(b, 'en'))])
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  say(added.length === 0 ? 'package-lock.json is complete.' : `Added to package-lock.json: ${added.join(', ')}.`)
})
