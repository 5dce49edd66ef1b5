import { type Choice, ChoiceGroup } from './choice-group';
import { classNames } from './class-names';
import { type FieldTexts } from './field-frame';

export type RadioOption = Choice & { readonly disabled?: boolean };

export type RadioGroupProps = FieldTexts & {
  readonly name: string;
  readonly id?: string;
  readonly options: readonly RadioOption[];
  readonly defaultValue?: string | undefined;
  readonly required?: boolean;
  /** Side by side where there is room. */
  readonly inline?: boolean;
  readonly onChange?: (value: string) => void;
};

/** One of a few. */
export function RadioGroup({ name, id = name, defaultValue, required, inline = false, onChange, ...group }: RadioGroupProps) {
  return (
    <ChoiceGroup
      {...group}
      id={id}
      className={classNames('mt-2 flex gap-x-6 gap-y-2', inline ? 'flex-wrap' : 'flex-col')}
      input={({ value, disabled }, props) => (
        <input {...props} type="radio" name={name} defaultChecked={value === defaultValue} disabled={disabled} required={required} onChange={onChange ? () => onChange(value) : undefined} />
      )}
    />
  );
}
