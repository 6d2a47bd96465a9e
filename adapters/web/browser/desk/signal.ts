import type { WireNews } from '../../desk/wire.ts';
import type { Keep } from '../keep.ts';

/** Sound and desktop notification. They need a click first, as browsers demand. */
export interface Signal {
  /** Asks for the permission and plays the sound once; false where notifications are not allowed. */
  turnOn(): Promise<boolean>;
  turnOff(): void;
  isOn(): boolean;
  ring(title: string, body: string, onClick: () => void): void;
}

const kept = 'desk-signal';

export function createSignal(keep: Keep): Signal {
  let audio: AudioContext | undefined;
  let on = keep.get(kept) === 'on';

  const wake = () => {
    audio ??= new AudioContext();
    void audio.resume();
  };
  // A page that was loaded anew may make a sound after the first touch only.
  if (on) for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, wake, { once: true });

  const chime = () => {
    if (audio?.state !== 'running') return;
    for (const [at, pitch] of [
      [0, 660],
      [0.16, 880],
    ] as const) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + at;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.15, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    }
  };

  return {
    turnOn: async () => {
      wake();
      on = true;
      keep.set(kept, 'on');
      chime();
      if (!('Notification' in window)) return false;
      return (await Notification.requestPermission()) === 'granted';
    },
    turnOff: () => {
      on = false;
      keep.remove(kept);
    },
    isOn: () => on,
    ring: (title, body, onClick) => {
      if (!on) return;
      chime();
      if (!('Notification' in window) || Notification.permission !== 'granted' || document.hasFocus()) return;
      const notification = new Notification(title, { body, tag: body });
      notification.onclick = () => {
        window.focus();
        onClick();
        notification.close();
      };
    },
  };
}

/** What is new since the last look: cases that nobody holds, and visitors of one's own who began to wait. */
export function newsSince(before: readonly WireNews[], now: readonly WireNews[]): readonly WireNews[] {
  return now.filter((one) => {
    const known = before.find((other) => other.case === one.case);
    if (!one.mine) return known === undefined;
    return one.since !== null && known?.mine === true && known.since !== one.since;
  });
}

/** How many wait: unclaimed cases and one's own visitors. */
export function waitingIn(news: readonly WireNews[]): number {
  return news.filter(({ mine, since }) => !mine || since !== null).length;
}
