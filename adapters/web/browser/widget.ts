import { type FromFrame, type FromLoader, greeting } from './port.ts';
import { remember, remembered } from './reopen.ts';
import css from './widget.css?inline';

const words = {
  en: { open: 'Open the chat', close: 'Close the chat', chat: 'Chat', unread: 'new messages' },
  zh: { open: '打开对话', close: '关闭对话', chat: '对话', unread: '条新消息' },
};
const seal =
  '<svg class="ask" viewBox="0 0 32 32" aria-hidden="true"><path d="M8.2 5.6l2.4 2.8M7.4 12v15.4M14 7.4h10.6v17.4q0 2.6-2.8 2.6h-1.6"/><path d="M12.2 14.2h7.6v7h-7.6z"/></svg>' +
  '<svg class="shut" viewBox="0 0 32 32" aria-hidden="true"><path d="M8 12l8 8 8-8"/></svg>';

/**
 * Adds the chat to a page of another site: a button, and the chat in a frame of its own origin, so that neither side
 * can read the other. Leaves no globals; a second copy of the script does nothing.
 */
function load(): void {
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!(script instanceof HTMLScriptElement) || document.querySelector('[data-wenda]')) return;
  const { language = 'auto', position = 'right', title } = script.dataset;
  const tag = language === 'en' || language === 'zh' ? language : navigator.language;
  const text = words[tag.toLowerCase().startsWith('zh') ? 'zh' : 'en'];

  const address = new URL('chat', script.src);
  if (language !== 'auto') address.searchParams.set('language', language);
  if (title) address.searchParams.set('title', title);

  const host = document.createElement('div');
  host.setAttribute('data-wenda', '');
  const root = host.attachShadow({ mode: 'open' });
  const sides = document.createElement('div');
  sides.className = position === 'left' ? 'left' : 'right';
  sides.lang = text === words.zh ? 'zh-Hans' : 'en';

  const panel = document.createElement('div');
  panel.className = 'panel';
  panel.id = 'panel';
  panel.hidden = true;
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', title ?? text.chat);

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'open';
  button.innerHTML = seal;
  button.setAttribute('aria-controls', 'panel');
  const dot = document.createElement('span');
  dot.className = 'dot';
  button.append(dot);

  let port: MessagePort | undefined;
  let unread = 0;
  let isOpen = false;

  const label = () => {
    const news = unread > 0 && !isOpen ? `, ${unread} ${text.unread}` : '';
    button.setAttribute('aria-label', (isOpen ? text.close : text.open) + news);
    button.setAttribute('aria-expanded', String(isOpen));
    dot.textContent = news === '' ? '' : String(unread);
  };
  const tell = (focus: boolean) => port?.postMessage({ open: isOpen, focus } satisfies FromLoader);

  const frame = () => {
    const iframe = document.createElement('iframe');
    iframe.title = title ?? text.chat;
    iframe.addEventListener('load', () => {
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
        if ('close' in data) return show(false);
        unread = data.unread;
        label();
      };
      iframe.contentWindow?.postMessage(greeting, address.origin, [channel.port2]);
      tell(document.activeElement === host);
    });
    iframe.src = address.href;
    panel.append(iframe);
  };

  const show = (open: boolean) => {
    isOpen = open;
    panel.hidden = !open;
    remember(open);
    label();
    if (open && !panel.firstChild) frame();
    if (open) panel.querySelector('iframe')?.focus();
    else button.focus();
    tell(open);
  };

  button.addEventListener('click', () => show(!isOpen));
  sides.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen) show(false);
  });
  sides.append(button, panel);
  dressed(root, css);
  root.append(sides);
  document.body.append(host);
  label();
  // Goes on where the visitor was on the page before, without taking the focus.
  const before = remembered();
  if (before === undefined) return;
  isOpen = before && !matchMedia('(max-width: 520px)').matches;
  panel.hidden = !isOpen;
  frame();
  label();
}

/** Styles as a constructed sheet where there is one: a page's policy against inline styles does not concern it. */
function dressed(root: ShadowRoot, text: string): void {
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = text;
  (root as ShadowRoot).append(style);
}

if (document.body) load();
else document.addEventListener('DOMContentLoaded', load);
