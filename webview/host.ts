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
  /** The network whose renderings were shown. */
  readonly network?: string | undefined;
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
      const { id, scroll, network } = (api.getState() ?? {}) as Partial<Place>;
      if (typeof id !== 'string' || typeof scroll !== 'number') return undefined;
      return { id, scroll, ...(typeof network === 'string' ? { network } : {}) };
    },
    keepPlace: (place) => {
      api.setState({ ...place, scroll: Math.round(place.scroll) });
    },
  };
}
