package dev.elbow.api.plugin;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;

/** Gives images, with a declared split into train and test. */
public interface Dataset extends Plugin {
  /**
   * What the dataset holds, from headers alone: quick, whatever its size.
   *
   * @param data the folder below which files may be named
   * @throws DatasetException if a file is missing or is not what it should be
   */
  DatasetDescription describe(Options options, DataFolder data) throws DatasetException;

  /**
   * SHA-256 over everything that decides the images, in lower-case hexadecimal: for files, over
   * their bytes; for generated images, over the generator's version and options. Equal exactly if
   * {@link #load} gives equal images.
   *
   * @throws DatasetException if a file cannot be read
   */
  String sha256(Options options, DataFolder data) throws DatasetException;

  /**
   * The images.
   *
   * @throws DatasetException if a file is missing or is not what it should be
   */
  Images load(Options options, DataFolder data) throws DatasetException;
}
