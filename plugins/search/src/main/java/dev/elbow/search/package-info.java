/**
 * The built-in search algorithms: every configuration in order ({@code grid}), or as many drawn
 * ones as are asked for ({@code random}).
 */
package dev.elbow.search;
