import type { ChatState } from './chat.ts';

/** Keeps the language and the title of the page in step with the chat. */
export function dress(state: ChatState, title: string): void {
  document.documentElement.lang = state.language === 'zh' ? 'zh-Hans' : 'en';
  document.title = state.unread > 0 ? `(${state.unread}) ${title}` : title;
}
