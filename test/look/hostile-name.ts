/** A name that tries to break out of wherever it is written. */
export const HOSTILE_NAME = '<img src=x onerror=alert(1)>"\'&\u202e';
