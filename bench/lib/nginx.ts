/** nginx with one worker and one file: the least that serving it can cost. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isInstalled, startServer } from '../../test/servers/process.ts'
import { Absent } from './workload.ts'

export interface FileServer {
  readonly url: string
  /** The process that answers. */
  readonly pid: number
  stop(): Promise<void>
}

function configuration(folder: string, port: number): string {
  return `daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 64; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=16;
  keepalive_requests 1000000000;
  gzip_static on;
  types { text/calendar ics; }
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    root ${folder}/www;
  }
}
`
}

/** Serves `body`, and `gzip` to whoever takes it, at `/feed.ics`. Throws `Absent` without nginx. */
export async function startNginx(body: Uint8Array, gzip: Uint8Array): Promise<FileServer> {
  if (!isInstalled('nginx')) throw new Absent('nginx is not installed')
  const server = await startServer('nginx', async (folder, port) => {
    const www = join(folder, 'www')
    await mkdir(www)
    await writeFile(join(www, 'feed.ics'), body)
    await writeFile(join(www, 'feed.ics.gz'), gzip)
    const file = join(folder, 'nginx.conf')
    await writeFile(file, configuration(folder, port))
    return ['-c', file, '-p', folder, '-e', 'stderr']
  })
  const master = Number(await readFile(join(server.folder, 'nginx.pid'), 'utf8'))
  const worker = await readFile(`/proc/${master}/task/${master}/children`, 'utf8')
  return { url: `http://127.0.0.1:${server.port}/feed.ics`, pid: Number(worker), stop: server.stop }
}
