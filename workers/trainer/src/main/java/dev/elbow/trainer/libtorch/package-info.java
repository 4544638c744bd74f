/**
 * The engine on libtorch, through JavaCPP: it compiles and runs the programs that train, and
 * computes everything else one operation at a time. No other package knows libtorch, and none of
 * its types leaves this one.
 */
package dev.elbow.trainer.libtorch;
