'use client'

import { Button, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DeleteRegular } from '@fluentui/react-icons'
import {
  type DraftRule,
  type Keyed,
  newAction,
  newCondition,
  type PlacedProblem,
  replaced,
  without,
} from '../lib/rule-edit.ts'
import { rules as texts } from '../texts.ts'
import type { Complaint } from './rule-inputs.tsx'
import { ActionPart, ConditionPart } from './rule-part.tsx'

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    // The bar at the bottom of the window covers nothing that has the focus.
    '& input, & select, & button': { scrollMarginBottom: '160px' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  number: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  name: { flex: '1 1 160px', minWidth: 0 },
  buttons: { display: 'flex', marginInlineStart: 'auto' },
  section: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  word: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  add: { justifySelf: 'start' },
  complaint: { margin: 0, color: tokens.colorStatusDangerForeground1, overflowWrap: 'anywhere' },
})

interface RuleCardProps {
  readonly rule: Keyed<DraftRule>
  /** From 1. */
  readonly place: number
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Events that this rule alone holds for; undefined: not known. */
  readonly hits: number | undefined
  readonly problem: PlacedProblem | null
  readonly onChange: (rule: DraftRule) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

/** One rule: when it holds, and what it then does. */
export function RuleCard(props: RuleCardProps) {
  const { rule, place, isFirst, isLast, hits, problem, onChange, onMove, onRemove } = props
  const styles = useStyles()
  const { key, part: draft } = rule
  const { name, match, when, actions } = draft
  // Where the focus goes from what is removed.
  const addIds = { when: `rule-${key}-add-condition`, actions: `rule-${key}-add-action` }
  const own = problem !== null && problem.ruleKey === key ? problem : null

  const complaints = (partKey: number, word: string) => {
    const found = own?.partKey === partKey ? own : null
    return {
      complaint: found !== null && found.field === null ? `${word} ${found.says}` : undefined,
      complaintOf: (field: string): Complaint | undefined =>
        found?.field === field
          ? { says: `${texts.places.field} ${found.says}`, isUnwritten: found.says.startsWith('is empty') }
          : undefined,
    }
  }

  return (
    <li className={styles.card} aria-label={texts.number(place)}>
      <div className={styles.head}>
        <h3 className={styles.number}>{texts.number(place)}</h3>
        <Input
          id={`rule-${key}-name`}
          className={styles.name ?? ''}
          aria-label={texts.name(place)}
          placeholder={texts.namePlaceholder}
          autoComplete="off"
          value={name}
          onChange={(_, data) => onChange({ ...draft, name: data.value })}
        />
        {hits !== undefined && <span className={styles.quiet}>{texts.hits(hits)}</span>}
        <span className={styles.buttons}>
          <Button
            id={`rule-${key}-up`}
            appearance="subtle"
            icon={<ArrowUpRegular />}
            aria-label={texts.up(place)}
            title={texts.up(place)}
            disabledFocusable={isFirst}
            onClick={() => onMove(-1)}
          />
          <Button
            id={`rule-${key}-down`}
            appearance="subtle"
            icon={<ArrowDownRegular />}
            aria-label={texts.down(place)}
            title={texts.down(place)}
            disabledFocusable={isLast}
            onClick={() => onMove(1)}
          />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={texts.remove(place)}
            title={texts.remove(place)}
            onClick={onRemove}
          />
        </span>
      </div>
      {own !== null && own.partKey === null && (
        <p role="alert" className={styles.complaint}>
          {`${texts.places.rule} ${own.says}`}
        </p>
      )}
      <div className={styles.section}>
        <div className={styles.line}>
          <h4 className={styles.word}>{texts.when}</h4>
          {when.length > 1 && (
            <Select
              aria-label={texts.match}
              value={match}
              onChange={(_, data) => onChange({ ...draft, match: data.value === 'any' ? 'any' : 'all' })}
            >
              <option value="all">{texts.matches.all}</option>
              <option value="any">{texts.matches.any}</option>
            </Select>
          )}
          {when.length === 0 && <span className={styles.quiet}>{texts.everyEvent}</span>}
        </div>
        {when.length > 0 && (
          <ul className={styles.list}>
            {when.map((condition, index) => (
              <ConditionPart
                key={condition.key}
                part={condition.part}
                place={index + 1}
                {...complaints(condition.key, texts.places.condition)}
                onChange={(part) => onChange({ ...draft, when: replaced(when, condition.key, part) })}
                onRemove={() => {
                  document.getElementById(addIds.when)?.focus()
                  onChange({ ...draft, when: without(when, condition.key) })
                }}
              />
            ))}
          </ul>
        )}
        <Button
          id={addIds.when}
          className={styles.add ?? ''}
          size="small"
          icon={<AddRegular />}
          onClick={() => onChange({ ...draft, when: [...when, newCondition('text')] })}
        >
          {texts.addCondition}
        </Button>
      </div>
      <div className={styles.section}>
        <h4 className={styles.word}>{texts.thenWord}</h4>
        {actions.length > 0 && (
          <ul className={styles.list}>
            {actions.map((action, index) => (
              <ActionPart
                key={action.key}
                part={action.part}
                place={index + 1}
                {...complaints(action.key, texts.places.action)}
                onChange={(part) => onChange({ ...draft, actions: replaced(actions, action.key, part) })}
                onRemove={() => {
                  document.getElementById(addIds.actions)?.focus()
                  onChange({ ...draft, actions: without(actions, action.key) })
                }}
              />
            ))}
          </ul>
        )}
        <Button
          id={addIds.actions}
          className={styles.add ?? ''}
          size="small"
          icon={<AddRegular />}
          onClick={() =>
            onChange({ ...draft, actions: [...actions, newAction(actions.length === 0 ? 'drop' : 'set')] })
          }
        >
          {texts.addAction}
        </Button>
      </div>
    </li>
  )
}
