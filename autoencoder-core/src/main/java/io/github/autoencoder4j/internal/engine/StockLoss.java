package io.github.autoencoder4j.internal.engine;

import com.google.common.collect.ImmutableMap;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.output.BernoulliOutput;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.SigmoidSquaresOutput;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The losses of Deeplearning4j that outputs of this library have, weighted to be means. */
enum StockLoss {
  /** The binary cross-entropy of a sigmoid. */
  CROSS_ENTROPY {
    @Override
    ILossFunction named() {
      return new LossBinaryXENT();
    }

    @Override
    ILossFunction ofImages(ImageShape image, DataType dataType) {
      double area = image.height() * image.width();
      return weighted(image.channels(), 1 / (area * image.channels()), dataType);
    }

    @Override
    ILossFunction ofValues(int outputs, DataType dataType) {
      // Theirs is a sum over outputs; weights of one over their number make it a mean.
      return weighted(outputs, 1.0 / outputs, dataType);
    }

    private ILossFunction weighted(int outputs, double weight, DataType dataType) {
      return new LossBinaryXENT(Nd4j.valueArrayOf(new long[] {1, outputs}, weight, dataType));
    }
  },

  /** The squared error of a sigmoid. */
  SQUARES {
    @Override
    ILossFunction named() {
      return new LossMSE();
    }

    @Override
    ILossFunction ofImages(ImageShape image, DataType dataType) {
      double area = image.height() * image.width();
      long[] shape = {1, image.channels()};
      return new LossMSE(Nd4j.valueArrayOf(shape, 1 / area, dataType));
    }

    @Override
    ILossFunction ofValues(int outputs, DataType dataType) {
      // Theirs is a mean over outputs already.
      return new LossMSE();
    }
  };

  private static final Map<Class<? extends Output>, StockLoss> BY_OUTPUT =
      ImmutableMap.of(BernoulliOutput.class, CROSS_ENTROPY, SigmoidSquaresOutput.class, SQUARES);

  /** That of an output; empty if Deeplearning4j has nothing like it. */
  static Optional<StockLoss> of(Output output) {
    return Optional.ofNullable(BY_OUTPUT.get(output.getClass()));
  }

  /** As it is, for its name. */
  abstract ILossFunction named();

  /** For images. Theirs are sums over pixels. */
  abstract ILossFunction ofImages(ImageShape image, DataType dataType);

  /** For rows of values. */
  abstract ILossFunction ofValues(int outputs, DataType dataType);
}
