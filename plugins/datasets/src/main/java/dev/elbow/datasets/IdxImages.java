package dev.elbow.datasets;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.IntStream;

/** Images in memory: all of the training set, then all of the test set. */
record IdxImages(
    DatasetDescription description,
    byte[] trainPixels,
    byte[] testPixels,
    int[] trainLabels,
    int[] testLabels)
    implements Images {

  @Override
  public void read(int first, int count, ByteBuffer target) {
    Objects.checkFromIndexSize(first, count, count());
    int fromTrain = Math.max(0, Math.min(count, trainLabels.length - first));
    put(trainPixels, first, fromTrain, target);
    put(testPixels, first + fromTrain - trainLabels.length, count - fromTrain, target);
  }

  private void put(byte[] pixels, int first, int count, ByteBuffer target) {
    if (count > 0) {
      int size = Math.toIntExact(description.format().sizeBytes(description.image()));
      target.put(pixels, first * size, count * size);
    }
  }

  @Override
  public int[] train() {
    return IntStream.range(0, trainLabels.length).toArray();
  }

  @Override
  public int[] test() {
    return IntStream.range(trainLabels.length, count()).toArray();
  }

  @Override
  public int label(int image) {
    return image < trainLabels.length ? trainLabels[image] : testLabels[image - trainLabels.length];
  }

  @Override
  public int factor(int image, int factor) {
    throw new IndexOutOfBoundsException("these images have no known factors, asked for " + factor);
  }
}
