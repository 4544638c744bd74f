/** The space of configurations that a sweep searches. */
package dev.elbow.api.search;
