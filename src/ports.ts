export * from './ports/channel.ts';
export * from './ports/desk.ts';
export * from './ports/store.ts';
