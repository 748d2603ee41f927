import { ActionError } from '../errors.js';

export type DetectionsErrorCode = 'root-absolute' | 'root-outside' | 'root-backslash' | 'roots-empty';

/** The input `detections` names something that cannot be looked at. */
export class DetectionsError extends ActionError<DetectionsErrorCode> {}
