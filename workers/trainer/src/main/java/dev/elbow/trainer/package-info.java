/**
 * The worker: its slots take trials from the queue, train them, and tell what became of them. It
 * speaks to the rest of Elbow through topics and files alone.
 */
package dev.elbow.trainer;
