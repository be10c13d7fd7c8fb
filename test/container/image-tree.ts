import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, matchesGlob, posix, relative } from 'node:path'
import { readDockerfile, type Stage, stepsOf } from './dockerfile.ts'

/** The final stage of the Dockerfile, laid out below a folder. */
export interface ImageTree {
  readonly final: Stage
  /** The folder that stands for `/` of the image. */
  readonly rootFolder: string
  readonly workingFolder: string
}

export interface ImageUser {
  readonly uid: number
  readonly gid: number
}

/**
 * Follows the steps of the Dockerfile's final stage below `folder`. Stages it copies from are followed too, save the
 * one named `built`, whose results the set-up of the tests has already made with the same commands.
 * `user` stands for the image's user `node`; null: this process may not change owners.
 */
export function assembleImage(project: string, folder: string, user: ImageUser | null): ImageTree {
  const stages = readDockerfile(join(project, 'Dockerfile'))
  const final = stages.at(-1)
  if (final === undefined) throw new Error('the Dockerfile has no stage')
  const rootFolder = layOut(final, '')
  return { final, rootFolder, workingFolder: join(rootFolder, workdirOf(final)) }

  function layOut(stage: Stage, name: string): string {
    const target = join(folder, name === '' ? 'image' : `stage-${name}`)
    const workdir = join(target, workdirOf(stage))
    mkdirSync(workdir, { recursive: true })
    for (const { instruction, rest } of stage.steps) {
      if (instruction === 'COPY') copy(rest, target, workdir)
      else if (instruction === 'RUN') runStep(rest, target, workdir)
    }
    return target
  }

  function copy(rest: string, target: string, workdir: string): void {
    const words = rest.split(/\s+/)
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
    const [to = '', ...sources] = words.filter((word) => !word.startsWith('--')).reverse()
    for (const source of sources) {
      const many = to.endsWith('/')
      const place = join(isAbsolute(to) ? join(target, to) : join(workdir, to), many ? posix.basename(source) : '')
      if (from === undefined) cpSync(join(project, source), place, { recursive: true, filter: isInContext })
      else if (from === 'built') cpSync(join(project, relative('/app', source)), place, { recursive: true })
      else cpSync(join(stageRoot(from), source), place, { recursive: true, verbatimSymlinks: true })
    }
  }

  function stageRoot(name: string): string {
    const stage = stages.find((candidate) => candidate.name === name)
    if (stage === undefined) throw new Error(`the Dockerfile has no stage "${name}"`)
    return layOut(stage, name)
  }

  function isInContext(path: string): boolean {
    return !isIgnored(relative(project, path), readFileSync(join(project, '.dockerignore'), 'utf8'))
  }

  function runStep(command: string, target: string, workdir: string): void {
    const folderStep = /^install -d -o node -g node (\/\S+)$/.exec(command)
    if (folderStep !== null) {
      const path = join(target, folderStep[1] ?? '')
      mkdirSync(path)
      if (user !== null) chownSync(path, user.uid, user.gid)
      return
    }
    if (!command.startsWith('npm ci ')) throw new Error(`cannot follow this step of the Dockerfile: RUN ${command}`)
    const [program = '', ...args] = command.split(' ')
    const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' }
    const { status, stderr } = spawnSync(program, args, { cwd: workdir, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command}: ${stderr}`)
  }
}

function workdirOf(stage: Stage): string {
  return stepsOf(stage, 'WORKDIR').at(-1) ?? '/'
}

/** Whether .dockerignore leaves a path out: the last pattern that matches it or a folder above it decides. */
function isIgnored(path: string, ignoreFile: string): boolean {
  const parents = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
  let ignored = false
  for (const line of ignoreFile.split('\n')) {
    const pattern = line.trim().replace(/^!/, '')
    if (pattern === '' || pattern.startsWith('#')) continue
    if (parents.some((parent) => matchesGlob(parent, pattern))) ignored = !line.trim().startsWith('!')
  }
  return ignored
}

/** Puts this process's Node where the image has it, so that a user without rights on our folders can run it. */
export function placeNode(tree: ImageTree): string {
  const folder = join(tree.rootFolder, 'usr/local/bin')
  mkdirSync(folder, { recursive: true })
  cpSync(process.execPath, join(folder, 'node'), { dereference: lstatSync(process.execPath).isSymbolicLink() })
  chmodSync(join(folder, 'node'), 0o755)
  return folder
}
