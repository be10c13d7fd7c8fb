import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CalDavServer, describeServer, PASSWORD } from './caldav-server.ts'
import { isInstalled, startServer } from './process.ts'

export function isRadicaleInstalled(): boolean {
  return isInstalled('radicale')
}

/** Radicale with a real login (htpasswd) and storage in a folder of its own. */
export async function startRadicale(): Promise<CalDavServer> {
  const username = 'alice'
  const server = await startServer('radicale', async (folder, port) => {
    const users = join(folder, 'users')
    await writeFile(users, `${username}:${PASSWORD}\n`, 'utf8')
    const config = join(folder, 'config')
    const lines = [
      '[server]',
      `hosts = 127.0.0.1:${port}`,
      '[auth]',
      'type = htpasswd',
      `htpasswd_filename = ${users}`,
      'htpasswd_encryption = plain',
      'delay = 0',
      '[storage]',
      `filesystem_folder = ${join(folder, 'collections')}`,
      '[web]',
      'type = none',
      '[logging]',
      'level = warning',
    ]
    await writeFile(config, `${lines.join('\n')}\n`, 'utf8')
    return ['--config', config]
  })
  const origin = `http://127.0.0.1:${server.port}`
  const place = { name: 'Radicale', origin, homePath: `/${username}/`, username, stop: server.stop }
  const radicale = describeServer(place)
  // The principal comes into being with the first request that carries a login.
  await radicale.request('PROPFIND', place.homePath, { headers: { depth: '0' } })
  return radicale
}
