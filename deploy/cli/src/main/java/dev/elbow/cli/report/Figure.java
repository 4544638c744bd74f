package dev.elbow.cli.report;

/**
 * A picture of figures.
 *
 * @param name of its files, without their ends
 * @param title for people
 * @param caption what it shows and how to read it
 * @param svg the picture
 * @param csv the figures that it shows
 */
record Figure(String name, String title, String caption, String svg, String csv) {}
