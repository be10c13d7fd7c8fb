'use client'

import { Button, makeStyles, Select, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { type ReactNode, useId } from 'react'
import { actionAs, actionKinds, conditionAs, conditionKinds } from '../lib/rule-edit.ts'
import type { Action, Condition } from '../lib/types.ts'
import { rules as texts } from '../texts.ts'
import { ActionFields } from './action-fields.tsx'
import { ConditionFields } from './condition-fields.tsx'
import type { ComplaintOf } from './rule-inputs.tsx'

const useStyles = makeStyles({
  part: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'start' },
  choices: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, flex: '1 1 auto', minWidth: 0 },
  turn: { flex: '0 0 84px', minWidth: 0 },
  kind: { flex: '1 1 120px', minWidth: 0, maxWidth: '280px' },
  about: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  fields: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'start',
    gap: tokens.spacingHorizontalS,
    ':empty': { display: 'none' },
  },
  complaint: { margin: 0, color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
})

interface FrameProps {
  readonly choices: ReactNode
  readonly about: string
  readonly aboutId: string
  readonly removeLabel: string
  /** What is the matter with the part as a whole. */
  readonly complaint: string | undefined
  readonly onRemove: () => void
  readonly children: ReactNode
}

function Frame({ choices, about, aboutId, removeLabel, complaint, onRemove, children }: FrameProps) {
  const styles = useStyles()
  return (
    <li className={styles.part}>
      <div className={styles.head}>
        <div className={styles.choices}>{choices}</div>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={removeLabel}
          title={removeLabel}
          onClick={onRemove}
        />
      </div>
      <p id={aboutId} className={styles.about}>
        {about}
      </p>
      <div className={styles.fields}>{children}</div>
      {complaint !== undefined && (
        <p role="alert" className={styles.complaint}>
          {complaint}
        </p>
      )}
    </li>
  )
}

interface PartProps<Part> {
  /** From 1. */
  readonly place: number
  readonly part: Part
  readonly complaint: string | undefined
  readonly complaintOf: ComplaintOf
  readonly onChange: (part: Part) => void
  readonly onRemove: () => void
}

/** One condition: turned round or not, its kind, and what its kind asks for. */
export function ConditionPart({ part, place, complaint, complaintOf, onChange, onRemove }: PartProps<Condition>) {
  const styles = useStyles()
  const aboutId = useId()
  const [, about] = texts.conditions[part.if]
  const turn = (isTurned: boolean) => {
    const { not: _not, ...rest } = part
    onChange(isTurned ? { ...rest, not: true } : rest)
  }
  return (
    <Frame
      about={about ?? ''}
      aboutId={aboutId}
      removeLabel={texts.removeCondition(place)}
      complaint={complaint}
      onRemove={onRemove}
      choices={
        <>
          <Select
            className={styles.turn ?? ''}
            aria-label={texts.turned}
            value={part.not === true ? 'no' : 'yes'}
            onChange={(_, data) => turn(data.value === 'no')}
          >
            <option value="yes">{texts.turnedWords.yes}</option>
            <option value="no">{texts.turnedWords.no}</option>
          </Select>
          <Select
            className={styles.kind ?? ''}
            aria-label={texts.condition}
            aria-describedby={aboutId}
            value={part.if}
            onChange={(_, data) => {
              const kind = conditionKinds.find((each) => each === data.value)
              if (kind !== undefined) onChange(conditionAs(kind, part))
            }}
          >
            {conditionKinds.map((kind) => (
              <option key={kind} value={kind}>
                {texts.conditions[kind][0]}
              </option>
            ))}
          </Select>
        </>
      }
    >
      <ConditionFields condition={part} complaintOf={complaintOf} onChange={onChange} />
    </Frame>
  )
}

/** One action: its kind, and what its kind asks for. */
export function ActionPart({ part, place, complaint, complaintOf, onChange, onRemove }: PartProps<Action>) {
  const styles = useStyles()
  const aboutId = useId()
  const [, about] = texts.actions[part.do]
  return (
    <Frame
      about={about ?? ''}
      aboutId={aboutId}
      removeLabel={texts.removeAction(place)}
      complaint={complaint}
      onRemove={onRemove}
      choices={
        <Select
          className={styles.kind ?? ''}
          aria-label={texts.action}
          aria-describedby={aboutId}
          value={part.do}
          onChange={(_, data) => {
            const kind = actionKinds.find((each) => each === data.value)
            if (kind !== undefined) onChange(actionAs(kind))
          }}
        >
          {actionKinds.map((kind) => (
            <option key={kind} value={kind}>
              {texts.actions[kind][0]}
            </option>
          ))}
        </Select>
      }
    >
      <ActionFields action={part} complaintOf={complaintOf} onChange={onChange} />
    </Frame>
  )
}
