import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { type Program, startProgram } from '../program.ts'
import { type CalDavServer, PASSWORD } from '../servers/caldav-server.ts'
import { isRadicaleInstalled, startRadicale } from '../servers/radicale.ts'
import { isXandikosInstalled, startXandikos } from '../servers/xandikos.ts'

/** The whole service beside a real CalDAV server. */
export interface Scene {
  readonly server: CalDavServer
  readonly program: Program
  readonly dataDir: string
  /** Asks the service's API; JSON in, JSON out. */
  api(method: string, path: string, body?: object): Promise<{ status: number; body: ApiAnswer }>
  /** Ends the service with the signal and starts it again on the same data. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Settings of an account on the server. */
  readonly login: { readonly username: string; readonly password: string }
}

/** What tests look at in an answer; which part is there depends on the route. */
export interface ApiAnswer {
  readonly status?: string
  readonly message?: string
  readonly events?: number
  readonly uploaded?: number
  readonly skipped?: number
  readonly deleted?: number
  readonly total?: number
  readonly runs?: readonly { readonly id: number }[]
  readonly run?: { readonly id: number }
  readonly source?: ItemAnswer
  readonly destination?: ItemAnswer
}

export interface ItemAnswer {
  readonly id: number
  readonly last_synced: string | null
  readonly last_sync_status: string | null
  readonly last_sync_error: string | null
}

const KINDS = [
  { name: 'Radicale', installed: isRadicaleInstalled(), start: startRadicale },
  { name: 'Xandikos', installed: isXandikosInstalled(), start: startXandikos },
]

/** Runs the suite against each real server; one that is not installed is skipped loudly. */
export function onBothServers(title: string, suite: (scene: () => Scene) => void): void {
  for (const { name, installed, start } of KINDS) {
    const skip = installed ? false : `${name.toUpperCase()} IS NOT INSTALLED: this suite did not run`
    describe(`${title}, on ${name}`, { skip }, () => {
      let scene: Scene | undefined
      before(async () => {
        scene = await openScene(await start())
      })
      after(async () => {
        await scene?.program.end('SIGTERM')
        await scene?.server.stop()
        if (scene) rmSync(scene.dataDir, { recursive: true, force: true })
      })
      suite(() => {
        if (!scene) throw new Error('The scene was not opened')
        return scene
      })
    })
  }
}

async function openScene(server: CalDavServer): Promise<Scene> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caldav-ics-sync-'))
  let program = await startProgram({ DATA_DIR: dataDir })
  return {
    server,
    dataDir,
    login: { username: server.username, password: PASSWORD },
    get program() {
      return program
    },
    async api(method, path, body) {
      const answer = await fetch(program.url + path, {
        method,
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      })
      return { status: answer.status, body: (await answer.json()) as ApiAnswer }
    },
    async restart(signal) {
      await program.end(signal)
      program = await startProgram({ DATA_DIR: dataDir })
    },
  }
}
