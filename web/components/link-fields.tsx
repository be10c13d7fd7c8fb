'use client'

import { Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { type Control, useController } from 'react-hook-form'
import { freshnessUnits } from '../lib/durations.ts'
import { checkExpiry, checkFreshness, type LinkValues, marks } from '../lib/link-form.ts'
import type { Source } from '../lib/types.ts'
import { linkForm as texts } from '../texts.ts'

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0, gridColumn: '1 / -1' },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXS },
  boxes: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM, marginInlineStart: '-8px' },
  error: { margin: 0, color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
  pair: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: tokens.spacingHorizontalS },
  input: { minWidth: 0, width: '100%' },
  full: { gridColumn: '1 / -1' },
  roomy: { minWidth: 0, '@media (max-width: 480px)': { gridColumn: '1 / -1' } },
})

interface LinkFieldProps {
  readonly control: Control<LinkValues>
}

/** Which sources a link shows. */
export function SourcesField({ control, sources }: LinkFieldProps & { readonly sources: readonly Source[] }) {
  const styles = useStyles()
  const { field, fieldState } = useController({
    control,
    name: 'source_ids',
    rules: { validate: (ids) => ids.length > 0 || texts.sourcesMissing },
  })
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{texts.sources}</legend>
      <div className={styles.boxes}>
        {sources.map(({ id, name }, place) => (
          <Checkbox
            key={id}
            ref={place === 0 ? field.ref : null}
            label={name}
            checked={field.value.includes(id)}
            onBlur={field.onBlur}
            onChange={(_, data) =>
              field.onChange(data.checked === true ? [...field.value, id] : field.value.filter((each) => each !== id))
            }
          />
        ))}
      </div>
      {fieldState.error && (
        <p role="alert" className={styles.error}>
          {fieldState.error.message}
        </p>
      )}
    </fieldset>
  )
}

interface ExpiryFieldProps extends LinkFieldProps {
  /** What is stored: a day gone by is told when it is chosen, not when something else of an ended link is saved. */
  readonly stored?: string
}

/** The last day on which a link works. */
export function ExpiryField({ control, stored = '' }: ExpiryFieldProps) {
  const styles = useStyles()
  const { field, fieldState } = useController({
    control,
    name: 'expires',
    rules: { validate: (text) => text === stored || checkExpiry(text, Date.now()) },
  })
  return (
    <Field
      className={styles.roomy ?? ''}
      label={texts.expires}
      hint={texts.expiresHint}
      validationMessage={fieldState.error?.message ?? null}
    >
      <Input
        className={styles.input ?? ''}
        type="date"
        ref={field.ref}
        name={field.name}
        value={field.value}
        onBlur={field.onBlur}
        onChange={field.onChange}
      />
    </Field>
  )
}

/** How old the feed may be before a reader waits for a fresh one. */
export function FreshnessField({ control }: LinkFieldProps) {
  const styles = useStyles()
  const unit = useController({ control, name: 'freshness_unit' }).field
  const { field, fieldState } = useController({
    control,
    name: 'freshness',
    rules: { validate: (text, values) => checkFreshness(text, values.freshness_unit) },
  })
  return (
    <Field
      className={styles.roomy ?? ''}
      label={texts.freshness}
      hint={texts.freshnessHint}
      validationMessage={fieldState.error?.message ?? null}
    >
      {(labelled) => (
        <div className={styles.pair}>
          <Input
            {...labelled}
            className={styles.input ?? ''}
            inputMode="numeric"
            autoComplete="off"
            ref={field.ref}
            name={field.name}
            value={field.value}
            onBlur={field.onBlur}
            onChange={field.onChange}
          />
          <Select
            aria-label={texts.freshnessUnit}
            ref={unit.ref}
            name={unit.name}
            value={unit.value}
            onBlur={unit.onBlur}
            onChange={(_, data) => unit.onChange(data.value)}
          >
            {freshnessUnits.map((each) => (
              <option key={each} value={each}>
                {texts.units[each]}
              </option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  )
}

/** How events tell which source they are from. */
export function MarkField({ control }: LinkFieldProps) {
  const styles = useStyles()
  const { field } = useController({ control, name: 'mark' })
  return (
    <Field label={texts.mark} hint={texts.markHint} className={styles.full ?? ''}>
      <Select
        ref={field.ref}
        name={field.name}
        value={field.value}
        onBlur={field.onBlur}
        onChange={(_, data) => field.onChange(data.value)}
      >
        {marks.map((mark) => (
          <option key={mark} value={mark}>
            {texts.marks[mark]}
          </option>
        ))}
      </Select>
    </Field>
  )
}
