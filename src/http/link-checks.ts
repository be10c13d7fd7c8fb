/** What a link must be before it is stored. */
import { randomBytes } from 'node:crypto'
import type { Link, NewLink } from '../core/links.ts'
import { compileRules } from '../core/rules/compile.ts'
import { type Rule, RuleError } from '../core/rules/rule.ts'
import type { Store } from '../store/types.ts'
import { checkFeedPath, demand } from './checks.ts'
import { ApiError } from './errors.ts'

/** 160 random bits, in letters and digits that survive every mail program. */
export function randomPath(): string {
  return randomBytes(20).toString('hex')
}

/** Refuses rules that could not be applied, and says which and why. */
export function checkRules(rules: readonly Rule[]): void {
  try {
    compileRules(rules)
  } catch (thrown) {
    if (thrown instanceof RuleError) throw new ApiError(400, `${thrown.path} ${thrown.message}`)
    throw thrown
  }
}

/** A link of its own as it would be stored; `before` is the stored one on update. */
export function checkLink(store: Store, link: NewLink, before?: Link): void {
  demand(link.source_ids.length > 0, 'source_ids must name at least one source; a link without a source shows nothing')
  demand(new Set(link.source_ids).size === link.source_ids.length, 'source_ids names a source twice')
  for (const id of link.source_ids) {
    demand(store.sources.get(id) !== undefined, `source_ids names source ${id}, which does not exist`)
  }
  if (link.path !== before?.path) checkFeedPath(store, link.path)
  checkCommon(link)
}

/** What every kind may change. */
export function checkCommon({ rules, name }: Pick<NewLink, 'rules' | 'name'>): void {
  demand(
    name === null || name.trim() !== '',
    'name cannot be empty; leave it out, or write null, for the names of the sources',
  )
  checkRules(rules)
}
