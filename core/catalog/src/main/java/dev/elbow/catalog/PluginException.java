package dev.elbow.catalog;

import java.util.List;

/** Plugins that cannot be installed: broken jars, two of one name. Names all of them. */
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1;

  public PluginException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
