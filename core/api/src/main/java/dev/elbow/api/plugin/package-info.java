/**
 * What a plugin implements, kind by kind, and how it declares its options. A plugin sees this API
 * and the JDK, nothing else.
 */
package dev.elbow.api.plugin;
