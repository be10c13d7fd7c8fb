import { readFileSync } from 'node:fs'

/** One step: `COPY`, and the rest of its line with continuations joined. */
interface Step {
  readonly instruction: string
  readonly rest: string
}

export interface Stage {
  readonly name: string | null
  readonly steps: readonly Step[]
}

/** Reads the subset of the Dockerfile syntax this project uses: no heredocs, no parser directives. */
export function readDockerfile(file: string): Stage[] {
  const text = readFileSync(file, 'utf8')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
  const stages: { name: string | null; steps: Step[] }[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z]+)\s+(.*?)\s*$/.exec(line)
    if (match === null) continue
    const [, instruction = '', rest = ''] = match
    if (instruction === 'FROM') stages.push({ name: / AS (\S+)$/i.exec(rest)?.[1] ?? null, steps: [] })
    else stages.at(-1)?.steps.push({ instruction, rest })
  }
  return stages
}

/** The arguments of all steps with this instruction. */
export function stepsOf(stage: Stage, instruction: string): string[] {
  return stage.steps.filter((step) => step.instruction === instruction).map((step) => step.rest)
}

/** The command of a JSON-form `CMD`, also inside `HEALTHCHECK … CMD`. */
export function jsonCommand(rest: string): string[] {
  const list: unknown = JSON.parse(rest.slice(rest.indexOf('[')))
  if (!Array.isArray(list) || !list.every((part) => typeof part === 'string')) throw new Error(`not a command: ${rest}`)
  return list
}
