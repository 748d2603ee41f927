/** Kept the same as package.json's by a test. */
export const VERSION = '0.1.0';

/** The platform's web firewall scores clients, so ours says who it is (sekoia-api.md §1.2). */
export const USER_AGENT = `sekoia-detections-action/${VERSION}`;
