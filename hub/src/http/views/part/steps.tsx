import { span } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { StepProps } from '../server-props.ts';
import { Icon } from './icon.tsx';
import { When } from './when.tsx';

/** The steps of a start, each with its own time. */
export function Steps({ t, now, steps }: { t: Messages; now: number; steps: readonly StepProps[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li
          key={step.name}
          class={`step step-${step.status}`}
          aria-current={step.status === 'now' ? 'step' : undefined}
        >
          <span class="step-mark">{step.status === 'done' ? <Icon name="check" /> : null}</span>
          <span class="step-name">
            {t.progress.steps[step.name]}
            <span class="visually-hidden">{` (${t.progress.stepState[step.status]})`}</span>
          </span>
          <StepTime t={t} now={now} step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepTime({ t, now, step }: { t: Messages; now: number; step: StepProps }) {
  if (step.began === null) return null;
  return (
    <span class="step-time">
      {step.ended === null ? (
        <When t={t} at={step.began} now={now} as="since" />
      ) : (
        span(t, step.ended - step.began)
      )}
    </span>
  );
}
