package dev.elbow.datasets;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.IntStream;

/** The images of a grid, drawn when they are read: the whole grid would fill half a gigabyte. */
record SpriteImages(SpriteGrid grid, DatasetDescription description, int[] train, int[] test)
    implements Images {

  static SpriteImages of(SpriteGrid grid) {
    int[] test = grid.test();
    boolean[] tested = new boolean[grid.count()];
    IntStream.of(test).forEach(image -> tested[image] = true);
    int[] train = IntStream.range(0, grid.count()).filter(image -> !tested[image]).toArray();
    return new SpriteImages(grid, grid.describe(), train, test);
  }

  @Override
  public void read(int first, int count, ByteBuffer target) {
    Objects.checkFromIndexSize(first, count, grid.count());
    SpriteBrush brush = new SpriteBrush(grid.size(), description.factors());
    for (int image = first; image < first + count; image++) {
      target.put(brush.draw(grid.indices(image)));
    }
  }

  @Override
  public int[] train() {
    return train.clone();
  }

  @Override
  public int[] test() {
    return test.clone();
  }

  @Override
  public int label(int image) {
    return factor(image, 0);
  }

  @Override
  public int factor(int image, int factor) {
    Objects.checkIndex(image, grid.count());
    return grid.indices(image)[factor];
  }
}
