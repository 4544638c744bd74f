/**
 * A sweep on paper: charts as SVG with the figures that they show as CSV, and one HTML file that
 * holds them all and needs neither scripts nor a network to be read.
 */
package dev.elbow.cli.report;
