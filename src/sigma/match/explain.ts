import type { Alternative, DetectionDocument, Entry, Selection } from '../parse/types.js';
import { compileDetection, selectionCompiler } from './compile-detection.js';
import type { CompileContext, EventTest } from './compile-detection.js';
import type { EventView } from './event-view.js';

/** What a detection says of one event, selection by selection. */
export interface Explanation {
  readonly document: DetectionDocument;
  readonly matches: boolean;
  /** All of them, in the order of the text, named in the condition or not. */
  readonly selections: readonly SelectionExplanation[];
}

export interface SelectionExplanation {
  readonly selection: Selection;
  readonly matches: boolean;
  readonly alternatives: readonly AlternativeExplanation[];
}

export interface AlternativeExplanation {
  readonly alternative: Alternative;
  readonly matches: boolean;
  /** Of a map; a keyword has none. */
  readonly entries: readonly { readonly entry: Entry; readonly matches: boolean }[];
}

/** Compiles an explainer: slower than the detector, since it looks at everything. */
export function compileExplainer(
  document: DetectionDocument,
  context: CompileContext,
): (view: EventView) => Explanation {
  const detector = compileDetection(document, context);
  const compiler = selectionCompiler(document, context);
  const selections = [...document.selections.values()].map((selection) => ({
    selection,
    alternatives: selection.alternatives.map((alternative) => ({
      alternative,
      test: compiler.alternative(alternative),
      entries:
        alternative.kind === 'map' ? alternative.entries.map((entry) => ({ entry, test: compiler.entry(entry) })) : [],
    })),
  }));
  const answer = ({ holds }: EventTest, view: EventView): boolean => holds(view);
  return (view) => ({
    document,
    matches: detector.matches(view),
    selections: selections.map(({ selection, alternatives }) => {
      const explained = alternatives.map(({ alternative, test, entries }) => ({
        alternative,
        matches: answer(test, view),
        entries: entries.map((one) => ({ entry: one.entry, matches: answer(one.test, view) })),
      }));
      return { selection, matches: explained.some(({ matches }) => matches), alternatives: explained };
    }),
  });
}
