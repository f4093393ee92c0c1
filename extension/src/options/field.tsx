import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  name: string;
  label: string;
  hint?: string;
  error: string;
  /** Puts the focus here when it turns true. */
  focused: boolean;
  input: JSX.IntrinsicElements["input"];
}

/** A labelled input with its hint and its error, both read out with it. */
export function Field({ name, label, hint, error, focused, input }: Props) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) ref.current?.focus();
  }, [focused]);
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        {...input}
        ref={ref}
        id={name}
        name={name}
        required
        aria-invalid={error ? "true" : undefined}
        aria-describedby={described || undefined}
      />
      {hint && !error && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
