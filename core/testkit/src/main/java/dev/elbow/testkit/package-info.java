/**
 * What every plugin of a kind must keep, as abstract test classes that built-in and outside plugins
 * adopt alike, and the fixtures of many tests: small data files, random arrays, certificates, a
 * broker for all tests, a network that is cut.
 */
package dev.elbow.testkit;
