'use client'

import { Button, MessageBar, MessageBarBody, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import { draftPlace, dropDraft, keepDraft, keptDraft } from '../lib/rule-drafts.ts'
import { type Draft, draftOf, isSameRules, moved, newRule, replaced, rulesOf, without } from '../lib/rule-edit.ts'
import type { Rule, ShownKind } from '../lib/types.ts'
import { useRulesPreview } from '../lib/use-rules-preview.ts'
import { rules as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { PresetMenu } from './preset-menu.tsx'
import { RuleCard } from './rule-card.tsx'
import { RulePreview } from './rule-preview.tsx'
import { RuleSaveBar } from './rule-save-bar.tsx'

/** Wide enough for the rules and what they do side by side. */
const sideBySide = '@media (min-width: 1180px)'

const useStyles = makeStyles({
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  about: { margin: `${tokens.spacingVerticalXXS} 0 0`, color: tokens.colorNeutralForeground3 },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    marginTop: tokens.spacingVerticalM,
  },
  two: { [sideBySide]: { gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)' } },
  side: {
    [sideBySide]: { position: 'sticky', top: '16px', maxHeight: 'calc(100dvh - 140px)', overflowY: 'auto' },
  },
  rules: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: '4px' },
  none: {
    margin: 0,
    padding: tokens.spacingHorizontalL,
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    color: tokens.colorNeutralForeground2,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  bar: { borderRadius: tokens.borderRadiusMedium },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
})

interface RuleEditorProps {
  readonly kind: ShownKind
  readonly id: number
  /** As they are stored now. */
  readonly stored: readonly Rule[]
  readonly about: string
  /** False where the page is about nothing else, and its title says so. */
  readonly titled?: boolean
  /** Resolves when they are stored; rejects with the reason where they are not. */
  readonly onSave: (rules: Rule[]) => Promise<void>
}

/** Edits a list of rules, and shows as one types which events they fit and what becomes of them. */
export function RuleEditor({ kind, id, stored, about, titled = true, onSave }: RuleEditorProps) {
  const styles = useStyles()
  const place = draftPlace(kind, id)
  const [draft, setDraft] = useState<Draft>(() => keptDraft(place) ?? draftOf(stored))
  const [wasKept] = useState(() => keptDraft(place) !== undefined)
  const [base, setBase] = useState(stored)
  // What was saved elsewhere shows here, unless something is being written.
  if (!isSameRules(stored, base)) {
    setBase(stored)
    if (isSameRules(rulesOf(draft), base)) setDraft(draftOf(stored))
  }
  const isDirty = !isSameRules(rulesOf(draft), stored)
  useEffect(() => {
    if (isDirty) keepDraft(place, draft)
    else dropDraft(place)
  }, [isDirty, place, draft])

  const preview = useRulesPreview(kind, id, draft)
  const focusNext = useFocusAfter(draft)
  const { problem, found } = preview

  // Without rules there is nothing to try and nothing to save.
  const hasEffect = draft.length > 0 || isDirty
  const add = () => {
    const rule = newRule()
    focusNext(`rule-${rule.key}-name`)
    setDraft([...draft, rule])
  }
  return (
    <section aria-label={texts.title}>
      <h2 className={titled ? styles.title : styles.hidden}>{texts.title}</h2>
      <p className={styles.about}>
        {about} {draft.length > 1 && texts.order}
      </p>
      <div className={mergeClasses(styles.columns, hasEffect && styles.two)}>
        <div className={styles.rules}>
          {wasKept && isDirty && (
            <MessageBar intent="info" className={styles.bar}>
              <MessageBarBody>{texts.kept}</MessageBarBody>
            </MessageBar>
          )}
          {problem !== null && problem.ruleKey === null && (
            <MessageBar intent="error" layout="multiline" className={styles.bar}>
              <MessageBarBody>{`${texts.places.list} ${problem.says}`}</MessageBarBody>
            </MessageBar>
          )}
          {draft.length === 0 ? (
            <p className={styles.none}>{texts.none}</p>
          ) : (
            <ol className={styles.list}>
              {draft.map((rule, index) => (
                <RuleCard
                  key={rule.key}
                  rule={rule}
                  place={index + 1}
                  isFirst={index === 0}
                  isLast={index === draft.length - 1}
                  hits={preview.hits.get(rule.key)}
                  problem={problem}
                  onChange={(part) => setDraft(replaced(draft, rule.key, part))}
                  onMove={(by) => {
                    focusNext(`rule-${rule.key}-${by < 0 ? 'up' : 'down'}`)
                    setDraft(moved(draft, rule.key, by))
                  }}
                  onRemove={() => {
                    focusNext(addId)
                    setDraft(without(draft, rule.key))
                  }}
                />
              ))}
            </ol>
          )}
          <div className={styles.buttons}>
            <Button id={addId} icon={<AddRegular />} onClick={add}>
              {texts.add}
            </Button>
            <PresetMenu onChosen={(rules) => setDraft([...draft, ...draftOf(rules)])} />
          </div>
        </div>
        {hasEffect && (
          <div className={styles.side}>
            <Card title={texts.preview}>
              {found === undefined ? (
                <p className={styles.quiet}>
                  {problem !== null
                    ? texts.previewWaits
                    : preview.failure !== null
                      ? texts.previewFailed(preview.failure)
                      : texts.previewing}
                </p>
              ) : (
                <RulePreview found={found} />
              )}
            </Card>
          </div>
        )}
      </div>
      {hasEffect && (
        <RuleSaveBar
          preview={preview}
          isDirty={isDirty}
          onDiscard={() => setDraft(draftOf(stored))}
          onSave={() => onSave(rulesOf(draft))}
        />
      )}
    </section>
  )
}

const addId = 'add-rule'

/** Puts the focus on an element, by its id, once the next draft is on the page. */
function useFocusAfter(draft: Draft): (elementId: string) => void {
  const wanted = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it waits for is that the draft has been drawn
  useEffect(() => {
    if (wanted.current !== null) document.getElementById(wanted.current)?.focus()
    wanted.current = null
  }, [draft])
  return (elementId) => {
    wanted.current = elementId
  }
}
