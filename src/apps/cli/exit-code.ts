/** 0 clean, 1 findings, 2 usage, configuration or internal error. An interrupt is 130, which the shell makes of the signal. */
export type ExitCode = 0 | 1 | 2;
