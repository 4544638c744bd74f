/**
 * The whole system from outside: real processes, real files, the command as people type it. What is
 * promised to people stands here, not what a class does.
 */
package dev.elbow.acceptance;
