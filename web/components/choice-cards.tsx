'use client'

import { Field, makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  cards: { display: 'grid', gap: '4px', gridTemplateColumns: 'minmax(0, 1fr)' },
  narrow: {
    gap: tokens.spacingHorizontalS,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(180px, calc(50% - 4px)), 1fr))',
  },
  card: {
    display: 'flex',
    alignItems: 'center',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    minWidth: 0,
    ':hover': { background: tokens.colorNeutralBackground1Hover },
    '& > label': { flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere', alignSelf: 'stretch' },
  },
  chosen: {
    border: `1px solid ${tokens.colorCompoundBrandStroke}`,
    boxShadow: `inset 0 0 0 1px ${tokens.colorCompoundBrandStroke}`,
  },
  words: { display: 'grid', gap: '2px' },
  about: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
})

interface Choice<Value extends string> {
  readonly value: Value
  readonly title: ReactNode
  readonly about?: ReactNode
}

interface ChoiceCardsProps<Value extends string> {
  readonly label: string
  /** Null: nothing is chosen yet. */
  readonly value: Value | null
  readonly choices: readonly Choice<Value>[]
  /** Short ones stand side by side. */
  readonly narrow?: boolean
  readonly error?: string | null
  readonly onChange: (value: Value) => void
}

/** One of several answers, each a card of its own with what it means. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { label, value, choices, narrow = false, error = null, onChange } = props
  const styles = useStyles()
  const name = useId()
  return (
    <Field label={label} validationMessage={error}>
      <RadioGroup
        name={name}
        value={value ?? ''}
        className={mergeClasses(styles.cards, narrow && styles.narrow)}
        onChange={(_, data) => {
          const chosen = choices.find((choice) => choice.value === data.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {choices.map(({ value: each, title, about }) => (
          <div key={each} className={mergeClasses(styles.card, each === value && styles.chosen)}>
            <Radio
              value={each}
              label={
                <span className={styles.words}>
                  <span>{title}</span>
                  {about !== undefined && <span className={styles.about}>{about}</span>}
                </span>
              }
            />
          </div>
        ))}
      </RadioGroup>
    </Field>
  )
}
