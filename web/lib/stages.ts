import type { Stage } from './types.ts'

/** The steps told so far with one more, which may be told anew; what was not asked for and not tried is left out. */
export function withStage(stages: readonly Stage[], told: Stage): readonly Stage[] {
  if (told.stage === 'write' && told.state === 'skipped') return stages
  const isKnown = stages.some(({ stage }) => stage === told.stage)
  return isKnown ? stages.map((each) => (each.stage === told.stage ? told : each)) : [...stages, told]
}
