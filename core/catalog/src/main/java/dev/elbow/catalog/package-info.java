/**
 * The plugins that are installed: found on the class path and in a plugins folder, each jar with a
 * class loader of its own that sees the plugin API and the JDK alone.
 */
package dev.elbow.catalog;
