import { useState } from 'preact/hooks';
import type { Keep } from '../../keep.ts';
import { Seal } from '../../view/Seal.tsx';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

interface SignInProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly keep: Keep;
  readonly password: string | undefined;
}

/** Where a consultant gives the password, unless the link carried it, and a name. */
export function SignIn({ desk, state, keep, password: given }: SignInProps) {
  const words = labels[state.language];
  const [password, setPassword] = useState(given ?? '');
  const [name, setName] = useState(keep.get('desk-name') ?? '');
  const [busy, setBusy] = useState(false);
  const failures: Readonly<Record<string, string>> = words.signInFailed;
  // A key that does not work (any more) has to be replaced by hand.
  const isLink = given !== undefined && state.refused !== 'wrong-password';

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    keep.set('desk-name', name.trim());
    await desk.signIn(password, name);
    setBusy(false);
  };

  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <Seal />
        <h1>{words.headline}</h1>
        {isLink && <p class="hint">{words.keyGiven}</p>}
        <label>
          {words.name}
          <input
            value={name}
            required
            maxLength={40}
            autocomplete="nickname"
            aria-describedby="name-hint"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <p class="hint" id="name-hint">
          {words.nameHint}
        </p>
        {!isLink && (
          <label>
            {words.password}
            <input
              type="password"
              value={password}
              required
              autocomplete="current-password"
              onInput={({ currentTarget }) => setPassword(currentTarget.value)}
            />
          </label>
        )}
        <p class="failed" role="alert">
          {state.refused !== undefined && (failures[state.refused] ?? words.signInFailed.other)}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {words.signIn}
        </button>
        <LanguageSwitch desk={desk} language={state.language} />
      </form>
    </main>
  );
}
