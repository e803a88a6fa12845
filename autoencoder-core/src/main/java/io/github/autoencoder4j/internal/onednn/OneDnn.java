package io.github.autoencoder4j.internal.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to oneDNN. It opens where {@code org.bytedeco:dnnl} and its binary for this platform are
 * on the class path; elsewhere the same layers run on ND4J's operations, only slower.
 *
 * <p>The system property {@value #SWITCH} set to {@code off} closes it.
 */
public final class OneDnn {

  /** The system property that closes the door when it is {@code off}; read at every question. */
  public static final String SWITCH = "autoencoder4j.onednn";

  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

  private OneDnn() {}

  /**
   * Whether programs can be compiled now.
   *
   * @return false if oneDNN cannot be loaded or is switched off
   */
  public static boolean isOpen() {
    return !isOff() && Found.YES;
  }

  private static boolean isOff() {
    return "off".equalsIgnoreCase(System.getProperty(SWITCH));
  }

  static engine engine() {
    return Loaded.ENGINE;
  }

  /** Tries once, at the first question that finds the switch on, and says what came of it. */
  private static final class Found {

    static final boolean YES = find();

    private static boolean find() {
      try {
        // Not as a lambda, whose body would wait for this class while this class waits for it.
        JavaCpp.load(OneDnn::engine);
        LOG.info("layers run on oneDNN");
        return true;
      } catch (LinkageError | RuntimeException e) {
        LOG.info(
            "layers run on ND4J's operations; they are several times faster with"
                + " org.bytedeco:dnnl:2.5.2-1.5.7 and org.bytedeco:opencl:3.0-1.5.7 on the class"
                + " path, both also with the classifier of this platform, such as linux-x86_64"
                + " ({})",
            e.toString());
        return false;
      }
    }
  }

  /** Apart, so that a class that is missing is missed inside the try above. */
  private static final class Loaded {

    static final engine ENGINE = open();

    /**
     * Has oneDNN keep no kernels. Those of a cache that is full are forgotten, and once one is,
     * while threads compile others, oneDNN 2.5.2 mistakes kernels for one another and computes
     * wrong numbers. {@link Kernels} are shared in place of it.
     */
    private static engine open() {
      dnnl.set_primitive_cache_capacity(0);
      return new engine(engine.kind.cpu, 0);
    }
  }
}
