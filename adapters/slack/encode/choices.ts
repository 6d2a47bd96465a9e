import type { ActionsBlock, Button, ContextActionsBlock, KnownBlock } from '@slack/types';
import type { Choice, Outgoing } from '../../../src/core/message.ts';
import { words } from '../words.ts';
import { cut, limits, plainText } from './text.ts';

/** What a click on each of our controls is called; `choice` stands before its number. */
export const actions = {
  choice: 'choice',
  multiple: 'multiple',
  confirm: 'confirm',
  feedback: 'feedback',
  share: 'share',
  erase: 'erase',
} as const;

/** Choices that fit below a message; no answer offers as many. */
const mostChoices = 3 * limits.actions;

/** Choices as buttons; those that may be picked together as boxes to tick, with a button that sends them. */
export function choiceBlocks({ choices = [], multiple, language }: Outgoing): readonly KnownBlock[] {
  const boxes = multiple ? choices.filter(({ quiet }) => !quiet) : [];
  if (boxes.length === 0 || !areTickable(boxes)) return buttonRows(choices);
  const tick: ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'checkboxes',
        action_id: actions.multiple,
        options: boxes.map(({ id, label }) => ({ text: plainText(label, limits.option), value: id })),
      },
    ],
  };
  const confirm = button(actions.confirm, words[language].confirm, actions.confirm, 'primary');
  return [tick, ...rows([confirm, ...choices.filter(({ quiet }) => quiet).map(choiceButton)])];
}

/** "Did this help?" as Slack's own pair of buttons. */
export function feedbackBlocks({ feedback }: Outgoing): readonly ContextActionsBlock[] {
  if (!feedback) return [];
  const { ask, yes, no } = feedback;
  const half = ({ id, label }: Choice) => ({
    text: plainText(`${ask} ${label}`, limits.button),
    value: id.slice(0, limits.value),
    accessibility_label: cut(`${ask} ${label}`, limits.button) || '…',
  });
  return [
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: actions.feedback,
          positive_button: half(yes),
          negative_button: half(no),
        },
      ],
    },
  ];
}

function buttonRows(choices: readonly Choice[]): readonly KnownBlock[] {
  return rows(choices.slice(0, mostChoices).map(choiceButton));
}

/** A button that sends a choice. */
export function choiceButton({ id, label }: Choice, at: number): Button {
  return button(`${actions.choice}:${at}`, label, id);
}

/** A button of ours. */
export function button(action: string, label: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: action,
    text: plainText(label, limits.button),
    value: value.slice(0, limits.value),
    ...(style && { style }),
  };
}

/** Buttons as blocks, as many in each as Slack allows. */
export function rows(buttons: readonly Button[]): readonly KnownBlock[] {
  const blocks: ActionsBlock[] = [];
  for (let at = 0; at < buttons.length; at += limits.actions) {
    blocks.push({ type: 'actions', elements: buttons.slice(at, at + limits.actions) });
  }
  return blocks;
}

/** Ids longer than an option may carry, or more options than a group may have, stay buttons. */
function areTickable(boxes: readonly Choice[]): boolean {
  return boxes.length <= limits.options && boxes.every(({ id }) => id !== '' && id.length <= limits.option);
}
