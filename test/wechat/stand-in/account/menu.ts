import type { Json } from '../index.ts';
import { type Method, Refusal } from '../server.ts';
import type { World } from './world.ts';

/** `menu/create`, `menu/get`, `menu/delete` (自定义菜单): three buttons with five each. */
export function menuMethods(world: World): { readonly create: Method; readonly get: Method; readonly delete: Method } {
  return {
    create: {
      verb: 'POST',
      run({ body }) {
        const buttons = list(body['button'], 3, 40016);
        for (const button of buttons) {
          const inner = button['sub_button'];
          name(button, 16, 40018);
          if (Array.isArray(inner) && inner.length > 0) {
            for (const sub of list(inner, 5, 40023)) {
              if (sub['sub_button'] !== undefined) throw new Refusal(40022, 'invalid sub button level');
              name(sub, 60, 40025);
              action(sub);
            }
          } else action(button);
        }
        world.menu = { button: buttons };
        return { errcode: 0, errmsg: 'ok' };
      },
    },
    get: {
      verb: 'GET',
      run() {
        if (!world.menu) throw new Refusal(46003, 'menu no exist');
        return { menu: world.menu };
      },
    },
    delete: {
      verb: 'GET',
      run() {
        world.menu = undefined;
        return { errcode: 0, errmsg: 'ok' };
      },
    },
  };
}

/** The button with this name on the screen; names are cut to 4 and 7 characters of Chinese there. */
export function buttonNamed({ menu }: World, wanted: string): Json {
  const buttons = (menu?.['button'] ?? []) as readonly Json[];
  const subs = buttons.flatMap((button) => (button['sub_button'] ?? []) as readonly Json[]);
  const leaves = buttons.filter((button) => !Array.isArray(button['sub_button']) || button['sub_button'].length === 0);
  const shown = [
    ...leaves.map((one) => [cut(one, 8), one] as const),
    ...subs.map((one) => [cut(one, 14), one] as const),
  ];
  const found = shown.find(([words]) => words === wanted);
  if (!found) throw new Error(`the menu has no button "${wanted}", only ${shown.map(([words]) => words).join(', ')}`);
  return found[1];
}

/** A name as the phone shows it: `columns` wide, a character of Chinese takes two. */
function cut(button: Json, columns: number): string {
  let width = 0;
  let words = '';
  for (const character of String(button['name'])) {
    width += character > '\u00ff' ? 2 : 1;
    if (width > columns) return `${words}...`;
    words += character;
  }
  return words;
}

function list(value: unknown, most: number, errcode: number): readonly Json[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    throw new Refusal(errcode, 'invalid button size');
  }
  return value as Json[];
}

function name(button: Json, bytes: number, errcode: number): void {
  const words = button['name'];
  if (typeof words !== 'string' || words === '' || Buffer.byteLength(words) > bytes) {
    throw new Refusal(errcode, 'invalid button name size');
  }
}

function action({ type, key, url }: Json): void {
  if (type === 'click' || type === 'scancode_push' || type === 'scancode_waitmsg') {
    if (typeof key !== 'string' || key === '' || Buffer.byteLength(key) > 128) {
      throw new Refusal(40019, 'invalid button key size');
    }
  } else if (type === 'view') {
    if (typeof url !== 'string' || !/^https?:\/\/./.test(url)) throw new Refusal(40055, 'invalid button url domain');
    if (Buffer.byteLength(url) > 1024) throw new Refusal(40020, 'invalid button url size');
  } else throw new Refusal(40017, 'invalid button type');
}
