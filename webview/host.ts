import { type Wire } from '../src/protocol/rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Where the reader stood. Ids and positions only: what is written lives in the host's drafts. */
export interface Place {
  readonly id: string;
  readonly scroll: number;
}

export interface Host {
  readonly wire: Wire;
  /** The place kept before the page was hidden or reloaded; undefined = a fresh page. */
  place(): Place | undefined;
  keepPlace(place: Place): void;
}

/** The extension that opened this page. VS Code allows this call once per page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    wire: {
      post: (message) => {
        api.postMessage(message);
      },
      listen: (listener) => {
        const hear = (event: MessageEvent<unknown>): void => {
          listener(event.data);
        };
        window.addEventListener('message', hear);
        return () => {
          window.removeEventListener('message', hear);
        };
      },
    },
    place: () => {
      const { id, scroll } = (api.getState() ?? {}) as Partial<Place>;
      return typeof id === 'string' && typeof scroll === 'number' ? { id, scroll } : undefined;
    },
    keepPlace: (place) => {
      api.setState({ id: place.id, scroll: Math.round(place.scroll) });
    },
  };
}
