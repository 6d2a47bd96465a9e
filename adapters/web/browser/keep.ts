/** What is kept in this browser, by name. Falls back to this page's memory where the browser forbids storage. */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names that begin so, sorted. */
  names(prefix: string): readonly string[];
}

const prefix = 'wenda:';

export function createKeep(): Keep {
  try {
    const probe = `${prefix}probe`;
    localStorage.setItem(probe, '');
    localStorage.removeItem(probe);
    return {
      get: (name) => localStorage.getItem(prefix + name),
      set: (name, value) => {
        try {
          localStorage.setItem(prefix + name, value);
        } catch {
          // A full storage only costs the survival of this one thing over a reload.
        }
      },
      remove: (name) => localStorage.removeItem(prefix + name),
      names: (start) => matching(Object.keys(localStorage), prefix + start).map((name) => name.slice(prefix.length)),
    };
  } catch {
    const memory = new Map<string, string>();
    return {
      get: (name) => memory.get(name) ?? null,
      set: (name, value) => void memory.set(name, value),
      remove: (name) => void memory.delete(name),
      names: (start) => matching([...memory.keys()], start),
    };
  }
}

function matching(names: readonly string[], start: string): readonly string[] {
  return names.filter((name) => name.startsWith(start)).sort();
}
