/** Parts of a worker, timed by JMH: what a change of one of them costs or gains. */
package dev.elbow.benchmarks.parts;
